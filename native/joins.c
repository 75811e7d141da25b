/* How well a line goes on where another stopped. */
#include "lines.h"

enum { PROBE = 7, MOST_CAPTION = 130, SHORT_TEXT = 20, REACH = 10, MOST_DISTANCE = 4 };

/* Find where the rows of a table of joins begin: in each, behind its first character, those that often follow it and,
 * after a tab, those that nearly always do. */
int64_t jm_join_rows(const uint32_t *joins, uint64_t size, uint32_t *row) {
    if (size >= UINT32_MAX) return JM_INPUT;
    for (uint64_t at = 0; at < size; at++) {
        if ((at == 0 || joins[at - 1] == '\n') && joins[at] != '#' && joins[at] != '\n' && joins[at] < JM_WORDS) {
            row[joins[at]] = (uint32_t)at + 1;
        }
    }
    return 0;
}

/* Say how well a character goes on where another ends a line. */
static enum join join_of(const jm_view *view, uint32_t last, uint32_t first) {
    const jm_page *page = view->page;
    uint64_t at = last < JM_WORDS ? page->join_row[last] : 0;
    enum join firmly = JOIN_WORD;
    for (; at && at < page->joins_size && page->joins[at] != '\n'; at++) {
        if (page->joins[at] == '\t') {
            firmly = JOIN_STRONG;
        } else if (page->joins[at] == first) {
            return firmly;
        }
    }
    uint32_t pair[2] = {last, first};
    uint8_t has = 0;
    jm_pairs_have(page->pairs, pair, 1, &has);
    if (has) return JOIN_PAGE;
    return jm_is_han(last) && jm_is_han(first) ? JOIN_NO : JOIN_NONE;
}

uint32_t jm_join(const jm_view *view, uint32_t above, uint32_t below) {
    const jm_line *line = &view->line[above];
    return join_of(view, line->text[line->size - 1], view->line[below].text[0]);
}

/* Say whether a stretch of text stands in some lines. */
static int stands_in(const jm_view *view, const uint32_t *probe, uint32_t from, uint32_t to) {
    for (uint32_t n = from; n < to; n++) {
        const jm_line *line = &view->line[n];
        for (uint32_t at = 0; at + PROBE <= line->size; at++) {
            uint32_t same = 0;
            while (same < PROBE && line->text[at + same] == probe[same]) same++;
            if (same == PROBE) return 1;
        }
    }
    return 0;
}

/* Return how many of three places of a line are printed word by word in a line near it. */
static uint32_t said_again(const jm_view *view, uint32_t i, int whole) {
    const jm_page *page = view->page;
    const jm_line *line = &view->line[i];
    uint32_t size = line->size, end = size, repeated = 0;
    while (end > 0 && line->text[end - 1] != U'。') end--;
    end = end > 0 && end - 1 > PROBE ? end - 1 : size;
    if (end <= PROBE || end > MOST_CAPTION) return 0;
    uint32_t last = end - PROBE, place[3] = {last < 3 ? last : 3, last / 2, last};
    uint32_t from = i > REACH ? i - REACH : 0, to = view->lines - i > REACH + 1 ? i + 1 + REACH : view->lines;
    for (uint32_t n = 0; n < 3; n++) {
        if ((n > 0 && place[n] == place[0]) || (n > 1 && place[n] == place[1])) continue;
        uint32_t at = (uint32_t)(line->text - page->text) + place[n];
        uint8_t may = 1;
        if (whole) jm_pairs_again(page->pairs, page->text, page->size, &at, 1, PROBE, &may);
        if (may) {
            const uint32_t *probe = line->text + place[n];
            repeated += stands_in(view, probe, from, i) || stands_in(view, probe, i + 1, to);
        }
    }
    return repeated;
}

void jm_find_joins(jm_view *view) {
    int whole = 1;
    for (uint32_t i = 0; i < view->lines; i++) whole &= view->line[i].size <= JM_SAMPLE;
    for (uint32_t i = 0; i < view->lines; i++) {
        if (i > 0) view->line[i].on_last = (uint8_t)jm_join(view, i - 1, i);
        if (i > 1) view->line[i].on_second = (uint8_t)jm_join(view, i - 2, i);
        view->line[i].said = (uint8_t)said_again(view, i, whole);
    }
}

/* Return how well a line goes on: the better they join, and the less it looks like a beginning, the more. */
static int32_t score(uint32_t join, const jm_line *line) {
    static const int32_t joins[] = {4, 2, 1, 1, 0};
    return joins[join] - (line->begins == 0 ? 2 : line->begins - 1);
}

/* Put how a line goes on with the one two above it, and the one below it with the one above it. */
static void put_second(jm_view *view, uint32_t i) {
    const jm_line *line = &view->line[i];
    uint32_t state = !line[-1].complete;
    if (i > 1) {
        uint32_t open = !line[-2].complete;
        jm_put(view, JOIN_SECOND, 2 * line->on_second + open);
        int32_t over = score(line->on_second, line) - score(line[-1].on_last, line - 1);
        if (open) jm_put(view, RESUMES, (uint64_t)(2 * (over + 8)) + state);
    }
    if (i + 1 < view->lines) {
        jm_put(view, OVER, 2 * line[1].on_second + state);
        int32_t passed = score(line[1].on_second, line + 1) - score(line->on_last, line);
        if (state) jm_put(view, PASSED, (uint64_t)(2 * (passed + 8)) + !line->complete);
    }
}

/* Put how well a line goes on with the ones above it, and the ones around it with each other. */
void jm_put_joins(jm_view *view, uint32_t i) {
    const jm_line *line = &view->line[i];
    uint32_t open = !line->complete, before = view->long_before[i];
    jm_put(view, BEGINS, line->begins);
    if (open) {
        jm_put(view, ENDS_CLAUSE, line->ends);
        jm_put(view, ENDS_CLAUSE_LENGTH, 2u * line->ends + (line->size > CANDIDATE));
    }
    if (i > 0) {
        uint32_t state = !line[-1].complete;
        jm_put(view, JOIN, 2 * line->on_last + state);
        jm_put(view, BEGINS_AFTER, 2 * line->begins + state);
        put_second(view, i);
    }
    if (before) {
        uint32_t above = view->long_line[before - 1], state = !view->line[above].complete, distance = i - above;
        jm_put(view, LONG_ABOVE, 4 * state + (distance < MOST_DISTANCE ? distance : MOST_DISTANCE) - 1);
        if (line->size > CANDIDATE) jm_put(view, LONG_ABOVE_JOIN, 2 * jm_join(view, above, i) + state);
    }
    uint32_t length = line->size < SHORT_TEXT ? 0 : line->size <= MOST_CAPTION ? 1 : 2;
    jm_put(view, SAID_AGAIN, (3 * line->said + length) * 2 + open);
    if (open && i + 1 < view->lines) jm_put(view, NEXT, 6u * line[1].on_last + line[1].begins);
}
