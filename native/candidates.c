/* Candidates: the places of a record grouped by their string, and which runs contain which. */
#include <string.h>

#include "rank.h"

static int64_t make_room(jm_ranker *r) {
    if (r->places > 1u << 29) return JM_MEMORY;
    uint32_t slots = r->slots > 1024 ? r->slots : 1024;
    while (slots < 2 * r->places) slots *= 2;
    if (slots != r->slots && jm_grow((void **)&r->slot, slots, sizeof *r->slot)) return JM_MEMORY;
    r->slots = slots;
    if (r->candidate_room < r->places) {
        if (jm_grow((void **)&r->candidate, r->places + r->places / 2, sizeof *r->candidate)) return JM_MEMORY;
        r->candidate_room = r->places + r->places / 2;
    }
    return 0;
}

/* Return the candidate with a key, a new one if there is none; `slots` of the table are used. */
static uint32_t candidate_of(jm_ranker *r, uint64_t key, uint32_t slots) {
    uint32_t slot = (uint32_t)(key >> 32) & (slots - 1);
    for (; r->slot[slot]; slot = (slot + 1) & (slots - 1))
        if (r->candidate[r->slot[slot] - 1].key == key) return r->slot[slot] - 1;
    jm_candidate *made = &r->candidate[r->candidates];
    memset(made, 0, sizeof *made);
    made->key = key, made->first = JM_NONE, made->place = JM_NONE;
    r->slot[slot] = ++r->candidates;
    return r->candidates - 1;
}

/* Count a place for its candidate. */
static void count_place(jm_ranker *r, uint32_t number) {
    jm_place *place = &r->place[number];
    jm_candidate *c = &r->candidate[place->group];
    c->titled += place->kind == JM_QUOTED + JM_TITLE;
    c->quoted += place->kind == JM_QUOTED + JM_QUOTE;
    int regular = place->kind < JM_QUOTED;
    if (!regular && place->length <= JM_MAX_TOKENS && r->at[place->length][place->start] != JM_NONE) return; /* twice */
    c->tf++;
    c->kinds[regular ? place->kind : JM_QUOTED]++;
    if (regular) r->at[place->length][place->start] = place->group;
    if (place->start < c->first || (place->start == c->first && place->length < c->words))
        c->first = place->start, c->words = place->length;
    c->in_headline |= place->start < r->body;
    place->next = c->place;
    c->place = number;
}

/* Add to every run inside of a longer one the frequency of that. */
static void add_longer(jm_ranker *r) {
    for (uint32_t i = 0; i < r->candidates; i++) {
        const jm_candidate *outer = &r->candidate[i];
        if (outer->words < 2 || outer->words > JM_MAX_TOKENS || outer->tf == outer->kinds[JM_QUOTED]) continue;
        for (uint32_t length = 1; length < outer->words; length++)
            for (uint32_t shift = 0; shift + length <= outer->words; shift++) {
                uint32_t inner = r->at[length][outer->first + shift];
                if (inner == JM_NONE) continue;
                r->candidate[inner].outer++;
                r->candidate[inner].outer_tf += outer->tf;
            }
    }
}

/* Group the places of the record. */
int64_t jm_group_places(jm_ranker *r) {
    int64_t failed = make_room(r);
    if (failed) return failed;
    uint32_t slots = 1024;
    while (slots < 2 * r->places) slots *= 2;
    memset(r->slot, 0, slots * sizeof *r->slot);
    r->candidates = 0;
    for (uint32_t i = 0; i < r->places; i++) {
        r->place[i].group = candidate_of(r, r->place[i].key, slots);
        count_place(r, i);
    }
    add_longer(r);
    return 0;
}
