/* Where a record names its reporters, papers and datelines: no keyword is taken from there. */
#include <string.h>

#include "rank.h"

enum { NAMES = 12, DATELINE = 8 }; /* words that names after one role may take; from a line's beginning to its 讯 or 电 */

/* Return where the names after a role end; a name may be cut apart: 周|建华. */
static uint32_t end_of_names(const jm_ranker *r, uint32_t start) {
    const uint32_t *role = r->role;
    uint32_t end = start, limit = start + NAMES < r->words + 1 ? start + NAMES : r->words + 1;
    for (uint32_t at = start; at < limit; at++) {
        if (role[at] & JM_NAME) {
            end = at + 1;
        } else if ((role[at] & JM_SURNAME) && at + 1 < limit &&
                   !(role[at + 1] & (JM_SPACER | JM_REPORTER | JM_STOP | JM_LINE_END))) {
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
    if (start > r->words || !(role[start] & JM_COLON)) return start - 1;
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
        if (role & JM_LINE_END) return masthead ? cue - back + 1 : cue;
        masthead = masthead || (role & JM_MASTHEAD);
    }
    return cue;
}

/* Mark the words that stand in credits. */
void jm_mark_credits(jm_ranker *r) {
    memset(r->credit, 0, (size_t)r->words + 1);
    for (uint32_t cue = 0; cue < r->words; cue++) {
        uint32_t role = r->role[cue], start = cue, end = cue;
        if (!(role & (JM_REPORTER | JM_WIRE | JM_SOURCE))) continue;
        if (role & JM_SOURCE) end = end_of_source(r, cue + 1);
        if (end > cue) {
            start = cue;
        } else if (role & JM_REPORTER) {
            start = cue > 0 && (r->role[cue - 1] & JM_MASTHEAD) ? cue - 1 : cue;
            end = end_of_names(r, cue + 1);
        } else {
            start = start_of_dateline(r, cue), end = cue + 1;
        }
        for (uint32_t at = start; at < end && at <= r->words; at++) r->credit[at] = 1;
    }
}
