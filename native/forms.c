/* How a page is built: how many lines of text stand below its short lines, and how a short line fits into that. */
#include "lines.h"

enum { MOST_PAPER = 200, MOST_ECHO = 4, MOST_NUMBER = 4, OUTSIDE = 0, PLACES = 4, UNITS = 6, SIZES = 8, RELATIVES = 7 };
enum { TEXTS, ONE_PARAGRAPH, WITH_WIRE, HEADINGS, SEVERAL_LINES }; /* what is counted of how pages are built */

static const double SHARES[] = {0.001, 0.25, 0.5, 0.75, 0.95};
static const double LENGTHS[] = {35, 60, 100, 160, 300, 700};
static const double CHARS_OF[] = {60, 150, 300, 500, 800, 1400};
static const double RELATIVE_TO[] = {0.3, 0.6, 0.9, 1.3, 2.0};
static const double LINES_OF[] = {1, 2, 3, 5, 8, 12};

/* Return the class of a share; 0 of nothing. */
uint32_t jm_share(const double *bounds, uint32_t count, uint32_t found, uint32_t total) {
    return total ? jm_class(bounds, count, (double)found / total) : 0;
}

static void find_runs(jm_view *view) {
    for (uint32_t i = 0; i < view->lines; i++) {
        jm_line *line = &view->line[i];
        if (i == 0 || line->brief != line[-1].brief) {
            view->run[view->runs++] = (jm_run){i, i, 0, !line->brief && jm_has(view, line, WIRES)};
        }
        line->run = view->runs - 1;
        view->run[line->run].end = i + 1;
        view->run[line->run].chars += line->size;
    }
}

/* Round half to even, as Python does. */
static uint32_t scaled(uint32_t count, uint32_t texts) {
    uint64_t product = (uint64_t)count * MOST_PAPER, whole = product / texts, twice = 2 * (product % texts);
    return (uint32_t)(whole + (twice > texts || (twice == texts && whole % 2)));
}

/* Count how the page is built, and judge by that and by what other pages of the paper say. */
static void find_build(jm_view *view) {
    uint32_t *build = view->build, sum[JM_BUILD], count = 0;
    for (uint32_t n = 0; n < view->runs; n++) {
        const jm_run *run = &view->run[n];
        int brief = view->line[run->start].brief, alone = run->end - run->start == 1;
        build[HEADINGS] += (uint32_t)brief, build[SEVERAL_LINES] += brief && !alone;
        if (brief || n == 0) continue;
        build[TEXTS]++, build[ONE_PARAGRAPH] += (uint32_t)alone, build[WITH_WIRE] += run->opens;
        view->scratch[count++] = run->chars;
    }
    jm_sort(view->scratch, count);
    view->typical_chars = count ? view->scratch[count / 2] : 0;
    const uint32_t *paper = view->page->paper;
    for (uint32_t n = 0; n < JM_BUILD; n++) {
        sum[n] = build[n] + (paper[TEXTS] > MOST_PAPER ? scaled(paper[n], paper[TEXTS]) : paper[n]);
    }
    view->unit = jm_share(SHARES, 5, sum[ONE_PARAGRAPH], sum[TEXTS]);
    view->wired = jm_share(SHARES, 5, sum[WITH_WIRE], sum[TEXTS]);
    view->multi = jm_share(SHARES, 5, sum[SEVERAL_LINES], sum[HEADINGS]);
}

/* Note how long lines of text are, and how they end. */
static void find_text(jm_view *view) {
    uint32_t count = 0, cut = 0, parted = 0;
    for (uint32_t i = 0; i < view->lines; i++) {
        const jm_line *line = &view->line[i];
        if (line->brief) continue;
        view->scratch[count++] = line->size;
        cut += line->end == END_OPEN, parted += line->end == END_COMMA || line->end == END_COLON;
    }
    jm_sort(view->scratch, count);
    view->median_text = count ? jm_class(LENGTHS, 6, view->scratch[count / 2]) : 0;
    view->cut = jm_share(SHARES, 5, cut, count), view->parted = jm_share(SHARES, 5, parted, count);
}

void jm_find_forms(jm_view *view) {
    find_runs(view);
    find_build(view);
    find_text(view);
    jm_find_origins(view);
}

/* Return whether a short line is the only one of its run, the first, the last or one between. */
uint32_t jm_place_in_run(const jm_view *view, uint32_t i) {
    const jm_run *run = &view->run[view->line[i].run];
    return run->end - run->start == 1 ? 0 : i == run->start ? 1 : i + 1 == run->end ? 2 : 3;
}

typedef struct {
    uint32_t lines, chars, relative, opens; /* classes from 1 on; 0 where there is no run */
} around;

static around run_at(const jm_view *view, uint32_t n, int exists) {
    if (!exists) return (around){OUTSIDE, OUTSIDE, OUTSIDE, 0};
    const jm_run *run = &view->run[n];
    double typical = view->typical_chars ? view->typical_chars : 1;
    return (around){
        1 + jm_class(LINES_OF, 6, run->end - run->start),
        1 + jm_class(CHARS_OF, 6, run->chars),
        1 + jm_class(RELATIVE_TO, 5, run->chars / typical),
        run->opens,
    };
}

static void put_text(jm_view *view, const jm_line *line) {
    uint32_t look = 2u * line->end + (line->size >= LONG_TEXT);
    jm_put(view, CUT, view->cut * 2 * LINE_ENDS + look);
    jm_put(view, PARTED, view->parted * 2 * LINE_ENDS + look);
    jm_put(view, TEXT_MEDIAN, view->median_text * 2 * LINE_ENDS + look);
}

static void put_echo(jm_view *view, const jm_line *line, uint32_t place) {
    uint32_t last = line->text[line->size - 1], bracket = last == U'）' || last == U')' || last == U'】';
    uint32_t tail = line->same[SAME_TAIL] < MOST_ECHO ? line->same[SAME_TAIL] : MOST_ECHO;
    uint32_t front = line->same[SAME_FRONT] < MOST_ECHO ? line->same[SAME_FRONT] : MOST_ECHO;
    jm_put(view, ECHO, 2 * tail + bracket);
    jm_put(view, ECHO_PLACE, (PLACES * tail + place) * 2 + bracket);
    jm_put(view, FRONT, front);
    jm_put(view, FRONT_PLACE, PLACES * front + place);
}

/* Put how a line fits into the way in which its page is built. */
void jm_put_forms(jm_view *view, uint32_t i) {
    const jm_line *line = &view->line[i];
    if (!line->brief) {
        put_text(view, line);
        return;
    }
    uint32_t n = line->run, place = jm_place_in_run(view, i), number = view->run[n].end - view->run[n].start;
    around below = run_at(view, n + 1, n + 1 < view->runs), above = run_at(view, n - 1, n > 0);
    uint32_t unit = view->unit, median = view->median_text;
    put_echo(view, line, place);
    jm_put(view, PLACE, place);
    jm_put(view, PLACE_NUMBER, PLACES * place + (number < MOST_NUMBER ? number : MOST_NUMBER) - 1);
    jm_put(view, UNIT_PLACE, PLACES * unit + place);
    jm_put(view, UNIT_MEDIAN, (PLACES * unit + place) * 7 + median);
    jm_put(view, UNIT_LINES, SIZES * unit + below.lines);
    jm_put(view, UNIT_LINES_UP, (SIZES * unit + below.lines) * SIZES + above.lines);
    jm_put(view, LINES_PLACE, PLACES * below.lines + place);
    jm_put(view, LINES_UP_PLACE, PLACES * above.lines + place);
    jm_put(view, CHARS_PLACE, PLACES * below.chars + place);
    jm_put(view, CHARS_UP_PLACE, PLACES * above.chars + place);
    jm_put(view, CHARS, SIZES * below.chars + above.chars);
    jm_put(view, TO_TYPICAL, PLACES * below.relative + place);
    jm_put(view, TO_TYPICAL_UP, RELATIVES * below.relative + above.relative);
    jm_put(view, WIRED, (2 * view->wired + below.opens) * PLACES + place);
    jm_put(view, WIRED_UNIT, (2 * view->wired + below.opens) * UNITS + unit);
    jm_put(view, OPENS_PLACE, PLACES * below.opens + place);
    jm_put(view, MULTI, PLACES * view->multi + place);
    jm_put(view, MULTI_UNIT, (UNITS * view->multi + unit) * PLACES + place);
    jm_put_origins(view, i);
}
