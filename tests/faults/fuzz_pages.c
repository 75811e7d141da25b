/* Fuzzing of what the compiled core does for pages: random weights, features, roles and sizes, some of them nonsense.
 *
 * To be compiled with AddressSanitizer and UndefinedBehaviorSanitizer: `make fuzz-pages EXECUTIONS=50000000`.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../native/lines.h"

static uint64_t state;

static uint32_t below(uint32_t limit) {
    state ^= state << 13, state ^= state >> 7, state ^= state << 17;
    return (uint32_t)(state >> 16) % limit;
}

/* Memory that ends where the array does: an entry too far is found. */
static void *exactly(uint64_t size) {
    void *made = calloc(1, size ? size : 1);
    if (made == NULL) abort();
    return made;
}

/* Where parts end, mostly in order and within `total`. */
static uint32_t *random_ends(uint32_t parts, uint32_t total) {
    uint32_t *ends = exactly(4ull * parts), at = 0;
    for (uint32_t i = 0; i < parts; i++) {
        at += below(1 + (total - at) / (parts - i) * 2);
        ends[i] = at = at < total ? at : total;
    }
    if (parts && below(6) == 0) ends[below(parts)] = below(2 * total + 9);
    return ends;
}

static void score(void) {
    uint32_t roles = 1 + below(below(9) ? 24 : 40), rows = below(9), values = below(40), lines = below(9);
    uint32_t features = below(60), *ends = random_ends(rows, values), *line_ends = random_ends(lines, features);
    double *value = exactly(8ull * values), *found = exactly(8ull * lines * roles);
    uint8_t *role = exactly(values);
    int32_t *weight = exactly(4ull * rows * roles);
    uint32_t *feature = exactly(4ull * features), *likely = exactly(4ull * lines);
    for (uint32_t i = 0; i < values; i++) {
        value[i] = ((double)below(20001) - 10000) / 1000, role[i] = (uint8_t)below(below(30) ? roles : 256);
        if (below(60) == 0) value[i] = below(2) ? NAN : 1e300;
    }
    int64_t failed = jm_rows(value, role, values, ends, rows, roles, 1000.0, weight);
    for (uint32_t i = 0; i < features; i++) feature[i] = below(below(60) ? rows + !rows : rows + 4);
    if (failed == 0) jm_score(weight, rows, roles, feature, features, line_ends, lines, 1000.0, 11.0, found, likely);
    free(value), free(role), free(ends), free(weight), free(feature), free(line_ends), free(found), free(likely);
}

static void decode(void) {
    uint32_t roles = 1 + below(below(9) ? 24 : 40), lines = below(12), most = 0;
    double *weight = exactly(8ull * roles * roles), *factor = exactly(8ull * roles * roles);
    double *looks = exactly(8ull * lines * roles);
    uint32_t *after = exactly(4ull * roles), *allowed = exactly(4ull * lines), *choice = exactly(4ull * lines);
    uint8_t *path = exactly(lines);
    uint32_t known = roles < 32 ? (1u << roles) - 1 : UINT32_MAX;
    for (uint32_t i = 0; i < roles * roles; i++) {
        uint32_t follows = below(3);
        weight[i] = follows ? (double)below(80) / 10 - 4 : -INFINITY, factor[i] = exp(weight[i]);
        after[i / roles] |= (uint32_t)(follows != 0) << (i % roles & 31);
    }
    if (below(9) == 0) after[below(roles)] = below(2) ? 0 : below(UINT32_MAX);
    for (uint32_t i = 0; i < lines * roles; i++) looks[i] = (double)below(220) / 10 - 11;
    for (uint32_t i = 0; i < lines; i++) {
        allowed[i] = below(4) ? 1u << below(32) | 1u << below(32) : below(UINT32_MAX);
        most += roles;
    }
    most = below(4) ? most : below(most + 1);
    double *chance = exactly(8ull * most);
    jm_chain chain = {weight, factor, after, roles, below(2) ? known : below(UINT32_MAX), below(UINT32_MAX), known};
    if (below(4) == 0) chain.fallback = below(UINT32_MAX);
    int64_t found = jm_find_roles(&chain, looks, allowed, lines, path, choice, chance, most);
    if (found > (int64_t)most) abort();
    for (uint32_t i = 0; i < lines && found >= 0; i++) {
        if (path[i] >= roles || !(choice[i] >> path[i] & 1)) abort();
    }
    free(weight), free(factor), free(looks), free(after), free(allowed), free(choice), free(path), free(chance);
}

/* Some lines of few different characters, so that they have pairs in common; sometimes a very long one. */
static uint32_t *random_text(uint32_t *size) {
    *size = below(below(40) ? 200 : 5000);
    uint32_t *text = exactly(4ull * *size), kinds = 1 + below(30);
    for (uint32_t i = 0; i < *size; i++) text[i] = below(50) ? 0x4E00 + below(kinds) : below(2) ? below(0x110000) : UINT32_MAX;
    return text;
}

static void tie(jm_pairs *pairs, uint32_t lines) {
    uint32_t known = below(40), ones = below(5), others = below(5);
    uint32_t *pair = exactly(4ull * known), *one = exactly(4ull * ones), *other = exactly(4ull * others);
    uint8_t *ties = exactly(known);
    for (uint32_t i = 0; i < known; i++) {
        pair[i] = (0x4E00 + below(30)) | (0x4E00 + i) << 16, ties[i] = (uint8_t)below(256);
        if (below(60) == 0) pair[i] = below(UINT32_MAX);
    }
    for (uint32_t i = 0; i < ones; i++) one[i] = below(lines + (below(30) ? !lines : 3));
    for (uint32_t i = 0; i < others; i++) other[i] = below(lines + (below(30) ? !lines : 3));
    if (below(30)) jm_pairs_tie(pairs, pair, ties, known, (uint8_t)below(9));
    jm_pairs_tied(pairs, one, ones, other, others);
    free(pair), free(one), free(other), free(ties);
}

static void share(void) {
    uint32_t size, *text = random_text(&size), lines = below(9), orders = lines ? below(30) : 0, asked = below(20);
    uint32_t *ends = random_ends(lines, size), *order = exactly(4ull * orders), *range = exactly(16ull * asked);
    uint64_t *weight = exactly(8ull * (lines + 1));
    double *found = exactly(8ull * asked);
    uint8_t *has = exactly(size / 2);
    for (uint32_t i = 0; i <= lines; i++) weight[i] = below(1u << 23);
    for (uint32_t i = 0; i < orders; i++) order[i] = below(below(90) ? lines : lines + 2);
    for (uint32_t i = 0; i < 4 * asked; i += 2) {
        range[i] = below(orders + 1), range[i + 1] = range[i] + below(orders - range[i] + 1);
        if (below(90) == 0) range[i + below(2)] = below(UINT32_MAX);
    }
    jm_pairs *pairs = NULL;
    if (jm_pairs_new(text, size, ends, lines, weight, order, orders, &pairs) == 0) {
        jm_pairs_have(pairs, text, size / 2, has);
        int64_t failed = jm_pairs_share(pairs, range, asked, (int32_t)below(2), found);
        for (uint32_t i = 0; i < asked && !failed; i++) {
            if (!(found[i] >= 0.0 && found[i] <= 1.0)) abort();
        }
    }
    if (pairs != NULL && asked) {
        for (uint32_t i = 0; i < 4 * asked; i++) range[i] = below(below(90) ? size + 1 : UINT32_MAX);
        jm_pairs_again(pairs, text, size, range, asked * 4 < size / 2 ? asked * 4 : size / 2, below(9), has);
    }
    if (pairs != NULL && below(3)) tie(pairs, lines);
    jm_pairs_free(pairs);
    free(text), free(ends), free(order), free(range), free(weight), free(found), free(has);
}

static void mark(void) {
    static uint8_t kind[JM_MARKED];
    static uint64_t bits[256];
    uint32_t size, *text = random_text(&size), lines = below(9), *ends = random_ends(lines, size);
    uint64_t *found = exactly(8ull * lines);
    for (uint32_t i = 0; i < 9; i++) kind[below(JM_MARKED)] = (uint8_t)below(256), bits[below(256)] = below(1u << 30);
    jm_marks(text, size, ends, lines, kind, bits, below(80), below(80), below(1u << 30), below(1u << 30), found);
    free(text), free(ends), free(found);
}

static const uint32_t MARKS[] = {U'，', U'。', U'（', U'）', U'一', U'二', U'、', U'第', U'章', U'：', U'“', U'”', U'《',
                                 ' ', '1', 'a', '#', 0x3000, 0, U'■', U'报', U'图', U'片', 0x20000};

/* Lines of signs, digits and a few characters, most of them such as pages have. */
static uint32_t *random_lines(uint32_t *size, uint32_t lines, uint32_t *ends) {
    *size = 0;
    for (uint32_t i = 0; i < lines; i++) ends[i] = *size += 1 + below(below(9) ? 40 : below(9) ? 140 : 700);
    uint32_t *text = exactly(4ull * *size);
    for (uint32_t i = 0; i < *size; i++) text[i] = below(3) ? 0x4E00 + below(40) : MARKS[below(24)];
    if (lines && below(60) == 0) ends[below(lines)] = below(*size + 3);
    return text;
}

static void ask(const jm_view *view, uint32_t lines, uint32_t numbers) {
    uint32_t bare, build[JM_BUILD];
    uint8_t *complete = exactly(lines);
    uint64_t used = jm_view_facts(view, &bare, build, complete);
    free(complete);
    uint32_t *number = exactly(4 * used), *ends = exactly(4ull * lines), *row = exactly(4ull * numbers), missing[9];
    int32_t weight[24 * 3] = {1, 2, 3};
    double *score = exactly(8ull * 24 * lines);
    uint32_t *likely = exactly(4ull * lines);
    jm_view_numbers(view, number, ends);
    for (uint32_t i = 0; i < numbers; i++) row[i] = below(900) ? 1 + below(4) : below(6);
    int64_t found = jm_view_score(view, weight, 3, 24, row, 1000.0, 11.0, score, likely, missing, 9);
    for (int64_t i = 0; i < found; i++) {
        if (missing[i] >= numbers) abort();
    }
    free(number), free(ends), free(row), free(score), free(likely);
}

static void view(void) {
    static uint8_t begins[JM_WORDS], closes[JM_WORDS];
    static uint32_t join_row[JM_WORDS];
    uint32_t lines = below(14), size, *ends = exactly(4ull * lines), *text = random_lines(&size, lines, ends), joins_size;
    uint32_t *joins = random_text(&joins_size), *order = exactly(8ull * lines), orders = 0, base[FAMILIES + 1] = {0};
    uint32_t *gap = exactly(4ull * lines), *indent = exactly(4ull * lines);
    uint8_t *digit = exactly(lines);
    uint64_t *cue = exactly(16ull * lines), *weight = exactly(8ull * (lines + 1)), sets[2 * CUE_SETS];
    for (uint32_t i = 0, from = 0; i < lines; from = ends[i++]) {
        gap[i] = below(9) ? below(3) : below(UINT32_MAX), indent[i] = below(9) ? below(3) : below(UINT32_MAX);
        digit[i] = (uint8_t)below(2), cue[2 * i] = 1ull << below(64) & (below(2) - 1ull), weight[i] = below(1u << 20);
        cue[2 * i + 1] = below(9) ? 0 : UINT64_MAX;
        if (ends[i] - from >= LONG_TEXT) order[orders++] = i;
    }
    for (uint32_t i = 0; i < lines; i++) order[orders++] = i;
    for (uint32_t i = 0; i < 2 * CUE_SETS; i++) sets[i] = below(2) ? UINT64_MAX : 1ull << below(64);
    for (uint32_t i = 0; i < FAMILIES; i++) base[i + 1] = base[i] + (below(900) ? 0x10000 : below(900));
    for (uint32_t i = 0; i < 40; i++) begins[0x4E00 + i] = (uint8_t)below(6), closes[0x4E00 + i] = (uint8_t)below(6);
    for (uint32_t i = 0; i < 40; i++) join_row[0x4E00 + i] = below(9) ? below(joins_size + 2) : below(UINT32_MAX);
    jm_pairs *pairs = NULL;
    jm_pairs_new(text, size, ends, lines, weight, order, orders, &pairs);
    jm_page page = {text,       size,     ends, lines,    gap,   indent, digit,         cue,          sets,    60, begins,
                    closes,     joins,    joins_size,     join_row,      base, FAMILIES, pairs, below(9), {0}, below(2)};
    for (uint32_t i = 0; i < JM_BUILD; i++) page.paper[i] = below(2) ? 0 : below(2000);
    jm_view *made = NULL;
    jm_join_rows(joins, joins_size, join_row);
    if (jm_view_new(&page, &made) == 0) ask(made, lines, base[FAMILIES]);
    jm_view_free(made), jm_pairs_free(pairs);
    free(text), free(ends), free(joins), free(order), free(gap), free(indent), free(digit), free(cue), free(weight);
}

int main(int arguments, char **argument) {
    uint64_t executions = arguments > 1 ? strtoull(argument[1], NULL, 10) : 100000;
    state = (arguments > 2 ? strtoull(argument[2], NULL, 10) : 1) * UINT64_C(0x9E3779B97F4A7C15) | 1;
    for (uint64_t done = 0; done < executions; done += 5) {
        score(), decode(), share(), mark();
        if (done % 100 == 0) view(); /* many times as long */
    }
    printf("%llu executions, no finding\n", (unsigned long long)executions);
    return 0;
}
