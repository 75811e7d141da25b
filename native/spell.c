/* The letters of a term: its words end to end, without white space at the ends, as printed and in lower case. */
#include <stdlib.h>
#include <string.h>

#include "choice.h"

static int is_space(uint32_t letter) {
    return (letter >= 0x09 && letter <= 0x0D) || (letter >= 0x1C && letter <= 0x20) || letter == 0x3000;
}

/* Characters without upper and lower case, white space but U+3000 not among them; of others Python knows what to do. */
static int has_no_case(uint32_t letter) {
    return letter < 0x80 || letter == 0xB7 || (letter >= 0x2010 && letter <= 0x2027) || (letter >= 0x2E80 && letter <= 0xA63F) ||
           (letter >= 0xAC00 && letter <= 0xD7A3) || (letter >= 0xF900 && letter <= 0xFAFF) || (letter >= 0xFF01 && letter <= 0xFF20) ||
           (letter >= 0x20000 && letter <= 0x323AF);
}

static int64_t make_room(jm_chooser *c, uint64_t size) {
    if (c->text_size + size <= c->text_room) return 0;
    uint64_t room = 2 * c->text_room + size + 4096;
    if (room > 1u << 30) return JM_INPUT;
    uint8_t *grown = realloc(c->text, room);
    if (grown == NULL) return JM_MEMORY;
    c->text = grown, c->text_room = room;
    return 0;
}

/* Spell a term, and return 0; JM_UNKNOWN if it has characters that are not known here. */
int64_t jm_spell(jm_chooser *c, const uint32_t *id, uint32_t words, jm_term *term) {
    uint64_t from = c->text_size, size = 0, length;
    uint32_t letter, letters = 0;
    int64_t failed = make_room(c, 16); /* also for a term of no words: there is no place in no memory */
    for (uint32_t i = 0; i < words && !failed; i++) {
        const uint8_t *word = jm_name(c->cutter, id[i], &length);
        failed = make_room(c, 2 * (size + length) + 16);
        if (failed) break;
        if (length) memcpy(c->text + from + size, word, length);
        size += length;
    }
    if (failed) return failed;
    uint8_t *text = c->text + from;
    uint64_t begin = 0, end = 0;
    for (uint64_t at = 0; at < size;) {
        uint32_t step = jm_decode(text + at, size - at, &letter);
        if (!has_no_case(letter)) return JM_UNKNOWN;
        if (!is_space(letter)) end = at + step;
        else if (end == 0) begin = at + step;
        at += step;
    }
    if (end == 0) begin = 0;
    if (words == 1 && (begin > 0 || end < size)) return JM_UNKNOWN; /* another word by its letters */
    size = end - begin;
    if (begin) memmove(text, text + begin, size);
    for (uint64_t i = 0; i < size; i++) {
        uint8_t byte = text[i];
        text[size + i] = byte >= 'A' && byte <= 'Z' ? (uint8_t)(byte | 0x20) : byte;
        letters += (byte & 0xC0) != 0x80;
    }
    term->start = (uint32_t)from, term->size = (uint32_t)size, term->letters = letters;
    c->text_size = from + 2 * size;
    return 0;
}

/* Spell all words of the record, behind the terms. */
int64_t jm_spell_record(jm_chooser *c) {
    uint64_t length;
    c->record_start = c->text_size;
    for (uint32_t i = 0; i < c->words; i++) {
        const uint8_t *word = jm_name(c->cutter, c->id[i], &length);
        int64_t failed = make_room(c, length);
        if (failed) return failed;
        if (length) memcpy(c->text + c->text_size, word, length);
        c->text_size += length;
    }
    c->record_size = c->text_size - c->record_start;
    return 0;
}
