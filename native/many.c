/* Many texts or words in one call: a call from outside costs as much as a short text. */
#include <string.h>

#include "cutter.h"

/* Return where the bytes of item `i` begin, or `limit` + 1 if the ends make no sense. */
static uint64_t start_of(const uint32_t *ends, uint64_t i, uint64_t limit) {
    uint64_t start = i ? ends[i - 1] : 0;
    return start <= ends[i] && ends[i] <= limit ? start : limit + 1;
}

/* Cut texts that lie end to end, `count` gets how many words each has, and return how many all have.
 *
 * `number` and `end` are as in `jm_cut`; in `end`, each text's characters are counted from 0.
 */
int64_t jm_cut_many(jm_cutter *c, const uint8_t *text, uint64_t size, const uint32_t *ends, uint64_t texts,
                    uint32_t *number, uint32_t *end, uint64_t room, uint32_t *count) {
    uint64_t total = 0;
    for (uint64_t i = 0; i < texts; i++) {
        uint64_t start = start_of(ends, i, size);
        if (start > size) return JM_INPUT;
        int64_t found = jm_cut(c, text + start, ends[i] - start, number + total, end + total, room - total);
        if (found < 0) return found;
        count[i] = (uint32_t)found;
        total += (uint64_t)found;
    }
    return (int64_t)total;
}

/* Find the numbers of words that lie end to end; what the dictionary does not have gets JM_NONE. */
int64_t jm_look_up_many(const jm_dictionary *d, const uint8_t *text, uint64_t size, const uint32_t *ends,
                        uint64_t words, uint32_t *number) {
    for (uint64_t i = 0; i < words; i++) {
        uint64_t start = start_of(ends, i, size);
        if (start > size) return JM_INPUT;
        number[i] = jm_entry(d, text + start, ends[i] - start);
    }
    return 0;
}

/* Find the numbers of words that lie end to end, however they came about. */
int64_t jm_number_many(jm_cutter *c, const uint8_t *text, uint64_t size, const uint32_t *ends, uint64_t words,
                       uint32_t *number) {
    for (uint64_t i = 0; i < words; i++) {
        uint64_t start = start_of(ends, i, size);
        if (start > size) return JM_INPUT;
        int64_t found = jm_number(c, text + start, ends[i] - start);
        if (found < 0) return found;
        number[i] = (uint32_t)found;
    }
    return 0;
}

/* Write a text as it stands in JSON between quotes, and return its bytes, at most six times as many. */
uint64_t jm_write_escaped(const uint8_t *text, uint64_t size, uint8_t *out) {
    static const char digits[] = "0123456789abcdef";
    uint64_t at = 0;
    for (uint64_t i = 0; i < size; i++) {
        uint8_t byte = text[i];
        char letter = byte == '\b' ? 'b' : byte == '\t' ? 't' : byte == '\n' ? 'n' : byte == '\f' ? 'f' : byte == '\r' ? 'r' : 0;
        if (byte >= 0x20 && byte != '"' && byte != '\\') {
            out[at++] = byte;
        } else if (byte >= 0x20 || letter) {
            out[at++] = '\\', out[at++] = letter ? (uint8_t)letter : byte;
        } else {
            memcpy(out + at, "\\u00", 4);
            out[at + 4] = (uint8_t)('0' + (byte >> 4)), out[at + 5] = (uint8_t)digits[byte & 15];
            at += 6;
        }
    }
    return at;
}

/* Write the words of a text as a JSON array of strings, and return its bytes; `room` must be 6 × size + 3 × count + 2.
 *
 * `number` and `end` are what `jm_cut` gave for the text, in which a word with the number `mark` stood in place of each
 * of some longer stretches; `longer` has their lengths in characters.
 */
int64_t jm_write(const uint8_t *text, uint64_t size, const uint32_t *number, const uint32_t *end, uint64_t count,
                 uint32_t mark, const uint32_t *longer, uint64_t stretches, uint8_t *out, uint64_t room) {
    if (size > INT32_MAX || room < 6 * size + 3 * count + 2) return JM_ROOM;
    uint64_t at = 0, used = 0, written = 0;
    out[written++] = '[';
    for (uint64_t i = 0; i < count; i++) {
        uint32_t letters = end[i] - (i ? end[i - 1] : 0), letter;
        if (number[i] == mark && used < stretches) letters = longer[used++];
        uint64_t start = at;
        for (; letters > 0 && at < size; letters--) at += jm_decode(text + at, size - at, &letter);
        if (letters > 0) return JM_INPUT;
        if (i) out[written++] = ',';
        out[written++] = '"';
        written += jm_write_escaped(text + start, at - start, out + written);
        out[written++] = '"';
    }
    out[written++] = ']';
    return at == size ? (int64_t)written : JM_INPUT;
}
