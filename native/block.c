/* The most probable way through a block: from its end to its beginning, each character once. */
#include "cutter.h"

/* Find for every character the best word that begins with it; of two equally good ones the longer. */
static void find_ways(jm_cutter *c) {
    const jm_dictionary *d = c->dictionary;
    const jm_unit *unit = d->unit;
    const uint16_t *code = c->code;
    const uint32_t letters = c->letters, units = d->units;
    double *rest = c->rest;
    rest[letters] = 0.0;
    for (uint32_t i = letters; i-- > 0;) {
        uint32_t best_unit = 0, best_length = 1, at = 0, known = 0;
        double best = d->alone + rest[i + 1];
#if defined(__GNUC__)
        if (i >= 4 && code[i - 4] < units) { /* what the second step will read four characters on */
            uint64_t second = (uint64_t)unit[code[i - 4]].base + code[i - 3];
            if (second < units) __builtin_prefetch(&unit[second]);
        }
#endif
        uint32_t longest = letters - i < JM_LONGEST ? letters - i : JM_LONGEST;
        for (uint32_t length = 0; length < longest;) {
            at = jm_child(d, at, code[i + length]);
            if (at == 0) break;
            length++;
            if (unit[at].weight > 0) continue; /* no word ends here */
            double way = unit[at].weight + rest[i + length];
            if (!known || way >= best) best = way, best_unit = at, best_length = length;
            known = 1;
        }
        rest[i] = best;
        c->unit[i] = best_unit;
        c->length[i] = (uint8_t)best_length;
    }
}

/* A row of single characters that is no word: one by one if the dictionary has it as a word, else by the model. */
static int64_t cut_singles(jm_cutter *c, uint32_t from, uint32_t to) {
    uint32_t whole = to - from > 1 ? jm_find(c, from, to) : 0;
    if (to - from > 1 && (whole == 0 || c->dictionary->unit[whole].weight > 0)) return jm_cut_run(c, from, to);
    int64_t failed = 0;
    for (uint32_t i = from; i < to && !failed; i++) failed = jm_emit(c, i, i + 1, c->unit[i]);
    return failed;
}

int64_t jm_cut_block(jm_cutter *c) {
    find_ways(c);
    uint32_t singles = 0, at = 0;
    int64_t failed = 0;
    while (at < c->letters && !failed) {
        uint32_t length = c->length[at];
        if (length == 1) {
            singles++, at++;
            continue;
        }
        if (singles) failed = cut_singles(c, at - singles, at);
        if (!failed) failed = jm_emit(c, at, at + length, c->unit[at]);
        singles = 0;
        at += length;
    }
    return singles && !failed ? cut_singles(c, at - singles, at) : failed;
}
