/* What speaks for a candidate: the factors of `keywords/features.py`, and their weighted sum. */
#include <math.h>
#include <stdlib.h>

#include "rank.h"

static const double NESTED = 0.5, LEAST_TF = 0.05, LEAST_IDF = 1e-3;
static const uint32_t LENGTHS[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 12}; /* characters at which classes begin */

/* What a word or candidate is. */
typedef struct {
    int single, only_quoted, run;
} shape;

static double larger(double left, double right) { return left > right ? left : right; }

/* How much a frequency counts. */
double jm_tf_form(double tf, uint32_t form) {
    return form == JM_TF_LOG ? log1p(tf) : form == JM_TF_BM25 ? tf * (1.2 + 1) / (tf + 1.2) : tf;
}

static int by_size(const void *left, const void *right) {
    uint32_t one = *(const uint32_t *)left, two = *(const uint32_t *)right;
    return one < two ? -1 : one > two;
}

/* Return how freely the word before (or after) the places of a candidate varies: an entropy in nats.
 *
 * Equal counts are added as one, in the order of counts: the sum must not depend on how words are numbered.
 */
static double entropy_of(jm_ranker *r, const jm_candidate *c, int after) {
    uint32_t different = 0;
    if (c->tf < 2) return 0;
    for (uint32_t at = c->place; at != JM_NONE; at = r->place[at].next) {
        uint32_t start = r->place[at].start, end = start + r->place[at].length;
        uint32_t local = r->local[after ? (end < r->words ? end : r->words) : jm_before(r, start)];
        if (r->beside[local]++ == 0) r->touched[different++] = local;
    }
    for (uint32_t i = 0; i < different; i++) {
        uint32_t local = r->touched[i];
        r->touched[i] = r->beside[local], r->beside[local] = 0;
    }
    if (different > 1) qsort(r->touched, different, sizeof *r->touched, by_size);
    double sum = 0;
    for (uint32_t i = 0, times; i < different; i += times) {
        for (times = 1; i + times < different && r->touched[i + times] == r->touched[i];) times++;
        double share = (double)r->touched[i] / c->tf;
        sum += -(double)times * share * log(share);
    }
    return sum;
}

static void weigh_frequency(const jm_ranker *r, const jm_candidate *c, double *value) {
    double longer = c->outer ? (double)c->outer_tf / c->outer : 0;
    value[JM_F_TF] = log(jm_tf_form(larger(c->tf - NESTED * longer, LEAST_TF), r->formula->form));
    value[JM_F_ONCE] = c->tf == 1;
    value[JM_F_TWICE] = c->tf == 2;
}

/* The words of the candidate: their idf, how often they stand together, figures and joiners. */
static void weigh_words(const jm_ranker *r, const jm_candidate *c, shape is, double *value) {
    double idf = 0;
    uint32_t least = UINT32_MAX, most = 0, figures = 0, joiners = 0, functions = 0, shared = 0;
    for (uint32_t i = 0; i < c->words; i++) {
        uint32_t at = c->first + i, role = r->fact[r->id[at]].meaning, tf = r->local_tf[r->local[at]];
        idf += r->idf[r->id[at]];
        shared += r->local_head[r->local[at]];
        if (i >= JM_MAX_TOKENS) continue;
        if (!(role & JM_JOINER)) least = tf < least ? tf : least, most = tf > most ? tf : most;
        figures += (role & JM_DIGIT) != 0;
        joiners += (role & JM_JOINER) != 0;
        functions += (role & (JM_END | JM_JOINER)) == 0;
    }
    least = least > 1u << 30 ? 1u << 30 : least;
    value[JM_F_IDF] = log(larger(idf / c->words, LEAST_IDF));
    value[JM_F_COHESION] = is.run ? log(c->tf / larger(least, 1)) : 0;
    value[JM_F_COHESION_TO_COMMONEST] = is.run ? log(c->tf / larger(most, 1)) : 0;
    value[JM_F_FIGURES] = figures;
    value[JM_F_JOINERS] = joiners;
    value[JM_F_FUNCTIONS] = functions;
    double share = c->in_headline ? 0 : (double)shared / c->words;
    value[JM_F_WORDS_IN_HEADLINE] = share;
    value[JM_F_ALL_IN_HEADLINE] = share >= 1 && is.run;
}

static void weigh_neighbours(jm_ranker *r, const jm_candidate *c, shape is, double *value) {
    double left = entropy_of(r, c, 0), right = entropy_of(r, c, 1);
    int left_is_least = left < right;
    left = left > 0 ? log1p(left) : 0, right = right > 0 ? log1p(right) : 0; /* most are 0 */
    double least = left_is_least ? left : right;
    value[JM_F_FREE_RUN] = is.run ? least : 0;
    value[JM_F_FREE_WORD] = is.single ? least : 0;
    value[JM_F_FREE_LEFT] = left;
    value[JM_F_FREE_RIGHT] = right;
}

/* Tell whether a word is one of the first `count` classes that make a run a piece of a sentence. */
static int has_class(const jm_ranker *r, uint32_t word, uint32_t count) {
    uint32_t class = jm_tag_of(r, word);
    for (uint32_t i = 0; i < count; i++) {
        if (class == r->formula->piece[i]) return 1;
    }
    return 0;
}

/* Tell whether a candidate that stands once reads like a piece of a sentence. */
static int is_piece(const jm_ranker *r, const jm_candidate *c, shape is) {
    uint32_t last = c->first + c->words - 1;
    if (!is.run) return is.single && !c->in_headline && has_class(r, c->first, JM_VERBS);
    if (c->in_headline && c->words > 2) return has_class(r, c->first, JM_LOOSE) || has_class(r, last, JM_LOOSE);
    if (c->in_headline) return has_class(r, c->first, JM_VERBS) && has_class(r, last, JM_VERBS);
    if (jm_tag_of(r, c->first) == r->formula->verbal && jm_tag_of(r, last) == r->formula->verbal) return 1;
    for (uint32_t word = c->first; word <= last; word++) {
        if (has_class(r, word, JM_PIECES)) return 1;
    }
    return 0;
}

static void weigh_place(const jm_ranker *r, const jm_candidate *c, shape is, double *value) {
    double near = c->first < JM_NEARS ? r->near_100[c->first] : exp(-(double)c->first / 100);
    value[JM_F_HEADLINE] = c->in_headline;
    value[JM_F_HEADLINE_RUN] = c->in_headline && is.run;
    value[JM_F_NEAR] = near;
    value[JM_F_AT_BEGINNING] = c->first < JM_NEARS ? r->near_30[c->first] : exp(-(double)c->first / 30);
    value[JM_F_NO_HEADLINE] = r->body == 0 ? near : 0;
    value[JM_F_TITLED] = c->titled > 0;
    value[JM_F_QUOTED] = c->quoted > 0 && !is.only_quoted;
    value[JM_F_ONLY_QUOTED] = is.only_quoted;
    value[JM_F_GLUED] = c->kinds[JM_WHOLE] == 0 && !is.only_quoted;
    value[JM_F_CLAUSE] = c->tf == 1 && c->quoted + c->titled == 0 && is_piece(r, c, is);
}

/* Which kind the candidate is of in each choice among kinds. */
static void choose_kinds(const jm_ranker *r, const jm_candidate *c, shape is, uint32_t *kind) {
    uint32_t letters = r->offset[c->first + c->words] - r->offset[c->first], class = 0;
    uint32_t first = jm_tag_of(r, c->first) + 1, last = jm_tag_of(r, c->first + c->words - 1) + 1;
    while (class < sizeof LENGTHS / sizeof *LENGTHS && LENGTHS[class] <= letters) class++;
    kind[JM_K_WORDS] = !is.run ? 0 : c->words < JM_MAX_TOKENS ? c->words : JM_MAX_TOKENS;
    kind[JM_K_CHARACTERS] = class;
    kind[JM_K_TAG] = is.single ? first : 0;
    kind[JM_K_FIRST_TAG] = is.run ? first : 0;
    kind[JM_K_LAST_TAG] = is.run ? last : 0;
    kind[JM_K_WORDS_IN_HEADLINE] = !c->in_headline ? 0 : is.single ? 1 : kind[JM_K_WORDS];
    kind[JM_K_TAG_IN_HEADLINE] = c->in_headline ? kind[JM_K_TAG] : 0;
    kind[JM_K_LAST_TAG_IN_HEADLINE] = c->in_headline ? kind[JM_K_LAST_TAG] : 0;
}

/* Return the logarithm of a candidate's score, and through `found` what it comes from. */
double jm_weigh(jm_ranker *r, const jm_candidate *c, jm_measures *found) {
    const jm_formula *formula = r->formula;
    double *value = found->value, sum = formula->constant;
    uint32_t *kind = found->kind, regular = c->tf - c->kinds[JM_QUOTED];
    shape is = {c->words == 1 && regular > 0, regular == 0, 0};
    is.run = !is.single && !is.only_quoted;
    weigh_frequency(r, c, value);
    weigh_words(r, c, is, value);
    weigh_neighbours(r, c, is, value);
    weigh_place(r, c, is, value);
    choose_kinds(r, c, is, kind);
    value[JM_F_TF_HEADLINE] = value[JM_F_TF] * c->in_headline;
    value[JM_F_IDF_HEADLINE] = value[JM_F_IDF] * c->in_headline;
    value[JM_F_NEAR_HEADLINE] = value[JM_F_NEAR] * c->in_headline;
    value[JM_F_LEFT_HEADLINE] = value[JM_F_FREE_LEFT] * c->in_headline;
    value[JM_F_RIGHT_HEADLINE] = value[JM_F_FREE_RIGHT] * c->in_headline;
    value[JM_F_TITLED_HEADLINE] = value[JM_F_TITLED] * c->in_headline;
    for (uint32_t i = 0; i < JM_FACTORS; i++) sum += value[formula->factor[i]] * formula->weight[i];
    for (uint32_t i = 0; i < JM_KINDS; i++) sum += formula->table[formula->choice[i]][kind[formula->choice[i]]];
    return sum;
}
