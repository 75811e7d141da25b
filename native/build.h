/* What the files that build an image share. */
#ifndef JM_BUILD_H
#define JM_BUILD_H

#include <math.h>

#include "jmcore.h"

enum { JM_BASE_KINDS = 12 };

/* A node whose children are still to be placed: words `low` to `high` share their first `depth` bytes. */
typedef struct {
    uint32_t unit, low, high, depth;
    double share; /* how common the words are, taken together */
} jm_task;

typedef struct {
    const jm_source *source;
    uint16_t *code; /* of each code point */
    uint32_t codes, code_points;
    jm_unit *unit;
    uint32_t *number, *next_free; /* of each unit; a free unit knows the next one */
    uint8_t *is_base; /* of each unit: whether some node has it as its base */
    double *weight;   /* every different weight, after one that stands for none */
    uint32_t units, used, weights;
    uint32_t search_from[JM_BASE_KINDS]; /* by the number of children, in powers of two */
    jm_task *tasks;
    uint32_t task_count, task_room;
    uint32_t *child_code, *child_low; /* of the node that is placed now */
} jm_builder;

static inline uint32_t jm_start_of(const jm_source *source, uint32_t word) { return word ? source->ends[word - 1] : 0; }

static inline uint32_t jm_size_of(const jm_source *source, uint32_t word) {
    return source->ends[word] - jm_start_of(source, word);
}

static inline uint32_t jm_letter_at(const jm_source *source, uint32_t word, uint32_t depth, uint32_t *letter) {
    return jm_decode(source->text + jm_start_of(source, word) + depth, jm_size_of(source, word) - depth, letter);
}

/* Return how common a word is; what is no word of the dictionary is very rare. */
static inline double jm_share_of(const jm_source *source, uint32_t word) {
    return source->weight[word] > 0 ? 1e-12 : exp(source->weight[word]);
}

/* trie.c; build.c: the number of a weight among all. */
int64_t jm_build_trie(jm_builder *b);
uint16_t jm_weight_index(const jm_builder *b, double weight);

#endif
