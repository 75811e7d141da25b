/* The places of candidates: words, runs of words, words put together from pieces, quotations. */
#include <string.h>

#include "rank.h"

/* What stands between these marks, in numbers of characters. */
static const struct {
    uint32_t most, least;
    int kind;
} MARKS[JM_MARKS] = {{20, 1, JM_TITLE}, {10, 2, JM_QUOTE}, {10, 2, JM_QUOTE}, {10, 2, JM_QUOTE}};

static const uint64_t DOC_STEP = UINT64_C(0xD6E8FEB86659FD93);

/* Note a place and its key, which tells its string. */
int64_t jm_add_place(jm_ranker *r, uint32_t start, uint32_t length, int kind) {
    if (r->places == r->place_room) {
        uint32_t room = 2 * r->place_room + 1024;
        if (room < r->place_room || jm_grow((void **)&r->place, room, sizeof *r->place)) return JM_MEMORY;
        r->place_room = room;
    }
    uint64_t hash = 0;
    for (uint32_t i = start; i < start + length; i++)
        hash += r->fact[r->id[i]].hash * r->power[r->offset[i] - r->offset[start]];
    jm_place *place = &r->place[r->places++];
    place->key = (hash + r->doc_key) * DOC_STEP;
    place->start = start, place->length = (uint8_t)length, place->kind = (uint8_t)kind;
    return 0;
}

/* Tell whether a joiner stands right between two words that it may join; a space joins only Latin words. */
static int joins(const jm_ranker *r, uint32_t at) {
    uint32_t left = r->role[jm_before(r, at)], right = at < r->words ? r->role[at + 1] : 0;
    return (left & JM_END) && (right & JM_START) && (!(r->role[at] & JM_LATIN) || (left & right & JM_LATIN));
}

static int may_end(const jm_ranker *r, uint32_t at) {
    uint32_t right = at < r->words ? r->role[at + 1] : 0;
    int digit = (r->role[at] & JM_DIGIT) != 0, verb = jm_tag_of(r, at) == r->formula->piece[0];
    return (r->role[at] & JM_END) && !((digit || verb) && (right & (JM_UNIT | JM_DIGIT))) && !(verb && (right & JM_ASPECT));
}

/* Add the word at a place and the runs that begin there. */
static int64_t add_runs(jm_ranker *r, uint32_t start) {
    const uint32_t *role = r->role;
    if ((role[start] & JM_ALONE) && !r->inner[start]) {
        int64_t failed = jm_add_place(r, start, 1, JM_WHOLE);
        if (failed) return failed;
        r->at[1][start] = 0;
    }
    if (!(role[start] & JM_START) || jm_in_amount(r, start) || jm_goes_on(r, start)) return 0;
    uint32_t content = 0, solid = 0;
    for (uint32_t length = 1; length <= JM_MAX_TOKENS && start + length <= r->words; length++) {
        uint32_t last = start + length - 1, it = role[last];
        if (r->offset[last + 1] - r->offset[start] > JM_MAX_CHARS) break;
        content += !(it & JM_JOINER);
        solid += (it & (JM_INSIDE | JM_JOINER | JM_DIGIT)) == JM_INSIDE;
        if (content > JM_MAX_WORDS) break;
        if (length > 1 && solid && may_end(r, last) && !jm_is_unfinished(r, last)) {
            int64_t failed = jm_add_place(r, start, length, JM_WHOLE);
            if (failed) return failed;
            r->at[length][start] = 0;
        }
        if (length > 1 && !(it & JM_JOINER ? joins(r, last) : (it & JM_INSIDE) != 0)) break;
    }
    return 0;
}

/* Tell which words are short pieces that stand three times in the record. */
static uint32_t find_pieces(jm_ranker *r) {
    uint32_t pieces = 0;
    for (uint32_t i = 0; i < r->words; i++)
        if (r->role[i] & JM_GLUE) r->local_glue[r->local[i]]++;
    for (uint32_t i = 0; i < r->words; i++)
        pieces += r->glued[i] = (r->role[i] & JM_GLUE) && r->local_glue[r->local[i]] >= 3;
    r->glued[r->words] = 0;
    return pieces;
}

/* Tell whether some pieces in a row may be a word: short, one of them a single character. */
static int may_be_glued(const jm_ranker *r, uint32_t start, uint32_t length) {
    uint32_t single = 0;
    if (start + length > r->words) return 0;
    for (uint32_t i = start; i < start + length; i++) {
        if (!r->glued[i]) return 0;
        single += r->offset[i + 1] - r->offset[i] == 1;
    }
    if (jm_in_amount(r, start) || jm_goes_on(r, start) || jm_is_unfinished(r, start + length - 1)) return 0;
    return single && r->offset[start + length] - r->offset[start] <= JM_MAX_WORDS;
}

static uint64_t mix(uint64_t value) {
    value *= UINT64_C(0x9E3779B97F4A7C15);
    return value ^ value >> 29;
}

static int are_same(const jm_ranker *r, uint32_t left, uint32_t right, uint32_t length) {
    return memcmp(r->local + left, r->local + right, length * sizeof *r->local) == 0;
}

/* Add the words of so many pieces that stand together three times, and in most places of the rarest piece. */
static int64_t add_glued(jm_ranker *r, uint32_t length) {
    uint32_t found = 0, *starts = r->touched, *times = r->beside; /* both are free here */
    for (uint32_t i = 0; i < r->words; i++)
        if (may_be_glued(r, i, length)) starts[found++] = i;
    if (found < 3) return 0;
    uint32_t slots = 4;
    while (slots < 2 * found) slots *= 2;
    if (slots > r->slots) {
        if (jm_grow((void **)&r->slot, slots, sizeof *r->slot)) return JM_MEMORY;
        r->slots = slots;
    }
    memset(r->slot, 0, slots * sizeof *r->slot);
    memset(times, 0, found * sizeof *times);
    for (uint32_t i = 0; i < found; i++) { /* a slot has the first of equal rows, which counts them */
        uint64_t key = 0;
        for (uint32_t k = 0; k < length; k++) key = mix(key + r->local[starts[i] + k] + 1);
        uint32_t slot = (uint32_t)key & (slots - 1);
        while (r->slot[slot] && !are_same(r, starts[r->slot[slot] - 1], starts[i], length)) slot = (slot + 1) & (slots - 1);
        if (r->slot[slot] == 0) r->slot[slot] = i + 1;
        times[r->slot[slot] - 1]++;
        r->at[0][i] = r->slot[slot] - 1;
    }
    int64_t failed = 0;
    for (uint32_t i = 0; i < found && !failed; i++) {
        uint64_t together = times[r->at[0][i]], least = UINT32_MAX;
        for (uint32_t k = 0; k < length; k++) {
            uint64_t tf = r->local_glue[r->local[starts[i] + k]];
            least = tf < least ? tf : least;
        }
        if (together < 3 || together * 10 < least * 6 || r->at[length][starts[i]] != JM_NONE) continue;
        failed = jm_add_place(r, starts[i], length, JM_GLUED);
        r->at[length][starts[i]] = 0;
    }
    memset(times, 0, found * sizeof *times);
    return failed;
}

static int has_credit(const jm_ranker *r, uint32_t start, uint32_t end) {
    for (uint32_t i = start; i < end; i++)
        if (r->credit[i]) return 1;
    return 0;
}

/* Add what stands between two marks. */
static int64_t add_quotations(jm_ranker *r, int pair) {
    uint32_t left = r->formula->mark[2 * pair], right = r->formula->mark[2 * pair + 1], end = 0;
    int64_t failed = 0;
    for (uint32_t open = 0; open < r->words && !failed; open++) {
        if (r->id[open] != left) continue;
        if (end < open) end = open;
        while (end < r->words && r->id[end] != right) end++;
        uint32_t start = open + 1, letters = r->offset[end] - r->offset[open + 1];
        if (end >= r->words) break;
        if (end <= start || end - start > JM_LONGEST_QUOTE) continue;
        if (letters < MARKS[pair].least || letters > MARKS[pair].most) continue;
        if (MARKS[pair].kind == JM_QUOTE && (r->fact[r->id[end - 1]].meaning & JM_STOP)) continue; /* a sentence */
        if (!has_credit(r, start, end)) failed = jm_add_place(r, start, end - start, JM_QUOTED + MARKS[pair].kind);
    }
    return failed;
}

/* Find all places of the record: first words and runs, then words put together from pieces, then quotations. */
int64_t jm_find_places(jm_ranker *r) {
    int64_t failed = 0;
    r->places = 0;
    for (int n = 1; n <= JM_MAX_TOKENS; n++) memset(r->at[n], 0xFF, ((size_t)r->words + 1) * sizeof(uint32_t));
    for (uint32_t i = 0; i < r->words && !failed; i++) failed = add_runs(r, i);
    if (!failed && find_pieces(r) >= 6)
        for (uint32_t length = 2; length <= 3 && !failed; length++) failed = add_glued(r, length);
    for (int pair = 0; pair < JM_MARKS && !failed; pair++) failed = add_quotations(r, pair);
    return failed;
}
