/* Words counted, sorted and printed by number. */
#include <stdlib.h>
#include <string.h>

#include "cutter.h"

/* Count the words of records that lie end to end: how often each stands there, and in how many records.
 *
 * The different words, `freq` and `docfreq` of each are written in the order in which they are met; there is room for
 * `size` of them. `slot` has room for `numbers` numbers and `last` for `size`; it does not matter what they hold.
 */
int64_t jm_tally(const uint32_t *id, uint64_t size, const uint32_t *count, uint64_t records, uint32_t *slot,
                 uint64_t numbers, uint32_t *last, uint32_t *number, uint32_t *freq, uint32_t *docfreq) {
    uint32_t found = 0;
    uint64_t at = 0;
    if (size >= JM_NONE || records >= JM_NONE) return JM_INPUT;
    for (uint32_t record = 0; record < records; record++) {
        if (count[record] > size - at) return JM_INPUT;
        for (uint64_t end = at + count[record]; at < end; at++) {
            if (size - at > JM_AHEAD && id[at + JM_AHEAD] < numbers) jm_fetch(&slot[id[at + JM_AHEAD]]);
            if (id[at] >= numbers) return JM_INPUT;
            uint32_t place = slot[id[at]];
            if (place >= found || number[place] != id[at]) {
                slot[id[at]] = place = found++;
                number[place] = id[at], freq[place] = 0, docfreq[place] = 0, last[place] = JM_NONE;
            }
            freq[place]++;
            docfreq[place] += last[place] != record;
            last[place] = record;
        }
    }
    return found;
}

/* A word that is to be sorted, with its first bytes as one number. */
typedef struct {
    uint64_t head;
    uint32_t number;
} keyed;

static uint64_t head_of(const uint8_t *word, uint64_t size) {
    uint64_t head = 0;
    for (uint64_t i = 0; i < 8; i++) head = head << 8 | (i < size ? word[i] : 0);
    return head;
}

static int by_bytes(const uint8_t *left, uint64_t left_size, const uint8_t *right, uint64_t right_size) {
    int order = memcmp(left, right, left_size < right_size ? left_size : right_size);
    return order ? order : (left_size > right_size) - (left_size < right_size);
}

static int is_before(const jm_cutter *c, const keyed *left, const keyed *right) {
    if (left->head != right->head) return left->head < right->head;
    uint64_t left_size, right_size;
    const uint8_t *one = jm_name(c, left->number, &left_size), *two = jm_name(c, right->number, &right_size);
    return by_bytes(one, left_size, two, right_size) < 0;
}

/* Merge two sorted stretches that lie side by side: left from `from`, right from `middle`, up to `to`. */
static void merge(const jm_cutter *c, const keyed *from, uint64_t left, uint64_t middle, uint64_t to, keyed *out) {
    uint64_t right = middle, at = left;
    while (at < to) {
        int take_right = left == middle || (right < to && is_before(c, &from[right], &from[left]));
        out[at++] = take_right ? from[right++] : from[left++];
    }
}

/* Sort different words by their bytes, which is the order of their code points, from the bottom up. */
int64_t jm_sort_words(const jm_cutter *c, uint32_t *number, uint64_t words) {
    if (words > 1u << 30) return JM_INPUT;
    keyed *from = malloc((2 * words + 1) * sizeof *from), *memory = from;
    if (from == NULL) return JM_MEMORY;
    keyed *to = from + words;
    uint64_t size;
    for (uint64_t i = 0; i < words; i++) {
        const uint8_t *word = jm_name(c, number[i], &size);
        from[i] = (keyed){head_of(word, size), number[i]};
    }
    for (uint64_t width = 1; width < words; width *= 2) {
        for (uint64_t left = 0; left < words; left += 2 * width) {
            uint64_t middle = left + width < words ? left + width : words;
            uint64_t end = middle + width < words ? middle + width : words;
            merge(c, from, left, middle, end, to);
        }
        keyed *kept = from;
        from = to, to = kept;
    }
    for (uint64_t i = 0; i < words; i++) number[i] = from[i].number;
    free(memory);
    return 0;
}

/* Write a line for each word: `head`, the word as JSON prints it, and one of the tails; return the bytes.
 *
 * `tail` says which of the tails that lie end to end each word has. The size must be known: JM_ROOM otherwise.
 */
int64_t jm_word_lines(const jm_cutter *c, const uint32_t *number, const uint32_t *tail, uint64_t words, const uint8_t *head,
                      uint64_t head_size, const uint8_t *text, const uint32_t *ends, uint64_t tails, uint8_t *out,
                      uint64_t room) {
    uint64_t written = 0, size;
    for (uint64_t i = 0; i < words; i++) {
        if (tail[i] >= tails) return JM_INPUT;
        const uint8_t *word = jm_name(c, number[i], &size);
        uint64_t start = tail[i] ? ends[tail[i] - 1] : 0, length = ends[tail[i]] - start;
        if (start > ends[tail[i]]) return JM_INPUT;
        if (room - written < head_size + 6 * size + length) return JM_ROOM;
        memcpy(out + written, head, head_size);
        written += head_size;
        written += jm_write_escaped(word, size, out + written);
        memcpy(out + written, text + start, length);
        written += length;
    }
    return (int64_t)written;
}
