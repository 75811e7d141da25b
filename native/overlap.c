/* Terms that overlap: the end of one is the beginning of the other where they stand, as in 产业过度 and 过度竞争. */
#include <string.h>

#include "choice.h"

enum { LEAST_OVERLAP = 2 }; /* characters */

int jm_holds(const uint8_t *text, uint64_t size, const uint8_t *part, uint64_t part_size) {
    if (part_size == 0) return 1;
    if (part_size > size) return 0;
    const uint8_t *last = text + size - part_size;
    for (; text <= last && (text = memchr(text, part[0], (size_t)(last - text) + 1)) != NULL; text++)
        if (memcmp(text, part, part_size) == 0) return 1;
    return 0;
}

/* Return the bytes of the first `letters` characters of a term, and of the last ones. */
uint32_t jm_first_bytes(const uint8_t *text, uint32_t size, uint32_t letters) {
    uint32_t at = 0;
    for (; at < size; at++)
        if ((text[at] & 0xC0) != 0x80 && letters-- == 0) break;
    return at;
}

static uint32_t last_bytes(const uint8_t *text, uint32_t size, uint32_t letters) {
    uint32_t at = size;
    while (at > 0 && letters > 0) letters -= (text[--at] & 0xC0) != 0x80;
    return size - at;
}

static int is_in_chosen(const jm_chooser *c, const uint8_t *part, uint32_t size) {
    for (uint32_t i = 0; i < c->chosen_count; i++) {
        const jm_term *other = &c->term[c->chosen[i]];
        if (jm_holds(jm_folded(c, other), other->size, part, size)) return 1;
    }
    return 0;
}

/* Tell whether the record has one term and then what another one has after its first `shared` bytes. */
static int64_t stand_together(jm_chooser *c, const jm_term *one, const jm_term *other, uint32_t shared) {
    if (one->size < shared || memcmp(jm_printed(c, one) + one->size - shared, jm_printed(c, other), shared)) return 0;
    if (c->record_size == 0) {
        int64_t failed = jm_spell_record(c);
        if (failed) return failed;
    }
    const uint8_t *text = c->text + c->record_start, *end = text + c->record_size;
    const uint8_t *rest = jm_printed(c, other) + shared;
    uint32_t left = other->size - shared;
    for (; (uint64_t)(end - text) >= one->size + left; text++) {
        text = memchr(text, jm_printed(c, one)[0], (size_t)(end - text));
        if (text == NULL || (uint64_t)(end - text) < one->size + left) return 0;
        if (memcmp(text, jm_printed(c, one), one->size) == 0 && memcmp(text + one->size, rest, left) == 0) return 1;
    }
    return 0;
}

/* Tell whether a term begins or ends, in the record, with the end or beginning of a chosen one; below 0 if it failed. */
int64_t jm_overlaps(jm_chooser *c, const jm_term *term) {
    const uint8_t *lower = jm_folded(c, term);
    uint32_t head = jm_first_bytes(lower, term->size, LEAST_OVERLAP), tail = last_bytes(lower, term->size, LEAST_OVERLAP);
    if (!is_in_chosen(c, lower, head) && !is_in_chosen(c, lower + term->size - tail, tail)) return 0;
    for (uint32_t i = 0; i < c->chosen_count; i++) {
        const jm_term *other = &c->term[c->chosen[i]];
        uint32_t least = other->letters < term->letters ? other->letters : term->letters;
        for (uint32_t letters = LEAST_OVERLAP; letters < least; letters++) {
            int64_t found = stand_together(c, other, term, jm_first_bytes(jm_printed(c, term), term->size, letters));
            if (found == 0)
                found = stand_together(c, term, other, jm_first_bytes(jm_printed(c, other), other->size, letters));
            if (found) return found;
        }
    }
    return 0;
}
