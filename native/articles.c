/* Records of JSON Lines: found to be right JSON, and what they say as text, in one pass and without an object a field.
 *
 * Whatever is not quite usual is left to the caller, who reads the line in another way, and says what is wrong with it:
 * escapes in names, halves of surrogate pairs, numbers with exponents or of many digits, deep nesting, a text that is
 * absent or no string.
 */
#include <string.h>

#include "jmcore.h"

enum { MOST_DEPTH = 60, MOST_DIGITS = 18 };
enum { NAME_OR_END, NAME, VALUE, VALUE_OR_END, AFTER }; /* what may come next */

/* A string between its quotes. */
typedef struct {
    uint64_t start, end;
    int is_there, escapes;
} piece;

typedef struct {
    const uint8_t *data;
    uint64_t at, end; /* of the line at hand */
    const jm_sorted *names;
    piece name, text, headline;
    int has_headline; /* even if it is null */
} reader;

static void skip_blanks(reader *r) {
    while (r->at < r->end && (r->data[r->at] == ' ' || r->data[r->at] == '\t' || r->data[r->at] == '\r')) r->at++;
}

static int is_inner(uint8_t byte) { return (byte & 0xC0) == 0x80; }

/* Return the bytes of the character beyond ASCII that begins here, or 0 if that is no UTF-8. */
static uint32_t wide_letter(const uint8_t *text, uint64_t left) {
    uint32_t letter, size = jm_decode(text, left, &letter);
    if (size == 1 || (size == 3 && (letter < 0x800 || letter - 0xD800 < 0x800))) return 0;
    return size == 4 && (letter < 0x10000 || letter > 0x10FFFF) ? 0 : size;
}

/* Return the code point behind \u, or JM_NONE if there are no four hexadecimal digits. */
static uint32_t hex(const uint8_t *text, uint64_t left) {
    uint32_t code = 0;
    if (left < 4) return JM_NONE;
    for (int i = 0; i < 4; i++) {
        uint32_t digit = text[i] - '0', letter = (text[i] | 0x20u) - 'a';
        if (digit > 9 && letter > 5) return JM_NONE;
        code = code << 4 | (digit <= 9 ? digit : letter + 10);
    }
    return code;
}

/* Return the bytes of the escape that begins here, or 0 if it is none, or half of a pair. */
static uint32_t escape(const uint8_t *text, uint64_t left) {
    if (left < 2) return 0;
    if (text[1] != 'u') return text[1] && strchr("\"\\/bfnrt", text[1]) ? 2 : 0;
    uint32_t code = hex(text + 2, left - 2);
    return code == JM_NONE || code - 0xD800 < 0x800 ? 0 : 6;
}

/* Read the string whose first quote is at hand; tell whether it is one. */
static int read_string(reader *r, piece *found) {
    const uint8_t *data = r->data;
    uint64_t at = r->at + 1, end = r->end;
    *found = (piece){at, at, 1, 0};
    while (at < end) {
        uint32_t size = 1;
        if (data[at] > 0xE0 && end - at >= 3 && data[at] < 0xF0 && data[at] != 0xED && is_inner(data[at + 1]) &&
            is_inner(data[at + 2])) {
            at += 3; /* most characters */
            continue;
        }
        if (data[at] == '"') return found->end = at, r->at = at + 1, 1;
        if (data[at] == '\\') found->escapes = 1, size = escape(data + at, end - at);
        else if (data[at] < 0x20) return 0;
        else if (data[at] >= 0x80) size = wide_letter(data + at, end - at);
        if (size == 0) return 0;
        at += size;
    }
    return 0;
}

static uint64_t read_digits(reader *r) {
    uint64_t start = r->at;
    while (r->at < r->end && (uint32_t)(r->data[r->at] - '0') < 10) r->at++;
    return r->at - start;
}

static int read_number(reader *r) {
    if (r->data[r->at] == '-') r->at++;
    uint64_t start = r->at, count = read_digits(r);
    if (count == 0 || count > MOST_DIGITS || (count > 1 && r->data[start] == '0')) return 0;
    if (r->at < r->end && r->data[r->at] == '.') {
        r->at++;
        count = read_digits(r);
        if (count == 0 || count > MOST_DIGITS) return 0;
    }
    return r->at == r->end || (r->data[r->at] | 0x20) != 'e';
}

static int read_word(reader *r, const char *word) {
    uint64_t size = strlen(word);
    if (r->end - r->at < size || memcmp(r->data + r->at, word, size) != 0) return 0;
    r->at += size;
    return 1;
}

static int is_named(const reader *r, const char *name) {
    uint64_t size = strlen(name);
    return r->name.end - r->name.start == size && memcmp(r->data + r->name.start, name, size) == 0;
}

/* Tell whether a field may have this value, and keep the text and the headline. */
static int take_field(reader *r, piece value, int is_null) {
    if (r->name.escapes) return 0;
    if (is_named(r, "text")) {
        if (!value.is_there || r->text.is_there) return 0;
        r->text = value;
    } else if (is_named(r, "headline")) {
        if ((!value.is_there && !is_null) || r->has_headline) return 0;
        r->headline = value, r->has_headline = 1;
    }
    for (uint64_t i = 0, start = 0; i < r->names->count; start = r->names->ends[i++]) {
        uint64_t size = r->names->ends[i] - start;
        if (r->name.end - r->name.start == size && memcmp(r->data + r->name.start, r->names->letters + start, size) == 0)
            return 0;
    }
    return 1;
}

/* Read a value that has no others inside, or the beginning of one that has: `opens` gets its bracket. */
static int read_value(reader *r, piece *value, uint8_t *opens, int *is_null) {
    uint8_t first = r->data[r->at];
    *value = (piece){0, 0, 0, 0}, *opens = 0, *is_null = first == 'n';
    if (first == '"') return read_string(r, value);
    if (first == '{' || first == '[') return *opens = first, r->at++, 1;
    if (first == 't') return read_word(r, "true");
    if (first == 'f') return read_word(r, "false");
    if (first == 'n') return read_word(r, "null");
    return read_number(r);
}

static int read_name(reader *r, piece *name) {
    if (!read_string(r, name)) return 0;
    skip_blanks(r);
    return r->at < r->end && r->data[r->at++] == ':';
}

/* Read the object at hand to its end; tell whether it is a usual record. */
static int read_object(reader *r) {
    uint64_t objects = 1; /* a bit for each value that is open: whether it is an object */
    uint32_t depth = 1;
    int next = NAME_OR_END, is_null;
    piece value, name;
    uint8_t opens;
    for (r->at++; depth > 0;) {
        skip_blanks(r);
        if (r->at >= r->end) return 0;
        uint8_t sign = r->data[r->at];
        if ((sign == '}' && (objects & 1) && (next == NAME_OR_END || next == AFTER)) ||
            (sign == ']' && !(objects & 1) && (next == VALUE_OR_END || next == AFTER))) {
            r->at++, depth--, objects >>= 1, next = AFTER;
        } else if (next == AFTER) {
            if (sign != ',') return 0;
            r->at++, next = objects & 1 ? NAME : VALUE;
        } else if (next == NAME || next == NAME_OR_END) {
            if (sign != '"' || !read_name(r, depth == 1 ? &r->name : &name)) return 0;
            next = VALUE;
        } else {
            if (!read_value(r, &value, &opens, &is_null)) return 0;
            if (depth == 1 && !take_field(r, value, is_null)) return 0;
            next = AFTER;
            if (opens && ++depth > MOST_DEPTH) return 0;
            if (opens) objects = objects << 1 | (opens == '{'), next = opens == '{' ? NAME_OR_END : VALUE_OR_END;
        }
    }
    return r->text.is_there;
}

/* Write what a string stands for, and return its bytes: never more than it has itself. */
static uint64_t write_string(const uint8_t *data, piece string, uint8_t *out) {
    static const char letters[] = "bfnrt", signs[] = "\b\f\n\r\t";
    uint64_t size = 0;
    if (!string.escapes) return memcpy(out, data + string.start, string.end - string.start), string.end - string.start;
    for (uint64_t at = string.start; at < string.end;) {
        const char *known;
        if (data[at] != '\\') {
            out[size++] = data[at++];
        } else if (data[at + 1] == 'u') {
            uint32_t code = hex(data + at + 2, string.end - at - 2);
            if (code >= 0x800) out[size++] = (uint8_t)(0xE0 | code >> 12);
            if (code >= 0x80) out[size++] = (uint8_t)(code >= 0x800 ? 0x80 | (code >> 6 & 0x3F) : 0xC0 | code >> 6);
            out[size++] = (uint8_t)(code >= 0x80 ? 0x80 | (code & 0x3F) : code);
            at += 6;
        } else {
            known = strchr(letters, data[at + 1]);
            out[size++] = (uint8_t)(known ? signs[known - letters] : data[at + 1]);
            at += 2;
        }
    }
    return size;
}

/* Write the headline, a line break and the text of a record end to end; return the bytes. */
static uint64_t write_record(const reader *r, uint8_t *out, jm_article *line) {
    uint64_t size = write_string(r->data, r->headline, out);
    line->headline = 0;
    for (uint64_t i = 0; i < size; i++) line->headline += !is_inner(out[i]);
    if (size) out[size++] = '\n', line->headline++;
    uint64_t length = write_string(r->data, r->text, out + size);
    line->markup = length && (memchr(out + size, '&', length) || memchr(out + size, '<', length));
    return size + length;
}

/* Read lines that are parted by line breaks, and return how many records they have; blank lines are passed over.
 *
 * Of each record `line` tells where it lies, and `text` gets what it says; `size` + `lines` bytes and `lines` lines are
 * room enough. JM_UNKNOWN: one of them is unusual, or has a field of one of the names.
 */
int64_t jm_read_lines(const uint8_t *data, uint64_t size, const jm_sorted *names, uint8_t *text, uint64_t room,
                      jm_article *line, uint64_t lines) {
    uint64_t start = 0, written = 0, records = 0;
    if (size > INT32_MAX || size > room || lines > room - size) return JM_INPUT;
    for (uint64_t n = 0; n < lines; n++) {
        const uint8_t *stop = start < size ? memchr(data + start, '\n', size - start) : NULL;
        reader r = {.data = data, .at = start, .end = stop ? (uint64_t)(stop - data) : size, .names = names};
        start = r.end < size ? r.end + 1 : size;
        skip_blanks(&r);
        if (r.at == r.end) continue;
        line[records] = (jm_article){(uint32_t)r.at, 0, 0, 0, (uint32_t)n, 0};
        if (data[r.at] != '{' || !read_object(&r)) return JM_UNKNOWN;
        line[records].end = (uint32_t)r.at;
        skip_blanks(&r);
        if (r.at < r.end) return JM_UNKNOWN;
        written += write_record(&r, text + written, &line[records]);
        line[records++].text_end = (uint32_t)written;
    }
    return start == size ? (int64_t)records : JM_INPUT;
}

/* Write lines with more fields: each line but for its last brace, a comma, its own value, and what all end in.
 *
 * `value` are the values end to end, `ends` says where each ends; `tail` says which of the tails that lie end to end
 * each line has, and `head` is the name before the value.
 */
int64_t jm_splice_lines(const uint8_t *data, uint64_t size, const jm_article *line, uint64_t lines, const uint8_t *head,
                        uint64_t head_size, const uint8_t *value, const uint64_t *ends, const jm_sorted *tails,
                        const uint32_t *tail, uint8_t *out, uint64_t room) {
    uint64_t written = 0;
    for (uint64_t i = 0; i < lines; i++) {
        uint64_t from = i ? ends[i - 1] : 0, length = line[i].end - line[i].start - 1;
        if (line[i].start >= line[i].end || line[i].end > size || from > ends[i] || tail[i] >= tails->count) return JM_INPUT;
        uint64_t begin = tail[i] ? tails->ends[tail[i] - 1] : 0, rest = tails->ends[tail[i]] - begin;
        if (room - written < length + head_size + ends[i] - from + rest) return JM_ROOM;
        memcpy(out + written, data + line[i].start, length);
        written += length;
        memcpy(out + written, head, head_size);
        written += head_size;
        memcpy(out + written, value + from, ends[i] - from);
        written += ends[i] - from;
        memcpy(out + written, tails->letters + begin, rest);
        written += rest;
    }
    return (int64_t)written;
}
