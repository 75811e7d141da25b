/* The best candidates of each record of a batch. */
#include <math.h>
#include <stdlib.h>

#include "rank.h"

static const uint64_t HASH_BASE = UINT64_C(0x9E3779B97F4A7C15), DOC_STEP = UINT64_C(0xD6E8FEB86659FD93);

jm_ranker *jm_ranker_new(void) {
    jm_ranker *r = calloc(1, sizeof *r);
    if (r == NULL) return NULL;
    r->power[0] = 1;
    for (int i = 1; i <= JM_LONGEST_QUOTE; i++) r->power[i] = r->power[i - 1] * HASH_BASE;
    for (int i = 0; i < JM_NEARS; i++) r->near_100[i] = exp(-(double)i / 100), r->near_30[i] = exp(-(double)i / 30);
    return r;
}

void jm_ranker_free(jm_ranker *r) {
    if (r == NULL) return;
    for (int n = 0; n <= JM_MAX_TOKENS; n++) free(r->at[n]);
    free(r->id), free(r->role), free(r->offset), free(r->local), free(r->credit), free(r->inner), free(r->glued);
    free(r->local_id), free(r->local_tf), free(r->local_glue), free(r->beside), free(r->touched), free(r->local_head);
    free(r->local_of), free(r->place), free(r->candidate), free(r->slot), free(r);
}

/* Tell whether the formula asks for what there is. */
static int is_sound(const jm_formula *formula) {
    for (int i = 0; i < JM_FACTORS; i++)
        if (formula->factor[i] >= JM_FACTORS) return 0;
    for (int i = 0; i < JM_KINDS; i++)
        if (formula->choice[i] >= JM_KINDS) return 0;
    return jm_are_sound(&formula->forest) && jm_are_sound(&formula->firsts);
}

/* Take what is known of words. */
int64_t jm_take_vocabulary(jm_ranker *r, const jm_fact *fact, const double *idf, uint64_t numbers) {
    if (numbers > JM_NONE) return JM_INPUT;
    if (numbers > r->number_room) {
        uint64_t room = numbers + numbers / 8;
        if (jm_grow((void **)&r->local_of, room, sizeof *r->local_of)) return JM_MEMORY;
        for (uint64_t i = r->number_room; i < room; i++) r->local_of[i] = JM_NONE;
        r->number_room = room;
    }
    r->fact = fact, r->idf = idf, r->numbers = numbers;
    return 0;
}

/* Tell whether one candidate comes after another: a lower score or, of equal ones, a higher key. */
int jm_is_worse(const jm_ranker *r, jm_entry left, jm_entry right) {
    if (left.score != right.score) return left.score < right.score;
    return r->candidate[left.candidate].key > r->candidate[right.candidate].key;
}

/* Let the entry at a place of a heap, whose top is the worst, sink to where it belongs. */
static void sink(const jm_ranker *r, jm_entry *heap, uint32_t size, uint32_t at) {
    for (;;) {
        uint32_t worst = at, left = 2 * at + 1, right = left + 1;
        if (left < size && jm_is_worse(r, heap[left], heap[worst])) worst = left;
        if (right < size && jm_is_worse(r, heap[right], heap[worst])) worst = right;
        if (worst == at) return;
        jm_entry kept = heap[at];
        heap[at] = heap[worst], heap[worst] = kept;
        at = worst;
    }
}

static void rise(const jm_ranker *r, jm_entry *heap, uint32_t at) {
    while (at > 0 && jm_is_worse(r, heap[at], heap[(at - 1) / 2])) {
        jm_entry kept = heap[at];
        heap[at] = heap[(at - 1) / 2], heap[(at - 1) / 2] = kept;
        at = (at - 1) / 2;
    }
}

/* Find the best candidates of the record, best first, up to `room`, and return how many there are. */
static uint32_t find_best(jm_ranker *r, jm_entry *heap, uint32_t room) {
    uint32_t size = 0;
    jm_measures measures;
    for (uint32_t i = 0; i < r->candidates; i++) {
        jm_entry found = {exp(jm_weigh(r, &r->candidate[i], &measures)), 1, i};
        if (size < room) {
            heap[size] = found;
            rise(r, heap, size++);
        } else if (jm_is_worse(r, heap[0], found)) {
            heap[0] = found;
            sink(r, heap, size, 0);
        }
    }
    for (uint32_t left = size; left > 0; left--) {
        jm_entry worst = heap[0];
        heap[0] = heap[left - 1], heap[left - 1] = worst;
        sink(r, heap, left - 1, 0);
    }
    return size;
}

enum { RARE = 2 };

/* Return what speaks against a candidate of one word, as bits. */
static uint32_t doubts_of(const jm_ranker *r, const jm_candidate *c) {
    uint32_t meaning = r->fact[r->id[c->first]].meaning, class = meaning >> JM_TAG_SHIFT & JM_TAG_MASK;
    if (c->words != 1 || (meaning & JM_LISTED)) return 0;
    int piece = (meaning & JM_UNLISTED) || class == r->formula->person;
    int loose = c->tf > c->kinds[JM_QUOTED] && c->tf <= RARE && !c->in_headline && (r->formula->loose >> class & 1);
    return (piece ? JM_PIECE : 0) | (loose ? JM_LOOSE_ALONE : 0);
}

/* Write the best candidates of the record, best first, and return how many there are. */
static uint32_t write_best(jm_ranker *r, jm_entry *heap, uint32_t look, jm_row *row) {
    int has_trees = r->formula->forest.trees > 0;
    uint32_t size = find_best(r, heap, has_trees && look < JM_TOLD ? JM_TOLD : look);
    if (has_trees) jm_ask_trees(r, heap, size);
    if (size > look) size = look;
    for (uint32_t i = 0; i < size; i++) {
        const jm_candidate *c = &r->candidate[heap[i].candidate];
        row[i] = (jm_row){heap[i].score, heap[i].trust, c->first, c->words, c->tf, doubts_of(r, c)};
    }
    return size;
}

/* Rank the candidates of records whose words lie end to end.
 *
 * `fact` and `idf` say what is known of the words with numbers below `numbers`; `count` is how many words each record
 * has, `headline` how many characters at its beginning are its headline. Of each record up to `look` rows are written,
 * best first; `found` says how many, and all of them are returned. `room` must be `records` × `look`.
 */
int64_t jm_rank(jm_ranker *r, const jm_formula *formula, const jm_fact *fact, const double *idf, uint64_t numbers,
                const uint32_t *id, uint64_t size, const uint32_t *count, const uint32_t *headline, uint64_t records,
                uint32_t look, jm_row *row, uint64_t room, uint32_t *found) {
    if (look == 0 || look > 1u << 20 || records > UINT32_MAX || room / look < records) return JM_ROOM;
    int64_t failed = is_sound(formula) ? jm_take_vocabulary(r, fact, idf, numbers) : JM_INPUT;
    if (failed) return failed;
    jm_entry *heap = malloc((look < JM_TOLD ? JM_TOLD : look) * sizeof *heap);
    if (heap == NULL) return JM_MEMORY;
    uint64_t at = 0, written = 0;
    r->formula = formula;
    for (uint64_t i = 0; i < records && !failed; i++) {
        if (count[i] > size - at) failed = JM_INPUT;
        r->doc_key = i * DOC_STEP;
        if (!failed) failed = jm_read_record(r, id + at, count[i], headline[i]);
        if (!failed) failed = jm_find_places(r);
        if (!failed) failed = jm_group_places(r);
        if (failed) break;
        found[i] = write_best(r, heap, look, row + written);
        written += found[i];
        at += count[i];
    }
    free(heap);
    return failed ? failed : (int64_t)written;
}
