/* Words that no dictionary has: Han characters by a hidden Markov model, Latin letters and figures by a rule.
 *
 * The states of the model: a character begins a word, ends one, stands inside of one, or is one.
 */
#include "cutter.h"

enum { BEGIN, END, MIDDLE, SINGLE, STATES };

static const double NEVER = -3.14e100; /* the log probability of what the model has not seen */

/* The two states from which each state is reached; of two equally good ways the second is taken. */
static const uint8_t FROM[STATES][2] = {{END, SINGLE}, {BEGIN, MIDDLE}, {BEGIN, MIDDLE}, {END, SINGLE}};

static const double *emit_of(const jm_dictionary *d, uint32_t letter, const double *never) {
    uint32_t row = d->hmm_row[letter - JM_HMM_FIRST];
    return row < d->hmm_rows ? d->hmm_emit + 4 * (uint64_t)row : never;
}

/* Find the best states of the characters from `from` to `to`; they are left in the lowest bits of `before`. */
static void find_states(jm_cutter *c, uint32_t from, uint32_t to) {
    const jm_dictionary *d = c->dictionary;
    const double never[STATES] = {NEVER, NEVER, NEVER, NEVER};
    const double *emit = emit_of(d, c->letter[from], never);
    double way[STATES], next[STATES];
    for (int state = 0; state < STATES; state++) way[state] = d->hmm_start[state] + emit[state];
    for (uint32_t i = from + 1; i < to; i++) {
        emit = emit_of(d, c->letter[i], never);
        uint32_t came = 0;
        for (int state = 0; state < STATES; state++) {
            int one = FROM[state][0], two = FROM[state][1];
            double first = way[one] + d->hmm_change[4 * one + state] + emit[state];
            double second = way[two] + d->hmm_change[4 * two + state] + emit[state];
            next[state] = first > second ? first : second;
            came |= (uint32_t)(first > second ? one : two) << (2 * state);
        }
        c->before[i] = (uint8_t)came;
        for (int state = 0; state < STATES; state++) way[state] = next[state];
    }
    uint32_t state = way[END] > way[SINGLE] ? END : SINGLE;
    for (uint32_t i = to - 1; i > from; i--) {
        uint32_t came = c->before[i] >> (2 * state) & 3;
        c->before[i] = (uint8_t)state;
        state = came;
    }
    c->before[from] = (uint8_t)state;
}

static int64_t cut_han(jm_cutter *c, uint32_t from, uint32_t to) {
    if (to - from == 1) return jm_emit(c, from, to, jm_find(c, from, to));
    find_states(c, from, to);
    uint32_t begin = from, done = from;
    int64_t failed = 0;
    for (uint32_t i = from; i < to && !failed; i++) {
        uint32_t state = c->before[i];
        if (state == BEGIN) begin = i;
        if (state == SINGLE) begin = i;
        if (state != END && state != SINGLE) continue;
        failed = jm_emit(c, begin, i + 1, jm_find(c, begin, i + 1));
        done = i + 1;
    }
    return done < to && !failed ? jm_emit(c, done, to, jm_find(c, done, to)) : failed;
}

/* Return where a row of letters and figures ends: F-16, XBB.1.5, 2016-2030, 13.5%. */
static uint32_t end_of_latin(const jm_cutter *c, uint32_t at, uint32_t to) {
    const uint32_t *letter = c->letter;
    while (at < to && jm_is_alnum(letter[at])) {
        at++;
        int joins = at + 1 < to && (letter[at] == '.' || letter[at] == '_' || letter[at] == '-');
        if (joins && jm_is_alnum(letter[at + 1])) at++;
    }
    return at < to && letter[at] == '%' ? at + 1 : at;
}

static int64_t cut_rest(jm_cutter *c, uint32_t from, uint32_t to) {
    int64_t failed = 0;
    while (from < to && !failed) {
        uint32_t end = from;
        if (jm_is_alnum(c->letter[from]))
            end = end_of_latin(c, from, to);
        else
            while (end < to && !jm_is_alnum(c->letter[end])) end++;
        failed = jm_emit(c, from, end, jm_find(c, from, end));
        from = end;
    }
    return failed;
}

int64_t jm_cut_run(jm_cutter *c, uint32_t from, uint32_t to) {
    int64_t failed = 0;
    while (from < to && !failed) {
        uint32_t end = from + 1;
        int in_model = jm_in_model(c->letter[from]);
        while (end < to && jm_in_model(c->letter[end]) == in_model) end++;
        failed = in_model ? cut_han(c, from, end) : cut_rest(c, from, end);
        from = end;
    }
    return failed;
}
