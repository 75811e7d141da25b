/* Words that no dictionary has, numbered as they come. */
#include "others.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 1 << 12, MOST_OTHERS = 1 << 30 };

static uint64_t hash_of(const uint8_t *word, uint64_t size) {
    const uint64_t odd = UINT64_C(0x9E3779B97F4A7C15);
    uint64_t hash = size, block;
    for (; size >= 8; word += 8, size -= 8) {
        memcpy(&block, word, 8);
        hash = (hash ^ block) * odd;
        hash ^= hash >> 32;
    }
    block = 0;
    if (size) memcpy(&block, word, size);
    hash = (hash ^ block) * odd;
    return hash ^ hash >> 32;
}

/* Twice the slots, every word in its new place. */
static int64_t widen(jm_word_list *others) {
    uint32_t slots = others->slots ? 2 * others->slots : FIRST_SLOTS;
    uint32_t *slot = calloc(slots, sizeof *slot);
    if (slot == NULL) return JM_MEMORY;
    for (uint32_t i = 0; i < others->count; i++) {
        uint32_t at = (uint32_t)(others->hash[i] & (slots - 1));
        while (slot[at]) at = (at + 1) & (slots - 1);
        slot[at] = i + 1;
    }
    free(others->slot);
    others->slot = slot, others->slots = slots;
    return 0;
}

static int64_t make_room(jm_word_list *others, uint64_t size) {
    if (others->count == others->count_room) {
        if (others->count >= MOST_OTHERS) return JM_MEMORY;
        uint32_t room = others->count_room ? 2 * others->count_room : FIRST_SLOTS;
        uint64_t *end = realloc(others->end, room * sizeof *end);
        if (end != NULL) others->end = end;
        uint64_t *hash = realloc(others->hash, room * sizeof *hash);
        if (hash != NULL) others->hash = hash;
        if (end == NULL || hash == NULL) return JM_MEMORY;
        others->count_room = room;
    }
    if (others->size + size > others->room) {
        uint64_t room = 2 * others->room + size + FIRST_SLOTS;
        uint8_t *bytes = realloc(others->bytes, room);
        if (bytes == NULL) return JM_MEMORY;
        others->bytes = bytes, others->room = room;
    }
    return 2 * (uint64_t)others->count >= others->slots ? widen(others) : 0;
}

/* Return the number of a word, a new one if it has none. */
int64_t jm_others_number(jm_word_list *others, const uint8_t *word, uint64_t size) {
    uint64_t hash = hash_of(word, size);
    int64_t failed = make_room(others, size);
    if (failed) return failed;
    uint32_t at = (uint32_t)(hash & (others->slots - 1));
    for (; others->slot[at]; at = (at + 1) & (others->slots - 1)) {
        uint32_t number = others->slot[at] - 1;
        uint64_t start = jm_others_start(others, number);
        if (others->hash[number] == hash && others->end[number] - start == size &&
            (size == 0 || memcmp(others->bytes + start, word, size) == 0))
            return number;
    }
    others->slot[at] = others->count + 1;
    if (size) memcpy(others->bytes + others->size, word, size);
    others->size += size;
    others->end[others->count] = others->size;
    others->hash[others->count] = hash;
    return others->count++;
}

void jm_others_clear(jm_word_list *others) {
    others->count = 0, others->size = 0;
    if (others->slot != NULL) memset(others->slot, 0, others->slots * sizeof *others->slot);
}

void jm_others_free(jm_word_list *others) {
    free(others->bytes), free(others->end), free(others->hash), free(others->slot);
    memset(others, 0, sizeof *others);
}
