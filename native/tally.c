/* Words counted, sorted and printed by number. */
#include <stdlib.h>
#include <string.h>

#include "cutter.h"

/* Count the words of records that lie end to end: how often each stands there, and in how many records.
 *
 * The different words, `freq` and `docfreq` of each are written in the order in which they are met; there is room for
 * `size` of them. `slot` has one for each of `numbers` numbers, all zero before and after.
 */
int64_t jm_tally(const uint32_t *id, uint64_t size, const uint32_t *count, uint64_t records, jm_slot *slot,
                 uint64_t numbers, uint32_t *number, uint32_t *freq, uint32_t *docfreq) {
    uint32_t found = 0;
    uint64_t at = 0;
    int64_t failed = size >= JM_NONE || records >= JM_NONE ? JM_INPUT : 0;
    for (uint32_t record = 1; record <= records && !failed; record++) {
        uint64_t end = at + count[record - 1];
        if (end > size) failed = JM_INPUT;
        for (; at < end && !failed; at++) {
            if (size - at > JM_AHEAD && id[at + JM_AHEAD] < numbers) jm_fetch(&slot[id[at + JM_AHEAD]]);
            if (id[at] >= numbers) {
                failed = JM_INPUT;
                break;
            }
            jm_slot *mine = &slot[id[at]];
            if (mine->freq++ == 0) number[found++] = id[at];
            mine->docfreq += mine->last != record;
            mine->last = record;
        }
    }
    for (uint32_t i = 0; i < found; i++) {
        if (found - i > JM_AHEAD) jm_fetch(&slot[number[i + JM_AHEAD]]);
        freq[i] = slot[number[i]].freq, docfreq[i] = slot[number[i]].docfreq;
        slot[number[i]] = (jm_slot){0, 0, 0};
    }
    return failed ? failed : found;
}

/* Write the places of the words that do not begin with a Han character of the first block, and return how many. */
int64_t jm_odd_words(const jm_cutter *c, const uint32_t *number, uint64_t words, uint32_t *place) {
    int64_t found = 0;
    uint32_t letter;
    uint64_t size;
    if (words >= JM_NONE) return JM_INPUT;
    for (uint32_t i = 0; i < words; i++) {
        const uint8_t *word = jm_name(c, number[i], &size);
        if (size == 0 || (jm_decode(word, size, &letter), letter - 0x4E00 > 0x9FFF - 0x4E00)) place[found++] = i;
    }
    return found;
}

/* Count the characters of words that Traditional text alone has, and those that Simplified text often has. */
void jm_count_scripts(const jm_cutter *c, const uint32_t *number, uint64_t words, const uint16_t *form, uint64_t *counts) {
    uint64_t size;
    uint32_t letter;
    counts[0] = counts[1] = 0;
    for (uint64_t i = 0; i < words; i++) {
        const uint8_t *word = jm_name(c, number[i], &size);
        for (uint64_t at = 0; at < size;) {
            at += jm_decode(word + at, size - at, &letter);
            if (letter <= 0xFFFF && form[letter]) counts[form[letter] == letter]++;
        }
    }
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

/* Sort words by their bytes, from the bottom up; `memory` has room for twice as many. */
static const keyed *sort_keyed(const jm_cutter *c, const uint32_t *number, uint64_t words, keyed *memory) {
    keyed *from = memory, *to = memory + words;
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
    return from;
}

/* Move words of the dictionary, whose numbers are in the order of their bytes, to the front; return how many they are. */
static uint64_t sort_known(const jm_cutter *c, uint32_t *number, uint64_t words, uint64_t *bits) {
    uint64_t known = 0, others = words;
    uint32_t limit = c->dictionary->words;
    for (uint64_t i = words; i-- > 0;) {
        if (number[i] < limit) bits[number[i] / 64] |= UINT64_C(1) << (number[i] % 64);
        else number[--others] = number[i];
    }
    for (uint32_t i = 0; i < limit && known < others; i++) {
        if (bits[i / 64] == 0) i |= 63;
        else if (bits[i / 64] >> (i % 64) & 1) number[known++] = i;
    }
    return known == others ? known : words + 1;
}

/* Sort different words by their bytes, which is the order of their code points. */
int64_t jm_sort_words(const jm_cutter *c, uint32_t *number, uint64_t words) {
    if (words > 1u << 30) return JM_INPUT;
    uint64_t *bits = calloc((uint64_t)c->dictionary->words / 64 + 1, sizeof *bits), size;
    keyed *memory = malloc((3 * words + 1) * sizeof *memory);
    uint64_t known = bits != NULL && memory != NULL ? sort_known(c, number, words, bits) : words + 2;
    if (known <= words) {
        const keyed *other = sort_keyed(c, number + known, words - known, memory);
        keyed *mine = memory + 2 * words;
        for (uint64_t i = 0; i < known; i++) {
            const uint8_t *word = jm_name(c, number[i], &size);
            mine[i] = (keyed){head_of(word, size), number[i]};
        }
        for (uint64_t at = 0, left = 0, right = 0; at < words; at++) {
            int takes_other = left == known || (right < words - known && is_before(c, &other[right], &mine[left]));
            number[at] = takes_other ? other[right++].number : mine[left++].number;
        }
    }
    free(bits), free(memory);
    return known <= words ? 0 : known == words + 1 ? JM_INPUT : JM_MEMORY;
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
