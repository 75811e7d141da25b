/* The lines of one page, as the files that describe them by numbers share them.
 *
 * A feature of a line is a number: where its family begins, plus a code. `src/jmtools/pages/feature_families.py` has the
 * families in the order of this list, with the words of which their names are made.
 */
#ifndef JM_LINES_H
#define JM_LINES_H

#include "pages.h"

/* clang-format off */
enum family {
    ANY, LENGTH, END, START, CUE, SPACES, COMMAS, DIGITS, LAST, ONE, UNBALANCED,
    ABOVE_SIZE, ABOVE_END, ABOVE_END_SIZE, ABOVE_CUE, ABOVE_EDGE,
    BELOW_SIZE, BELOW_END, BELOW_END_SIZE, BELOW_CUE, BELOW_EDGE,
    SECOND_ABOVE_SIZE, SECOND_ABOVE_END, SECOND_ABOVE_END_SIZE, SECOND_ABOVE_CUE, SECOND_ABOVE_EDGE,
    SECOND_BELOW_SIZE, SECOND_BELOW_END, SECOND_BELOW_END_SIZE, SECOND_BELOW_CUE, SECOND_BELOW_EDGE,
    GAP_RELATION, GAP_AFTER, GAP, GAP_RELATIONS, GAP_SPACED, PLACE_ON_PAGE,
    LIST, LIST_OPENING, LIST_SIZE,
    NO_PICTURE, CREDIT_BELOW, PICTURE_ABOVE, CREDIT_BELOW_TEXT, PICTURE,
    BEGINS, ENDS_CLAUSE, ENDS_CLAUSE_LENGTH, JOIN, BEGINS_AFTER, JOIN_SECOND, RESUMES, OVER, PASSED, LONG_ABOVE,
    LONG_ABOVE_JOIN, SAID_AGAIN, NEXT,
    BROKEN_END, KIND_END, KIND_CUE, WIDE_CUE,
    HEADLIKE, PICTURED, ITEM, ITEM_PLACE, ITEM_KIND, ITEM_KIND_CREDIT, ITEM_CREDIT_BELOW, ITEM_CREDIT_PLACE,
    ITEM_PICTURE_ABOVE, ITEM_PICTURE,
    INDENT, INDENT_ABOVE, INDENT_BELOW, INDENT_AROUND, INDENT_LENGTH, INDENT_ABOVE_LENGTH,
    BELOW_HEAD, PAGE_HEAD, PAGE_HEAD_CUE, STOPS, STOPS_ON, OPEN_ON,
    LONG_LINE, SHARE_BELOW, SHARE_ABOVE, LINK, COHESION, RELATIVE, LINK_COHESION, END_LINK,
    RUN_BEFORE, RUN_AFTER, LEAD, LEAD_DATED, LEAD_SAME, AGAIN, AGAIN_BELOW, ALIKE_ABOVE, ALIKE_BELOW, ALIKE,
    CUT, PARTED, TEXT_MEDIAN,
    ECHO, ECHO_PLACE, FRONT, FRONT_PLACE, PLACE, PLACE_NUMBER, UNIT_PLACE, UNIT_MEDIAN, UNIT_LINES, UNIT_LINES_UP,
    LINES_PLACE, LINES_UP_PLACE, CHARS_PLACE, CHARS_UP_PLACE, CHARS, TO_TYPICAL, TO_TYPICAL_UP, WIRED, WIRED_UNIT,
    OPENS_PLACE, MULTI, MULTI_UNIT,
    SIGNED, SIGNED_PLACE, ENDED, ENDED_PLACE, SIGNS, TO_KNOWN, TO_KNOWN_SIGNS, PICTURE_HEAD_PLACE,
    FAMILIES
};

enum end {
    END_FULL, END_EXCLAIM, END_COMMA, END_COLON, END_DASH, END_BRACKET, END_QUOTE, END_TITLE, END_LATIN, END_SIGN,
    END_OPEN, LINE_ENDS
};

enum start { START_HAN, START_QUOTE, START_BRACKET, START_DIGIT, START_LATIN, START_NEVER, START_SIGN };
enum join { JOIN_STRONG, JOIN_WORD, JOIN_PAGE, JOIN_NONE, JOIN_NO, JOINS };

/* Sets of cues that mean something together. */
enum cue_set {
    CREDITS, PICTURES, PICTURE_WORD, PICTURE_HEAD, NEIGHBOURLY, KINDED, PRINTED, FURNISHED, BYLINE, SIGNED_LINE, SQUARE,
    FURNITURE, DATELINE, OPENING, WIRES, CREDIT_LINES, TAILS, NOTES, CUE_SETS
};
/* clang-format on */

enum same { SAME_TAIL, SAME_FRONT, SAME_TEXT }; /* the text last: the first line with it is asked for */

enum { CANDIDATE = 64, LONG_TEXT = 30, NO_AFTER = 9 };

typedef struct {
    const uint32_t *text;
    uint32_t size, gap, indent;
    uint64_t cue[2];
    uint8_t end, start, complete, brief, begins, ends;
    uint8_t on_last, on_second;    /* how well it goes on with the line above, and the one above that */
    uint8_t said;                  /* how many of three places stand in a line near it */
    uint8_t style_inner, spaced;   /* style: a mark inside, a blank */
    uint32_t opening, style_mark;  /* what it opens with, as lists and as styles tell it; 0 is nothing */
    uint32_t run;                  /* of short lines, or of text */
    uint32_t same[3], first;       /* lines with its text, end or beginning; the first of those counted last */
    uint32_t credit_below;         /* lines down to the next credit of its picture, this one included */
    uint32_t item_credit, item_size; /* of the picture's item: where its credits are, how many lines it has */
    uint8_t item_place, item_line, picture_above;
    double below, above, cohesion; /* what a short line shares with the text around */
} jm_line;

typedef struct {
    uint32_t start, end, chars;
    uint8_t opens; /* it is text, with a dateline or wire */
} jm_run;

struct jm_view {
    const jm_page *page;
    jm_line *line;
    uint32_t lines, longs, shorts, runs;
    uint32_t *long_line, *short_line, *long_before, *short_before, *scratch;
    jm_run *run;
    uint32_t *number, *ends; /* features, and where those of each line end */
    uint64_t used, room;
    int64_t failed;
    /* habits of the page */
    uint32_t median, blank, spaced, dated, never_pictured, broken, bare, kind, usual_indent, head, stops;
    double typical_cohesion;
    uint32_t unit, median_text, wired, multi, cut, parted, typical_chars, build[JM_BUILD];
    uint32_t signed_share, ended_share, usual_headline;
};

/* look.c */
int jm_is_han(uint32_t letter);
int jm_has(const jm_view *view, const jm_line *line, enum cue_set set);
void jm_look(jm_view *view);
void jm_put(jm_view *view, enum family family, uint64_t code);
void jm_put_cues(jm_view *view, enum family family, const jm_line *line, enum cue_set set, uint32_t before);
uint32_t jm_class(const double *bounds, uint32_t count, double value);
void jm_sort(uint32_t *values, uint32_t count);

/* same.c */
int64_t jm_count_same(jm_view *view, enum same what);

/* describe.c: features of a line by itself, and of its neighbours */
void jm_put_shape(jm_view *view, uint32_t i);
void jm_put_neighbours(jm_view *view, uint32_t i);
void jm_put_gaps(jm_view *view, uint32_t i);
void jm_put_list(jm_view *view, uint32_t i);
void jm_put_pictures(jm_view *view, uint32_t i);

/* joins.c */
uint32_t jm_join(const jm_view *view, uint32_t above, uint32_t below);
void jm_find_joins(jm_view *view);
void jm_put_joins(jm_view *view, uint32_t i);

/* links.c */
int64_t jm_find_links(jm_view *view);
void jm_put_links(jm_view *view, uint32_t i);

/* print.c */
void jm_find_print(jm_view *view);
void jm_put_kinds(jm_view *view, uint32_t i);

/* setting.c */
void jm_find_setting(jm_view *view);
void jm_put_setting(jm_view *view, uint32_t i);

/* items.c */
void jm_find_items(jm_view *view);
void jm_put_item(jm_view *view, uint32_t i);

/* forms.c */
uint32_t jm_share(const double *bounds, uint32_t count, uint32_t found, uint32_t total);
uint32_t jm_place_in_run(const jm_view *view, uint32_t i);
void jm_find_forms(jm_view *view);
void jm_put_forms(jm_view *view, uint32_t i);

/* origins.c */
void jm_find_origins(jm_view *view);
void jm_put_origins(jm_view *view, uint32_t i);

#endif
