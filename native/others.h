/* Words that no dictionary has, numbered as they come: their bytes, and a hash table over them. */
#ifndef JM_OTHERS_H
#define JM_OTHERS_H

#include "jmcore.h"

typedef struct {
    uint8_t *bytes; /* the words, end to end */
    uint64_t size, room;
    uint64_t *end; /* of each word in `bytes` */
    uint64_t *hash;
    uint32_t count, count_room;
    uint32_t *slot; /* number of a word + 1, by hash; 0 is empty */
    uint32_t slots; /* a power of two */
} jm_word_list;

int64_t jm_others_number(jm_word_list *others, const uint8_t *word, uint64_t size);
void jm_others_clear(jm_word_list *others);
void jm_others_free(jm_word_list *others);

static inline uint64_t jm_others_start(const jm_word_list *others, uint32_t number) {
    return number ? others->end[number - 1] : 0;
}

#endif
