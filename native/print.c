/* How a page is printed: whether it breaks sentences, how it sets commas, blank lines and credits. */
#include "lines.h"

enum { FEWEST_LEVELED = 4, ODD = 20, LINES_ON = 5, FEWEST_COMMAS = 3, MOSTLY = 9, LENGTHS = 3, PRINT_SIGNS = 2 };

static const double BROKEN[] = {0.0001, 0.03, 0.1};

/* Return the blank lines that stand above every line of the page. */
static uint32_t blank_everywhere(const jm_view *view) {
    uint32_t count = view->lines - 1;
    if (count < FEWEST_LEVELED) return 0;
    for (uint32_t i = 0; i < count; i++) view->scratch[i] = view->line[i + 1].gap;
    jm_sort(view->scratch, count);
    return view->scratch[count / ODD];
}

/* Return how many bits are set. */
static uint32_t bits_in(uint64_t bits) {
    uint32_t count = 0;
    for (; bits; bits &= bits - 1) count++;
    return count;
}

/* Return how many signs of print the page has: PRINT_SIGNS of a byline with a square, or of one beside blank lines. */
static uint32_t signs_of_print(const jm_view *view, uint32_t everywhere) {
    const uint64_t *print = view->page->sets + 2 * PRINTED;
    uint64_t found[2] = {0, 0};
    int byline = 0, spaced = 0, square = 0;
    for (uint32_t i = 0; i < view->lines; i++) {
        const jm_line *line = &view->line[i];
        found[0] |= line->cue[0] & print[0], found[1] |= line->cue[1] & print[1];
        byline |= jm_has(view, line, BYLINE);
        spaced |= i > 0 && line->gap > everywhere;
        square |= jm_has(view, line, SQUARE);
        if (jm_has(view, line, SQUARE) && jm_has(view, line, SIGNED_LINE)) return PRINT_SIGNS;
    }
    if (byline && spaced) return PRINT_SIGNS;
    return bits_in(found[0]) + bits_in(found[1]) + (square && view->broken >= 2);
}

/* Say whether a line that stops without a mark goes on further down. */
static int goes_on(const jm_view *view, uint32_t i) {
    const jm_line *line = &view->line[i];
    if (i + 1 < view->lines && line->end == END_LATIN) {
        uint32_t first = line[1].text[0];
        if ((first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z')) return 1;
    }
    if (line->ends == 1) return 1;
    for (uint32_t j = i + 1; j < view->lines && j <= i + LINES_ON; j++) {
        if (jm_join(view, i, j) <= JOIN_WORD) return 1;
    }
    return 0;
}

/* Say whether column breaks cut sentences; old papers print text without marks, so a line without a comma is no sign. */
static int is_cut(const jm_view *view) {
    uint32_t count = 0;
    for (uint32_t n = 0; n < view->longs; n++) {
        const jm_line *line = &view->line[view->long_line[n]];
        if (line->style_inner == 0) continue;
        if (line->end == END_OPEN || line->end == END_LATIN) count += (uint32_t)goes_on(view, view->long_line[n]);
    }
    return count > 0.03 * view->longs;
}

/* Note the usual blank lines. */
static void find_gaps(jm_view *view) {
    uint32_t count = view->lines - 1, blank = 0;
    for (uint32_t i = 0; i < count; i++) {
        view->scratch[i] = view->line[i + 1].gap;
        blank += view->scratch[i] > 0;
    }
    jm_sort(view->scratch, count);
    view->median = count ? view->scratch[count / 2] : 0;
    double share = count ? (double)blank / count : 0.0;
    view->blank = !blank ? 0 : share == 1.0 ? 1 : share < 0.4 ? 2 : 3;
    view->spaced = view->blank < 2 ? 0 : view->blank - 1;
}

/* Return how the page sets commas, blank lines and credits, as one number. */
static uint32_t kind_of(const jm_view *view) {
    int64_t commas = 0, half = (int64_t)view->page->half_commas;
    uint32_t furnished = 0;
    for (uint32_t i = 0; i < view->lines; i++) furnished |= (uint32_t)jm_has(view, &view->line[i], FURNISHED);
    for (uint64_t i = 0; i < view->page->size; i++) {
        commas += view->page->text[i] == U'，' || view->page->text[i] == U',';
    }
    int64_t full = commas - half;
    uint32_t comma = commas < FEWEST_COMMAS ? 0 : half > MOSTLY * full ? 1 : full > MOSTLY * half ? 2 : 3;
    return (((view->broken > 0) * 4u + comma) * 4 + view->blank) * 2 + furnished;
}

/* Note how the page is printed; in text of databases, blank lines above every line are forgotten. */
void jm_find_print(jm_view *view) {
    uint32_t open = 0, everywhere = blank_everywhere(view);
    for (uint32_t n = 0; n < view->longs; n++) {
        const jm_line *line = &view->line[view->long_line[n]];
        open += !line->complete && line->end != END_COLON;
    }
    view->broken = jm_class(BROKEN, 3, (double)open / (view->longs ? view->longs : 1));
    view->bare = signs_of_print(view, everywhere) < PRINT_SIGNS && !is_cut(view);
    for (uint32_t i = 1; view->bare && i < view->lines; i++) {
        jm_line *line = &view->line[i];
        line->gap = line->gap > everywhere ? line->gap - everywhere : 0;
    }
    find_gaps(view);
    view->kind = kind_of(view);
    view->never_pictured = 1;
    for (uint32_t i = 0; i < view->lines; i++) {
        view->never_pictured &= !jm_has(view, &view->line[i], CREDITS) && !jm_has(view, &view->line[i], PICTURES);
    }
}

/* Put how the page is printed, with the traits of the line that differ between papers. */
void jm_put_kinds(jm_view *view, uint32_t i) {
    const jm_line *line = &view->line[i];
    uint32_t length = line->size < LONG_TEXT ? 0 : line->size <= CANDIDATE ? 1 : 2;
    jm_put(view, BROKEN_END, (view->broken * LINE_ENDS + line->end) * LENGTHS + length);
    jm_put(view, KIND_END, (view->kind * LINE_ENDS + line->end) * LENGTHS + length);
    jm_put_cues(view, KIND_CUE, line, KINDED, view->kind);
    if (view->page->wide) jm_put_cues(view, WIDE_CUE, line, KINDED, 0);
}
