/* Features of a line by itself, of the lines around it, of the space between them and of lists and pictures. */
#include "lines.h"

enum { BYLINE_CUES = 2, MOST = 3, PICTURE_REACH = 6, LIST_ABOVE = 6, LIST_BELOW = 7 };

static const double LENGTHS[] = {2, 4, 6, 8, 10, 13, 17, 22, 28, 36, 48, 64, 100};
static const double LIST_SIZES[] = {8, 14, 22, 40};

static uint32_t at_most(uint32_t value, uint32_t most) { return value < most ? value : most; }

/* Put those cues of a line whose numbers lie between two. */
static void put_some_cues(jm_view *view, const jm_line *line, uint64_t from, uint64_t to) {
    for (uint64_t cue = from; cue < to && cue < 128; cue++) {
        if (line->cue[cue / 64] >> cue % 64 & 1) jm_put(view, CUE, cue);
    }
}

/* Put what a line that may be a headline has: blanks, commas, digits, its last character. */
static void put_marks(jm_view *view, const jm_line *line) {
    uint32_t blanks = 0, commas = 0, digits = 0, last = line->text[line->size - 1];
    for (uint32_t i = 0; i < line->size; i++) {
        uint32_t letter = line->text[i];
        int blank = letter == ' ' || letter == 0x3000;
        blanks += blank && (i == 0 || (line->text[i - 1] != ' ' && line->text[i - 1] != 0x3000));
        commas += letter == U'，' || letter == U',' || letter == U'、' || letter == U'；' || letter == U';';
        digits |= letter >= '0' && letter <= '9';
    }
    if (blanks) jm_put(view, SPACES, at_most(blanks, MOST));
    if (commas) jm_put(view, COMMAS, at_most(commas, MOST));
    if (digits) jm_put(view, DIGITS, 0);
    if (line->size == 1) jm_put(view, ONE, 0);
    if (line->size > 1 && last < JM_WORDS) jm_put(view, LAST, last);
}

static int is_unbalanced(const jm_line *line) {
    int64_t quotes = 0, titles = 0;
    for (uint32_t i = 0; i < line->size; i++) {
        uint32_t letter = line->text[i];
        quotes += (letter == U'“') - (letter == U'”');
        titles += (letter == U'《') - (letter == U'》');
    }
    return quotes != 0 || titles != 0;
}

static uint32_t length_of(const jm_line *line) { return jm_class(LENGTHS, 13, line->size); }

void jm_put_shape(jm_view *view, uint32_t i) {
    const jm_line *line = &view->line[i];
    uint64_t cues = view->page->cues;
    jm_put(view, ANY, 0);
    jm_put(view, LENGTH, length_of(line));
    jm_put(view, END, line->end);
    jm_put(view, START, line->start);
    put_some_cues(view, line, 0, cues);
    if (line->size <= CANDIDATE) {
        put_some_cues(view, line, cues, cues + BYLINE_CUES);
        put_marks(view, line);
        put_some_cues(view, line, cues + BYLINE_CUES, 128);
    }
    if (is_unbalanced(line)) jm_put(view, UNBALANCED, 0);
}

/* Put what a line gives to a neighbour; `first` is the first of five families. */
static void put_brief(jm_view *view, int64_t at, uint32_t first) {
    static const uint32_t coarse[] = {0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5};
    if (at < 0 || at >= view->lines) {
        jm_put(view, (enum family)(first + ABOVE_EDGE - ABOVE_SIZE), 0);
        return;
    }
    const jm_line *line = &view->line[at];
    uint32_t size = coarse[length_of(line)];
    jm_put(view, (enum family)first, size);
    jm_put(view, (enum family)(first + ABOVE_END - ABOVE_SIZE), line->end);
    jm_put(view, (enum family)(first + ABOVE_END_SIZE - ABOVE_SIZE), 6 * line->end + size);
    jm_put_cues(view, (enum family)(first + ABOVE_CUE - ABOVE_SIZE), line, NEIGHBOURLY, 0);
}

void jm_put_neighbours(jm_view *view, uint32_t i) {
    put_brief(view, (int64_t)i - 1, ABOVE_SIZE);
    put_brief(view, (int64_t)i + 1, BELOW_SIZE);
    put_brief(view, (int64_t)i - 2, SECOND_ABOVE_SIZE);
    put_brief(view, (int64_t)i + 2, SECOND_BELOW_SIZE);
}

static uint32_t relation(uint32_t gap, uint32_t median) { return gap < median ? 1 : gap > median ? 2 : 3; }

/* Put how the space around a line compares with the page's habit. */
void jm_put_gaps(jm_view *view, uint32_t i) {
    uint32_t gap = view->line[i].gap, after = i + 1 < view->lines ? view->line[i + 1].gap : NO_AFTER;
    uint32_t above = i == 0 ? 0 : relation(gap, view->median);
    uint32_t below = after == NO_AFTER ? 0 : relation(after, view->median);
    jm_put(view, GAP_RELATION, above);
    jm_put(view, GAP_AFTER, below);
    jm_put(view, GAP, at_most(gap, 4));
    jm_put(view, GAP_RELATIONS, 4 * above + below);
    jm_put(view, GAP_SPACED, 16 * view->spaced + 4 * above + below);
    jm_put(view, PLACE_ON_PAGE, at_most(i, 3));
}

static uint32_t opening_kind(uint32_t opening) {
    static const uint32_t kinds[] = {U'#', U'一', U'：', U'—', U'■', U'●', U'◆', U'▲', U'□'};
    uint32_t kind = 0;
    while (kind < 9 && kinds[kind] != opening) kind++;
    return kind;
}

/* Put whether a line opens like the ones above and below it, as the lines of a list do. */
void jm_put_list(jm_view *view, uint32_t i) {
    const jm_line *line = &view->line[i];
    uint32_t own = line->opening, lines = view->lines, further = 0;
    if (own == 0) return;
    uint32_t up = i > 0 && view->line[i - 1].opening == own, down = i + 1 < lines && view->line[i + 1].opening == own;
    for (uint32_t j = i > LIST_ABOVE ? i - LIST_ABOVE : 0; j + 1 < i; j++) further |= view->line[j].opening == own;
    for (uint32_t j = i + 2; j < lines && j < i + LIST_BELOW; j++) further |= view->line[j].opening == own;
    jm_put(view, LIST, 2 * up + down);
    jm_put(view, LIST_OPENING, (4 * up + 2 * down + further) * 10 + opening_kind(own));
    jm_put(view, LIST_SIZE, ((up | down) * 5 + jm_class(LIST_SIZES, 4, line->size)) * 2 + !line->complete);
}

/* Put how far a credit of a picture stands below, and a word for pictures above, without a headline between. */
void jm_put_pictures(jm_view *view, uint32_t i) {
    const jm_line *line = view->line;
    uint32_t down = 0, up = 0, above = 0;
    if (view->never_pictured) return;
    for (uint32_t j = i; j < view->lines && j < i + PICTURE_REACH; j++) {
        if (jm_has(view, &line[j], CREDITS)) down = j - i + 1;
        if (down || (j > i && line[j].brief)) break;
    }
    for (uint32_t back = 1; back < PICTURE_REACH && back <= i; back++) {
        if (jm_has(view, &line[i - back], PICTURES)) up = back;
        if (up || line[i - back].brief) break;
    }
    if (!down && !up) {
        jm_put(view, NO_PICTURE, 0);
        return;
    }
    while (i > above && above < PICTURE_REACH && line[i - above - 1].size >= LONG_TEXT) above++;
    jm_put(view, CREDIT_BELOW, down);
    jm_put(view, PICTURE_ABOVE, up);
    jm_put(view, CREDIT_BELOW_TEXT, 7 * down + above);
    jm_put(view, PICTURE, 49 * down + 7 * up + above);
}
