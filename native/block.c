/* The most probable way through each block of a stretch: from its end to its beginning, each character once. */
#include <math.h>

#include "cutter.h"

/* Find the second and third unit of every character's way into the trie.
 *
 * Nothing here depends on what was found for another character, and hardly anything branches, so that the processor
 * fetches many units at once: waiting for one after the other takes three times as long.
 */
static void look_ahead(jm_cutter *c) {
    const jm_unit *unit = c->dictionary->unit;
    const uint16_t *code = c->code;
    const uint32_t letters = c->letters, units = c->dictionary->units;
    uint32_t *restrict two = c->two, *restrict three = c->three;
    for (uint32_t i = 0; i < letters; i++) {
        uint32_t one = code[i] < units ? code[i] : 0, place = unit[one].base + code[i + 1];
        uint32_t found = (place < units) & (unit[one].code == code[i]) & (one != 0) & (code[i + 1] != 0);
        two[i] = place & (0 - found);
        jm_fetch(&unit[two[i]]);
    }
    for (uint32_t i = 0; i < letters; i++) {
        uint32_t at = two[i] & (0 - (uint32_t)(unit[two[i]].code == code[i + 1])), place = unit[at].base + code[i + 2];
        uint32_t found = (place < units) & (at != 0) & (code[i + 2] != 0);
        two[i] = at;
        three[i] = place & (0 - found);
        jm_fetch(&unit[three[i]]);
    }
    for (uint32_t i = 0; i < letters; i++) {
        three[i] &= 0 - (uint32_t)(unit[three[i]].code == code[i + 2]);
        uint32_t place = unit[three[i]].base + code[i + 3];
        jm_fetch(&unit[place < units ? place : 0]);
    }
}

/* Find for every character the best word that begins with it; of two equally good ones the longer. */
static void find_ways(jm_cutter *c) {
    const jm_dictionary *d = c->dictionary;
    const jm_unit *unit = d->unit;
    const double *weight = d->weight;
    const uint16_t *restrict code = c->code;
    const uint32_t *restrict two = c->two, *restrict three = c->three, letters = c->letters;
    uint32_t *restrict unit_of = c->unit;
    uint8_t *restrict length_of = c->length;
    double *restrict rest = c->rest;
    rest[letters] = rest[letters + 1] = 0.0;
    for (uint32_t i = letters; i-- > 0;) {
        if (length_of[i] == 0) { /* the block before ends here */
            rest[i] = 0.0;
            continue;
        }
        uint32_t best_unit = jm_child(d, 0, code[i]), best_length = 1;
        double best = weight[unit[best_unit].weight] + rest[i + 1], way = weight[unit[two[i]].weight] + rest[i + 2];
        uint32_t better = way >= best;
        best = way > best ? way : best;
        best_unit ^= (best_unit ^ two[i]) & (0 - better), best_length += better; /* without a branch */
        uint32_t at = three[i];
        for (uint32_t length = 3; at != 0 && length <= JM_LONGEST; length++) {
            way = weight[unit[at].weight] + rest[i + length];
            if (way >= best) best = way, best_unit = at, best_length = length;
            at = i + length < letters ? jm_child(d, at, code[i + length]) : 0;
        }
        if (best == -INFINITY) best = d->alone + rest[i + 1], best_unit = 0, best_length = 1; /* no word begins here */
        rest[i] = best;
        unit_of[i] = best_unit;
        length_of[i] = (uint8_t)best_length;
    }
}

/* A row of single characters that is no word: one by one if the dictionary has it as a word, else by the model. */
static int64_t cut_singles(jm_cutter *c, uint32_t from, uint32_t to) {
    uint32_t whole = to - from > 1 ? jm_find(c, from, to) : 0;
    if (to - from > 1 && (whole == 0 || !jm_is_word(c->dictionary, whole))) return jm_cut_run(c, from, to);
    int64_t failed = 0;
    for (uint32_t i = from; i < to && !failed; i++) failed = jm_emit(c, i, i + 1, c->unit[i]);
    return failed;
}

int64_t jm_cut_stretch(jm_cutter *c) {
    look_ahead(c);
    find_ways(c);
    for (uint32_t i = 0; i < c->letters; i += c->length[i] > 1 ? c->length[i] : 1)
        if (c->length[i] > 1) jm_fetch(&c->dictionary->number[c->unit[i]]);
    uint32_t singles = 0, at = 0;
    int64_t failed = 0;
    while (at < c->letters && !failed) {
        uint32_t length = c->length[at];
        if (length == 1) {
            singles++, at++;
            continue;
        }
        if (singles) failed = cut_singles(c, at - singles, at);
        singles = 0;
        if (length == 0) length = c->letter[at] == '\r' && at + 1 < c->letters && c->letter[at + 1] == '\n' ? 2 : 1;
        if (!failed) failed = jm_emit(c, at, at + length, c->length[at] ? c->unit[at] : 0);
        at += length;
    }
    return singles && !failed ? cut_singles(c, at - singles, at) : failed;
}
