/* Which terms can be keywords, and which of them are none of the first; which of two comes first. */
#include <string.h>

#include "choice.h"

static const double LIKELY = 0.1;
enum { SHORT = 2, PAIR = 2, OFTEN = 2, FIT = 1, UNFIT = 2 };

static int compare(const uint8_t *left, uint32_t left_size, const uint8_t *right, uint32_t right_size) {
    uint32_t least = left_size < right_size ? left_size : right_size;
    int order = least ? memcmp(left, right, least) : 0;
    return order ? order : (left_size > right_size) - (left_size < right_size);
}

/* Tell whether a term comes before another: a higher score, then by its letters, frequency and place. */
int jm_is_before(const jm_chooser *c, const jm_term *left, const jm_term *right) {
    if (left->score != right->score) return left->score > right->score;
    int order = compare(jm_printed(c, left), left->size, jm_printed(c, right), right->size);
    if (order) return order < 0;
    return left->tf != right->tf ? left->tf < right->tf : left->row < right->row;
}

/* Tell whether a word is among sorted ones. */
static int is_among(const jm_sorted *words, const uint8_t *word, uint32_t size) {
    uint64_t low = 0, high = words->count;
    while (low < high) {
        uint64_t middle = (low + high) / 2, start = middle ? words->ends[middle - 1] : 0;
        int order = compare(word, size, words->letters + start, (uint32_t)(words->ends[middle] - start));
        if (order == 0) return 1;
        if (order < 0) high = middle;
        else low = middle + 1;
    }
    return 0;
}

/* Tell whether a term of several words says nothing: 研究|人员, 具体|内容. */
static int is_light(const jm_chooser *c, const jm_term *term) {
    const jm_choice *choice = c->choice;
    const uint8_t *letters = jm_printed(c, term);
    if (is_among(&choice->light, letters, term->size)) return 1;
    if (term->words != PAIR || term->letters != 2 * SHORT) return 0;
    uint32_t half = jm_first_bytes(letters, term->size, SHORT);
    return is_among(&choice->closing, letters, half) && is_among(&choice->light, letters + half, term->size - half);
}

/* Tell whether another term, as often, is this one and a character more: 龙夺锦 of 赛龙夺锦. */
static int is_piece(const jm_chooser *c, const jm_term *term) {
    for (uint32_t i = 0; i < c->terms; i++) {
        const jm_term *other = &c->term[i];
        if (other->tf == term->tf && other->letters == term->letters + 1 &&
            jm_holds(jm_printed(c, other), other->size, jm_printed(c, term), term->size))
            return 1;
    }
    return 0;
}

/* Tell whether a term can be a keyword. */
static int can_be_keyword(const jm_chooser *c, const jm_term *term) {
    if (!c->choice->sifts) return 1;
    if (term->words > 1 && is_light(c, term)) return 0;
    if (term->size == 0 || jm_holds(jm_printed(c, term), term->size, (const uint8_t *)"\n", 1)) return 0;
    return !((term->doubts & JM_PIECE) || (term->tf > 1 && term->letters > SHORT)) || !is_piece(c, term);
}

int jm_is_fit(const jm_chooser *c, jm_term *term) {
    if (!term->fit) term->fit = can_be_keyword(c, term) ? FIT : UNFIT;
    return term->fit == FIT;
}

/* Tell whether a likely longer term always stands around a term: 东湖 and 公开赛 of 东湖公开赛. */
static int is_part(const jm_chooser *c, const jm_term *term) {
    for (uint32_t i = 0; i < c->terms && term->tf >= OFTEN; i++) {
        const jm_term *other = &c->term[i];
        if (other->tf == term->tf && other->size > term->size && other->score >= LIKELY * term->score &&
            jm_holds(jm_printed(c, other), other->size, jm_printed(c, term), term->size))
            return 1;
    }
    return 0;
}

/* Tell whether a term is a paper or a station: 东湖日报. */
static int is_source(const jm_chooser *c, const jm_term *term) {
    const jm_sorted *sources = &c->choice->sources;
    for (uint64_t i = 0; i < sources->count; i++) {
        uint32_t start = i ? sources->ends[i - 1] : 0, size = sources->ends[i] - start;
        if (size <= term->size && memcmp(jm_printed(c, term) + term->size - size, sources->letters + start, size) == 0) return 1;
    }
    return 0;
}

/* Tell whether a term is none of the first keywords if others are nearly as good. */
int jm_is_wide(const jm_chooser *c, const jm_term *term) {
    return is_among(&c->choice->wide, jm_folded(c, term), term->size) || (c->choice->sifts && ((term->doubts & JM_LOOSE_ALONE) || is_part(c, term) || is_source(c, term)));
}
