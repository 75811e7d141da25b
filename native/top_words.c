/* The best words of each record by tf × idf. */
#include <stdlib.h>

#include "rank.h"

static void sink(double *heap, uint32_t size) {
    for (uint32_t at = 0, least;; at = least) {
        uint32_t left = 2 * at + 1;
        least = at;
        if (left < size && heap[left] < heap[least]) least = left;
        if (left + 1 < size && heap[left + 1] < heap[least]) least = left + 1;
        if (least == at) return;
        double kept = heap[at];
        heap[at] = heap[least], heap[least] = kept;
    }
}

static void rise(double *heap, uint32_t at) {
    for (; at > 0 && heap[at] < heap[(at - 1) / 2]; at = (at - 1) / 2) {
        double kept = heap[at];
        heap[at] = heap[(at - 1) / 2], heap[(at - 1) / 2] = kept;
    }
}

/* Count the plain words of a record, and return how many places they have. */
static int64_t count_words(jm_ranker *r, const uint32_t *id, uint32_t words) {
    int64_t failed = jm_record_room(r, words), places = 0;
    if (failed) return failed;
    r->locals = 0;
    for (uint32_t i = 0; i < words; i++) {
        if (words - i > JM_AHEAD && id[i + JM_AHEAD] < r->numbers) {
            jm_fetch(&r->fact[id[i + JM_AHEAD]]);
            jm_fetch(&r->local_of[id[i + JM_AHEAD]]);
        }
        if (id[i] >= r->numbers) return JM_INPUT;
        if (!(r->fact[id[i]].meaning & JM_PLAIN)) continue;
        uint32_t local = r->local_of[id[i]];
        if (local >= r->locals || r->local_id[local] != id[i]) {
            r->local_of[id[i]] = local = r->locals++;
            r->local_id[local] = id[i], r->local_tf[local] = 0, r->touched[local] = i;
        }
        r->local_tf[local]++;
        places++;
    }
    return places;
}

/* Write the `top` best words of the record that was counted, and all that tie with the last of them. */
static uint64_t write_top(const jm_ranker *r, double places, uint32_t top, uint32_t form, double *heap, jm_row *row) {
    uint64_t written = 0;
    uint32_t size = 0;
    for (uint32_t i = 0; i < r->locals; i++) {
        if (r->locals - i > JM_AHEAD) jm_fetch(&r->idf[r->local_id[i + JM_AHEAD]]);
        double tf = r->local_tf[i], idf = r->idf[r->local_id[i]];
        double score = form == JM_TF_SHARE ? tf * idf / places : jm_tf_form(tf, form) * idf;
        row[i] = (jm_row){score, 1, r->touched[i], 1, r->local_tf[i], 0};
        if (size < top) {
            heap[size] = score;
            rise(heap, size++);
        } else if (score > heap[0]) {
            heap[0] = score;
            sink(heap, size);
        }
    }
    for (uint32_t i = 0; i < r->locals; i++)
        if (row[i].score >= heap[0]) row[written++] = row[i];
    return written;
}

/* Find the best words of records that lie end to end, as `jm_rank` does candidates.
 *
 * A record has `top` of them and those that tie with its last one, in no particular order; `room` must be `size`.
 */
int64_t jm_top_words(jm_ranker *r, const jm_fact *fact, const double *idf, uint64_t numbers, const uint32_t *id,
                     uint64_t size, const uint32_t *count, uint64_t records, uint32_t top, uint32_t form,
                     jm_row *row, uint64_t room, uint32_t *found) {
    if (room < size || top == 0 || top > 1u << 30) return JM_ROOM;
    int64_t failed = jm_take_vocabulary(r, fact, idf, numbers), places = 0;
    uint64_t at = 0, written = 0;
    double *heap = NULL;
    uint32_t heap_room = 0;
    for (uint64_t i = 0; i < records && !failed; i++) {
        if (count[i] > size - at) failed = JM_INPUT;
        if (!failed && (places = count_words(r, id + at, count[i])) < 0) failed = places;
        uint32_t needed = failed || r->locals < top ? r->locals : top;
        if (!failed && needed >= heap_room) {
            heap_room = 2 * needed + 16;
            failed = jm_grow((void **)&heap, heap_room, sizeof *heap);
        }
        if (failed) break;
        heap[0] = 0;
        found[i] = (uint32_t)write_top(r, (double)places, needed, form, heap, row + written);
        written += found[i];
        at += count[i];
    }
    free(heap);
    return failed ? failed : (int64_t)written;
}
