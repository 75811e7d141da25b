/* Trees that order the best candidates of a record anew, as `keywords/trees.py` and `keywords/tree_features.py` do. */
#include <math.h>
#include <string.h>

#include "rank.h"

/* What trees are told of a candidate, and by what each value is multiplied before it is rounded. */
enum {
    LOG_SCORE,
    BEHIND_THE_BEST,
    RANK,
    WORDS_OF_THE_TEXT,
    CANDIDATES,
    WORDS_OF_THE_HEADLINE,
    BEHIND_A_LONGER,
    BEHIND_A_SHORTER,
    LONGER,
    SHORTER,
    TF_OF_A_LONGER,
    TIMES,
    TF,
    MEAN_TF_OF_LONGER,
    IDF,
    LOWEST_IDF,
    HIGHEST_IDF,
    FIRST_IDF,
    LAST_IDF,
    FREE_LEFT,
    FREE_RIGHT,
    FIRST,
    FIRST_OF_ALL,
    FIRST_TO_LAST,
    TITLED,
    QUOTED,
    HEADLINE,
    WORDS_IN_HEADLINE,
    COHESION,
    COHESION_TO_COMMONEST,
    CLAUSE,
    GLUED,
    WORDS,
    CHARACTERS,
    TAG,
    FIRST_TAG,
    LAST_TAG,
    LAST_HABITS, /* five of the last word, then five of the first */
    FIRST_HABITS = LAST_HABITS + 5,
    LAST_GRADE = FIRST_HABITS + 5,
    FIRST_GRADE,
    LOWEST_GRADE,
    MEAN_GRADE,
    FEATURES
};
static const double SCALE[FEATURES] = {128, 128, 1,   1,   1,    1,    128, 128, 1, 1,   100, 1,   128, 100, 128, 32, 32, 32, 32,
                                       128, 128, 1,   1000, 1000, 1,    1,   1,   100, 128, 128, 1,   1,   1,   1,   1,  1,  1,  1,  1,  1,
                                       1,   1,   1,   1,   1,    1,    1,   1,   1,   1, 100};
enum { MOST = 32767, GRADE = 6 /* in the habits of a word */ };
static const double ROUNDS = 6755399441055744.0; /* 1.5 × 2^52: what is added to it loses its fraction, half to even */

/* The features of the candidates that trees are told of, a row a feature. */
typedef struct {
    int16_t of[FEATURES][JM_TOLD];
    double log[JM_TOLD];
} table;

int jm_are_sound(const jm_forest *forest) {
    for (uint64_t i = 0; i < (uint64_t)forest->trees * (JM_LEAVES - 1); i++)
        if (forest->feature[i] >= FEATURES) return 0;
    return 1;
}

static void set(table *t, int feature, uint32_t row, double value) {
    double scaled = value * SCALE[feature];
    scaled = scaled > MOST ? MOST : scaled > -MOST ? scaled : -MOST;
    t->of[feature][row] = (int16_t)((scaled + ROUNDS) - ROUNDS);
}

static void tell_places(const jm_ranker *r, const jm_candidate *c, table *t, uint32_t row) {
    uint32_t last = 0;
    double size = r->words ? r->words : 1;
    for (uint32_t at = c->place; at != JM_NONE; at = r->place[at].next)
        if (r->place[at].start > last) last = r->place[at].start;
    set(t, WORDS_OF_THE_TEXT, row, size);
    set(t, CANDIDATES, row, r->candidates);
    set(t, WORDS_OF_THE_HEADLINE, row, r->body);
    set(t, FIRST, row, c->first);
    set(t, FIRST_OF_ALL, row, c->first / size);
    set(t, FIRST_TO_LAST, row, (last - (double)c->first) / size);
    set(t, CHARACTERS, row, r->offset[c->first + c->words] - r->offset[c->first]);
}

static void tell_idf(const jm_ranker *r, const jm_candidate *c, table *t, uint32_t row) {
    double first = r->idf[r->id[c->first]], last = r->idf[r->id[c->first + c->words - 1]], low = first, high = first;
    for (uint32_t i = 1; i < c->words; i++) {
        double idf = r->idf[r->id[c->first + i]];
        low = idf < low ? idf : low, high = idf > high ? idf : high;
    }
    set(t, LOWEST_IDF, row, low);
    set(t, HIGHEST_IDF, row, high);
    set(t, FIRST_IDF, row, first);
    set(t, LAST_IDF, row, last);
}

/* Tell what is known of the last and the first word from other texts; where the last ends a term, the first begins it. */
static void tell_habits(const jm_ranker *r, const jm_candidate *c, table *t, uint32_t row) {
    const uint8_t *first = r->fact[r->id[c->first]].habit, *last = r->fact[r->id[c->first + c->words - 1]].habit;
    for (int i = 0; i < 5; i++) {
        t->of[LAST_HABITS + i][row] = last[i];
        t->of[FIRST_HABITS + i][row] = first[i < 4 ? i : 5];
    }
}

/* Tell how good its words are as keywords; words without a grade do not count. */
static void tell_grades(const jm_ranker *r, const jm_candidate *c, table *t, uint32_t row) {
    uint32_t lowest = 0, total = 0, count = 0, grade = 0;
    for (uint32_t i = 0; i < c->words; i++) {
        grade = r->fact[r->id[c->first + i]].habit[GRADE];
        if (grade && (!count || grade < lowest)) lowest = grade;
        total += grade, count += grade > 0;
    }
    set(t, LAST_GRADE, row, grade);
    set(t, FIRST_GRADE, row, r->fact[r->id[c->first]].habit[GRADE]);
    set(t, LOWEST_GRADE, row, lowest);
    set(t, MEAN_GRADE, row, (double)total / (count ? count : 1));
}

/* Tell trees of one candidate what needs no other. */
static void tell(jm_ranker *r, const jm_candidate *c, table *t, uint32_t row) {
    static const struct {
        int feature, factor;
    } same[] = {{TF, JM_F_TF},
                {IDF, JM_F_IDF},
                {FREE_LEFT, JM_F_FREE_LEFT},
                {FREE_RIGHT, JM_F_FREE_RIGHT},
                {HEADLINE, JM_F_HEADLINE},
                {WORDS_IN_HEADLINE, JM_F_WORDS_IN_HEADLINE},
                {COHESION, JM_F_COHESION},
                {COHESION_TO_COMMONEST, JM_F_COHESION_TO_COMMONEST},
                {CLAUSE, JM_F_CLAUSE},
                {GLUED, JM_F_GLUED}};
    jm_measures found;
    t->log[row] = jm_weigh(r, c, &found);
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) set(t, same[i].feature, row, found.value[same[i].factor]);
    set(t, LOG_SCORE, row, t->log[row]);
    set(t, TIMES, row, c->tf);
    set(t, MEAN_TF_OF_LONGER, row, (c->outer ? (double)c->outer_tf / c->outer : 0) / c->tf);
    set(t, TITLED, row, c->titled);
    set(t, QUOTED, row, c->quoted);
    set(t, WORDS, row, found.kind[JM_K_WORDS]);
    set(t, TAG, row, found.kind[JM_K_TAG]);
    set(t, FIRST_TAG, row, found.kind[JM_K_FIRST_TAG]);
    set(t, LAST_TAG, row, found.kind[JM_K_LAST_TAG]);
    tell_places(r, c, t, row);
    tell_idf(r, c, t, row);
    tell_habits(r, c, t, row);
    tell_grades(r, c, t, row);
}

/* How a candidate stands to the longer ones that have its words in a row, and to the shorter ones that it has. */
typedef struct {
    double over, under; /* the best log scores of each */
    uint32_t longer, shorter, most;
} standing;

/* Tell whether a candidate's words are those at a place of a longer one. */
static int is_at(const jm_ranker *r, const jm_candidate *inner, const jm_candidate *outer, uint32_t shift) {
    if (inner->words >= outer->words || inner->words > outer->words - shift) return 0;
    for (uint32_t i = 1; i < inner->words; i++)
        if (r->id[inner->first + i] != r->id[outer->first + shift + i]) return 0;
    return 1;
}

/* Find the candidates that are inside of one. */
static void look_inside(const jm_ranker *r, const jm_entry *best, uint32_t told, const table *t, const uint32_t *begins,
                        uint32_t outer, standing *of) {
    const jm_candidate *c = &r->candidate[best[outer].candidate];
    uint32_t seen = 0;
    for (uint32_t shift = 0; shift < c->words; shift++) {
        uint32_t word = r->id[c->first + shift];
        for (uint32_t i = 0; i < told; i++) {
            if (begins[i] != word || seen >> i & 1 || !is_at(r, &r->candidate[best[i].candidate], c, shift)) continue;
            seen |= UINT32_C(1) << i;
            of[i].longer++, of[outer].shorter++;
            of[i].most = c->tf > of[i].most ? c->tf : of[i].most;
            of[i].over = t->log[outer] > of[i].over ? t->log[outer] : of[i].over;
            of[outer].under = t->log[i] > of[outer].under ? t->log[i] : of[outer].under;
        }
    }
}

/* Tell trees how candidates, best first, stand to each other. */
static void compare(const jm_ranker *r, const jm_entry *best, uint32_t told, table *t) {
    uint32_t begins[JM_TOLD];
    standing of[JM_TOLD];
    for (uint32_t i = 0; i < told; i++) {
        begins[i] = r->id[r->candidate[best[i].candidate].first];
        of[i] = (standing){-INFINITY, -INFINITY, 0, 0, 0};
    }
    for (uint32_t i = 0; i < told; i++)
        if (r->candidate[best[i].candidate].words > 1) look_inside(r, best, told, t, begins, i, of);
    for (uint32_t i = 0; i < told; i++) {
        int tied = i > 0 && t->of[LOG_SCORE][i] == t->of[LOG_SCORE][i - 1];
        t->of[RANK][i] = tied ? t->of[RANK][i - 1] : (int16_t)i;
        set(t, BEHIND_THE_BEST, i, t->log[i] - t->log[0]);
        set(t, LONGER, i, of[i].longer);
        set(t, SHORTER, i, of[i].shorter);
        set(t, TF_OF_A_LONGER, i, (double)of[i].most / r->candidate[best[i].candidate].tf);
        set(t, BEHIND_A_LONGER, i, t->log[i] - of[i].over);
        set(t, BEHIND_A_SHORTER, i, t->log[i] - of[i].under);
    }
}

/* Return the place of the lowest bit that is set. */
static inline uint32_t lowest(uint32_t bits) {
#if defined(__GNUC__)
    return (uint32_t)__builtin_ctz(bits);
#else
    uint32_t place = 0;
    for (; !(bits & 1); bits >>= 1) place++;
    return place;
#endif
}

/* Find which leaves of a tree are left for each candidate: all ask one test after the other, without branches. */
static void ask(const jm_forest *forest, uint32_t tree, const table *t, uint16_t out[JM_TOLD]) {
    size_t at = (size_t)tree * (JM_LEAVES - 1), end = at + JM_LEAVES - 1;
#if defined(__GNUC__)
    typedef int16_t values __attribute__((vector_size(JM_TOLD / 2)));
    values one = ~(values){0}, two = one, three = one, four = one, value[4];
    for (; at < end; at++) {
        values most = (values){0} + forest->threshold[at], kept = (values){0} + (int16_t)forest->kept[at];
        memcpy(value, t->of[forest->feature[at]], sizeof value);
        one &= ~(value[0] > most) | kept, two &= ~(value[1] > most) | kept;
        three &= ~(value[2] > most) | kept, four &= ~(value[3] > most) | kept;
    }
    values left[4] = {one, two, three, four};
    memcpy(out, left, sizeof left);
#else
    for (int row = 0; row < JM_TOLD; row++) out[row] = UINT16_MAX;
    for (; at < end; at++)
        for (int row = 0; row < JM_TOLD; row++)
            if (t->of[forest->feature[at]][row] > forest->threshold[at]) out[row] &= forest->kept[at];
#endif
}

/* Add up the leaves that each candidate reaches. */
static void add_leaves(const jm_forest *forest, const table *t, int32_t sum[JM_TOLD]) {
    uint16_t left[JM_TOLD];
    for (uint32_t tree = 0; tree < forest->trees; tree++) {
        const int16_t *leaf = forest->leaf + (size_t)tree * JM_LEAVES;
        ask(forest, tree, t, left);
        for (int row = 0; row < JM_TOLD; row++) sum[row] += leaf[lowest(left[row] | UINT32_C(1) << (JM_LEAVES - 1))];
    }
}

/* Return what a score is multiplied by for the first keywords, given the log odds that readers keep the term. */
static double trust_of(double added) {
    double chance = 1 / (1 + exp(-added)), squared = chance * chance;
    return squared > JM_LEAST_TRUST ? squared : JM_LEAST_TRUST;
}

/* Say how far each of a record's candidates, of which some are told, is trusted with a place among the first keywords. */
static void trust(const jm_forest *forest, const table *t, uint32_t told, jm_entry *best, uint32_t size) {
    int32_t sum[JM_TOLD] = {0};
    add_leaves(forest, t, sum);
    for (uint32_t i = 0; i < size; i++)
        best[i].trust = trust_of(forest->constant + forest->unit * (i < told ? sum[i] : forest->rest));
}

/* Multiply the scores of a record's candidates, best first, by what trees say, and sort them anew. */
void jm_ask_trees(jm_ranker *r, jm_entry *best, uint32_t size) {
    const jm_forest *forest = &r->formula->forest;
    uint32_t told = size < JM_TOLD ? size : JM_TOLD;
    table t = {.log = {0}};
    int32_t sum[JM_TOLD] = {0};
    for (uint32_t i = 0; i < told; i++) tell(r, &r->candidate[best[i].candidate], &t, i);
    compare(r, best, told, &t);
    add_leaves(forest, &t, sum);
    if (r->formula->firsts.trees) trust(&r->formula->firsts, &t, told, best, size);
    double others = exp(forest->constant + forest->unit * forest->rest);
    for (uint32_t i = 0; i < size; i++)
        best[i].score *= i < told ? exp(forest->constant + forest->unit * sum[i]) : others;
    for (uint32_t i = 1; i < size; i++) {
        jm_entry moved = best[i];
        uint32_t at = i;
        for (; at > 0 && jm_is_worse(r, best[at - 1], moved); at--) best[at] = best[at - 1];
        best[at] = moved;
    }
}
