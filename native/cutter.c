/* A cutter: reads text stretch by stretch, and gives every word its number. */
#include "cutter.h"

#include <stdlib.h>
#include <string.h>

jm_cutter *jm_cutter_new(const jm_dictionary *dictionary) {
    jm_cutter *c = dictionary ? calloc(1, sizeof *c) : NULL;
    if (c == NULL) return NULL;
    c->dictionary = dictionary;
    c->single = malloc(JM_SINGLES * sizeof *c->single);
    if (c->single == NULL) {
        free(c);
        return NULL;
    }
    memset(c->single, 0xFF, JM_SINGLES * sizeof *c->single);
    return c;
}

void jm_cutter_free(jm_cutter *c) {
    if (c == NULL) return;
    jm_others_free(&c->others);
    free(c->single), free(c->letter), free(c->at), free(c->code), free(c->two), free(c->three);
    free(c->rest), free(c->unit), free(c->length), free(c->before), free(c);
}

/* Return how many words that no dictionary has are numbered. */
uint32_t jm_others(const jm_cutter *c) { return c->others.count; }

/* Forget the words that no dictionary has; their numbers are given again. */
void jm_forget(jm_cutter *c) {
    jm_others_clear(&c->others);
    memset(c->single, 0xFF, JM_SINGLES * sizeof *c->single);
}

/* Blocks are made of these: Han characters of all planes, and in ASCII what words and figures are made of. */
static inline int is_in_block(uint32_t letter) {
    if (letter - 0x4E00 <= 0x9FFF - 0x4E00) return 1;
    if (letter < 0x80)
        return jm_is_alnum(letter) || letter == '+' || letter == '#' || letter == '&' || letter == '.' ||
               letter == '_' || letter == '%' || letter == '-';
    return letter - 0x3400 <= 0x4DBF - 0x3400 || letter - 0xF900 <= 0xFAFF - 0xF900 ||
           letter - 0x20000 <= 0x2A6DF - 0x20000 || letter - 0x2A700 <= 0x2B73F - 0x2A700 ||
           letter - 0x2B740 <= 0x2B81F - 0x2B740 || letter - 0x2B820 <= 0x2CEAF - 0x2B820 ||
           letter - 0x2CEB0 <= 0x2EBEF - 0x2CEB0 || letter - 0x2F800 <= 0x2FA1F - 0x2F800;
}

static int64_t make_room(jm_cutter *c) {
    if (c->room > 1u << 30) return JM_MEMORY;
    size_t room = c->room ? 2 * (size_t)c->room : 2 * JM_STRETCH;
    void **array[9] = {(void **)&c->letter, (void **)&c->at,   (void **)&c->code,   (void **)&c->two,   (void **)&c->three,
                       (void **)&c->rest,   (void **)&c->unit, (void **)&c->length, (void **)&c->before};
    const size_t size[9] = {sizeof *c->letter, sizeof *c->at,   sizeof *c->code,   sizeof *c->two,   sizeof *c->three,
                            sizeof *c->rest,   sizeof *c->unit, sizeof *c->length, sizeof *c->before};
    for (int i = 0; i < 9; i++) {
        void *grown = realloc(*array[i], room * size[i]);
        if (grown == NULL) return JM_MEMORY;
        *array[i] = grown;
    }
    c->room = (uint32_t)room;
    return 0;
}

/* Return the unit of the letters from `from` to `to` of a block, or 0. */
uint32_t jm_find(const jm_cutter *c, uint32_t from, uint32_t to) {
    uint32_t at = 0;
    for (; from < to; from++)
        if ((at = jm_child(c->dictionary, at, c->code[from])) == 0) return 0;
    return at;
}

/* Number of a word of which `unit` says where it ends in the trie, 0 if nowhere. */
static int64_t number_of(jm_cutter *c, uint32_t unit, const uint8_t *word, uint64_t size) {
    uint32_t number = unit ? c->dictionary->number[unit] : JM_NONE;
    if (number < c->dictionary->words) return number;
    int64_t other = jm_others_number(&c->others, word, size);
    return other < 0 ? other : other + c->dictionary->words;
}

/* Number of a word of one character. */
static int64_t number_of_letter(jm_cutter *c, uint32_t letter, const uint8_t *word, uint64_t size) {
    if (letter < JM_SINGLES && c->single[letter] != JM_NONE) return c->single[letter];
    int64_t number = number_of(c, jm_child(c->dictionary, 0, jm_code(c->dictionary, letter)), word, size);
    if (number >= 0 && letter < JM_SINGLES && letter != 0xFFFD) c->single[letter] = (uint32_t)number;
    return number;
}

/* Write down a word that is met for the first time, or that no dictionary has. */
int64_t jm_emit_new(jm_cutter *c, uint32_t from, uint32_t to, uint32_t unit) {
    if (c->out_count >= c->out_room) return JM_ROOM;
    const uint8_t *word = c->text + c->at[from];
    uint64_t size = c->at[to] - c->at[from];
    int64_t number = to - from == 1 ? number_of_letter(c, c->letter[from], word, size) : number_of(c, unit, word, size);
    if (number < 0) return number;
    c->out_number[c->out_count] = (uint32_t)number;
    c->out_end[c->out_count++] = c->done + to;
    return 0;
}

/* Read the stretch that begins at byte `at`, and return where it ends. */
static int64_t read_stretch(jm_cutter *c, uint64_t at, uint64_t size) {
    const uint8_t *text = c->text;
    uint32_t letter, length, letters = 0;
    for (; at < size; at += length) {
        if (letters + JM_BEYOND >= c->room) {
            int64_t failed = make_room(c);
            if (failed) return failed;
        }
        length = jm_decode(text + at, size - at, &letter);
        int inside = letter - 0x4E00 <= 0x9FFF - 0x4E00 || is_in_block(letter);
        c->letter[letters] = letter;
        c->at[letters] = (uint32_t)at;
        c->code[letters] = inside ? (uint16_t)jm_code(c->dictionary, letter) : 0;
        c->length[letters++] = (uint8_t)inside;
        if (letters >= JM_STRETCH && !inside && letter != '\r') {
            at += length;
            break;
        }
    }
    c->letters = letters;
    c->at[letters] = (uint32_t)at;
    memset(c->code + letters, 0, (JM_BEYOND - 1) * sizeof *c->code);
    return (int64_t)at;
}

/* Cut a text, and return how many words it has.
 *
 * `number` and `end` get the number of each word and the character at which it ends; `room` words must be enough: a
 * text has at most as many words as characters.
 */
int64_t jm_cut(jm_cutter *c, const uint8_t *text, uint64_t size, uint32_t *number, uint32_t *end, uint64_t room) {
    if (size > INT32_MAX) return JM_INPUT;
    c->text = text, c->out_number = number, c->out_end = end, c->out_count = 0, c->out_room = room, c->done = 0;
    for (uint64_t at = 0; at < size;) {
        int64_t stop = read_stretch(c, at, size);
        if (stop < 0) return stop;
        int64_t failed = jm_cut_stretch(c);
        if (failed) return failed;
        c->done += c->letters;
        at = (uint64_t)stop;
    }
    return (int64_t)c->out_count;
}

/* Return the unit at which a word ends, or 0; its last letter and their number are told beside. */
static uint32_t walk(const jm_dictionary *d, const uint8_t *word, uint64_t size, uint32_t *letter, uint32_t *letters) {
    uint32_t unit = 0;
    *letters = 0;
    for (uint64_t at = 0; at < size; ++*letters) {
        at += jm_decode(word + at, size - at, letter);
        if (*letters == 0 || unit) unit = jm_child(d, unit, jm_code(d, *letter));
    }
    return unit;
}

/* Return the number of a word, however it came about. */
int64_t jm_number(jm_cutter *c, const uint8_t *word, uint64_t size) {
    uint32_t letter = 0, letters, unit = walk(c->dictionary, word, size, &letter, &letters);
    return letters == 1 ? number_of_letter(c, letter, word, size) : number_of(c, unit, word, size);
}

/* Return the number of what stands in the dictionary or has a background idf; JM_NONE if there is none. */
uint32_t jm_entry(const jm_dictionary *d, const uint8_t *word, uint64_t size) {
    uint32_t letter, letters, unit = walk(d, word, size, &letter, &letters);
    return unit && d->number[unit] < d->words ? d->number[unit] : JM_NONE;
}

/* Return the number of a word of the dictionary; JM_UNKNOWN if it is none. */
int64_t jm_look_up(const jm_dictionary *d, const uint8_t *word, uint64_t size) {
    uint32_t letter, letters, unit = walk(d, word, size, &letter, &letters);
    if (unit == 0 || !jm_is_word(d, unit) || d->number[unit] >= d->words) return JM_UNKNOWN;
    return d->number[unit];
}

/* Return the bytes of the word behind a number; nothing where there is no such word. */
const uint8_t *jm_name(const jm_cutter *c, uint32_t number, uint64_t *size) {
    const jm_dictionary *d = c->dictionary;
    uint32_t other = number - d->words;
    *size = 0;
    if (number < d->words) {
        uint64_t start = number ? d->end[number - 1] : 0, end = d->end[number];
        if (start > end || end > d->text_size) return d->text; /* the image is damaged */
        return *size = end - start, d->text + start;
    }
    if (other >= c->others.count) return d->text;
    uint64_t start = jm_others_start(&c->others, other);
    return *size = c->others.end[other] - start, c->others.bytes + start;
}

/* Write the words behind numbers end to end, the character at which each ends into `end`, and return their bytes.
 *
 * If they take more than `room`, or `text` is NULL, only the size is told.
 */
int64_t jm_names(const jm_cutter *c, const uint32_t *number, uint64_t count, uint8_t *text, uint64_t room,
                 uint32_t *end) {
    uint64_t size = 0, length;
    uint32_t letters = 0;
    for (uint64_t i = 0; i < count; i++) {
        const uint8_t *from = jm_name(c, number[i], &length);
        if (text != NULL && size + length <= room && length) {
            memcpy(text + size, from, length);
            for (uint64_t k = 0; k < length; k++) letters += (from[k] & 0xC0) != 0x80;
            end[i] = letters;
        }
        size += length;
        if (size > INT32_MAX) return JM_INPUT;
        if (text != NULL && size <= room) end[i] = letters;
    }
    return (int64_t)size;
}
