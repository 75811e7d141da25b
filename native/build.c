/* Building the image of a dictionary: a double array (Aoe 1989) over code points.
 *
 * It is filled breadth first, and on each level the nodes of the commonest words come first: what common text needs
 * then lies close together.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "image.h"

enum { CODE_POINTS = 0x110000, MOST_UNITS = 1 << 26, TRIES = 1000, KINDS = 12 };

static const double RARE = 1e-12; /* the share of what is no word of the dictionary */

/* A node whose children are still to be placed: words `low` to `high` share their first `depth` bytes. */
typedef struct {
    uint32_t unit, low, high, depth;
    double share; /* how common the words are, taken together */
} task;

typedef struct {
    const jm_source *source;
    uint16_t *code; /* of each code point */
    uint32_t codes, code_points;
    jm_unit *unit;
    uint32_t *number, *next_free; /* of each unit; a free unit knows the next one */
    uint8_t *is_base; /* of each unit: whether some node has it as its base */
    double *weight;   /* every different weight, after one that stands for none */
    uint32_t units, used, weights;
    uint32_t search_from[KINDS]; /* by the number of children, in powers of two */
    task *tasks;
    uint32_t task_count, task_room;
    uint32_t *child_code, *child_low; /* of the node that is placed now */
} builder;

static uint32_t start_of(const jm_source *source, uint32_t word) { return word ? source->ends[word - 1] : 0; }

static uint32_t size_of(const jm_source *source, uint32_t word) {
    return source->ends[word] - start_of(source, word);
}

static uint32_t letter_at(const jm_source *source, uint32_t word, uint32_t depth, uint32_t *letter) {
    return jm_decode(source->text + start_of(source, word) + depth, size_of(source, word) - depth, letter);
}

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
        if (source->ends[i] <= start_of(source, i)) return 0;
        if (!is_utf8(source->text + start_of(source, i), size_of(source, i))) return 0;
        if (i == 0) continue;
        uint32_t one = size_of(source, i - 1), two = size_of(source, i);
        int order = memcmp(source->text + start_of(source, i - 1), source->text + start_of(source, i),
                           one < two ? one : two);
        if (order > 0 || (order == 0 && one >= two)) return 0;
    }
    return 1;
}

/* Return how common a word is. */
static double share_of(const jm_source *source, uint32_t word) {
    return source->weight[word] > 0 ? RARE : exp(source->weight[word]);
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
static int64_t give_codes(builder *b) {
    usage *used = calloc(CODE_POINTS, sizeof *used);
    if (used == NULL) return JM_MEMORY;
    uint32_t letter, total = b->source->words ? b->source->ends[b->source->words - 1] : 0;
    for (uint32_t i = 0; i < CODE_POINTS; i++) used[i].letter = i;
    for (uint32_t at = 0, word = 0; at < total;) {
        while (b->source->ends[word] <= at) word++;
        at += jm_decode(b->source->text + at, total - at, &letter);
        used[letter].times += share_of(b->source, word);
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

/* Make room for units below `wanted`; new ones are free. */
static int64_t grow(builder *b, uint64_t wanted) {
    if (wanted <= b->units) return 0;
    if (wanted > MOST_UNITS) return JM_INPUT;
    uint32_t units = b->units ? b->units : 1 << 16;
    while (units < wanted) units *= 2;
    jm_unit *unit = realloc(b->unit, units * sizeof *unit);
    if (unit != NULL) b->unit = unit;
    uint32_t *number = realloc(b->number, units * sizeof *number);
    if (number != NULL) b->number = number;
    uint32_t *next_free = realloc(b->next_free, units * sizeof *next_free);
    if (next_free != NULL) b->next_free = next_free;
    uint8_t *is_base = realloc(b->is_base, units);
    if (is_base != NULL) b->is_base = is_base;
    if (unit == NULL || number == NULL || next_free == NULL || is_base == NULL) return JM_MEMORY;
    memset(is_base + b->units, 0, units - b->units);
    for (uint32_t i = b->units; i < units; i++) {
        unit[i] = (jm_unit){UINT32_MAX, JM_FREE, 0};
        number[i] = JM_NONE;
        next_free[i] = i + 1;
    }
    b->units = units;
    return 0;
}

/* Return the first free unit from `place` on, shortening the way for the next who asks. */
static uint32_t free_from(builder *b, uint32_t place) {
    uint32_t found = place;
    while (found < b->units && b->unit[found].code != JM_FREE) found = b->next_free[found];
    while (place < found) {
        uint32_t next = b->next_free[place];
        b->next_free[place] = found;
        place = next;
    }
    return found;
}

/* Find where all children of a node can stand: their codes, smallest first, lie in `child_code`. */
static int64_t find_base(builder *b, uint32_t children, uint32_t *base) {
    uint32_t smallest = b->child_code[0], largest = smallest, tries = 0;
    for (uint32_t i = 1; i < children; i++) {
        if (b->child_code[i] < smallest) smallest = b->child_code[i];
        if (b->child_code[i] > largest) largest = b->child_code[i];
    }
    int kind = 0;
    while (children >> (kind + 1) && kind + 1 < KINDS) kind++;
    uint32_t *from = &b->search_from[kind];
    uint32_t place = free_from(b, *from > smallest ? *from : smallest + 1);
    for (;; place = free_from(b, place + 1)) {
        int64_t failed = grow(b, (uint64_t)place + largest - smallest + 2);
        if (failed) return failed;
        uint32_t i = 0;
        *base = place - smallest;
        tries++;
        if (b->is_base[*base]) continue;
        while (i < children && b->unit[*base + b->child_code[i]].code == JM_FREE) i++;
        if (i < children) continue;
        /* Where it took long, later nodes of as many children need not look; those of fewer fill it. */
        if (tries > TRIES) *from = place;
        return 0;
    }
}

static int64_t add_task(builder *b, task todo) {
    if (b->task_count == b->task_room) {
        uint32_t room = b->task_room ? 2 * b->task_room : 1 << 12;
        task *tasks = realloc(b->tasks, room * sizeof *tasks);
        if (tasks == NULL) return JM_MEMORY;
        b->tasks = tasks, b->task_room = room;
    }
    b->tasks[b->task_count++] = todo;
    return 0;
}

static int by_size(const void *left, const void *right) {
    double one = *(const double *)left, two = *(const double *)right;
    return one < two ? -1 : one > two;
}

/* List the different weights of the words. */
static int64_t list_weights(builder *b) {
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

static uint16_t index_of(const builder *b, double weight) {
    const double *found = bsearch(&weight, b->weight + 1, b->weights - 1, sizeof weight, by_size);
    return found == NULL ? 0 : (uint16_t)(found - b->weight);
}

/* Place the children of one node, and note them down as nodes to be placed. */
static int64_t place_children(builder *b, task node) {
    const jm_source *source = b->source;
    if (size_of(source, node.low) == node.depth) { /* the node itself ends a word */
        b->unit[node.unit].weight = index_of(b, source->weight[node.low]);
        b->number[node.unit] = node.low++;
    }
    if (node.low == node.high) return 0;
    uint32_t children = 0, last = JM_NONE, letter, base;
    for (uint32_t word = node.low; word < node.high; word++) {
        letter_at(source, word, node.depth, &letter);
        if (letter == last) continue;
        last = letter;
        b->child_code[children] = b->code[letter];
        b->child_low[children++] = word;
    }
    b->child_low[children] = node.high;
    int64_t failed = 0;
    if (node.unit == 0) { /* the root's children stand at their codes */
        base = 0;
        failed = grow(b, (uint64_t)b->codes + 1);
    } else {
        failed = find_base(b, children, &base);
    }
    if (failed) return failed;
    b->unit[node.unit].base = base, b->is_base[base] = 1;
    for (uint32_t i = 0; i < children && !failed; i++) {
        uint32_t unit = base + b->child_code[i];
        b->unit[unit].code = (uint16_t)b->child_code[i];
        if (unit >= b->used) b->used = unit + 1;
        uint32_t depth = node.depth + letter_at(source, b->child_low[i], node.depth, &letter);
        task child = {unit, b->child_low[i], b->child_low[i + 1], depth, 0.0};
        for (uint32_t word = child.low; word < child.high; word++) child.share += share_of(source, word);
        failed = add_task(b, child);
    }
    return failed;
}

static int by_share(const void *left, const void *right) {
    const task *one = left, *two = right;
    if (one->share != two->share) return one->share < two->share ? 1 : -1;
    return one->low < two->low ? -1 : one->low > two->low;
}

static int64_t build_trie(builder *b) {
    int64_t failed = grow(b, (uint64_t)b->codes + 2);
    if (failed) return failed;
    b->used = 1;
    for (int i = 0; i < KINDS; i++) b->search_from[i] = 1;
    if (b->source->words == 0) return 0;
    failed = add_task(b, (task){0, 0, b->source->words, 0, 1.0});
    for (uint32_t i = 0, level = 0; i < b->task_count && !failed; i++) {
        if (i == level) { /* all nodes of the next level are known */
            level = b->task_count;
            qsort(b->tasks + i, level - i, sizeof *b->tasks, by_share);
        }
        failed = place_children(b, b->tasks[i]);
    }
    return failed;
}

static uint64_t lay(jm_head *head, int section, uint64_t items, uint64_t item_size) {
    head->offset[section] = head->size;
    head->size += (items * item_size + 7) / 8 * 8;
    return head->offset[section];
}

/* Lay everything out in one block. */
static int64_t write_image(const builder *b, uint8_t **image) {
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
    builder b = {.source = source};
    int64_t result = list_weights(&b);
    if (result == 0) result = give_codes(&b);
    if (result == 0) result = build_trie(&b);
    if (result == 0) result = write_image(&b, image);
    free(b.code), free(b.child_code), free(b.child_low), free(b.is_base), free(b.weight);
    free(b.unit), free(b.number), free(b.next_free), free(b.tasks);
    return result;
}

void jm_release(uint8_t *image) { free(image); }
