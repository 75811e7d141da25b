/* Pairs of neighbouring characters of the lines of a page: which of them lines have in common. */
#include <stdlib.h>

#include "pages.h"


typedef struct {
    uint64_t key; /* both characters, and one more; 0 where nothing stands */
    uint32_t lines, last;
} slot;

struct jm_pairs {
    slot *table;
    uint64_t mask;
    uint32_t *pair;   /* for each line the slots of those of its pairs that other lines have too */
    uint64_t *end;    /* of each line in `pair` */
    uint32_t *single; /* of each line: how many pairs no other line has */
    uint32_t *stamp;  /* of each slot: where it was met last */
    uint8_t *tie;     /* of each slot: how much the pair says of what a text is about */
    uint64_t *weight; /* of a pair, by the number of lines that have it */
    uint32_t *order;  /* lines, so that those that are compared stand side by side */
    uint64_t lines, orders;
    uint32_t now;
};

/* Some lines, and what they have. */
typedef struct {
    uint64_t weight, count;
} pile;

static uint64_t key_of(uint32_t one, uint32_t other) { return ((uint64_t)one << 32 | other) + 1; }

static uint64_t place_of(const jm_pairs *pairs, uint64_t key) {
    uint64_t at = key;
    at = (at ^ at >> 32) * UINT64_C(0xD6E8FEB86659FD93);
    at = (at ^ at >> 32) * UINT64_C(0xD6E8FEB86659FD93);
    at = (at ^ at >> 32) & pairs->mask;
    while (pairs->table[at].key != 0 && pairs->table[at].key != key) at = (at + 1) & pairs->mask;
    return at;
}

/* Note a pair of a line; return where its slot stands in the line's list from now on. */
static uint64_t note(jm_pairs *pairs, uint32_t one, uint32_t other, uint32_t line, uint64_t used) {
    uint64_t at = place_of(pairs, key_of(one, other));
    slot *found = &pairs->table[at];
    if (found->key != 0 && found->last == line) return used;
    found->lines = found->key == 0 ? 1 : found->lines + 1;
    found->key = key_of(one, other), found->last = line;
    pairs->pair[used] = (uint32_t)at;
    return used + 1;
}

/* Note all pairs of a line, of a very long one those of its two ends. */
static uint64_t note_line(jm_pairs *pairs, const uint32_t *text, uint64_t size, uint32_t line, uint64_t used) {
    uint64_t head = size > JM_SAMPLE ? JM_SAMPLE / 2 : size;
    for (uint64_t i = 0; i + 1 < head; i++) used = note(pairs, text[i], text[i + 1], line, used);
    if (size <= JM_SAMPLE) return used;
    uint64_t tail = size - JM_SAMPLE / 2;
    used = note(pairs, text[head - 1], ' ', line, used);
    used = note(pairs, ' ', text[tail], line, used);
    for (uint64_t i = tail; i + 1 < size; i++) used = note(pairs, text[i], text[i + 1], line, used);
    return used;
}

/* Keep of each line the pairs that other lines have too, and count the others. */
static void keep_shared(jm_pairs *pairs) {
    uint64_t from = 0, kept = 0;
    for (uint64_t n = 0; n < pairs->lines; n++) {
        uint64_t first = kept, all = pairs->end[n] - from;
        for (uint64_t i = from; i < pairs->end[n]; i++) {
            if (pairs->table[pairs->pair[i]].lines > 1) pairs->pair[kept++] = pairs->pair[i];
        }
        from = pairs->end[n], pairs->end[n] = kept;
        pairs->single[n] = (uint32_t)(all - (kept - first));
    }
}

static int64_t check_sizes(const uint32_t *ends, uint64_t size, uint64_t lines, const uint32_t *order, uint64_t orders) {
    uint64_t start = 0;
    if (size > UINT32_MAX / 4 || lines > UINT32_MAX / 4 || orders > UINT32_MAX / 4) return JM_INPUT;
    for (uint64_t n = 0; n < lines; n++) {
        if (ends[n] < start || ends[n] > size) return JM_INPUT;
        start = ends[n];
    }
    for (uint64_t i = 0; i < orders; i++) {
        if (order[i] >= lines) return JM_INPUT;
    }
    return 0;
}

/* Look at the lines of a page.
 *
 * `text` has their characters end to end, `ends` says where each line ends, `weight` has lines + 1 numbers, and lines
 * are compared by their places in `order`.
 */
int64_t jm_pairs_new(const uint32_t *text, uint64_t size, const uint32_t *ends, uint64_t lines, const uint64_t *weight,
                     const uint32_t *order, uint64_t orders, jm_pairs **made) {
    int64_t failed = check_sizes(ends, size, lines, order, orders);
    if (failed) return failed;
    uint64_t slots = 16, most = 0, start = 0;
    for (uint64_t n = 0; n < lines; start = ends[n++]) most += ends[n] - start < JM_SAMPLE ? ends[n] - start : JM_SAMPLE + 1;
    while (slots < most + most / 2) slots *= 2;
    jm_pairs *pairs = calloc(1, sizeof *pairs);
    if (pairs == NULL) return JM_MEMORY;
    pairs->mask = slots - 1, pairs->lines = lines, pairs->orders = orders;
    pairs->table = calloc(slots, sizeof *pairs->table), pairs->stamp = calloc(slots, sizeof *pairs->stamp);
    pairs->pair = malloc((most + 1) * sizeof *pairs->pair), pairs->end = malloc((lines + 1) * sizeof *pairs->end);
    pairs->single = malloc((lines + 1) * sizeof *pairs->single);
    pairs->weight = malloc((lines + 1) * sizeof *pairs->weight);
    pairs->order = malloc((orders + 1) * sizeof *pairs->order);
    if (!pairs->table || !pairs->stamp || !pairs->pair || !pairs->end || !pairs->single || !pairs->weight ||
        !pairs->order) {
        jm_pairs_free(pairs);
        return JM_MEMORY;
    }
    for (uint64_t i = 0; i <= lines; i++) pairs->weight[i] = weight[i];
    for (uint64_t i = 0; i < orders; i++) pairs->order[i] = order[i];
    uint64_t used = 0;
    start = 0;
    for (uint64_t n = 0; n < lines; start = ends[n++]) {
        pairs->end[n] = used = note_line(pairs, text + start, ends[n] - start, (uint32_t)n, used);
    }
    keep_shared(pairs);
    *made = pairs;
    return 0;
}

void jm_pairs_free(jm_pairs *pairs) {
    if (pairs == NULL) return;
    free(pairs->table), free(pairs->stamp), free(pairs->pair), free(pairs->end);
    free(pairs->tie), free(pairs->single), free(pairs->weight), free(pairs->order), free(pairs);
}

/* Tell of each pair of characters whether it stands anywhere on the page. */
int64_t jm_pairs_have(const jm_pairs *pairs, const uint32_t *text, uint64_t asked, uint8_t *has) {
    for (uint64_t i = 0; i < asked; i++) {
        has[i] = pairs->table[place_of(pairs, key_of(text[2 * i], text[2 * i + 1]))].key != 0;
    }
    return 0;
}

/* Say of stretches of one length whether they can stand in another line too: all of their pairs do. */
int64_t jm_pairs_again(const jm_pairs *pairs, const uint32_t *text, uint64_t size, const uint32_t *place,
                       uint64_t asked, uint64_t length, uint8_t *may) {
    for (uint64_t n = 0; n < asked; n++) {
        if (place[n] > size || length > size - place[n]) return JM_INPUT;
        const uint32_t *at = text + place[n];
        may[n] = 1;
        for (uint64_t i = 0; i + 1 < length && may[n]; i++) {
            const slot *found = &pairs->table[place_of(pairs, key_of(at[i], at[i + 1]))];
            may[n] = found->key != 0 && found->lines > 1;
        }
    }
    return 0;
}

/* Start another pass over pairs: none was met yet. The number before it is still that of the pass before. */
static uint32_t next_stamp(jm_pairs *pairs) {
    if (pairs->now >= UINT32_MAX - 1) {
        for (uint64_t i = 0; i <= pairs->mask; i++) pairs->stamp[i] = 0;
        pairs->now = 0;
    }
    return ++pairs->now;
}

static uint64_t first_pair(const jm_pairs *pairs, uint32_t line) { return line ? pairs->end[line - 1] : 0; }

/* Add up the pairs of lines once each: of all of them, or of those that were met in the pass `among`. */
static pile add_up(jm_pairs *pairs, const uint32_t *range, uint32_t among) {
    uint32_t pass = next_stamp(pairs);
    pile sum = {0, 0};
    for (uint64_t i = range[0]; i < range[1]; i++) {
        uint32_t line = pairs->order[i];
        if (!among) sum.weight += pairs->single[line] * pairs->weight[1];
        if (!among) sum.count += pairs->single[line];
        for (uint64_t k = first_pair(pairs, line); k < pairs->end[line]; k++) {
            uint32_t at = pairs->pair[k];
            if (among ? pairs->stamp[at] != among : pairs->stamp[at] == pass) continue;
            pairs->stamp[at] = pass;
            sum.weight += pairs->weight[pairs->table[at].lines], sum.count++;
        }
    }
    return sum;
}

/* Say of pairs of ranges of lines what share of the weight of the first the second has too.
 *
 * `range` has four numbers for each: begin and end of both, as places in `order`. If `smaller`, the share is of that
 * range which has fewer pairs.
 */
int64_t jm_pairs_share(jm_pairs *pairs, const uint32_t *range, uint64_t asked, int32_t smaller, double *share) {
    for (uint64_t n = 0; n < asked; n++) {
        const uint32_t *one = range + 4 * n, *other = one + 2;
        if (one[0] > one[1] || one[1] > pairs->orders || other[0] > other[1] || other[1] > pairs->orders) return JM_INPUT;
        pile own = add_up(pairs, one, 0);
        if (smaller) {
            pile its = add_up(pairs, other, 0);
            share[n] = 0.0;
            if (own.count == 0 || its.count == 0) continue;
            if (own.count > its.count) own = its, other = one, one = range + 4 * n + 2;
        }
        add_up(pairs, other, 0);
        pile common = add_up(pairs, one, pairs->now);
        share[n] = own.weight ? (double)common.weight / (double)own.weight : 0.0;
    }
    return 0;
}

/* Return what a table, sorted, has for a pair; `rarest` for two Chinese characters that it lacks. */
static uint8_t tie_of(uint64_t key, const uint32_t *known, const uint8_t *tie, uint64_t count, uint8_t rarest) {
    uint32_t one = (uint32_t)((key - 1) >> 32), other = (uint32_t)(key - 1);
    if (one > 0xFFFF || other > 0xFFFF) return 0;
    uint32_t number = one | other << 16;
    uint64_t low = 0, high = count;
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        if (known[middle] < number) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low < count && known[low] == number) return tie[low];
    int han = one >= JM_HMM_FIRST && one <= 0x9FA5 && other >= JM_HMM_FIRST && other <= 0x9FA5;
    return han ? rarest : 0;
}

/* Say how much pairs say of what a text is about: `known` has the common ones, ascending. */
int64_t jm_pairs_tie(jm_pairs *pairs, const uint32_t *known, const uint8_t *tie, uint64_t count, uint8_t rarest) {
    free(pairs->tie);
    pairs->tie = calloc(pairs->mask + 1, 1);
    if (pairs->tie == NULL) return JM_MEMORY;
    for (uint64_t at = 0; at <= pairs->mask; at++) {
        if (pairs->table[at].key == 0 || pairs->table[at].lines < 2) continue;
        pairs->tie[at] = tie_of(pairs->table[at].key, known, tie, count, rarest);
    }
    return 0;
}

/* Add up how much the pairs say that some lines have in common with others, all of them different lines. */
int64_t jm_pairs_tied(jm_pairs *pairs, const uint32_t *one, uint64_t ones, const uint32_t *other, uint64_t others) {
    if (pairs->tie == NULL) return JM_INPUT;
    uint32_t among = next_stamp(pairs), pass = ++pairs->now;
    int64_t total = 0;
    for (uint64_t i = 0; i < others; i++) {
        if (other[i] >= pairs->lines) return JM_INPUT;
        for (uint64_t k = first_pair(pairs, other[i]); k < pairs->end[other[i]]; k++) pairs->stamp[pairs->pair[k]] = among;
    }
    for (uint64_t i = 0; i < ones; i++) {
        if (one[i] >= pairs->lines) return JM_INPUT;
        for (uint64_t k = first_pair(pairs, one[i]); k < pairs->end[one[i]]; k++) {
            uint32_t at = pairs->pair[k];
            if (pairs->stamp[at] != among) continue;
            pairs->stamp[at] = pass;
            total += pairs->tie[at];
        }
    }
    return total;
}
