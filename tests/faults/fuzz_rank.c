/* Fuzzing of the ranking: words of random meaning, arguments that sometimes make no sense. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../../native/rank.h"
#include "fuzz.h"

enum { NUMBERS = 40, TOKENS = 300, RECORDS = 4, LOOK = 8, TREES = 5 };

static void learn(jm_fact *fact, double *idf) {
    static const uint32_t common = JM_START | JM_END | JM_INSIDE | JM_ALONE | JM_GLUE;
    for (int i = 0; i < NUMBERS; i++) {
        uint32_t meaning = below(3) ? common | JM_PLAIN : 0;
        for (uint32_t n = below(4); n > 0; n--) meaning ^= 1u << below(26);
        fact[i].meaning = meaning | below(32) << JM_TAG_SHIFT;
        fact[i].hash = below(9) ? ((uint64_t)below(1u << 30) << 32 | below(1u << 30)) : below(3);
        fact[i].letters = below(30) ? below(4) : below(UINT32_MAX);
        idf[i] = below(20) ? below(12) : below(2) ? NAN : -1;
    }
}

/* Trees that ask anything; half of the time there are none. */
static void plant(jm_forest *forest) {
    static int16_t leaf[TREES * JM_LEAVES], threshold[TREES * (JM_LEAVES - 1)];
    static uint16_t feature[TREES * (JM_LEAVES - 1)], kept[TREES * (JM_LEAVES - 1)];
    for (int i = 0; i < TREES * JM_LEAVES; i++) leaf[i] = (int16_t)below(UINT16_MAX);
    for (int i = 0; i < TREES * (JM_LEAVES - 1); i++) {
        feature[i] = (uint16_t)(below(999) ? below(30) : below(UINT16_MAX)), threshold[i] = (int16_t)below(UINT16_MAX);
        kept[i] = (uint16_t)(below(UINT16_MAX) | below(UINT16_MAX));
    }
    *forest = (jm_forest){leaf, feature, threshold, kept, 1.0 / (1 + below(9999)), below(3), (int32_t)below(9999),
                          below(2) ? 1 + below(TREES) : 0};
}

static void weigh(jm_formula *formula) {
    memset(formula, 0, sizeof *formula);
    for (int i = 0; i < JM_FACTORS; i++) formula->factor[i] = (uint32_t)i, formula->weight[i] = below(9) - 4.0;
    for (int i = 0; i < JM_KINDS; i++) formula->choice[i] = (uint32_t)i;
    for (int i = 0; i < 2 * JM_MARKS; i++) formula->mark[i] = below(NUMBERS);
    formula->line_break = below(50) ? below(NUMBERS) : NUMBERS + below(3);
    for (int i = 0; i < JM_PIECES; i++) formula->piece[i] = below(20);
    formula->verbal = below(20);
    formula->person = below(20), formula->form = below(4);
    plant(&formula->forest);
    if (below(50) == 0) formula->factor[below(JM_FACTORS)] = below(3 * JM_FACTORS);
}

/* Memory of exactly so many bytes: a byte too far is found only where memory ends. */
static void *exact(const void *data, size_t size) {
    void *copy = malloc(size ? size : 1);
    if (copy == NULL) abort();
    return size ? memcpy(copy, data, size) : copy;
}

uint32_t fuzz_rank(void) {
    jm_fact fact[NUMBERS];
    double idf[NUMBERS];
    jm_formula formula;
    uint32_t id[TOKENS], count[RECORDS], headline[RECORDS], found[RECORDS], rounds = 4;
    jm_ranker *ranker = jm_ranker_new();
    if (ranker == NULL) abort();
    for (uint32_t round = 0; round < rounds; round++) {
        learn(fact, idf), weigh(&formula);
        uint32_t size = 0, few = 1 + below(NUMBERS), numbers = below(30) ? NUMBERS : below(NUMBERS);
        for (int i = 0; i < RECORDS; i++) {
            count[i] = below(TOKENS / RECORDS + 1), headline[i] = below(3) ? 0 : below(40);
            size += count[i];
        }
        for (uint32_t i = 0; i < size; i++) id[i] = below(few);
        if (below(30) == 0) count[below(RECORDS)] = below(2 * TOKENS);
        jm_fact *facts = exact(fact, numbers * sizeof *fact);
        double *idfs = exact(idf, numbers * sizeof *idf);
        uint32_t *ids = exact(id, size * sizeof *id), look = below(40) ? 1 + below(LOOK) : 0;
        uint64_t room = below(40) ? (uint64_t)RECORDS * look : below(4);
        jm_row *row = malloc((room + 1) * sizeof *row);
        jm_rank(ranker, &formula, facts, idfs, numbers, ids, size, count, headline, RECORDS, look, row, room, found);
        free(row);
        room = below(40) ? size : below(size + 1);
        jm_row *word = malloc((room ? room : 1) * sizeof *word);
        jm_top_words(ranker, facts, idfs, numbers, ids, size, count, RECORDS, look, below(4), word, room, found);
        free(word), free(facts), free(idfs), free(ids);
    }
    jm_ranker_free(ranker);
    return rounds;
}
