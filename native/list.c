/* Keywords as JSON arrays, as records have them. */
#include <stdlib.h>
#include <string.h>

#include "choice.h"
#include "decimal.h"

static uint32_t write_count(int64_t value, uint8_t *out) {
    uint8_t digits[24];
    uint32_t size = 0, written = 0;
    if (value < 0) return memcpy(out, "null", 4), 4;
    do digits[size++] = (uint8_t)('0' + value % 10);
    while ((value /= 10) > 0);
    while (size) out[written++] = digits[--size];
    return written;
}

static uint64_t write_text(const char *text, uint8_t *out) {
    uint64_t size = strlen(text);
    memcpy(out, text, size);
    return size;
}

enum { ROW_BYTES = 128 }; /* of a row without its term, at most */

/* Write one row as a JSON object, and return its bytes; below 0 if there is no room. */
static int64_t write_row(jm_chooser *c, const uint32_t *id, const jm_row *row, int64_t df, uint8_t *out, uint64_t room) {
    jm_term term;
    c->text_size = 0;
    int64_t failed = jm_spell(c, id, row->words, &term);
    if (failed) return failed == JM_UNKNOWN ? JM_INPUT : failed;
    if (room < 6 * (uint64_t)term.size + ROW_BYTES) return JM_ROOM;
    uint64_t size = write_text("{\"term\":\"", out);
    size += jm_write_escaped(c->text + term.start, term.size, out + size);
    size += write_text("\",\"score\":", out + size);
    size += jm_write_decimal(row->score, out + size);
    size += write_text(",\"tf\":", out + size);
    size += write_count(row->tf, out + size);
    size += write_text(",\"df\":", out + size);
    size += write_count(row->words == 1 ? df : -1, out + size);
    out[size++] = '}';
    return (int64_t)size;
}

/* Write the keywords of each record as a JSON array, end to end, and where each ends.
 *
 * `df` says of each of `numbers` numbers in how many records the word stands, -1 where nobody knows.
 */
int64_t jm_write_keywords(const jm_cutter *cutter, const uint32_t *id, uint64_t size, const uint32_t *count, uint64_t records,
                          const jm_row *row, uint64_t rows, const uint32_t *found, const int64_t *df, uint64_t numbers,
                          uint8_t *out, uint64_t room, uint64_t *ends) {
    jm_chooser c = {.cutter = cutter};
    uint64_t at = 0, from = 0, written = 0;
    int64_t failed = 0;
    for (uint64_t i = 0; i < records && !failed; i++) {
        uint32_t mine = found[i] == JM_NONE ? 0 : found[i];
        if (count[i] > size - at || mine > rows - from) failed = JM_INPUT;
        else if (room - written < 2) failed = JM_ROOM;
        if (failed) break;
        out[written++] = '[';
        for (uint32_t k = 0; k < mine && !failed; k++, from++) {
            const jm_row *one = &row[from];
            if (one->words == 0 || one->first > count[i] || one->words > count[i] - one->first || id[at + one->first] >= numbers) {
                failed = JM_INPUT;
                break;
            }
            if (k) out[written++] = ',';
            int64_t length = write_row(&c, id + at + one->first, one, df[id[at + one->first]], out + written, room - written);
            if (length < 0) failed = length;
            else written += (uint64_t)length;
        }
        out[written++] = ']';
        ends[i] = written;
        at += count[i];
    }
    free(c.text);
    return failed ? failed : (int64_t)written;
}
