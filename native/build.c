/* Building the image of a dictionary: the codes of characters, the list of weights, and everything in one block. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "build.h"
#include "image.h"

enum { CODE_POINTS = 0x110000 };

/* Tell whether bytes are UTF-8 as it should be, so that different bytes are different characters. */
static int is_utf8(const uint8_t *text, uint32_t size) {
    static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
    uint32_t letter, length;
    for (uint32_t at = 0; at < size; at += length) {
        length = jm_decode(text + at, size - at, &letter);
        if (letter < least[length] || letter >= CODE_POINTS || (length == 1 && text[at] >= 0x80)) return 0;
    }
    return 1;
}

/* Words must be sorted, different and not empty: the trie is read off from their order. */
static int is_usable(const jm_source *source) {
    for (uint32_t i = 0; i < source->words; i++) {
        if (source->ends[i] <= jm_start_of(source, i)) return 0;
        if (!is_utf8(source->text + jm_start_of(source, i), jm_size_of(source, i))) return 0;
        if (i == 0) continue;
        uint32_t one = jm_size_of(source, i - 1), two = jm_size_of(source, i);
        int order = memcmp(source->text + jm_start_of(source, i - 1), source->text + jm_start_of(source, i),
                           one < two ? one : two);
        if (order > 0 || (order == 0 && one >= two)) return 0;
    }
    return 1;
}

typedef struct {
    double times;
    uint32_t letter;
} usage;

static int by_times(const void *left, const void *right) {
    const usage *one = left, *two = right;
    if (one->times != two->times) return one->times < two->times ? 1 : -1;
    return one->letter < two->letter ? -1 : one->letter > two->letter;
}

/* Give the commonest characters the smallest codes: children then lie close together. */
static int64_t give_codes(jm_builder *b) {
    usage *used = calloc(CODE_POINTS, sizeof *used);
    if (used == NULL) return JM_MEMORY;
    uint32_t letter, total = b->source->words ? b->source->ends[b->source->words - 1] : 0;
    for (uint32_t i = 0; i < CODE_POINTS; i++) used[i].letter = i;
    for (uint32_t at = 0, word = 0; at < total;) {
        while (b->source->ends[word] <= at) word++;
        at += jm_decode(b->source->text + at, total - at, &letter);
        used[letter].times += jm_share_of(b->source, word);
        if (letter >= b->code_points) b->code_points = letter + 1;
    }
    qsort(used, b->code_points, sizeof *used, by_times);
    while (b->codes < b->code_points && used[b->codes].times > 0) b->codes++;
    int64_t result = b->codes >= JM_FREE ? JM_INPUT : 0;
    b->code = calloc((size_t)b->code_points + 1, sizeof *b->code);
    b->child_code = calloc((size_t)b->codes + 1, sizeof *b->child_code);
    b->child_low = calloc((size_t)b->codes + 2, sizeof *b->child_low);
    if (b->code == NULL || b->child_code == NULL || b->child_low == NULL) result = JM_MEMORY;
    for (uint32_t i = 0; result == 0 && i < b->codes; i++) b->code[used[i].letter] = (uint16_t)(i + 1);
    free(used);
    return result;
}

static int by_size(const void *left, const void *right) {
    double one = *(const double *)left, two = *(const double *)right;
    return one < two ? -1 : one > two;
}

/* List the different weights of the words. */
static int64_t list_weights(jm_builder *b) {
    const jm_source *source = b->source;
    b->weight = malloc(((size_t)source->words + 1) * sizeof *b->weight);
    if (b->weight == NULL) return JM_MEMORY;
    double *found = b->weight + 1;
    uint32_t count = 0;
    for (uint32_t i = 0; i < source->words; i++)
        if (source->weight[i] <= 0) found[count++] = source->weight[i];
    qsort(found, count, sizeof *found, by_size);
    uint32_t different = 0;
    for (uint32_t i = 0; i < count; i++)
        if (different == 0 || found[different - 1] != found[i]) found[different++] = found[i];
    b->weight[0] = 1.0;
    b->weights = different + 1;
    return different < UINT16_MAX ? 0 : JM_INPUT;
}

uint16_t jm_weight_index(const jm_builder *b, double weight) {
    const double *found = bsearch(&weight, b->weight + 1, b->weights - 1, sizeof weight, by_size);
    return found == NULL ? 0 : (uint16_t)(found - b->weight);
}

static uint64_t lay(jm_head *head, int section, uint64_t items, uint64_t item_size) {
    head->offset[section] = head->size;
    head->size += (items * item_size + 7) / 8 * 8;
    return head->offset[section];
}

/* Lay everything out in one block. */
static int64_t write_image(const jm_builder *b, uint8_t **image) {
    const jm_source *source = b->source;
    const uint32_t letters = JM_HMM_LAST - JM_HMM_FIRST + 1;
    const uint32_t text_size = source->words ? source->ends[source->words - 1] : 0;
    jm_head head = {JM_MAGIC, 0, sizeof head, JM_ABI, b->used, b->weights, source->words, text_size, b->code_points,
                    source->hmm_rows, source->note_size, source->alone, {0}, {0}, {0}};
    memcpy(head.hmm_start, source->hmm_start, sizeof head.hmm_start);
    memcpy(head.hmm_change, source->hmm_change, sizeof head.hmm_change);
    lay(&head, JM_UNITS, b->used, sizeof(jm_unit));
    lay(&head, JM_NUMBERS, b->used, sizeof(uint32_t));
    lay(&head, JM_WEIGHTS, b->weights, sizeof(double));
    lay(&head, JM_CODES, b->code_points, sizeof(uint16_t));
    lay(&head, JM_TEXT, text_size, 1);
    lay(&head, JM_ENDS, source->words, sizeof(uint32_t));
    lay(&head, JM_IDFS, source->words, sizeof(double));
    lay(&head, JM_TAGS, source->words, sizeof(uint8_t));
    lay(&head, JM_HMM_ROWS, letters, sizeof(uint16_t));
    lay(&head, JM_HMM_EMITS, source->hmm_rows, 4 * sizeof(double));
    lay(&head, JM_NOTE, source->note_size, 1);
    uint8_t *made = calloc(1, head.size);
    if (made == NULL) return JM_MEMORY;
    memcpy(made + head.offset[JM_UNITS], b->unit, b->used * sizeof(jm_unit));
    memcpy(made + head.offset[JM_NUMBERS], b->number, b->used * sizeof(uint32_t));
    memcpy(made + head.offset[JM_WEIGHTS], b->weight, b->weights * sizeof(double));
    memcpy(made + head.offset[JM_CODES], b->code, b->code_points * sizeof(uint16_t));
    if (source->words) {
        memcpy(made + head.offset[JM_TEXT], source->text, text_size);
        memcpy(made + head.offset[JM_ENDS], source->ends, source->words * sizeof(uint32_t));
        memcpy(made + head.offset[JM_IDFS], source->idf, source->words * sizeof(double));
        memcpy(made + head.offset[JM_TAGS], source->tag, source->words);
    }
    uint16_t *row = (uint16_t *)(made + head.offset[JM_HMM_ROWS]);
    for (uint32_t i = 0; i < letters; i++) row[i] = JM_HMM_NONE;
    for (uint32_t i = 0; i < source->hmm_rows; i++)
        if (source->hmm_char[i] >= JM_HMM_FIRST && source->hmm_char[i] <= JM_HMM_LAST)
            row[source->hmm_char[i] - JM_HMM_FIRST] = (uint16_t)i;
    if (source->hmm_rows)
        memcpy(made + head.offset[JM_HMM_EMITS], source->hmm_emit, source->hmm_rows * 4 * sizeof(double));
    if (source->note_size) memcpy(made + head.offset[JM_NOTE], source->note, source->note_size);
    memcpy(made, &head, sizeof head);
    head.checksum = jm_checksum(made, head.size);
    memcpy(made, &head, sizeof head);
    *image = made;
    return (int64_t)head.size;
}

/* Build an image and return its size in bytes; it is given back with `jm_release`. */
int64_t jm_build(const jm_source *source, uint8_t **image) {
    if (source == NULL || image == NULL || source->hmm_rows >= JM_HMM_NONE || !is_usable(source)) return JM_INPUT;
    jm_builder b = {.source = source};
    int64_t result = list_weights(&b);
    if (result == 0) result = give_codes(&b);
    if (result == 0) result = jm_build_trie(&b);
    if (result == 0) result = write_image(&b, image);
    free(b.code), free(b.child_code), free(b.child_low), free(b.is_base), free(b.weight);
    free(b.unit), free(b.number), free(b.next_free), free(b.tasks);
    return result;
}

void jm_release(uint8_t *image) { free(image); }
