/* What short lines have in common with the text around them, and with the short lines next to them. */
#include <stdlib.h>

#include "lines.h"

enum { BLOCK = 3, NUMBERS = 12, MOST_LINK = 4, MOST_END_LINK = 2, MOST_LEAD = 4, MOST_TEXTS = 2, FRONT_TEXT = 2 };

static const double SHARES[] = {0.001, 0.1, 0.2, 0.3, 0.4, 0.5, 0.65, 0.8};
static const double COHESIONS[] = {0.005, 0.015, 0.03, 0.05, 0.08, 0.12, 0.18};
static const double RELATIONS[] = {0.3, 0.6, 0.9, 1.2, 1.8, 2.5};
static const double FEW[] = {0, 1, 2, 3, 5, 9};
static const double DATED[] = {0.0, 0.15, 0.4};

/* Write the ranges of lines that are compared for a line: itself with the text below and above, and these two. */
static void write_ranges(const jm_view *view, uint32_t i, uint32_t *range) {
    uint32_t up = view->long_before[i], down = view->long_before[i + 1], own = view->longs + i;
    uint32_t above[2] = {up > BLOCK ? up - BLOCK : 0, up};
    uint32_t below[2] = {down, down + BLOCK < view->longs ? down + BLOCK : view->longs};
    range[0] = range[4] = own, range[1] = range[5] = own + 1;
    range[2] = range[10] = below[0], range[3] = range[11] = below[1];
    range[6] = range[8] = above[0], range[7] = range[9] = above[1];
}

static int compare(const void *one, const void *other) {
    double a = *(const double *)one, b = *(const double *)other;
    return (a > b) - (a < b);
}

/* Compare every line that may be a headline with the text around it. */
int64_t jm_find_links(jm_view *view) {
    jm_pairs *pairs = view->page->pairs;
    double *cohesions = malloc((view->lines + 1) * sizeof *cohesions);
    if (cohesions == NULL) return JM_MEMORY;
    uint32_t count = 0, dated = 0, range[NUMBERS], before[4] = {0, 0, 0, 0};
    int64_t failed = 0;
    for (uint32_t i = 0; i < view->lines && !failed; i++) {
        jm_line *line = &view->line[i];
        dated += (uint32_t)jm_has(view, line, DATELINE);
        if (line->size > CANDIDATE) continue;
        write_ranges(view, i, range);
        failed = jm_pairs_share(pairs, range, 1, 0, &line->below);
        if (!failed) failed = jm_pairs_share(pairs, range + 4, 1, 0, &line->above);
        int again = count > 0;
        for (uint32_t n = 0; n < 4; n++) again = again && before[n] == range[8 + n], before[n] = range[8 + n];
        if (again) {
            line->cohesion = cohesions[count - 1];
        } else if (!failed) {
            failed = jm_pairs_share(pairs, range + 8, 1, 1, &line->cohesion);
        }
        cohesions[count++] = line->cohesion;
    }
    qsort(cohesions, count, sizeof *cohesions, compare);
    view->typical_cohesion = count ? cohesions[count / 2] : 0.0;
    view->dated = jm_class(DATED, 3, (double)dated / (view->shorts ? view->shorts : 1));
    free(cohesions);
    return failed;
}

static int32_t within(int32_t value, int32_t most) { return value < -most ? -most : value > most ? most : value; }

/* Put how many long lines stand between a line and the next short ones, and what comes next. */
static void put_position(jm_view *view, uint32_t i) {
    const uint32_t *before = view->long_before, *shorts = view->short_line;
    uint32_t rank = view->short_before[i], lead = before[i];
    uint32_t following = rank < view->shorts && shorts[rank] == i ? rank + 1 : rank;
    uint32_t end = following < view->shorts ? shorts[following] : view->lines;
    uint32_t after = before[end] - before[i];
    jm_put(view, RUN_BEFORE, jm_class(FEW, 6, before[i] - (rank ? before[shorts[rank - 1]] : 0)));
    jm_put(view, RUN_AFTER, jm_class(FEW, 6, after));
    if (lead >= view->longs) return;
    const jm_line *line = &view->line[i], *text = &view->line[view->long_line[lead]];
    uint32_t near = view->long_line[lead] - i;
    uint32_t opens = jm_has(view, text, DATELINE) ? 1 : jm_has(view, text, OPENING) ? 2 : 0;
    uint32_t same = line->size >= FRONT_TEXT && line->text[0] == text->text[0] && line->text[1] == text->text[1];
    jm_put(view, LEAD, 3 * (near < MOST_LEAD ? near : MOST_LEAD) + opens);
    jm_put(view, LEAD_DATED, 4 * opens + view->dated);
    jm_put(view, LEAD_SAME, 3 * same + (after < MOST_TEXTS ? after : MOST_TEXTS));
}

/* Return 0 to 4: how much two short lines look alike. */
static uint32_t alike(const jm_line *one, const jm_line *other) {
    if (one->style_mark != other->style_mark) return 0;
    uint32_t near = one->size <= other->size + 1 && other->size <= one->size + 1;
    uint32_t marked = one->style_mark != 0 || one->style_inner != 0;
    return near + (one->gap == other->gap) + (one->style_inner == other->style_inner) + marked;
}

/* Compare a short line with the short lines next to it: subheads of one article look alike. */
static void put_style(jm_view *view, uint32_t i) {
    const jm_line *line = &view->line[i];
    uint32_t rank = view->short_before[i], above = 0, below = 0;
    if (line->same[SAME_TEXT] > 1) jm_put(view, line->first < i ? AGAIN : AGAIN_BELOW, 0);
    if (!line->brief) return;
    if (rank) {
        above = alike(line, &view->line[view->short_line[rank - 1]]);
        jm_put(view, ALIKE_ABOVE, above);
    }
    if (rank + 1 < view->shorts) {
        below = alike(line, &view->line[view->short_line[rank + 1]]);
        jm_put(view, ALIKE_BELOW, below);
    }
    jm_put(view, ALIKE, (above + below) / 2);
}

void jm_put_links(jm_view *view, uint32_t i) {
    const jm_line *line = &view->line[i];
    if (line->size > CANDIDATE) {
        jm_put(view, LONG_LINE, 0);
        return;
    }
    int32_t down = (int32_t)jm_class(SHARES, 8, line->below), up = (int32_t)jm_class(SHARES, 8, line->above);
    uint32_t cohesion = jm_class(COHESIONS, 7, line->cohesion);
    double typical = view->typical_cohesion > 0 ? view->typical_cohesion : 0.01;
    uint32_t link = (uint32_t)(within(down - up, MOST_LINK) + MOST_LINK);
    jm_put(view, SHARE_BELOW, (uint64_t)down);
    jm_put(view, SHARE_ABOVE, (uint64_t)up);
    jm_put(view, LINK, link);
    jm_put(view, COHESION, cohesion);
    jm_put(view, RELATIVE, jm_class(RELATIONS, 6, line->cohesion / typical));
    jm_put(view, LINK_COHESION, 4 * link + cohesion / 2);
    jm_put(view, END_LINK, 5 * line->end + (uint64_t)(within(down - up, MOST_END_LINK) + MOST_END_LINK));
    put_position(view, i);
    put_style(view, i);
}
