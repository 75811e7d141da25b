/* How lines are set: indented or flush, at the head of the page, with or without the marks that end a sentence. */
#include "lines.h"

enum { HEAD = 6, MOST_HEAD = 2, FURTHER = 128, FLUSH = 0, USUAL, LESS, FARTHER, EDGE, ONWARD_EDGE = JOINS, NO_STOPS = 20 };

static const double OPEN[] = {0.05, 0.2, 0.4, 0.7};
static const double BROKEN[] = {0.2, 0.5, 0.8};

/* Return the indent of most paragraphs, or 0 where indents say nothing. */
static uint32_t usual_indent(const jm_view *view) {
    uint32_t best = 0, most = 0, all_same = 1;
    for (uint32_t i = 1; i < view->lines; i++) all_same &= view->line[i].indent == view->line[0].indent;
    if (all_same) return 0;
    for (uint32_t n = 0; n < view->longs; n++) view->scratch[n] = view->line[view->long_line[n]].indent;
    jm_sort(view->scratch, view->longs);
    for (uint32_t n = 0, count = 0; n < view->longs; n++) {
        count = n > 0 && view->scratch[n] == view->scratch[n - 1] ? count + 1 : 1;
        if (view->scratch[n] > 0 && count > most) most = count, best = view->scratch[n];
    }
    return best;
}

/* Note how often lines of text end no sentence, and how often the next one goes on then. */
static uint32_t stop_habit(const jm_view *view) {
    uint32_t open = 0, on = 0;
    for (uint32_t n = 0; n < view->longs; n++) {
        uint32_t i = view->long_line[n];
        const jm_line *line = &view->line[i];
        if (line->complete || line->end == END_COLON) continue;
        open++;
        on += i + 1 < view->lines && line[1].on_last <= JOIN_WORD;
    }
    if (open == 0) return NO_STOPS;
    return 4 * jm_class(OPEN, 4, (double)open / view->longs) + jm_class(BROKEN, 3, (double)on / open);
}

void jm_find_setting(jm_view *view) {
    view->usual_indent = usual_indent(view);
    uint32_t head = 0;
    while (head < view->lines && head < HEAD && view->line[head].size <= CANDIDATE &&
           jm_has(view, &view->line[head], FURNITURE)) {
        head++;
    }
    view->head = head;
    view->stops = stop_habit(view);
}

static uint32_t indent_of(const jm_view *view, uint32_t i) {
    uint32_t indent = view->line[i].indent, usual = view->usual_indent;
    return indent == 0 ? FLUSH : indent == usual ? USUAL : indent < usual ? LESS : FARTHER;
}

static void put_indent(jm_view *view, uint32_t i) {
    const jm_line *line = &view->line[i];
    uint32_t own = indent_of(view, i), above = i > 0 ? indent_of(view, i - 1) : EDGE;
    uint32_t below = i + 1 < view->lines ? indent_of(view, i + 1) : EDGE;
    uint32_t length = line->size < LONG_TEXT ? 0 : line->size <= CANDIDATE ? 1 : 2;
    uint32_t look = 2 * length + !line->complete;
    jm_put(view, INDENT, own);
    jm_put(view, INDENT_ABOVE, 4 * above + own);
    jm_put(view, INDENT_BELOW, 5 * own + below);
    jm_put(view, INDENT_AROUND, (4 * above + own) * 5 + below);
    jm_put(view, INDENT_LENGTH, 6 * own + look);
    jm_put(view, INDENT_ABOVE_LENGTH, (4 * above + own) * 6 + look);
}

/* Put how a line is set. */
void jm_put_setting(jm_view *view, uint32_t i) {
    const jm_line *line = &view->line[i];
    if (view->usual_indent) put_indent(view, i);
    if (i == view->head && i > 0) jm_put(view, BELOW_HEAD, (i < MOST_HEAD ? i : MOST_HEAD) - 1);
    if (i < view->head) {
        jm_put(view, PAGE_HEAD, 0);
        jm_put_cues(view, PAGE_HEAD_CUE, line, FURNITURE, 0);
    }
    if (line->complete || line->size < LONG_TEXT) return;
    uint32_t length = line->size <= CANDIDATE ? 0 : line->size <= FURTHER ? 1 : 2;
    uint32_t onward = i + 1 < view->lines ? line[1].on_last : ONWARD_EDGE;
    jm_put(view, STOPS, 3 * view->stops + length);
    jm_put(view, STOPS_ON, (3 * view->stops + length) * (JOINS + 1) + onward);
    jm_put(view, OPEN_ON, (length * (JOINS + 1) + onward) * 2 + !(i > 0 && line[-1].complete));
}
