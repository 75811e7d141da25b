/* From scores to a list, as `keywords/choice.py` and `keywords/terms.py` have it. */
#ifndef JM_CHOICE_H
#define JM_CHOICE_H

#include "cutter.h"

/* A term of the record at hand: its letters as they are printed and in lower case lie in the chooser's text. */
typedef struct {
    double score, trust; /* rounded */
    double turn;  /* the score by which it has its turn; */
    double given; /* and the one that is written */
    uint32_t row, tf, words, doubts;
    uint32_t fit; /* whether it can be a keyword: FIT, UNFIT; 0 where nobody asked yet */
    uint32_t start, size, letters; /* the lower case has as many bytes, and lies right behind */
} jm_term;

/* Terms that wait until a lower score is theirs. */
typedef struct {
    uint32_t *term, count;
} jm_waiting;

/* The memory in which the terms of one record after the other are chosen. */
typedef struct {
    const jm_cutter *cutter;
    const jm_choice *choice;
    const uint32_t *id; /* the words of the record */
    uint32_t words;
    uint8_t *text; /* the letters of the terms, and of the record where somebody asked for them */
    uint64_t text_size, text_room, record_start, record_size;
    jm_term *term;    /* those that are looked at, best first */
    jm_term *memory;  /* for sorting them */
    uint32_t *chosen; /* numbers of terms */
    uint32_t *turns;  /* and these in the order in which they have their turns */
    jm_waiting twins, overlaps, wides;
    uint32_t terms, room, chosen_count;
} jm_chooser;

static inline const uint8_t *jm_printed(const jm_chooser *c, const jm_term *term) { return c->text + term->start; }

static inline const uint8_t *jm_folded(const jm_chooser *c, const jm_term *term) {
    return c->text + term->start + term->size;
}

/* fitness.c: which of two comes first; whether a term can be a keyword, and whether it is none of the first. */
int jm_is_before(const jm_chooser *chooser, const jm_term *left, const jm_term *right);
int jm_is_fit(const jm_chooser *chooser, jm_term *term);
int jm_is_wide(const jm_chooser *chooser, const jm_term *term);

/* spell.c */
int64_t jm_spell(jm_chooser *chooser, const uint32_t *id, uint32_t words, jm_term *term);
int64_t jm_spell_record(jm_chooser *chooser);

/* printed.c */
uint32_t jm_commonest_place(const jm_chooser *chooser, const jm_term *term, uint32_t first);

/* overlap.c: whether a part stands in a text; whether a term begins or ends, in the record, in a chosen one. */
int jm_holds(const uint8_t *text, uint64_t size, const uint8_t *part, uint64_t part_size);
uint32_t jm_first_bytes(const uint8_t *text, uint32_t size, uint32_t letters);
int64_t jm_overlaps(jm_chooser *chooser, const jm_term *term);

#endif
