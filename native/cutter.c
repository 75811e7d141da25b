/* A cutter: reads text block by block, and gives every word its number. */
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
    free(c->single), free(c->letter), free(c->at), free(c->code), free(c->rest), free(c->unit);
    free(c->length), free(c->before), free(c);
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
    if (c->letters + 1 < c->room) return 0;
    if (c->room > 1u << 30) return JM_MEMORY;
    size_t room = c->room ? 2 * (size_t)c->room : 1 << 10;
    void **array[7] = {(void **)&c->letter, (void **)&c->at,     (void **)&c->code,  (void **)&c->rest,
                       (void **)&c->unit,   (void **)&c->length, (void **)&c->before};
    const size_t size[7] = {sizeof *c->letter, sizeof *c->at,     sizeof *c->code,  sizeof *c->rest,
                            sizeof *c->unit,   sizeof *c->length, sizeof *c->before};
    for (int i = 0; i < 7; i++) {
        void *grown = realloc(*array[i], room * size[i]);
        if (grown == NULL) return JM_MEMORY;
        *array[i] = grown;
    }
    c->room = (uint32_t)room;
    return 0;
}

/* Return the unit of the letters from `from` to `to` of the block, or 0. */
uint32_t jm_find(const jm_cutter *c, uint32_t from, uint32_t to) {
    uint32_t at = 0;
    for (; from < to; from++)
        if ((at = jm_child(c->dictionary, at, c->code[from])) == 0) return 0;
    return at;
}

/* Number of a word of which `unit` says where it ends in the trie, 0 if nowhere. */
static int64_t number_of(jm_cutter *c, uint32_t unit, uint32_t letter, const uint8_t *word, uint64_t size, int one) {
    if (unit) {
        uint32_t number = c->dictionary->number[unit];
        if (number < c->dictionary->words) return number;
    }
    int is_single = one && letter < JM_SINGLES;
    if (is_single && c->single[letter] != JM_NONE) return c->single[letter];
    int64_t number = jm_others_number(&c->others, word, size);
    if (number < 0) return number;
    number += c->dictionary->words;
    if (is_single) c->single[letter] = (uint32_t)number;
    return number;
}

/* Write down a word of some letters that stands in the text from byte `start` on. */
static int64_t put(jm_cutter *c, uint32_t unit, uint32_t letter, uint64_t start, uint64_t size, uint32_t letters) {
    if (c->out_count >= c->out_room) return JM_ROOM;
    int64_t number = number_of(c, unit, letter, c->text + start, size, letters == 1);
    if (number < 0) return number;
    c->done += letters;
    c->out_number[c->out_count] = (uint32_t)number;
    c->out_end[c->out_count++] = c->done;
    return 0;
}

int64_t jm_emit(jm_cutter *c, uint32_t from, uint32_t to, uint32_t unit) {
    return put(c, unit, c->letter[from], c->at[from], c->at[to] - c->at[from], to - from);
}

/* Read the block that begins at `start`, and return where it ends. */
static int64_t read_block(jm_cutter *c, uint64_t start, uint64_t size) {
    uint64_t at = start;
    uint32_t letter, length;
    for (c->letters = 0; at < size; at += length) {
        length = jm_decode(c->text + at, size - at, &letter);
        if (!is_in_block(letter)) break;
        int64_t failed = make_room(c);
        if (failed) return failed;
        c->letter[c->letters] = letter;
        c->at[c->letters] = (uint32_t)at;
        c->code[c->letters++] = (uint16_t)jm_code(c->dictionary, letter);
    }
    if (c->letters) c->at[c->letters] = (uint32_t)at;
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
        int64_t stop = read_block(c, at, size);
        if (stop < 0) return stop;
        int64_t failed = c->letters ? jm_cut_block(c) : 0;
        if (failed) return failed;
        at = (uint64_t)stop;
        if (at >= size) break;
        uint32_t letter, length = jm_decode(text + at, size - at, &letter);
        int is_line_end = letter == '\r' && at + 1 < size && text[at + 1] == '\n';
        uint32_t unit = jm_child(c->dictionary, 0, jm_code(c->dictionary, letter));
        if (is_line_end) length = 2, unit = 0;
        failed = put(c, unit, letter, at, length, is_line_end ? 2 : 1);
        if (failed) return failed;
        at += length;
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
    return number_of(c, unit, letter, word, size, letters == 1);
}

/* Return the number of a word of the dictionary; JM_UNKNOWN if it is none. */
int64_t jm_look_up(const jm_dictionary *d, const uint8_t *word, uint64_t size) {
    uint32_t letter, letters, unit = walk(d, word, size, &letter, &letters);
    if (unit == 0 || d->unit[unit].weight > 0 || d->number[unit] >= d->words) return JM_UNKNOWN;
    return d->number[unit];
}

static uint32_t encode(uint32_t letter, uint8_t *text) {
    if (letter < 0x80) return text[0] = (uint8_t)letter, 1;
    if (letter < 0x800) return text[0] = (uint8_t)(0xC0 | letter >> 6), text[1] = (uint8_t)(0x80 | (letter & 63)), 2;
    uint32_t length = letter < 0x10000 ? 3 : 4;
    text[0] = (uint8_t)(length == 3 ? 0xE0 | letter >> 12 : 0xF0 | letter >> 18);
    for (uint32_t i = 1; i < length; i++) text[i] = (uint8_t)(0x80 | (letter >> 6 * (length - 1 - i) & 63));
    return length;
}

/* Write the word that ends at a unit into the last bytes of `text`, and return its size: from its end to its root. */
static uint64_t spell(const jm_dictionary *d, uint32_t unit, uint8_t text[4 * JM_LONGEST]) {
    uint64_t begin = 4 * JM_LONGEST;
    for (int i = 0; i < JM_LONGEST && unit && unit < d->units; i++) {
        uint32_t parent = d->unit[unit].check;
        uint32_t code = parent < d->units ? unit - d->unit[parent].base : 0;
        uint8_t bytes[4];
        uint32_t length = encode(code <= d->codes ? d->letter[code] & 0x1FFFFF : 0xFFFD, bytes);
        begin -= length;
        memcpy(text + begin, bytes, length);
        unit = parent;
    }
    return 4 * JM_LONGEST - begin;
}

/* Write the words behind numbers end to end, where each ends into `end`, and return the bytes that they take.
 *
 * If they take more than `room`, or `text` is NULL, only the size is told.
 */
int64_t jm_names(const jm_cutter *c, const uint32_t *number, uint64_t count, uint8_t *text, uint64_t room,
                 uint32_t *end) {
    uint8_t word[4 * JM_LONGEST];
    uint64_t size = 0;
    for (uint64_t i = 0; i < count; i++) {
        const uint8_t *from = word;
        uint64_t length = 0;
        uint32_t other = number[i] - c->dictionary->words;
        if (number[i] < c->dictionary->words) {
            length = spell(c->dictionary, c->dictionary->place[number[i]], word);
            from = word + sizeof word - length;
        } else if (other < c->others.count) {
            uint64_t start = jm_others_start(&c->others, other);
            from = c->others.bytes + start;
            length = c->others.end[other] - start;
        }
        if (text != NULL && size + length <= room && length) memcpy(text + size, from, length);
        size += length;
        if (size > INT32_MAX) return JM_INPUT;
        if (text != NULL && size <= room) end[i] = (uint32_t)size;
    }
    return (int64_t)size;
}
