/* A cutter: a dictionary, the other words that it has met, and the memory that a stretch of text needs while it is cut.
 *
 * A stretch is some hundred characters: blocks of Han characters, letters and figures, and what stands between them.
 * Words never reach past their block. A stretch ends where a block does.
 */
#ifndef JM_CUTTER_H
#define JM_CUTTER_H

#include "jmcore.h"
#include "others.h"

struct jm_cutter {
    const jm_dictionary *dictionary;
    jm_word_list others;
    uint32_t *single; /* number of each character of the first plane as a word of its own, or JM_NONE */
    /* Of each character of the stretch at hand, and a few more: */
    uint32_t *letter, *at; /* the code point, and where it begins in the text */
    uint16_t *code;        /* 0 outside of blocks, and where no dictionary has the character */
    uint32_t *two, *three; /* the units of the two and three characters that begin here; 0 if there is none */
    double *rest;          /* log probability of the best way from here to the end of the block */
    uint32_t *unit;        /* the unit of the first word on that way; 0 if no dictionary has it */
    uint8_t *length;       /* characters of that word; 0 for a character outside of blocks */
    uint8_t *before;       /* for the model: from which state each state is reached, two bits each */
    uint32_t letters;      /* of the stretch */
    uint32_t room;
    /* Where words go, as the caller gave it: */
    uint32_t *out_number, *out_end;
    uint64_t out_count, out_room;
    uint32_t done; /* characters of the text that have been written down */
    const uint8_t *text;
};

enum { JM_SINGLES = 0x10000, JM_LONGEST = 255, JM_STRETCH = 512, JM_BEYOND = 4 };

/* block.c: cut the stretch at hand along its most probable way; model.c: cut a run of single characters. */
int64_t jm_cut_stretch(jm_cutter *cutter);
int64_t jm_cut_run(jm_cutter *cutter, uint32_t from, uint32_t to);

/* cutter.c */
int64_t jm_emit_new(jm_cutter *cutter, uint32_t from, uint32_t to, uint32_t unit);
uint32_t jm_find(const jm_cutter *cutter, uint32_t from, uint32_t to);
const uint8_t *jm_name(const jm_cutter *cutter, uint32_t number, uint64_t *size);
uint32_t jm_entry(const jm_dictionary *dictionary, const uint8_t *word, uint64_t size);

/* Write down the word that the letters from `from` to `to` of the stretch are; `unit` says where it ends in the trie. */
static inline int64_t jm_emit(jm_cutter *c, uint32_t from, uint32_t to, uint32_t unit) {
    uint32_t number = to - from > 1 ? c->dictionary->number[unit] : JM_NONE;
    if (to - from == 1 && c->letter[from] < JM_SINGLES) number = c->single[c->letter[from]];
    if (number == JM_NONE || (to - from > 1 && number >= c->dictionary->words) || c->out_count >= c->out_room)
        return jm_emit_new(c, from, to, unit);
    c->out_number[c->out_count] = number;
    c->out_end[c->out_count++] = c->done + to;
    return 0;
}

/* Stands for a stretch that stays whole while the rest is cut: U+E000, a word of its own. */
#define JM_MARK "\xEE\x80\x80"
enum { JM_MARK_SIZE = 3 };

/* many.c: write a text as it stands in JSON. */
uint64_t jm_write_escaped(const uint8_t *text, uint64_t size, uint8_t *out);

/* script.c: Traditional text by its Simplified characters. */
int jm_simplify(const uint8_t *text, uint64_t size, const uint16_t *form, uint8_t *out);
int64_t jm_number_printed(jm_cutter *cutter, const uint8_t *printed, const uint8_t *simplified, uint64_t size,
                          uint32_t *number, const uint32_t *end, uint64_t words);

/* figures.c: numbers, dates and times that stay whole. */
uint64_t jm_next_figures(const uint8_t *text, uint64_t at, uint64_t size, uint64_t *start);

static inline int jm_is_alnum(uint32_t letter) {
    return (letter | 0x20) - 'a' < 26 || letter - '0' < 10;
}

static inline int jm_in_model(uint32_t letter) {
    return letter - JM_HMM_FIRST <= JM_HMM_LAST - JM_HMM_FIRST;
}

#endif
