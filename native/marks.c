/* Characters that tell what a line may be: which of them each line of a page has, as bits. */
#include "pages.h"

/* Take together the bits of a stretch of text. */
static uint64_t bits_of(const uint32_t *text, uint64_t size, const uint8_t *kind, const uint64_t *bits) {
    uint64_t found = 0;
    for (uint64_t i = 0; i < size; i++) found |= text[i] < JM_MARKED ? bits[kind[text[i]]] : 0;
    return found;
}

/* Give each line the bits of its characters, and a long one those of its two ends.
 *
 * `kind` has for each character below JM_MARKED an index into `bits`, which has 256 entries. Of a line longer than
 * `whole`, the first `reach` characters count for the bits of `head` alone, and the last for those of `tail`.
 */
int64_t jm_marks(const uint32_t *text, uint64_t size, const uint32_t *ends, uint64_t lines, const uint8_t *kind,
                 const uint64_t *bits, uint64_t whole, uint64_t reach, uint64_t head, uint64_t tail, uint64_t *found) {
    uint64_t start = 0;
    if (reach > whole) return JM_INPUT;
    for (uint64_t n = 0; n < lines; n++) {
        if (ends[n] < start || ends[n] > size) return JM_INPUT;
        uint64_t length = ends[n] - start;
        if (length <= whole) {
            found[n] = bits_of(text + start, length, kind, bits);
        } else {
            found[n] = bits_of(text + start, reach, kind, bits) & head;
            found[n] |= bits_of(text + ends[n] - reach, reach, kind, bits) & tail;
        }
        start = ends[n];
    }
    return 0;
}
