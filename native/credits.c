/* Where a record names its reporters, papers and datelines: no keyword is taken from there. */
#include <string.h>

#include "rank.h"

/* Words that names after one role may take; from a line's beginning to its 讯 or 电; of a note in brackets. */
enum { NAMES = 12, DATELINE = 8, BRACKETED = 20 };

/* What cannot be the second half of a name. */
static const uint32_t NO_NAME = JM_SPACER | JM_REPORTER | JM_STOP | JM_LINE_END;

/* Return where the names after a role end; a name may be cut apart: 周|建华. */
static uint32_t end_of_names(const jm_ranker *r, uint32_t start) {
    const uint32_t *role = r->role;
    uint32_t end = start, limit = start + NAMES < r->words + 1 ? start + NAMES : r->words + 1;
    for (uint32_t at = start; at < limit; at++) {
        if (role[at] & JM_NAME) {
            end = at + 1;
        } else if ((role[at] & JM_SURNAME) && at + 1 < limit &&
                   !(role[at + 1] & NO_NAME)) {
            at++;
            end = at + 1;
        } else if (!(role[at] & JM_SPACER)) {
            break;
        }
    }
    return end;
}

/* Return where the paper or author after 来源： ends; the word before `start` without a colon. */
static uint32_t end_of_source(const jm_ranker *r, uint32_t start) {
    const uint32_t *role = r->role;
    if (start > r->words || (role[start] & JM_FOREIGN) != JM_COLON) return start - 1;
    int named = 0;
    for (uint32_t at = start + 1; at < start + DATELINE && at <= r->words; at++) {
        if ((role[at] & (JM_STOP | JM_LINE_END)) || (named && (role[at] & JM_SPACER))) return at;
        named = named || !(role[at] & JM_SPACER);
    }
    return start + 1;
}

/* Return where the dateline that ends with a cue begins; the cue itself if no masthead begins its line. */
static uint32_t start_of_dateline(const jm_ranker *r, uint32_t cue) {
    int masthead = (r->role[cue] & JM_MASTHEAD) != 0;
    for (uint32_t back = 1; back <= DATELINE; back++) {
        if (back > cue) return masthead ? 0 : cue; /* the separator ends the line before */
        uint32_t role = r->role[cue - back];
        if (role & JM_STOP) break;
        if (role & JM_ACCORDING) return cue - back;
        if (role & JM_LINE_END) return masthead ? cue - back + 1 : cue;
        masthead = masthead || (role & JM_MASTHEAD);
    }
    return cue;
}

/* Return where words that say how something is printed end, if nothing else stands in the brackets. */
static uint32_t end_of_note(const jm_ranker *r, uint32_t opening) {
    uint32_t end = opening, noted = 0;
    for (uint32_t at = opening + 1; at < opening + BRACKETED && at <= r->words; at++) {
        uint32_t role = r->role[at];
        if (role & JM_STOP) end = noted ? at : end;
        else if (!(role & (JM_NOTE | JM_DIGIT | JM_UNIT | JM_SPACER))) break;
        noted = noted || (role & JM_NOTE);
    }
    return end;
}

/* Return where the names in brackets after a dateline end; the next word if no bracket opens there. */
static uint32_t end_of_bracket(const jm_ranker *r, uint32_t start) {
    while (start <= r->words && (r->role[start] & JM_SPACER)) start++;
    if (start > r->words || !(r->role[start] & JM_OPENING)) return start;
    for (uint32_t at = start; at < start + BRACKETED && at <= r->words && !(r->role[at] & JM_LINE_END); at++)
        if (r->role[at] & JM_STOP) return at;
    return start;
}

/* Return where the names before 摄 begin, a name cut apart among them: 周|建华|摄. */
static uint32_t start_of_names(const jm_ranker *r, uint32_t cue) {
    uint32_t start = cue, at = cue;
    while (at > 0 && cue - at < NAMES) {
        uint32_t role = r->role[at - 1];
        if (role & (JM_NAME | JM_REPORTER | JM_MASTHEAD)) start = --at;
        else if (role & JM_SPACER) at--;
        else if (at > 1 && (r->role[at - 2] & JM_SURNAME) && !(role & NO_NAME)) start = at -= 2;
        else break;
    }
    return start;
}

/* Return where the credit at a cue ends, and through `start` where it begins. */
static uint32_t credit_at(const jm_ranker *r, uint32_t cue, uint32_t *start) {
    uint32_t role = r->role[cue], end = cue;
    *start = cue;
    if (role & JM_OPENING) return end_of_note(r, cue);
    if ((role & JM_TAKEN) && !(role & JM_WIRE)) {
        *start = start_of_names(r, cue);
        return cue + 1;
    }
    if (role & JM_SOURCE) end = end_of_source(r, cue + 1);
    if (end > cue) return end;
    if (role & JM_REPORTER) {
        *start = cue > 0 && (r->role[cue - 1] & JM_MASTHEAD) ? cue - 1 : cue;
        return end_of_names(r, cue + 1);
    }
    *start = start_of_dateline(r, cue);
    if ((role & JM_TAKEN) && *start == cue) {
        *start = start_of_names(r, cue);
        return cue + 1;
    }
    return *start < cue || (role & JM_MASTHEAD) ? end_of_bracket(r, cue + 1) : cue + 1;
}

/* Mark the words that stand in credits. */
void jm_mark_credits(jm_ranker *r) {
    memset(r->credit, 0, (size_t)r->words + 1);
    for (uint32_t cue = 0; cue < r->words; cue++) {
        if (!(r->role[cue] & (JM_REPORTER | JM_WIRE | JM_SOURCE | JM_OPENING | JM_TAKEN))) continue;
        uint32_t start, end = credit_at(r, cue, &start);
        for (uint32_t at = start; at < end && at <= r->words; at++) r->credit[at] = 1;
    }
}
