/* Whether items show where they come from: a dateline, a byline below the headline, names below the text. */
#include "lines.h"

enum { FEWEST_KNOWN = 2, PLACES = 4, SHARES_OF = 6 };

static const double SHARES[] = {0.001, 0.25, 0.5, 0.75, 0.95};
static const double DIFFERENCES[] = {-9, -5, -2, 0, 3, 6};

static int is_note(const jm_view *view, uint32_t i) {
    const jm_line *line = &view->line[i];
    return line->brief && (line->text[0] == U'（' || line->text[0] == U'(') && jm_has(view, line, NOTES);
}

static int is_byline(const jm_view *view, uint32_t i) {
    return view->line[i].brief && jm_has(view, &view->line[i], CREDIT_LINES) && !is_note(view, i);
}

/* Say whether a byline stands below a line of a run, or the text below opens with a dateline. */
static uint32_t signed_below(const jm_view *view, uint32_t n, uint32_t i) {
    for (uint32_t j = i + 1; j < view->run[n].end; j++) {
        if (is_byline(view, j)) return 1;
    }
    return n + 1 < view->runs && view->run[n + 1].opens;
}

/* Say whether names or a source end what stands above a line of a run. */
static uint32_t ended_above(const jm_view *view, uint32_t n, uint32_t i) {
    uint32_t start = view->run[n].start;
    for (uint32_t j = start; j < i; j++) {
        if (is_note(view, j)) return 1;
    }
    return start > 0 && jm_has(view, &view->line[start - 1], TAILS);
}

void jm_find_origins(jm_view *view) {
    uint32_t headings = 0, is_signed = 0, later = 0, is_ended = 0, known = 0;
    for (uint32_t n = 0; n < view->runs; n++) {
        const jm_run *run = &view->run[n];
        if (!view->line[run->start].brief) continue;
        headings++;
        if (signed_below(view, n, run->start)) {
            is_signed++;
            view->scratch[known++] = view->line[run->start].size;
        }
        later += n > 0;
        if (n > 0) is_ended += ended_above(view, n, run->end);
    }
    view->signed_share = jm_share(SHARES, 5, is_signed, headings);
    view->ended_share = jm_share(SHARES, 5, is_ended, later);
    jm_sort(view->scratch, known);
    view->usual_headline = known >= FEWEST_KNOWN ? view->scratch[known / 2] : 0;
}

/* Put the signs around a short line. */
void jm_put_origins(jm_view *view, uint32_t i) {
    const jm_line *line = &view->line[i];
    uint32_t place = jm_place_in_run(view, i), usual = view->usual_headline;
    uint32_t below = signed_below(view, line->run, i), above = ended_above(view, line->run, i);
    uint32_t length = usual ? 1 + jm_class(DIFFERENCES, 6, (double)line->size - usual) : 0;
    uint32_t own = 2 * view->signed_share + below, end = 2 * view->ended_share + above;
    jm_put(view, SIGNED, own);
    jm_put(view, SIGNED_PLACE, PLACES * own + place);
    jm_put(view, ENDED, end);
    jm_put(view, ENDED_PLACE, PLACES * end + place);
    uint32_t shares = SHARES_OF * view->signed_share + view->ended_share;
    jm_put(view, SIGNS, (2 * below + above) * SHARES_OF * SHARES_OF + shares);
    jm_put(view, TO_KNOWN, PLACES * length + place);
    jm_put(view, TO_KNOWN_SIGNS, (2 * length + below) * 2 + above);
    if (jm_has(view, line, PICTURE_HEAD)) jm_put(view, PICTURE_HEAD_PLACE, place);
}
