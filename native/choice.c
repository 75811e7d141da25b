/* The keywords of each record: of its best terms those that do not say the same, a lower score for twins. */
#include "choice.h"

#include <stdlib.h>
#include <string.h>

#include "decimal.h"

static const double STANDS_ALONE = 0.35, TWIN_AMONG_FIRST = 0.05, TWIN = 0.75, OVERLAP = 0.6, WIDE = 0.15, LIKELY = 0.1;
enum { FIRST = 3, SHORT = 2, PAIR = 2, OFTEN = 2 };

/* Tell whether a term stands inside another, in lower case. */
static int is_inside(const jm_chooser *c, const jm_term *inner, const jm_term *outer) {
    return inner->size <= outer->size && jm_holds(jm_folded(c, outer), outer->size, jm_folded(c, inner), inner->size);
}

static int compare(const uint8_t *left, uint32_t left_size, const uint8_t *right, uint32_t right_size) {
    uint32_t least = left_size < right_size ? left_size : right_size;
    int order = least ? memcmp(left, right, least) : 0;
    return order ? order : (left_size > right_size) - (left_size < right_size);
}

/* Tell whether a term comes before another: a higher score, then by its letters, frequency and place. */
static int is_before(const jm_chooser *c, const jm_term *left, const jm_term *right) {
    if (left->score != right->score) return left->score > right->score;
    int order = compare(jm_printed(c, left), left->size, jm_printed(c, right), right->size);
    if (order) return order < 0;
    return left->tf != right->tf ? left->tf < right->tf : left->row < right->row;
}

/* Tell whether a word is among sorted ones. */
static int is_among(const jm_sorted *words, const uint8_t *word, uint32_t size) {
    uint64_t low = 0, high = words->count;
    while (low < high) {
        uint64_t middle = (low + high) / 2, start = middle ? words->ends[middle - 1] : 0;
        int order = compare(word, size, words->letters + start, (uint32_t)(words->ends[middle] - start));
        if (order == 0) return 1;
        if (order < 0) high = middle;
        else low = middle + 1;
    }
    return 0;
}

/* Tell whether a term of several words says nothing: 研究|人员, 具体|内容. */
static int is_light(const jm_chooser *c, const jm_term *term) {
    const jm_choice *choice = c->choice;
    const uint8_t *letters = jm_printed(c, term);
    if (is_among(&choice->light, letters, term->size)) return 1;
    if (term->words != PAIR || term->letters != 2 * SHORT) return 0;
    uint32_t half = jm_first_bytes(letters, term->size, SHORT);
    return is_among(&choice->closing, letters, half) && is_among(&choice->light, letters + half, term->size - half);
}

/* Tell whether another term, as often, is this one and a character more: 龙夺锦 of 赛龙夺锦. */
static int is_piece(const jm_chooser *c, const jm_term *term) {
    for (uint32_t i = 0; i < c->terms; i++) {
        const jm_term *other = &c->term[i];
        if (other->tf == term->tf && other->letters == term->letters + 1 &&
            jm_holds(jm_printed(c, other), other->size, jm_printed(c, term), term->size))
            return 1;
    }
    return 0;
}

/* Tell whether a term can be a keyword. */
static int is_fit(const jm_chooser *c, const jm_term *term) {
    if (!c->choice->sifts) return 1;
    if (term->words > 1 && is_light(c, term)) return 0;
    if (term->size == 0 || jm_holds(jm_printed(c, term), term->size, (const uint8_t *)"\n", 1)) return 0;
    return !((term->doubts & JM_PIECE) || (term->tf > 1 && term->letters > SHORT)) || !is_piece(c, term);
}

/* Tell whether a chosen term is inside or around a term. */
static int has_twin(const jm_chooser *c, const jm_term *term) {
    for (uint32_t i = 0; i < c->chosen_count; i++) {
        const jm_term *other = &c->term[c->chosen[i]];
        if (is_inside(c, term, other) || is_inside(c, other, term)) return 1;
    }
    return 0;
}

/* Tell whether a chosen term around this one, or equal to it, says as much. */
static int is_in_longer(const jm_chooser *c, const jm_term *term) {
    for (uint32_t i = 0; i < c->chosen_count; i++) {
        const jm_term *other = &c->term[c->chosen[i]];
        if (!is_inside(c, term, other)) continue;
        if (term->letters == other->letters || (double)term->tf - other->tf < STANDS_ALONE * term->tf) return 1;
    }
    return 0;
}

/* Return which of some waiting terms is the first, or JM_NONE. */
static uint32_t first_of(const jm_chooser *c, const jm_waiting *waiting) {
    uint32_t best = 0;
    for (uint32_t i = 1; i < waiting->count; i++)
        if (is_before(c, &c->term[waiting->term[i]], &c->term[waiting->term[best]])) best = i;
    return waiting->count ? best : JM_NONE;
}

static uint32_t take(jm_waiting *waiting, uint32_t place) {
    uint32_t number = waiting->term[place];
    waiting->term[place] = waiting->term[--waiting->count];
    return number;
}

static void choose_term(jm_chooser *c, uint32_t number) {
    if (!c->choice->apart || !is_in_longer(c, &c->term[number])) c->chosen[c->chosen_count++] = number;
}

/* Choose a term that waited, its score no higher than those of the terms before it. */
static void choose_late(jm_chooser *c, uint32_t number, double score) {
    double before = c->chosen_count ? c->term[c->chosen[c->chosen_count - 1]].score : score;
    if (is_in_longer(c, &c->term[number])) return;
    c->term[number].score = jm_round6(score < before ? score : before);
    c->chosen[c->chosen_count++] = number;
}

/* Tell whether a likely longer term always stands around a term: 东湖 and 公开赛 of 东湖公开赛. */
static int is_part(const jm_chooser *c, const jm_term *term) {
    for (uint32_t i = 0; i < c->terms && term->tf >= OFTEN; i++) {
        const jm_term *other = &c->term[i];
        if (other->tf == term->tf && other->size > term->size && other->score >= LIKELY * term->score &&
            jm_holds(jm_printed(c, other), other->size, jm_printed(c, term), term->size))
            return 1;
    }
    return 0;
}

/* Tell whether a term is a paper or a station: 东湖日报. */
static int is_source(const jm_chooser *c, const jm_term *term) {
    const jm_sorted *sources = &c->choice->sources;
    for (uint64_t i = 0; i < sources->count; i++) {
        uint32_t start = i ? sources->ends[i - 1] : 0, size = sources->ends[i] - start;
        if (size <= term->size && memcmp(jm_printed(c, term) + term->size - size, sources->letters + start, size) == 0) return 1;
    }
    return 0;
}

/* Tell whether a term is none of the first keywords if others are nearly as good. */
static int is_wide(const jm_chooser *c, const jm_term *term) {
    return is_among(&c->choice->wide, jm_folded(c, term), term->size) || (c->choice->sifts && ((term->doubts & JM_LOOSE_ALONE) || is_part(c, term) || is_source(c, term)));
}

/* Choose the next term as it comes; a twin of a chosen one waits, and so do one that overlaps and wide words. */
static int64_t choose_next(jm_chooser *c, uint32_t number) {
    if (!c->choice->apart) return choose_term(c, number), 0;
    if (has_twin(c, &c->term[number])) return c->twins.term[c->twins.count++] = number, 0;
    int64_t overlaps = jm_overlaps(c, &c->term[number]);
    if (overlaps < 0) return overlaps;
    if (overlaps) c->overlaps.term[c->overlaps.count++] = number;
    else if (c->chosen_count < FIRST && is_wide(c, &c->term[number])) c->wides.term[c->wides.count++] = number;
    else choose_term(c, number);
    return 0;
}

/* Return the score that the first of some waiting terms has by a weight, and through `place` which that is; or -1. */
static double score_of(const jm_chooser *c, const jm_waiting *waiting, double weight, uint32_t *place) {
    *place = first_of(c, waiting);
    return *place == JM_NONE ? -1 : c->term[waiting->term[*place]].score * weight;
}

/* Choose a term that waited by its score, or let it wait on as a twin of one that was chosen meanwhile. */
static void choose_waiting(jm_chooser *c, jm_waiting *waiting, uint32_t place, double score) {
    uint32_t number = take(waiting, place);
    if (waiting != &c->twins && has_twin(c, &c->term[number])) c->twins.term[c->twins.count++] = number;
    else choose_late(c, number, score);
}

/* Choose among the terms, which come best first. */
static int64_t choose(jm_chooser *c) {
    uint32_t next = 0, sure = JM_NONE, place[3];
    jm_waiting *waiting[3] = {&c->overlaps, &c->twins, &c->wides};
    int64_t failed = 0;
    c->chosen_count = c->twins.count = c->overlaps.count = c->wides.count = 0;
    while (c->chosen_count < c->choice->top && !failed) {
        while (next < c->terms && next != sure && !is_fit(c, &c->term[next])) next++;
        sure = next;
        int early = c->chosen_count < FIRST, turn = 0;
        double weight[3] = {OVERLAP, early ? TWIN_AMONG_FIRST : TWIN, early ? WIDE : 1}, score[3];
        for (int i = 0; i < 3; i++) {
            score[i] = score_of(c, waiting[i], weight[i], &place[i]);
            if (score[i] > score[turn]) turn = i;
        }
        if (next < c->terms && c->term[next].score >= score[turn]) failed = choose_next(c, next++);
        else if (place[turn] != JM_NONE) choose_waiting(c, waiting[turn], place[turn], score[turn]);
        else break;
    }
    return failed;
}

static int64_t make_room(jm_chooser *c, uint32_t rows) {
    if (rows <= c->room) return 0;
    uint32_t room = rows + rows / 2 + 64;
    jm_term *term = realloc(c->term, room * sizeof *term);
    if (term) c->term = term;
    jm_term *memory = realloc(c->memory, room * sizeof *memory);
    if (memory) c->memory = memory;
    uint32_t *chosen = realloc(c->chosen, room * sizeof *chosen);
    if (chosen) c->chosen = chosen;
    uint32_t *twins = realloc(c->twins.term, room * sizeof *twins);
    if (twins) c->twins.term = twins;
    uint32_t *overlaps = realloc(c->overlaps.term, room * sizeof *overlaps);
    if (overlaps) c->overlaps.term = overlaps;
    uint32_t *wides = realloc(c->wides.term, room * sizeof *wides);
    if (wides) c->wides.term = wides;
    if (!term || !memory || !chosen || !twins || !overlaps || !wides) return JM_MEMORY;
    c->room = room;
    return 0;
}

/* Sort the terms from the bottom up; `memory` is as large. Nearly all come in order. */
static void sort_terms(jm_chooser *c, jm_term *memory) {
    for (uint32_t width = 1; width < c->terms; width *= 2) {
        for (uint32_t left = 0; left + width < c->terms; left += 2 * width) {
            uint32_t middle = left + width, end = c->terms - middle < width ? c->terms : middle + width;
            if (!is_before(c, &c->term[middle], &c->term[middle - 1])) continue;
            memcpy(memory, c->term + left, width * sizeof *memory);
            for (uint32_t one = 0, other = middle, at = left; one < width; at++) {
                int take_other = other < end && is_before(c, &c->term[other], &memory[one]);
                c->term[at] = take_other ? c->term[other++] : memory[one++];
            }
        }
    }
}

/* Read the rows of a record; JM_UNKNOWN if a term or a score is not known here. */
static int64_t read_rows(jm_chooser *c, const uint32_t *id, uint32_t words, const jm_row *row, uint32_t rows) {
    int64_t failed = make_room(c, rows);
    c->terms = 0, c->text_size = 0, c->record_size = 0;
    c->id = id, c->words = words;
    for (uint32_t i = 0; i < rows && !failed; i++) {
        if (row[i].first > words || row[i].words > words - row[i].first) return JM_INPUT;
        double score = row[i].score;
        if (c->choice->sifts && score <= 0) score = 0; /* none of them is chosen */
        else if (score != 0 && !(score >= JM_LEAST_SCORE && score <= JM_MOST_SCORE)) return JM_UNKNOWN;
        jm_term *term = &c->term[c->terms++];
        *term = (jm_term){jm_round6(score), i, row[i].tf, row[i].words, row[i].doubts, 0, 0, 0};
        failed = jm_spell(c, id + row[i].first, row[i].words, term);
    }
    if (!failed) sort_terms(c, c->memory);
    return failed;
}

/* Write the chosen rows, and return how many they are. */
static uint32_t write_rows(jm_chooser *c, const jm_row *row, jm_row *out, jm_row *kept) {
    uint32_t written = 0;
    for (uint32_t i = 0; i < c->chosen_count; i++) {
        const jm_term *term = &c->term[c->chosen[i]];
        if (c->choice->sifts && term->score <= 0) break;
        kept[written] = row[term->row];
        kept[written++].score = term->score;
    }
    memcpy(out, kept, written * sizeof *out);
    return written;
}

/* Choose the keywords of records, whose rows lie end to end; the chosen ones take their place, and so do their numbers.
 *
 * `found` says how many rows each record has, and then how many are chosen; JM_NONE where that is not known here.
 */
int64_t jm_choose(const jm_cutter *cutter, const jm_choice *choice, const uint32_t *id, uint64_t size, const uint32_t *count,
                  uint64_t records, jm_row *row, uint64_t rows, uint32_t *found) {
    jm_chooser c = {.cutter = cutter, .choice = choice};
    jm_row *kept = NULL;
    uint64_t at = 0, from = 0, written = 0;
    int64_t failed = 0;
    for (uint64_t i = 0; i < records && !failed; i++) {
        uint32_t mine = found[i];
        if (count[i] > size - at || mine > rows - from) {
            failed = JM_INPUT;
            break;
        }
        failed = read_rows(&c, id + at, count[i], row + from, mine);
        if (failed == JM_UNKNOWN) {
            found[i] = JM_NONE, failed = 0;
        } else if (!failed) {
            jm_row *grown = realloc(kept, (mine + 1) * sizeof *kept);
            if (grown == NULL) {
                failed = JM_MEMORY;
                break;
            }
            kept = grown;
            failed = choose(&c);
            if (failed) break;
            found[i] = write_rows(&c, row + from, row + written, kept);
            written += found[i];
        }
        at += count[i], from += mine;
    }
    free(kept), free(c.text), free(c.term), free(c.memory), free(c.chosen), free(c.twins.term),
        free(c.overlaps.term), free(c.wides.term);
    return failed ? failed : (int64_t)written;
}
