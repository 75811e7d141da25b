/* Names of people, places and organisations by a chain of labels, as `words/name_features.py` and `words/name_chain.py`
 * have it: features of each character, the sums of their weights, and the best sequence of labels.
 */
#include <stdlib.h>
#include <string.h>

#include "jmcore.h"

enum { LABELS = 13, FEATURES = 34, NOTHING = 0xFFFF };
enum { ONE, FIRST, MIDDLE, LAST };
enum { FEW = 4, FAR = 8, NEAR = 5, LONG_RUN = 6, IN_RUN = 3 };
enum { CLASS_FIGURE = 1, CLASS_HAN = 8, HEAD = 16 };
static const int64_t NEVER = -(1 << 30);

typedef struct {
    const jm_namer *model;
    const uint32_t *end;
    const uint8_t *tag, *kind;
    uint32_t *code, *word, *run, *hash; /* of each character; the last of each word */
    uint8_t *class, *place, *head, *back;
    int64_t size, words;
} view;

/* Return a hash that goes on with one more number. */
static uint64_t mixed(uint64_t made, uint64_t value) {
    made = (made ^ value) * 0x9E3779B97F4A7C15u;
    return made ^ made >> 29;
}

static uint32_t key(uint32_t count, const uint64_t *value) {
    uint64_t made = 0;
    for (uint32_t i = 0; i < count; i++) made = mixed(made, value[i]);
    return (uint32_t)(made >> 32);
}

#define KEY(...) \
    key(sizeof((uint64_t[]){__VA_ARGS__}) / sizeof(uint64_t), (uint64_t[]){__VA_ARGS__})

static uint64_t code_at(const view *v, int64_t i) { return i >= 0 && i < v->size ? v->code[i] : NOTHING; }
static uint64_t class_at(const view *v, int64_t i) { return i >= 0 && i < v->size ? v->class[i] : NOTHING; }
static uint64_t tag_at(const view *v, int64_t i) { return i >= 0 && i < v->words ? v->tag[i] : NOTHING; }
static uint64_t kind_at(const view *v, int64_t i) { return i >= 0 && i < v->words ? v->kind[i] : NOTHING; }
static uint64_t hash_at(const view *v, int64_t i) { return i >= 0 && i < v->words ? v->hash[i] : NOTHING; }

/* Put the features of one character. */
static void features(const view *v, int64_t i, uint32_t *into) {
    uint64_t b2 = code_at(v, i - 2), b1 = code_at(v, i - 1), here = v->code[i], a1 = code_at(v, i + 1), a2 = code_at(v, i + 2);
    uint64_t c2 = class_at(v, i - 2), c1 = class_at(v, i - 1), own = v->class[i], n1 = class_at(v, i + 1), n2 = class_at(v, i + 2);
    int64_t w = v->word[i];
    uint64_t t2 = tag_at(v, w - 2), t1 = tag_at(v, w - 1), tag = v->tag[w], u1 = tag_at(v, w + 1), u2 = tag_at(v, w + 2);
    uint64_t k1 = kind_at(v, w - 1), kind = v->kind[w], l1 = kind_at(v, w + 1);
    uint64_t place = v->place[i], head = v->head[w], run = v->run[i], stand = place << 8 | tag;
    uint64_t length = v->end[w] - (w ? v->end[w - 1] : 0);
    if (length > FEW) length = FEW;
    uint32_t found[FEATURES] = {
        KEY(1, here), KEY(2, b1), KEY(3, a1), KEY(4, b2), KEY(5, a2),
        KEY(6, b1, here), KEY(7, here, a1), KEY(8, b2, b1), KEY(9, a1, a2),
        KEY(10, stand, length), KEY(11, stand, t1), KEY(12, stand, u1), KEY(13, stand, t1, u1),
        KEY(14, place, v->hash[w]), KEY(15, place, hash_at(v, w - 1)), KEY(16, place, hash_at(v, w + 1)),
        KEY(17, own), KEY(18, own, n1), KEY(19, c1, own), KEY(20, own, n1, n2),
        KEY(21, c2, c1, own), KEY(22, c1, own, n1),
        KEY(23, stand, own, n1), KEY(24, stand, c1, own),
        KEY(25, place, k1), KEY(26, place, kind), KEY(27, place, l1), KEY(28, stand, k1, l1),
        KEY(29, place, head), KEY(30, stand, head, t1), KEY(31, run), KEY(32, run, stand),
        KEY(33, place, t2, t1), KEY(34, place, u1, u2),
    };
    memcpy(into, found, sizeof found);
}

/* Find how many words on one such as 公司 stands in the same clause. */
static void find_heads(view *v) {
    const jm_namer *model = v->model;
    int64_t head = -1;
    for (int64_t w = v->words - 1; w >= 0; w--) {
        if (v->kind[w] & HEAD) head = w;
        if (head >= 0 && (head - w > FAR || (v->tag[w] >= model->first_mark && !memchr(model->inside, v->tag[w], sizeof model->inside))))
            head = -1;
        int64_t far = head - w < NEAR ? head - w : NEAR;
        v->head[w] = head >= 0 ? (uint8_t)(far + 1) : 0;
    }
}

/* Find the runs of characters with which foreign names are written. */
static void find_runs(view *v) {
    for (int64_t start = 0, end = 0; start < v->size; start = end > start ? end : start + 1) {
        for (end = start; end < v->size && v->class[end] >= CLASS_HAN && (v->class[end] - CLASS_HAN) % 3; end++) continue;
        uint32_t size = (uint32_t)(end - start < LONG_RUN ? end - start : LONG_RUN);
        v->run[start] = 0;
        for (int64_t i = start; i < end; i++) {
            uint32_t left = (uint32_t)(i - start < IN_RUN ? i - start : IN_RUN);
            uint32_t right = (uint32_t)(end - 1 - i < IN_RUN ? end - 1 - i : IN_RUN);
            v->run[i] = 1 + size * 16 + left * 4 + right;
        }
    }
}

/* Look at the characters of the words. */
static int64_t look(view *v, const uint32_t *text) {
    int64_t i = 0;
    for (int64_t w = 0; w < v->words; w++) {
        int64_t start = i, end = v->end[w];
        uint64_t made = mixed(0, 99);
        if (end < start || end > v->size) return JM_INPUT;
        for (; i < end; i++) {
            uint32_t letter = text[i];
            v->class[i] = letter <= 0xFFFF ? v->model->class[letter] : 0;
            v->code[i] = v->class[i] == CLASS_FIGURE ? '0' : letter;
            v->word[i] = (uint32_t)w;
            v->place[i] = end - start == 1 ? ONE : i == start ? FIRST : i == end - 1 ? LAST : MIDDLE;
            made = mixed(made, v->code[i]);
        }
        v->hash[w] = (uint32_t)(made >> 32);
    }
    return i == v->size ? 0 : JM_INPUT;
}

/* Return the row of weights of a feature, or JM_NONE. */
static uint32_t row_of(const jm_namer *model, uint32_t sought) {
    for (uint32_t slot = sought & (model->slots - 1);; slot = (slot + 1) & (model->slots - 1)) {
        uint32_t number = model->slot[slot];
        if (number == 0) return JM_NONE;
        if (model->key[number - 1] == sought) return number - 1;
    }
}

static void score(const view *v, int64_t i, int64_t *sum) {
    const jm_namer *model = v->model;
    uint32_t found[FEATURES];
    features(v, i, found);
    memset(sum, 0, LABELS * sizeof *sum);
    for (uint32_t f = 0; f < FEATURES; f++) {
        uint32_t row = row_of(model, found[f]);
        if (row == JM_NONE) continue;
        for (uint32_t at = row ? model->end[row - 1] : 0; at < model->end[row]; at++) sum[model->label[at]] += model->weight[at];
    }
}

/* Find the best labels; `back` has for each label of a character the best one before it. */
static void find_path(view *v, uint8_t *path) {
    const jm_namer *model = v->model;
    int64_t best[LABELS], next[LABELS], sum[LABELS];
    score(v, 0, sum);
    for (uint32_t j = 0; j < LABELS; j++) best[j] = model->begins[j] ? sum[j] : NEVER;
    for (int64_t i = 1; i < v->size; i++) {
        score(v, i, sum);
        for (uint32_t j = 0; j < LABELS; j++) {
            uint32_t from = 0;
            int64_t top = best[0] + model->move[j];
            for (uint32_t b = 1; b < LABELS; b++) {
                int64_t way = best[b] + model->move[b * LABELS + j];
                if (way > top) top = way, from = b;
            }
            v->back[i * LABELS + j] = (uint8_t)from;
            next[j] = (top > NEVER ? top : NEVER) + sum[j];
        }
        memcpy(best, next, sizeof best);
    }
    uint32_t last = 0;
    for (uint32_t j = 1; j < LABELS; j++)
        if (model->ends[j] && best[j] > best[last]) last = j;
    path[v->size - 1] = (uint8_t)last;
    for (int64_t i = v->size - 1; i > 0; i--) {
        last = v->back[i * LABELS + last];
        path[i - 1] = (uint8_t)last;
    }
}

/* Fill the table by which rows are found: a power of two of slots, more than twice as many as there are keys. */
int64_t jm_index_names(const jm_namer *model) {
    if (model->labels != LABELS || model->slots < 2 * model->keys || (model->slots & (model->slots - 1))) return JM_INPUT;
    for (uint32_t row = 0, at = 0; row < model->keys; row++) {
        if (model->end[row] < at) return JM_INPUT;
        for (; at < model->end[row]; at++)
            if (model->label[at] >= LABELS) return JM_INPUT;
        uint32_t slot = model->key[row] & (model->slots - 1);
        while (model->slot[slot]) slot = (slot + 1) & (model->slots - 1);
        model->slot[slot] = row + 1;
    }
    return 0;
}

/* Label the characters of a text: `tag` and `kind` say what each word is, `end` where it ends. */
int64_t jm_label_names(const jm_namer *model, const uint32_t *text, uint64_t size, const uint32_t *end, const uint8_t *tag,
                       const uint8_t *kind, uint64_t words, uint8_t *path) {
    if (size == 0) return 0;
    if (size > UINT32_MAX / 64 || words > size) return JM_INPUT;
    view v = {.model = model, .end = end, .tag = tag, .kind = kind, .size = (int64_t)size, .words = (int64_t)words};
    uint8_t *memory = malloc(size * (3 * sizeof(uint32_t) + 2 + LABELS) + words * (sizeof(uint32_t) + 1));
    if (memory == NULL) return JM_MEMORY;
    v.code = (uint32_t *)(void *)memory, v.word = v.code + size, v.run = v.word + size, v.hash = v.run + size;
    v.class = (uint8_t *)(v.hash + words), v.place = v.class + size, v.head = v.place + size, v.back = v.head + words;
    int64_t failed = look(&v, text);
    if (!failed) {
        find_heads(&v);
        find_runs(&v);
        find_path(&v, path);
    }
    free(memory);
    return failed;
}
