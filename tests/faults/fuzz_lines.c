/* Lines of JSON, right ones and torn ones, to be read in memory that ends where they do, and written with more. */
#include <stdlib.h>
#include <string.h>

#include "../../native/jmcore.h"
#include "fuzz.h"

enum { SIZE = 240, LINES = 6 };

/* Write a piece of a line, and return its size. */
static uint32_t piece(uint8_t *out) {
    static const char *const known[] = {"{\"text\":\"", "\",\"headline\":\"", "\"}", "\n", "{", "}", "[", "]", ":", ",", "\"", " ", "\\n", "\\u95e8",
                                        "\\u0041", "\\ud83d", "\\u00e9", "\\\"", "\\", "江门", "é", "👍", "a<b", "&", "null", "true", "-1.5", "12",
                                        "1e9", "0", "\"text\":", "\"headline\":null", "\"tokens\":[]", "\r", "\t", "\xED\xA0\x80", "\xE0\x80\x80"};
    if (below(60) == 0) return out[0] = (uint8_t)below(256), 1;
    const char *chosen = known[below(sizeof known / sizeof *known)];
    uint32_t size = (uint32_t)strlen(chosen);
    memcpy(out, chosen, size);
    return size;
}

/* Write a line that may be right. */
static uint32_t record(uint8_t *out) {
    static const char *const head[] = {"{\"text\":\"", "{\"id\":[1,{\"a\":null}],\"headline\":\"", " {\"headline\":null,\"text\":\""};
    uint32_t kind = below(3), size = (uint32_t)strlen(head[kind]);
    memcpy(out, head[kind], size);
    for (uint32_t n = below(5); n > 0; n--) size += piece(out + size);
    const char *tail = kind == 1 ? "\",\"text\":\"\"}" : "\"}";
    memcpy(out + size, tail, strlen(tail));
    return size + (uint32_t)strlen(tail);
}

/* Check what is told of the records, and write them with a value each. */
static void splice(const uint8_t *data, uint32_t size, const jm_article *line, uint32_t records, uint32_t text_size) {
    uint64_t ends[LINES], before = 0, room = size + 8 * LINES;
    uint32_t tail[LINES], tail_ends[2] = {1, 3};
    jm_sorted tails = {(const uint8_t *)"}}\n", tail_ends, 2};
    for (uint32_t i = 0; i < records; i++) {
        if (line[i].start >= line[i].end || line[i].end > size || line[i].text_end < before || line[i].text_end > text_size) abort();
        before = line[i].text_end, ends[i] = i + 1, tail[i] = below(30) ? below(2) : below(9);
    }
    if (below(8) == 0) room = below((uint32_t)room);
    uint8_t *out = malloc(room + 1);
    int64_t written = jm_splice_lines(data, size, line, records, (const uint8_t *)",1:", 3, (const uint8_t *)"123456", ends, &tails, tail, out, room);
    if (written > (int64_t)room) abort();
    free(out);
}

uint32_t fuzz_lines(void) {
    uint8_t data[SIZE + 80];
    uint32_t size = 0, limit = below(SIZE - 60), ends[2] = {6, 6 + below(3)};
    jm_sorted names = {(const uint8_t *)"tokensid", ends, below(3)};
    jm_article line[LINES];
    while (size < limit) {
        uint32_t more = below(3) ? record(data + size) : piece(data + size);
        if (size + more > SIZE) break;
        size += more;
        if (below(2)) data[size++] = '\n';
    }
    uint8_t *exact = malloc(size ? size : 1);
    memcpy(exact, data, size);
    uint32_t lines = 1;
    for (uint32_t i = 0; i < size; i++) lines += exact[i] == '\n';
    if (lines > LINES || below(40) == 0) lines = below(LINES + 1);
    uint64_t room = size + lines;
    uint8_t *text = malloc(room ? room : 1);
    int64_t records = jm_read_lines(exact, size, &names, text, below(30) ? room : below(9), line, lines);
    if (records > (int64_t)lines) abort();
    if (records >= 0) splice(exact, size, line, (uint32_t)records, (uint32_t)room);
    free(exact), free(text);
    return 1;
}
