/* The keywords of each record: of its best terms those that do not say the same, a lower score for twins. */
#include "choice.h"

#include <stdlib.h>
#include <string.h>

#include "decimal.h"

static const double STANDS_ALONE = 0.35, TWIN_AMONG_FIRST = 0.02, TWIN = 0.75, OVERLAP = 0.6, WIDE = 0.15;
enum { FIRST = 3, EARLY = 16 };

/* Tell whether a term stands inside another, in lower case. */
static int is_inside(const jm_chooser *c, const jm_term *inner, const jm_term *outer) {
    return inner->size <= outer->size && jm_holds(jm_folded(c, outer), outer->size, jm_folded(c, inner), inner->size);
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

/* Tell whether a term has its turn before another. */
static int has_turn_before(const jm_chooser *c, const jm_term *left, const jm_term *right) {
    return left->turn != right->turn ? left->turn > right->turn : jm_is_before(c, left, right);
}

/* Return which of some waiting terms is the first, or JM_NONE. */
static uint32_t first_of(const jm_chooser *c, const jm_waiting *waiting) {
    uint32_t best = 0;
    for (uint32_t i = 1; i < waiting->count; i++)
        if (has_turn_before(c, &c->term[waiting->term[i]], &c->term[waiting->term[best]])) best = i;
    return waiting->count ? best : JM_NONE;
}

static uint32_t take(jm_waiting *waiting, uint32_t place) {
    uint32_t number = waiting->term[place];
    waiting->term[place] = waiting->term[--waiting->count];
    return number;
}

/* Choose a term, its score multiplied and no higher than those of the terms before it. */
static void choose_term(jm_chooser *c, uint32_t number, double weight) {
    jm_term *term = &c->term[number];
    if (c->choice->apart) {
        if (is_in_longer(c, term)) return;
        double score = term->score * weight, before = c->chosen_count ? c->term[c->chosen[c->chosen_count - 1]].given : score;
        term->given = jm_round6(score < before ? score : before);
    }
    c->chosen[c->chosen_count++] = number;
}

/* Choose the next term as it comes; a twin of a chosen one waits, and so do one that overlaps and wide words. */
static int64_t choose_next(jm_chooser *c, uint32_t number, int early) {
    if (!c->choice->apart) return choose_term(c, number, 1), 0;
    if (has_twin(c, &c->term[number])) return c->twins.term[c->twins.count++] = number, 0;
    int64_t overlaps = jm_overlaps(c, &c->term[number]);
    if (overlaps < 0) return overlaps;
    if (overlaps) c->overlaps.term[c->overlaps.count++] = number;
    else if (early && jm_is_wide(c, &c->term[number])) c->wides.term[c->wides.count++] = number;
    else choose_term(c, number, 1);
    return 0;
}

/* Return the score that the first of some waiting terms has by a weight, and through `place` which that is; or -1. */
static double score_of(const jm_chooser *c, const jm_waiting *waiting, double weight, uint32_t *place) {
    *place = first_of(c, waiting);
    return *place == JM_NONE ? -1 : c->term[waiting->term[*place]].turn * weight;
}

/* Choose a term that waited, or let it wait on as a twin of one that was chosen meanwhile. */
static void choose_waiting(jm_chooser *c, jm_waiting *waiting, uint32_t place, double weight) {
    uint32_t number = take(waiting, place);
    if (waiting != &c->twins && has_twin(c, &c->term[number])) c->twins.term[c->twins.count++] = number;
    else choose_term(c, number, weight);
}

/* Choose up to `top` terms as they have their turns. */
static int64_t take_turns(jm_chooser *c, uint32_t turns, uint32_t top, int early) {
    uint32_t next = 0, place[3];
    jm_waiting *waiting[3] = {&c->overlaps, &c->twins, &c->wides};
    const double weight[3] = {OVERLAP, early ? TWIN_AMONG_FIRST : TWIN, early ? WIDE : 1};
    int64_t failed = 0;
    c->twins.count = c->overlaps.count = c->wides.count = 0;
    while (c->chosen_count < top && !failed) {
        int turn = 0;
        double score[3];
        while (next < turns && !jm_is_fit(c, &c->term[c->turns[next]])) next++;
        for (int i = 0; i < 3; i++) {
            score[i] = score_of(c, waiting[i], weight[i], &place[i]);
            if (score[i] > score[turn]) turn = i;
        }
        if (next < turns && c->term[c->turns[next]].turn >= score[turn]) failed = choose_next(c, c->turns[next++], early);
        else if (place[turn] != JM_NONE) choose_waiting(c, waiting[turn], place[turn], weight[turn]);
        else break;
    }
    return failed;
}

/* Give the terms their turns for the first keywords: the best by how far they are trusted too, then the others. */
static uint32_t early_turns(jm_chooser *c) {
    uint32_t turns = 0, next = 0;
    for (; next < c->terms && turns < EARLY; next++) {
        jm_term *term = &c->term[next];
        if (!jm_is_fit(c, term)) continue;
        term->turn = term->score * term->trust;
        uint32_t at = turns++;
        for (; at > 0 && has_turn_before(c, term, &c->term[c->turns[at - 1]]); at--) c->turns[at] = c->turns[at - 1];
        c->turns[at] = next;
    }
    double least = turns ? c->term[c->turns[turns - 1]].turn : 0;
    for (; next < c->terms; next++) {
        c->term[next].turn = c->term[next].score < least ? c->term[next].score : least;
        c->turns[turns++] = next;
    }
    return turns;
}

/* Give the terms that are left their turns by their scores. */
static uint32_t late_turns(jm_chooser *c) {
    uint32_t turns = 0;
    for (uint32_t next = 0; next < c->terms; next++) {
        int chosen = 0;
        for (uint32_t i = 0; i < c->chosen_count; i++) chosen |= c->chosen[i] == next;
        c->term[next].turn = c->term[next].score;
        if (!chosen) c->turns[turns++] = next;
    }
    return turns;
}

/* Choose among the terms, which come best first. */
static int64_t choose(jm_chooser *c) {
    uint32_t top = c->choice->top;
    int64_t failed = 0;
    c->chosen_count = 0;
    if (c->choice->apart) failed = take_turns(c, early_turns(c), top < FIRST ? top : FIRST, 1);
    return failed ? failed : take_turns(c, late_turns(c), top, 0);
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
    uint32_t *turns = realloc(c->turns, room * sizeof *turns);
    if (turns) c->turns = turns;
    uint32_t *twins = realloc(c->twins.term, room * sizeof *twins);
    if (twins) c->twins.term = twins;
    uint32_t *overlaps = realloc(c->overlaps.term, room * sizeof *overlaps);
    if (overlaps) c->overlaps.term = overlaps;
    uint32_t *wides = realloc(c->wides.term, room * sizeof *wides);
    if (wides) c->wides.term = wides;
    if (!term || !memory || !chosen || !turns || !twins || !overlaps || !wides) return JM_MEMORY;
    c->room = room;
    return 0;
}

/* Sort the terms from the bottom up; `memory` is as large. Nearly all come in order. */
static void sort_terms(jm_chooser *c, jm_term *memory) {
    for (uint32_t width = 1; width < c->terms; width *= 2) {
        for (uint32_t left = 0; left + width < c->terms; left += 2 * width) {
            uint32_t middle = left + width, end = c->terms - middle < width ? c->terms : middle + width;
            if (!jm_is_before(c, &c->term[middle], &c->term[middle - 1])) continue;
            memcpy(memory, c->term + left, width * sizeof *memory);
            for (uint32_t one = 0, other = middle, at = left; one < width; at++) {
                int take_other = other < end && jm_is_before(c, &c->term[other], &memory[one]);
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
        double trust = row[i].trust >= JM_LEAST_TRUST && row[i].trust <= 1 ? jm_round6(row[i].trust) : JM_LEAST_TRUST;
        *term = (jm_term){.score = jm_round6(score), .trust = trust, .row = i, .tf = row[i].tf, .words = row[i].words,
                          .doubts = row[i].doubts};
        term->given = term->score;
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
        if (c->choice->sifts) kept[written].first = jm_commonest_place(c, term, kept[written].first);
        kept[written++].score = term->given;
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
    free(kept), free(c.text), free(c.term), free(c.memory), free(c.chosen), free(c.turns), free(c.twins.term),
        free(c.overlaps.term), free(c.wides.term);
    return failed ? failed : (int64_t)written;
}
