/* Fuzzing of the segmenter core: random dictionaries, random text, images with flipped bits and a right checksum,
 * and records of random words to be ranked.
 *
 * To be compiled with AddressSanitizer and UndefinedBehaviorSanitizer: `make fuzz-core EXECUTIONS=50000000`, or, with a
 * clang that has libFuzzer, `make fuzz-guided`.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../native/image.h"
#include "fuzz.h"

enum { WORDS = 64, TEXT = 160 };
/* A dictionary takes as long as some thousand texts, and an image as long as ten: each serves several times. */
enum { LOTS = 12, VARIANTS = 12, WHOLE_TEXTS = 96, DAMAGED_TEXTS = 12, RANKED = 16, READ = 96 };
/* What is counted: inputs that were made at random and handed to the core. */
enum { DICTIONARIES, IMAGES, TEXTS, PIECES, COUNTS, CHOICES, ARRAYS, RANKINGS, LINES, PARTS };

static const char *const part_name[PARTS] = {"dictionaries built",      "images opened or refused", "texts cut",
                                             "texts cut in pieces",     "records counted",          "keywords chosen",
                                             "arrays of words written", "records ranked",
                                             "lines of records read"};
static uint64_t state, done[PARTS];

static const uint8_t *given; /* what a guided fuzzer wants to be drawn first */
static size_t given_size;

uint32_t below(uint32_t limit) {
    if (given_size >= 2) {
        uint32_t drawn = (uint32_t)given[0] << 8 | given[1];
        given += 2, given_size -= 2;
        return drawn % limit;
    }
    state ^= state << 13, state ^= state >> 7, state ^= state << 17;
    return (uint32_t)(state >> 16) % limit;
}

/* Write a character of some kind, or half of one. */
static uint32_t letter(uint8_t *text, int whole) {
    static const char *known[] = {"a", "Z", "9", ".", "-", "_", "%", "#", "\r", "\n", " ", "江", "门", "日", "报", "年", "月", "号", "时",
                                  "点", "分", "秒", ",", ":", "/", "：", "‰", "1", "5", "www.", "://",
                                  "的", "一", "龘", "乾", "著", "於", "名", "隆", "憑", "藉", "號", "時", "&", "@", "<", "，", "。", "㐀", "豈", "𠀀", "é", "B", "\xE3\x80\x80", "👍", "鿖"};
    if (!whole && below(12) == 0) return text[0] = (uint8_t)below(256), 1;
    const char *chosen = known[below(sizeof known / sizeof *known)];
    uint32_t size = (uint32_t)strlen(chosen);
    memcpy(text, chosen, size);
    return !whole && below(40) == 0 ? 1 + below(size) : size;
}

static int by_number(const void *left, const void *right) {
    uint32_t one = *(const uint32_t *)left, two = *(const uint32_t *)right;
    return one < two ? -1 : one > two;
}

static int by_bytes(const void *left, const void *right) { return strcmp(left, right); }

static int64_t build(uint8_t **image) {
    char words[WORDS][32];
    uint8_t text[WORDS * 32], tag[WORDS];
    int astral = below(8) == 0; /* makes the table of characters, and so the image, several times as large */
    uint32_t ends[WORDS], count = 0, size = 0, hmm_char[3] = {0x6C5F, 0x95E8, 0x9FD5};
    double weight[WORDS], idf[WORDS], emit[12], start[4] = {-1, -2, -3, -1}, change[16];
    for (int i = 0; i < WORDS; i++) {
        uint32_t length = 0;
        for (uint32_t n = 1 + below(5); n > 0; n--) length += letter((uint8_t *)words[i] + length, 1);
        words[i][length] = 0;
    }
    for (int i = 0; i < 12; i++) emit[i] = -(double)below(9);
    for (int i = 0; i < 16; i++) change[i] = -(double)below(9);
    qsort(words, WORDS, sizeof *words, by_bytes);
    uint32_t used = below(WORDS + 1);
    for (uint32_t i = 0; i < used; i++) {
        if (i > 0 && strcmp(words[i], words[i - 1]) == 0) continue;
        if (!astral && strchr(words[i], 0xF0)) continue;
        uint32_t length = (uint32_t)strlen(words[i]);
        memcpy(text + size, words[i], length);
        ends[count] = size += length;
        weight[count] = below(8) ? -(double)below(20) : 1.0;
        idf[count] = below(12), tag[count++] = (uint8_t)below(4);
    }
    jm_source source = {text, ends, weight, idf, tag, count, 3, -20.0, hmm_char, emit, start, change, tag, 2};
    return jm_build(&source, image);
}

/* Say which characters become which: now and then nonsense. */
static const uint16_t *forms(void) {
    static uint16_t form[1 << 16];
    static const char *known[] = {"江", "门", "日", "报", "乾", "著", "於", "é", "豈"};
    for (int i = 0; i < 3; i++) {
        uint32_t letter, other;
        const char *one = known[below(9)], *two = known[below(9)];
        jm_decode((const uint8_t *)one, strlen(one), &letter);
        jm_decode((const uint8_t *)two, strlen(two), &other);
        form[letter] = (uint16_t)(below(3) ? other : below(1 << 16));
    }
    return form;
}

/* Give the same text in pieces, whose ends are sometimes nonsense. */
static void many(jm_dictionary *dictionary, jm_cutter *cutter, const uint8_t *text, uint32_t size) {
    uint32_t ends[4], number[TEXT], end[TEXT], count[4];
    static uint8_t kind[1 << 16];
    for (int i = 0; i < 4; i++) ends[i] = below(size + 1);
    if (below(8)) qsort(ends, 4, sizeof *ends, by_number);
    if (below(200) == 0) memset(kind, below(4) ? 0 : (int)below(256), sizeof kind);
    for (int i = 0; i < 8; i++) kind[i < 4 ? below(128) : below(1 << 16)] = (uint8_t)below(9);
    memset(&kind['0'], JM_FIGURE, below(11));
    jm_cut_many(cutter, text, size, ends, 4, number, end, below(9) ? TEXT : below(9), count);
    jm_look_up_many(dictionary, text, size, ends, 4, number);
    jm_number_many(cutter, text, size, ends, 4, number);
    uint64_t longest = below(9) ? size : below(size + 1);
    uint8_t *memory = malloc(longest ? 2 * longest : 1);
    jm_whole whole = {kind, forms(), memory, longest};
    jm_cut_whole(cutter, text, size, ends, 4, &whole, number, end, below(9) ? TEXT : below(9), count);
    free(memory);
}

/* Count, sort and print the words; now and then the sizes are nonsense. */
static void count_words(jm_cutter *cutter, const uint32_t *number, uint32_t words) {
    static jm_slot slot[512];
    uint32_t found[TEXT], place[TEXT], freq[TEXT], docfreq[TEXT], tail[TEXT], ends[2] = {1, 1 + below(3)};
    uint32_t count[2] = {words / 2, words - words / 2 + (below(9) == 0)};
    uint32_t numbers = below(9) ? 512 : below(512);
    int64_t size = jm_tally(number, words, count, 2, slot, numbers, found, freq, docfreq);
    for (int i = 0; i < 512; i++)
        if (slot[i].freq || slot[i].docfreq || slot[i].last) abort();
    if (size < 0) return;
    uint64_t scripts[2];
    jm_count_scripts(cutter, found, (uint64_t)size, forms(), scripts);
    if (jm_odd_words(cutter, found, (uint64_t)size, place) > size) abort();
    if (jm_sort_words(cutter, found, (uint64_t)size)) abort();
    for (int64_t i = 0; i < size; i++) tail[i] = below(8) ? below(2) : below(9);
    uint64_t room = below(4) ? 8 * TEXT + (uint64_t)size * 12 : below(TEXT);
    uint8_t *out = malloc(room ? room : 1);
    jm_word_lines(cutter, found, tail, (uint64_t)size, (const uint8_t *)"{", 1, (const uint8_t *)"}\n,", ends, 2, out, room);
    free(out);
}

/* Choose and print keywords among random terms of two records. */
static void choose(const jm_cutter *cutter, const uint32_t *number, uint32_t words) {
    static const double scores[] = {0.5, 0.25, 0.1234565, 12.34567, 1e-9, 0, -1, 1e300, 0.0000123};
    static const uint32_t ends_of_words[] = {6, 9};
    static const jm_sorted list = {(const uint8_t *)"江门的", ends_of_words, 2};
    jm_choice choice = {list, list, list, list, 1 + below(6), below(2), below(2)};
    uint32_t count[2] = {words / 2, words - words / 2 + (below(30) == 0)}, found[2] = {below(8), below(8)}, rows = 0;
    jm_row row[16];
    int64_t df[512];
    uint64_t ends[2];
    for (int i = 0; i < 512; i++) df[i] = below(9) - 1;
    for (int record = 0; record < 2; record++)
        for (uint32_t i = 0; i < found[record]; i++) {
            uint32_t first = count[record] ? below(count[record]) : 0, left = count[record] - first;
            row[rows++] = (jm_row){scores[below(40) ? below(6) : below(9)], first, left ? 1 + below(left < 5 ? left : 5) : 0,
                                   1 + below(3), below(3) == 0};
        }
    if (below(60) == 0 && rows) row[below(rows)].words = below(UINT32_MAX);
    jm_row *exact = malloc((rows ? rows : 1) * sizeof *exact);
    memcpy(exact, row, rows * sizeof *exact);
    int64_t chosen = jm_choose(cutter, &choice, number, words, count, 2, exact, rows, found);
    if (chosen >= 0) {
        uint64_t room = below(3) ? 4096 : below(400);
        uint8_t *out = malloc(room ? room : 1);
        jm_write_keywords(cutter, number, words, count, 2, exact, (uint64_t)chosen, found, df, below(9) ? 512 : below(512), out, room,
                          ends);
        free(out);
    }
    free(exact);
}

/* Write the words as JSON, into memory that is just as large as it must be. */
static void write_out(const uint8_t *text, uint32_t size, const uint32_t *number, const uint32_t *end, uint64_t count) {
    uint32_t longer[3] = {below(4), below(4), below(4)};
    uint64_t room = 6 * (uint64_t)size + 3 * count + 2;
    uint8_t *out = malloc(room);
    uint32_t mark = count && below(2) ? number[below((uint32_t)count)] : JM_NONE;
    int64_t written = jm_write(text, size, number, end, count, mark, longer, 3, out, room);
    if (written > (int64_t)room || jm_write(text, size, number, end, count, mark, longer, 3, out, room - 1) >= 0) abort();
    free(out);
}

static void cut(jm_dictionary *dictionary, uint32_t texts) {
    uint8_t text[TEXT], names[4096];
    uint32_t number[TEXT], end[TEXT], name_end[TEXT];
    jm_cutter *cutter = jm_cutter_new(dictionary);
    if (cutter == NULL) abort();
    for (uint32_t round = 0; round < texts; round++) {
        uint32_t size = 0, limit = below(TEXT - 8);
        while (size < limit) size += letter(text + size, 0);
        uint8_t *exact = malloc(size + 1); /* a byte too far is found only where memory ends */
        memcpy(exact, text, size);
        exact = realloc(exact, size ? size : 1);
        int64_t count = jm_cut(cutter, exact, size, number, end, below(20) ? TEXT : below(9));
        if (count >= 0) {
            int64_t bytes = jm_names(cutter, number, (uint64_t)count, names, sizeof names, name_end);
            if (bytes < 0) abort();
        }
        jm_number(cutter, exact, size), jm_look_up(dictionary, exact, size);
        done[TEXTS]++, done[PIECES]++;
        if (count >= 0) done[COUNTS]++, done[CHOICES]++, done[ARRAYS]++;
        many(dictionary, cutter, exact, size);
        if (count >= 0) write_out(exact, size, number, end, (uint64_t)count);
        if (count >= 0) count_words(cutter, number, (uint32_t)count), choose(cutter, number, (uint32_t)count);
        free(exact);
        if (below(9) == 0) jm_forget(cutter);
    }
    jm_cutter_free(cutter);
}

/* Flip bits behind the head's magic number, and make the checksum right again. */
static void damage(uint8_t *image, uint64_t size) {
    for (uint32_t n = 1 + below(6); n > 0; n--) {
        uint64_t place = below(2) ? below(sizeof(jm_head)) : below((uint32_t)size);
        if (place >= JM_CHECKED_FROM) image[place] ^= (uint8_t)(1u << below(8));
    }
    uint64_t sum = jm_checksum(image, size);
    memcpy(image + 8, &sum, sizeof sum);
}

/* Open an image and cut texts with it; return whether it could be opened. */
static int try_image(const uint8_t *image, uint64_t size, uint32_t texts) {
    jm_dictionary *dictionary = NULL;
    done[IMAGES]++;
    if (jm_open(image, size, &dictionary) != 0) return 0;
    cut(dictionary, texts);
    jm_close(dictionary);
    return 1;
}

/* Build a dictionary, use it as it is and with more and more damage, several times from the start. */
static void try_dictionary(void) {
    uint8_t *image = NULL;
    int64_t size = build(&image);
    if (size <= 0) abort();
    done[DICTIONARIES]++;
    for (int lot = 0; lot < LOTS; lot++) {
        if (!try_image(image, (uint64_t)size, WHOLE_TEXTS)) abort();
        uint8_t *damaged = aligned_alloc(8, (size_t)(size + 7) / 8 * 8);
        memcpy(damaged, image, (size_t)size);
        for (int variant = 1; variant < VARIANTS; variant++) {
            damage(damaged, (uint64_t)size);
            try_image(damaged, (uint64_t)size, DAMAGED_TEXTS);
        }
        free(damaged);
        for (int i = 0; i < RANKED; i++) done[RANKINGS] += fuzz_rank();
        for (int i = 0; i < READ; i++) done[LINES] += fuzz_lines();
    }
    jm_release(image);
}

#ifdef JM_GUIDED

enum { POOL = 16 };

/* Let a fuzzer that sees which code runs decide what is drawn: the dictionary, its damage, the texts. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static uint8_t *pool[POOL];
    static int64_t pool_size[POOL];
    state = UINT64_C(0x9E3779B97F4A7C15), given_size = 0;
    for (int i = 0; i < POOL && pool[POOL - 1] == NULL; i++) pool_size[i] = build(&pool[i]);
    given = data, given_size = size;
    uint32_t which = below(POOL), flips = below(3);
    if (below(4) == 0) fuzz_rank();
    if (below(4) == 0) fuzz_lines();
    if (flips == 0) return try_image(pool[which], (uint64_t)pool_size[which], 2), 0;
    uint8_t *damaged = aligned_alloc(8, (size_t)(pool_size[which] + 7) / 8 * 8);
    memcpy(damaged, pool[which], (size_t)pool_size[which]);
    while (flips--) damage(damaged, (uint64_t)pool_size[which]);
    try_image(damaged, (uint64_t)pool_size[which], 2);
    free(damaged);
    return 0;
}

#else

int main(int arguments, char **argument) {
    uint64_t executions = arguments > 1 ? strtoull(argument[1], NULL, 10) : 100000, total = 0;
    state = (arguments > 2 ? strtoull(argument[2], NULL, 10) : 1) * UINT64_C(0x9E3779B97F4A7C15) | 1;
    while (total < executions) {
        try_dictionary();
        total = 0;
        for (int part = 0; part < PARTS; part++) total += done[part];
    }
    for (int part = 0; part < PARTS; part++) printf("%s %llu\n", part_name[part], (unsigned long long)done[part]);
    printf("%llu executions, no finding\n", (unsigned long long)total);
    return 0;
}

#endif
