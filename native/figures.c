/* Numbers, dates and times that stay whole: 23,876, 9:45, 2024年5月19日. The forms are those of `words/protected.py`. */
#include <string.h>

#include "cutter.h"

static int is_digit(uint8_t byte) { return byte >= '0' && byte <= '9'; }

/* Return how many digits begin at a place, at most `most`. */
static uint32_t digits(const uint8_t *text, uint64_t at, uint64_t size, uint32_t most) {
    uint32_t count = 0;
    while (count < most && at + count < size && is_digit(text[at + count])) count++;
    return count;
}

/* Return the bytes of a sign if it stands at a place, else 0. */
static uint32_t sign(const uint8_t *text, uint64_t at, uint64_t size, const char *wanted) {
    uint32_t length = (uint32_t)strlen(wanted);
    return size - at >= length && memcmp(text + at, wanted, length) == 0 ? length : 0;
}

static uint32_t colon(const uint8_t *text, uint64_t at, uint64_t size) {
    if (at >= size) return 0;
    return text[at] == ':' ? 1 : sign(text, at, size, "：");
}

/* 23,876.5%: three digits after each comma. Each of these returns where the form ends, or 0. */
static uint64_t end_of_amount(const uint8_t *text, uint64_t at, uint64_t size, uint32_t before) {
    if (before > 3 || text[at] != ',' || digits(text, at + 1, size, 3) < 3) return 0;
    at += 4;
    while (at < size && text[at] == ',' && digits(text, at + 1, size, 3) == 3) at += 4;
    if (at < size && text[at] == '.' && digits(text, at + 1, size, 1)) {
        at++;
        while (at < size && is_digit(text[at])) at++;
    } else if (at < size && is_digit(text[at])) {
        return 0;
    }
    uint32_t rate = at >= size ? 0 : text[at] == '%' ? 1 : sign(text, at, size, "‰");
    return rate && digits(text, at + rate, size, 1) == 0 ? at + rate : at;
}

/* 9:45 and 9:45:30. */
static uint64_t end_of_clock(const uint8_t *text, uint64_t at, uint64_t size, uint32_t before) {
    uint32_t first = colon(text, at, size), second;
    if (before > 2 || first == 0 || digits(text, at + first, size, 2) < 2) return 0;
    at += first + 2;
    second = colon(text, at, size);
    if (second && digits(text, at + second, size, 2) == 2) at += second + 2;
    return digits(text, at, size, 1) || colon(text, at, size) ? 0 : at;
}

/* 3:2 and 2024/5/19. */
static uint64_t end_of_ratio(const uint8_t *text, uint64_t at, uint64_t size) {
    uint64_t end = 0;
    while (at < size && (text[at] == ':' || text[at] == '/')) {
        uint32_t count = digits(text, at + 1, size, 5);
        if (count == 5) return 0;
        if (count == 0) break;
        end = at += 1 + count;
    }
    return end;
}

/* Return where one or two digits and a sign end, or 0. */
static uint64_t counted(const uint8_t *text, uint64_t at, uint64_t size, const char *one, const char *other) {
    uint32_t count = digits(text, at, size, 2);
    uint64_t after = at + count;
    if (count == 0 || after >= size) return 0;
    uint32_t length = sign(text, after, size, one);
    if (length == 0) length = sign(text, after, size, other);
    return length ? after + length : 0;
}

/* 年5月19日, 5月19日, 时45分30秒. */
static uint64_t end_of_date(const uint8_t *text, uint64_t at, uint64_t size) {
    uint64_t end = 0, more = 0;
    if (sign(text, at, size, "年")) {
        end = counted(text, at + 3, size, "月", "月");
        more = end ? counted(text, end, size, "日", "号") : 0;
    } else if (sign(text, at, size, "月")) {
        end = counted(text, at + 3, size, "日", "号");
    } else if (sign(text, at, size, "时") || sign(text, at, size, "点")) {
        end = counted(text, at + 3, size, "分", "分");
        more = end ? counted(text, end, size, "秒", "秒") : 0;
    }
    return more ? more : end;
}

/* Find the first such stretch from `at` on, and return where it ends; `size` + 1 if there is none. */
uint64_t jm_next_figures(const uint8_t *text, uint64_t at, uint64_t size, uint64_t *start) {
    while (at < size) {
        if (!is_digit(text[at])) {
            at++;
            continue;
        }
        uint8_t before = at ? text[at - 1] : ' ';
        uint32_t count = digits(text, at, size, 5);
        uint64_t after = at + count, end = 0;
        if (count < 5 && after < size && !jm_is_alnum(before) && before != '.') {
            end = end_of_amount(text, after, size, count);
            if (end == 0) end = end_of_clock(text, after, size, count);
            if (end == 0) end = end_of_ratio(text, after, size);
            if (end == 0) end = end_of_date(text, after, size);
        }
        if (end) return *start = at, end;
        for (at = after; at < size && is_digit(text[at]);) at++;
    }
    return size + 1;
}

/* Tell whether a text needs more than these forms: a character of the set, one of another plane, or an address. */
static int is_odd(const uint8_t *text, uint64_t size, const uint8_t *set) {
    uint32_t letter;
    for (uint64_t at = 0; at < size;) {
        uint8_t byte = text[at];
        if (byte == ':' && sign(text, at, size, "://")) return 1;
        if (byte == 'w' && sign(text, at, size, "www.")) return 1;
        at += jm_decode(text + at, size - at, &letter);
        if (letter > 0xFFFF || (set[letter >> 3] >> (letter & 7) & 1)) return 1;
    }
    return 0;
}

/* Put a mark in place of each such stretch of a text; return the size, and how many there are in `marks`. */
static uint64_t mask(const uint8_t *text, uint64_t size, uint8_t *out, uint32_t *marks) {
    uint64_t at = 0, start = 0, written = 0, end;
    *marks = 0;
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

/* Cut one text, numbers, dates and times whole. */
static int64_t cut_whole(jm_cutter *c, const uint8_t *text, uint64_t size, uint32_t mark, uint8_t *masked,
                         uint32_t *number, uint32_t *end, uint64_t room) {
    uint32_t marks;
    uint64_t length = mask(text, size, masked, &marks), at = 0, start = 0;
    int64_t count = jm_cut(c, marks ? masked : text, marks ? length : size, number, end, room);
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
 * Texts that have a character of the set or of another plane, or an address, are left out: their count is JM_NONE.
 * `masked` has room for the longest text.
 */
int64_t jm_cut_whole(jm_cutter *c, const uint8_t *text, uint64_t size, const uint32_t *ends, uint64_t texts,
                     const uint8_t *set, uint8_t *masked, uint64_t longest, uint32_t *number, uint32_t *end,
                     uint64_t room, uint32_t *count) {
    int64_t mark = jm_number(c, (const uint8_t *)JM_MARK, JM_MARK_SIZE);
    uint64_t total = 0, start = 0;
    if (mark < 0) return mark;
    for (uint64_t i = 0; i < texts; start = ends[i++]) {
        if (start > ends[i] || ends[i] > size || ends[i] - start > longest) return JM_INPUT;
        uint64_t length = ends[i] - start;
        if (is_odd(text + start, length, set)) {
            count[i] = JM_NONE;
            continue;
        }
        int64_t found = cut_whole(c, text + start, length, (uint32_t)mark, masked, number + total, end + total, room - total);
        if (found < 0) return found;
        count[i] = (uint32_t)found;
        total += (uint64_t)found;
    }
    return (int64_t)total;
}
