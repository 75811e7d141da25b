/* Numbers, dates and times that stay whole: 23,876, 9:45, 3.5％, 5·12, 2024年5月19日. The forms are those of `words/protected.py`. */
#include <string.h>

#include "cutter.h"

enum { LONGEST_CHAIN = 64 }; /* numbers; from each of them a longer one would be read to its end */

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
    for (int more = 1; more < LONGEST_CHAIN && at < size && text[at] == ',' && digits(text, at + 1, size, 3) == 3; more++)
        at += 4;
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

/* 3:2, 3∶2 and 2024/5/19. */
static uint64_t end_of_ratio(const uint8_t *text, uint64_t at, uint64_t size) {
    uint64_t end = 0;
    for (int numbers = 0; numbers < LONGEST_CHAIN && at < size; numbers++) {
        uint32_t length = text[at] == ':' || text[at] == '/' ? 1 : sign(text, at, size, "∶");
        uint32_t count = length ? digits(text, at + length, size, 5) : 0;
        if (count == 5) return 0;
        if (count == 0) break;
        end = at += length + count;
    }
    return end;
}

/* 5·12: a day that is a name. */
static uint64_t end_of_day_name(const uint8_t *text, uint64_t at, uint64_t size, uint32_t before) {
    uint32_t dot = before <= 2 ? sign(text, at, size, "·") : 0, count = dot ? digits(text, at + dot, size, 3) : 0;
    if (count == 0 || count == 3) return 0;
    at += dot + count;
    return at < size && sign(text, at, size, "·") ? 0 : at;
}

/* 3.5％ and 2‰; the segmenter keeps 3.5% whole by itself. */
static uint64_t end_of_rate(const uint8_t *text, uint64_t at, uint64_t size) {
    if (text[at] == '.' && digits(text, at + 1, size, 1)) {
        at++;
        while (at < size && is_digit(text[at])) at++;
    }
    uint32_t rate = at >= size ? 0 : sign(text, at, size, "％");
    if (rate == 0 && at < size) rate = sign(text, at, size, "‰");
    return rate ? at + rate : 0;
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

/* Return where a day ends: 19日, 19号, 19號. */
static uint64_t end_of_day(const uint8_t *text, uint64_t at, uint64_t size) {
    uint64_t end = counted(text, at, size, "日", "号");
    return end ? end : counted(text, at, size, "號", "號");
}

static int is_hour(const uint8_t *text, uint64_t at, uint64_t size) {
    return sign(text, at, size, "时") || sign(text, at, size, "点") || sign(text, at, size, "時") || sign(text, at, size, "點");
}

/* 年5月19日, 5月19日, 时45分30秒. */
static uint64_t end_of_date(const uint8_t *text, uint64_t at, uint64_t size) {
    uint64_t end = 0, more = 0;
    if (sign(text, at, size, "年")) {
        end = counted(text, at + 3, size, "月", "月");
        more = end ? end_of_day(text, end, size) : 0;
    } else if (sign(text, at, size, "月")) {
        end = end_of_day(text, at + 3, size);
    } else if (is_hour(text, at, size)) {
        end = counted(text, at + 3, size, "分", "分");
        more = end ? counted(text, end, size, "秒", "秒") : 0;
    }
    return more ? more : end;
}

/* Find the first such stretch from `at` on, and return where it ends; `size` + 1 if there is none. */
uint64_t jm_next_figures(const uint8_t *text, uint64_t at, uint64_t size, uint64_t *start) {
    while (at < size) {
        if (!is_digit(text[at])) {
            at += text[at] < 0xE0 ? 1 : 3; /* no figure stands in the middle of a character */
            continue;
        }
        uint8_t before = at ? text[at - 1] : ' ';
        uint32_t count = digits(text, at, size, 5);
        uint64_t after = at + count, end = 0;
        if (count < 5 && after < size && !jm_is_alnum(before) && before != '.') {
            end = end_of_amount(text, after, size, count);
            if (end == 0) end = end_of_clock(text, after, size, count);
            if (end == 0) end = end_of_ratio(text, after, size);
            if (end == 0) end = end_of_day_name(text, after, size, count);
            if (end == 0) end = end_of_rate(text, after, size);
            if (end == 0) end = end_of_date(text, after, size);
        }
        if (end) return *start = at, end;
        for (at = after; at < size && is_digit(text[at]);) at++;
    }
    return size + 1;
}
