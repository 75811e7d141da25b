/* The features of all lines of a page, as numbers, and their scores. */
#include <stdlib.h>
#include <string.h>

#include "lines.h"

enum { ROOM = 2048 }; /* more features than a line can have */

void jm_put(jm_view *view, enum family family, uint64_t code) {
    const uint32_t *base = view->page->base + family;
    if (code >= base[1] - base[0]) {
        view->failed = JM_INPUT;
        return;
    }
    view->number[view->used++] = base[0] + (uint32_t)code;
}

/* Put those cues of a line that are in a set, each behind `before` times as many as there are. */
void jm_put_cues(jm_view *view, enum family family, const jm_line *line, enum cue_set set, uint32_t before) {
    for (uint32_t word = 0; word < 2; word++) {
        uint64_t bits = line->cue[word] & view->page->sets[2 * set + word];
        for (uint32_t bit = 0; bits >> bit; bit++) {
            if (bits >> bit & 1) jm_put(view, family, (uint64_t)before * 128 + 64 * word + bit);
            if (bit == 63) break;
        }
    }
}

/* Return how many bounds, ascending, are not above a value. */
uint32_t jm_class(const double *bounds, uint32_t count, double value) {
    uint32_t rank = 0;
    while (rank < count && bounds[rank] <= value) rank++;
    return rank;
}

static int compare(const void *one, const void *other) {
    uint32_t a = *(const uint32_t *)one, b = *(const uint32_t *)other;
    return (a > b) - (a < b);
}

void jm_sort(uint32_t *values, uint32_t count) { qsort(values, count, sizeof *values, compare); }

static int64_t check_page(const jm_page *page) {
    uint32_t start = 0;
    if (page->lines == 0 || page->lines > UINT32_MAX / 4096 || page->size > UINT32_MAX / 4) return JM_INPUT;
    if (page->families != FAMILIES || page->pairs == NULL) return JM_INPUT;
    for (uint64_t i = 0; i < page->lines; start = page->ends[i++]) {
        if (page->ends[i] <= start || page->ends[i] > page->size) return JM_INPUT;
    }
    for (uint32_t family = 0; family < FAMILIES; family++) {
        if (page->base[family + 1] < page->base[family]) return JM_INPUT;
    }
    return 0;
}

static int64_t take_memory(jm_view *view) {
    uint64_t lines = view->lines;
    view->line = calloc(lines, sizeof *view->line);
    view->long_line = calloc(6 * (lines + 2), sizeof *view->long_line);
    view->run = calloc(lines + 1, sizeof *view->run);
    view->ends = calloc(lines, sizeof *view->ends);
    if (!view->line || !view->long_line || !view->run || !view->ends) return JM_MEMORY;
    view->short_line = view->long_line + lines + 2, view->long_before = view->short_line + lines + 2;
    view->short_before = view->long_before + lines + 2, view->scratch = view->short_before + lines + 2;
    return 0;
}

static int64_t describe(jm_view *view) {
    for (uint32_t i = 0; i < view->lines; i++) {
        if (view->room - view->used < ROOM) {
            uint64_t room = view->room + view->room / 2 + 64 * ROOM;
            uint32_t *more = realloc(view->number, room * sizeof *more);
            if (more == NULL) return JM_MEMORY;
            view->number = more, view->room = room;
        }
        jm_put_shape(view, i);
        jm_put_neighbours(view, i);
        jm_put_gaps(view, i);
        jm_put_list(view, i);
        jm_put_pictures(view, i);
        jm_put_joins(view, i);
        if (view->bare) jm_put_kinds(view, i);
        if (view->bare) jm_put_item(view, i);
        jm_put_setting(view, i);
        jm_put_links(view, i);
        if (view->bare) jm_put_forms(view, i);
        if (view->used > UINT32_MAX - ROOM) return JM_INPUT;
        view->ends[i] = (uint32_t)view->used;
    }
    return view->failed;
}

/* Describe the lines of a page. */
int64_t jm_view_new(const jm_page *page, jm_view **made) {
    int64_t failed = check_page(page);
    if (failed) return failed;
    jm_view *view = calloc(1, sizeof *view);
    if (view == NULL) return JM_MEMORY;
    view->page = page, view->lines = (uint32_t)page->lines;
    failed = take_memory(view);
    if (!failed) {
        jm_look(view);
        failed = jm_find_links(view);
    }
    if (!failed) {
        jm_find_joins(view);
        jm_find_print(view);
        jm_find_setting(view);
        if (view->bare) {
            jm_find_items(view);
            failed = jm_count_same(view, SAME_TAIL);
            if (!failed) failed = jm_count_same(view, SAME_FRONT);
            if (!failed) jm_find_forms(view);
        }
    }
    if (!failed) failed = jm_count_same(view, SAME_TEXT);
    if (!failed) failed = describe(view);
    if (failed) {
        jm_view_free(view);
        return failed;
    }
    view->page = NULL; /* it is the caller's, and may be gone */
    *made = view;
    return 0;
}

void jm_view_free(jm_view *view) {
    if (view == NULL) return;
    free(view->line), free(view->long_line), free(view->run), free(view->ends), free(view->number), free(view);
}

/* Say whether it is text as databases and sites keep it, how it is built, and which lines end a sentence; return how many
 * features it has. */
uint64_t jm_view_facts(const jm_view *view, uint32_t *bare, uint32_t *build, uint8_t *complete) {
    for (uint32_t i = 0; i < view->lines; i++) complete[i] = view->line[i].complete;
    *bare = view->bare;
    memcpy(build, view->build, sizeof view->build);
    return view->used;
}

/* Copy the features, and where those of each line end. */
int64_t jm_view_numbers(const jm_view *view, uint32_t *number, uint32_t *ends) {
    memcpy(number, view->number, view->used * sizeof *number);
    memcpy(ends, view->ends, view->lines * sizeof *ends);
    return 0;
}
