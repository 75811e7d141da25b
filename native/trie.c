/* The trie of an image: a double array (Aoe 1989) over code points.
 *
 * It is filled breadth first, and on each level the nodes of the commonest words come first: what common text needs
 * then lies close together.
 */
#include <stdlib.h>
#include <string.h>

#include "build.h"

enum { MOST_UNITS = 1 << 26, TRIES = 1000 };

/* Make room for units below `wanted`; new ones are free. */
static int64_t grow(jm_builder *b, uint64_t wanted) {
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
static uint32_t free_from(jm_builder *b, uint32_t place) {
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
static int64_t find_base(jm_builder *b, uint32_t children, uint32_t *base) {
    uint32_t smallest = b->child_code[0], largest = smallest, tries = 0;
    for (uint32_t i = 1; i < children; i++) {
        if (b->child_code[i] < smallest) smallest = b->child_code[i];
        if (b->child_code[i] > largest) largest = b->child_code[i];
    }
    int kind = 0;
    while (children >> (kind + 1) && kind + 1 < JM_BASE_KINDS) kind++;
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

static int64_t add_task(jm_builder *b, jm_task todo) {
    if (b->task_count == b->task_room) {
        uint32_t room = b->task_room ? 2 * b->task_room : 1 << 12;
        jm_task *tasks = realloc(b->tasks, room * sizeof *tasks);
        if (tasks == NULL) return JM_MEMORY;
        b->tasks = tasks, b->task_room = room;
    }
    b->tasks[b->task_count++] = todo;
    return 0;
}

/* Place the children of one node, and note them down as nodes to be placed. */
static int64_t place_children(jm_builder *b, jm_task node) {
    const jm_source *source = b->source;
    if (jm_size_of(source, node.low) == node.depth) { /* the node itself ends a word */
        b->unit[node.unit].weight = jm_weight_index(b, source->weight[node.low]);
        b->number[node.unit] = node.low++;
    }
    if (node.low == node.high) return 0;
    uint32_t children = 0, last = JM_NONE, letter, base;
    for (uint32_t word = node.low; word < node.high; word++) {
        jm_letter_at(source, word, node.depth, &letter);
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
        uint32_t depth = node.depth + jm_letter_at(source, b->child_low[i], node.depth, &letter);
        jm_task child = {unit, b->child_low[i], b->child_low[i + 1], depth, 0.0};
        for (uint32_t word = child.low; word < child.high; word++) child.share += jm_share_of(source, word);
        failed = add_task(b, child);
    }
    return failed;
}

static int by_share(const void *left, const void *right) {
    const jm_task *one = left, *two = right;
    if (one->share != two->share) return one->share < two->share ? 1 : -1;
    return one->low < two->low ? -1 : one->low > two->low;
}

int64_t jm_build_trie(jm_builder *b) {
    int64_t failed = grow(b, (uint64_t)b->codes + 2);
    if (failed) return failed;
    b->used = 1;
    for (int i = 0; i < JM_BASE_KINDS; i++) b->search_from[i] = 1;
    if (b->source->words == 0) return 0;
    failed = add_task(b, (jm_task){0, 0, b->source->words, 0, 1.0});
    for (uint32_t i = 0, level = 0; i < b->task_count && !failed; i++) {
        if (i == level) { /* all nodes of the next level are known */
            level = b->task_count;
            qsort(b->tasks + i, level - i, sizeof *b->tasks, by_share);
        }
        failed = place_children(b, b->tasks[i]);
    }
    return failed;
}
