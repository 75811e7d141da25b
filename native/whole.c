/* Texts with numbers, dates and times whole, and Traditional text by its Simplified characters. */
#include <string.h>

#include "cutter.h"

static int begins(const uint8_t *text, uint64_t size, const char *wanted) {
    uint64_t length = strlen(wanted);
    return size >= length && memcmp(text, wanted, length) == 0;
}

static int is_letter(uint8_t byte) { return (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z'; }

/* Tell whether two to four letters and a slash stand behind a dot, as in t.cn/. */
static int ends_host(const uint8_t *text, uint64_t left) {
    uint64_t at = 1;
    while (at < left && at < 6 && is_letter(text[at])) at++;
    return at > 2 && at < 6 && at < left && text[at] == '/';
}

/* Tell whether an address, a tag or an entity may begin with this sign, or the sign may stand inside a mail address. */
static int begins_form(const uint8_t *text, uint64_t left, int is_first) {
    switch (text[0]) {
    case '&': return left > 1 && (text[1] == '#' || (is_letter(text[1]) && left > 2 && is_letter(text[2])));
    case '<': return left > 1 && (text[1] == '/' || text[1] == '!' || is_letter(text[1]));
    case '@': return !is_first && left > 1 && (jm_is_alnum(text[1]) || text[1] == '-');
    case ':': return begins(text, left, "://");
    case 'w': case 'W': return left > 3 && (text[1] | 0x20) == 'w' && (text[2] | 0x20) == 'w' && text[3] == '.';
    case '.': return ends_host(text, left);
    default: return 0;
    }
}

/* Tell what a text has, as bits; of an odd one JM_ODD alone counts. */
static uint32_t kind_of(const uint8_t *text, uint64_t size, const uint8_t *kind) {
    uint32_t found = 0, letter;
    for (uint64_t at = 0; at < size && found < JM_ODD;) {
        uint64_t start = at;
        at += jm_decode(text + at, size - at, &letter);
        uint32_t one = letter <= 0xFFFF ? kind[letter] : JM_ODD;
        if (one == JM_SIGN) one = begins_form(text + start, size - start, start == 0) ? JM_ODD : 0;
        found |= one;
    }
    return found;
}

/* Put a mark in place of each such stretch of a text; return the size, and how many there are in `marks`. */
static uint64_t mask(const uint8_t *text, uint64_t size, uint8_t *out, uint32_t *marks) {
    uint64_t at = 0, start = 0, written = 0, end;
    *marks = 0;
    if (jm_next_figures(text, 0, size, &start) > size) return size; /* nothing is written */
    while ((end = jm_next_figures(text, at, size, &start)) <= size) {
        memcpy(out + written, text + at, start - at);
        written += start - at;
        memcpy(out + written, JM_MARK, JM_MARK_SIZE); /* a stretch has three bytes or more */
        written += JM_MARK_SIZE;
        at = end;
        ++*marks;
    }
    memcpy(out + written, text + at, size - at);
    return written + size - at;
}

/* Cut one text. */
static int64_t cut_whole(jm_cutter *c, const jm_whole *w, const uint8_t *text, uint64_t size, uint32_t kind, uint32_t mark,
                         uint32_t *number, uint32_t *end, uint64_t room) {
    uint32_t marks = 0;
    uint64_t length = kind & JM_FIGURE ? mask(text, size, w->memory, &marks) : size, at = 0, start = 0;
    const uint8_t *plain = marks ? w->memory : text;
    uint8_t *simplified = w->memory + w->longest;
    int changed = kind & JM_TRADITIONAL && jm_simplify(plain, length, w->form, simplified);
    int64_t count = jm_cut(c, changed ? simplified : plain, length, number, end, room);
    if (count > 0 && changed) {
        int64_t failed = jm_number_printed(c, plain, simplified, length, number, end, (uint64_t)count);
        if (failed) return failed;
    }
    for (int64_t i = 0; i < count && marks; i++) {
        if (number[i] != mark) continue;
        uint64_t stop = jm_next_figures(text, at, size, &start);
        int64_t found = stop <= size ? jm_number(c, text + start, stop - start) : JM_INPUT;
        if (found < 0) return found;
        number[i] = (uint32_t)found;
        at = stop;
        marks--;
    }
    return count;
}

/* Cut texts that lie end to end as `jm_cut_many` does, with numbers, dates and times whole.
 *
 * Odd texts are left out: their count is JM_NONE.
 */
int64_t jm_cut_whole(jm_cutter *c, const uint8_t *text, uint64_t size, const uint32_t *ends, uint64_t texts,
                     const jm_whole *whole, uint32_t *number, uint32_t *end, uint64_t room, uint32_t *count) {
    int64_t mark = jm_number(c, (const uint8_t *)JM_MARK, JM_MARK_SIZE);
    uint64_t total = 0, start = 0;
    if (mark < 0) return mark;
    for (uint64_t i = 0; i < texts; start = ends[i++]) {
        if (start > ends[i] || ends[i] > size || ends[i] - start > whole->longest) return JM_INPUT;
        uint64_t length = ends[i] - start;
        uint32_t kind = kind_of(text + start, length, whole->kind);
        count[i] = JM_NONE;
        if (kind >= JM_ODD) continue;
        int64_t found = cut_whole(c, whole, text + start, length, kind, (uint32_t)mark, number + total, end + total, room - total);
        if (found < 0) return found;
        count[i] = (uint32_t)found;
        total += (uint64_t)found;
    }
    return (int64_t)total;
}
