/* Which lines of a page have the same text, the same end or the same beginning. */
#include <stdlib.h>
#include <string.h>

#include "lines.h"

enum { TAG = 5, PART = 2 };

typedef struct {
    const uint32_t *text;
    uint32_t size;
} piece;

static int is_tag_end(uint32_t letter) { return letter == U'）' || letter == U')' || letter == U'】'; }

/* Return what a short line may share with others of a series: its last two characters, or its tag in brackets. */
static piece tail_of(const jm_line *line) {
    uint32_t size = line->size, at = size;
    if (is_tag_end(line->text[size - 1])) {
        while (at > 0 && line->text[at - 1] != U'（' && line->text[at - 1] != U'(' && line->text[at - 1] != U'【') at--;
        if (at > 0) return (piece){line->text + at - 1, size - at + 1 < TAG ? size - at + 1 : TAG};
    }
    return size > PART ? (piece){line->text + size - PART, PART} : (piece){line->text, size};
}

static piece piece_of(const jm_line *line, enum same what) {
    if (what == SAME_TAIL) return tail_of(line);
    return (piece){line->text, what == SAME_FRONT && line->size > PART ? PART : line->size};
}

static uint64_t hash_of(piece part) {
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    for (uint32_t i = 0; i < part.size; i++) hash = (hash ^ part.text[i]) * UINT64_C(0x100000001B3);
    return hash ^ hash >> 29;
}

/* Count for each line those with the same text, or for each short line those with the same end or beginning. */
int64_t jm_count_same(jm_view *view, enum same what) {
    uint64_t slots = 16;
    while (slots < 2ull * view->lines) slots *= 2;
    uint32_t *table = calloc(slots, sizeof *table);
    if (table == NULL) return JM_MEMORY;
    for (uint32_t i = 0; i < view->lines; i++) {
        if (what != SAME_TEXT && !view->line[i].brief) continue;
        piece own = piece_of(&view->line[i], what), other;
        uint64_t at = hash_of(own) & (slots - 1);
        for (; table[at]; at = (at + 1) & (slots - 1)) {
            other = piece_of(&view->line[table[at] - 1], what);
            if (other.size == own.size && memcmp(own.text, other.text, own.size * sizeof *own.text) == 0) break;
        }
        if (table[at] == 0) table[at] = i + 1;
        view->line[i].first = table[at] - 1;
        view->line[table[at] - 1].same[what]++;
    }
    for (uint32_t i = 0; i < view->lines; i++) {
        if (what != SAME_TEXT && !view->line[i].brief) continue;
        view->line[i].same[what] = view->line[view->line[i].first].same[what];
    }
    free(table);
    return 0;
}
