/* The words of one record: their roles, where they stand, how often, and which of them are credits. */
#include <stdlib.h>
#include <string.h>

#include "rank.h"

int64_t jm_grow(void **array, size_t items, size_t size) {
    void *grown = realloc(*array, items * size);
    if (grown == NULL) return JM_MEMORY;
    *array = grown;
    return 0;
}

/* Make room for what is known of so many words. */
int64_t jm_record_room(jm_ranker *r, uint32_t words) {
    if (words <= r->room) return 0;
    if (words > 1u << 28) return JM_INPUT;
    uint32_t room = words + words / 2 + 1024;
    uint32_t **large[] = {&r->id,       &r->role,     &r->offset,     &r->local,    &r->at[0],    &r->at[1],     &r->at[2],
                          &r->at[3],    &r->at[4],    &r->at[5],      &r->local_id, &r->local_tf, &r->local_glue, &r->beside,
                          &r->touched};
    uint8_t **small[] = {&r->credit, &r->inner, &r->glued, &r->local_head};
    for (size_t i = 0; i < sizeof large / sizeof *large; i++)
        if (jm_grow((void **)large[i], room, sizeof(uint32_t))) return JM_MEMORY;
    for (size_t i = 0; i < sizeof small / sizeof *small; i++)
        if (jm_grow((void **)small[i], room, 1)) return JM_MEMORY;
    r->room = room;
    return 0;
}

/* Number the different words of the record, and count them. */
static void number_words(jm_ranker *r) {
    r->locals = 0;
    for (uint32_t i = 0; i <= r->words; i++) {
        uint32_t id = r->id[i], local = r->local_of[id];
        if (local >= r->locals || r->local_id[local] != id) {
            r->local_of[id] = local = r->locals++;
            r->local_id[local] = id, r->local_tf[local] = 0, r->local_glue[local] = 0, r->beside[local] = 0;
            r->local_head[local] = 0;
        }
        r->local[i] = local;
        r->local_tf[local]++;
        if (i < r->body) r->local_head[local] = 1;
    }
}

/* A Latin word that has another one beside it, across a space: no term is World of World Cup alone. */
static int is_beside_latin(const jm_ranker *r, uint32_t at) {
    const uint32_t *role = r->role, latin = JM_LATIN | JM_ALONE, space = JM_LATIN | JM_JOINER;
    if ((role[at] & latin) != latin) return 0;
    if (at >= 2 && (role[at - 1] & space) == space && (role[at - 2] & latin) == latin) return 1;
    return at + 2 < r->words && (role[at + 1] & space) == space && (role[at + 2] & latin) == latin;
}

/* Read the words of a record.
 *
 * `headline`: how many characters at its beginning are the headline; the words after them begin the body.
 */
int64_t jm_read_record(jm_ranker *r, const uint32_t *id, uint32_t words, uint32_t headline) {
    int64_t failed = jm_record_room(r, words + 4);
    if (failed) return failed;
    uint64_t offset = 0;
    r->words = words, r->body = 0;
    for (uint32_t i = 0; i <= words; i++) {
        if (words - i > JM_AHEAD && id[i + JM_AHEAD] < r->numbers) {
            jm_fetch(&r->fact[id[i + JM_AHEAD]]);
            jm_fetch(&r->local_of[id[i + JM_AHEAD]]);
            jm_fetch(&r->idf[id[i + JM_AHEAD]]);
        }
        uint32_t number = i < words ? id[i] : r->formula->line_break;
        if (number >= r->numbers) return JM_INPUT;
        r->id[i] = number;
        r->role[i] = r->fact[number].meaning & JM_ROLES;
        r->offset[i] = (uint32_t)offset;
        if (headline > 0 && offset < headline) r->body = i + 1;
        offset += r->fact[number].letters;
        if (offset > INT32_MAX) return JM_INPUT;
    }
    r->offset[words + 1] = (uint32_t)offset;
    number_words(r);
    jm_mark_credits(r);
    for (uint32_t i = 0; i <= words; i++)
        if (r->credit[i] && !(r->role[i] & JM_LISTED)) r->role[i] = 0;
    for (uint32_t i = 0; i <= words; i++)
        r->inner[i] = !(r->role[i] & JM_LISTED) && (jm_in_amount(r, i) || is_beside_latin(r, i) || jm_goes_on(r, i) || jm_is_unfinished(r, i));
    return 0;
}
