/* The chain of roles: the best allowed sequence, and the probability of each role of each line.
 *
 * Every sum is made in the order of `pages/chain.py`, which does the same without this library.
 */
#include <math.h>
#include <stdlib.h>

#include "pages.h"

/* The roles of a line, ascending, and what is known of each. */
typedef struct {
    uint32_t count;
    uint8_t role[JM_MOST_ROLES];
    double value[JM_MOST_ROLES];
} row;

static void roles_of(uint32_t bits, row *into) {
    into->count = 0;
    for (uint8_t j = 0; bits != 0; j++, bits >>= 1) {
        if (bits & 1) into->role[into->count++] = j;
    }
}

static void scale(row *values) {
    double total = 0.0;
    for (uint32_t k = 0; k < values->count; k++) total += values->value[k];
    if (total == 0.0) return;
    for (uint32_t k = 0; k < values->count; k++) values->value[k] /= total;
}

/* Find the roles of each line that can follow those above; where there are none, allow others too. */
static int64_t connect(const jm_chain *chain, uint32_t *allowed, uint64_t lines, uint32_t *choice, uint64_t room) {
    uint32_t after = chain->first;
    uint64_t total = 0;
    for (uint64_t n = 0; n < lines; n++) {
        if ((allowed[n] & after) == 0) allowed[n] |= chain->fallback;
        uint32_t bits = allowed[n] & after;
        if (bits == 0) return JM_INPUT;
        choice[n] = bits, after = 0;
        for (uint32_t j = 0; j < chain->roles; j++) {
            if (bits >> j & 1) after |= chain->after[j], total++;
        }
    }
    return total <= room ? (int64_t)total : JM_ROOM;
}

/* Find the best sequence; `back` has for each role of a line the place of the best one above it. */
static void find_path(const jm_chain *chain, const double *score, const uint32_t *choice, uint64_t lines, uint8_t *path,
                      uint8_t *back) {
    const uint32_t roles = chain->roles;
    row best, next;
    roles_of(choice[0], &best);
    for (uint32_t k = 0; k < best.count; k++) best.value[k] = score[best.role[k]];
    for (uint64_t n = 1; n < lines; n++) {
        roles_of(choice[n], &next);
        for (uint32_t k = 0; k < next.count; k++) {
            uint32_t found = 0;
            double top = best.value[0] + chain->weight[best.role[0] * roles + next.role[k]];
            for (uint32_t b = 1; b < best.count; b++) {
                double way = best.value[b] + chain->weight[best.role[b] * roles + next.role[k]];
                if (way > top) top = way, found = b;
            }
            next.value[k] = top + score[n * roles + next.role[k]];
            back[n * JM_MOST_ROLES + k] = (uint8_t)found;
        }
        best = next;
    }
    uint32_t place = 0, closed = 0; /* a page ends with nothing open, if that is possible */
    for (uint32_t k = 0; k < best.count; k++) {
        if (chain->open >> best.role[k] & 1) continue;
        if (!closed || best.value[k] > best.value[place]) place = k;
        closed = 1;
    }
    for (uint32_t k = 0; k < best.count && !closed; k++) place = best.value[k] > best.value[place] ? k : place;
    for (uint64_t n = lines; n-- > 0;) {
        roles_of(choice[n], &next);
        path[n] = next.role[place];
        place = n > 0 ? back[n * JM_MOST_ROLES + place] : 0;
    }
}

/* How a line looks, beside the likeliest of its roles. */
static void look(const jm_chain *chain, const double *score, uint32_t allowed, row *into) {
    if ((allowed & (allowed - 1)) == 0) {
        into->value[0] = 1.0;
        return;
    }
    double top = -INFINITY;
    for (uint32_t j = 0; j < chain->roles; j++) top = (allowed >> j & 1) && score[j] > top ? score[j] : top;
    for (uint32_t k = 0; k < into->count; k++) into->value[k] = exp(score[into->role[k]] - top);
}

/* Multiply what reaches each role from the line above with how the line itself looks. */
static void pass_on(const jm_chain *chain, const row *above, row *now) {
    const uint32_t roles = chain->roles;
    if (now->count == 1) {
        now->value[0] = 1.0;
        return;
    }
    for (uint32_t k = 0; k < now->count; k++) {
        double total = 0.0;
        if (above->count == 1) total = chain->factor[above->role[0] * roles + now->role[k]];
        for (uint32_t b = 0; b < above->count && above->count > 1; b++) {
            total += above->value[b] * chain->factor[above->role[b] * roles + now->role[k]];
        }
        now->value[k] *= total;
    }
    scale(now);
}

/* What the lines below say of each role of a line; `below` has how the next line looks, times what is below that. */
static void pass_back(const jm_chain *chain, const row *below, row *now) {
    const uint32_t roles = chain->roles;
    if (now->count == 1) {
        now->value[0] = 1.0;
        return;
    }
    for (uint32_t k = 0; k < now->count; k++) {
        const double *factor = chain->factor + now->role[k] * roles;
        double total = 0.0;
        if (below->count == 1) total = factor[below->role[0]] * below->value[0];
        for (uint32_t b = 0; b < below->count && below->count > 1; b++) total += below->value[b] * factor[below->role[b]];
        now->value[k] = total;
    }
    scale(now);
}

/* Find the probability of each role of each line: forward, then backward, scaled line by line. */
static void find_chances(const jm_chain *chain, const double *score, const uint32_t *allowed, const uint32_t *choice,
                         uint64_t lines, double *chance, uint64_t total) {
    const uint32_t roles = chain->roles;
    row above, now = {0}, onward;
    uint64_t at = 0;
    for (uint64_t n = 0; n < lines; n++) {
        roles_of(choice[n], &now);
        look(chain, score + n * roles, allowed[n], &now);
        if (n > 0) {
            pass_on(chain, &above, &now);
        } else {
            scale(&now);
        }
        for (uint32_t k = 0; k < now.count; k++) chance[at++] = now.value[k];
        above = now;
    }
    for (uint32_t k = 0; k < now.count; k++) above.value[k] = 1.0;
    at = total - now.count;
    scale(&now); /* the last line: nothing is below it */
    for (uint32_t k = 0; k < now.count; k++) chance[at + k] = now.value[k];
    for (uint64_t n = lines - 1; n-- > 0;) {
        onward = above; /* what is below the line below, times how that line looks */
        look(chain, score + (n + 1) * roles, allowed[n + 1], &onward);
        for (uint32_t k = 0; k < onward.count; k++) onward.value[k] *= above.value[k];
        roles_of(choice[n], &above);
        pass_back(chain, &onward, &above);
        at -= above.count;
        now = above;
        for (uint32_t k = 0; k < now.count; k++) now.value[k] = chance[at + k] * above.value[k];
        if (now.count > 1) scale(&now);
        for (uint32_t k = 0; k < now.count; k++) chance[at + k] = now.count > 1 ? now.value[k] : 1.0;
    }
}

/* Find the most probable sequence of roles and the probability of each role of each line.
 *
 * `allowed` has the roles that each line may have, as bits, and gets more where none of them can follow. `choice` gets
 * those that are left, and `chance` their probabilities, line after line. Returns how many these are.
 */
int64_t jm_find_roles(const jm_chain *chain, const double *score, uint32_t *allowed, uint64_t lines, uint8_t *path,
                  uint32_t *choice, double *chance, uint64_t room) {
    if (chain->roles == 0 || chain->roles > JM_MOST_ROLES || lines == 0) return JM_INPUT;
    uint32_t known = 0xFFFFFFFFu >> (JM_MOST_ROLES - chain->roles);
    for (uint64_t n = 0; n < lines; n++) allowed[n] &= known;
    jm_chain checked = *chain;
    checked.first &= known, checked.fallback &= known;
    for (uint32_t j = 0; j < chain->roles; j++) {
        if (chain->after[j] & ~known) return JM_INPUT;
    }
    int64_t total = connect(&checked, allowed, lines, choice, room);
    if (total < 0) return total;
    uint8_t *back = lines <= SIZE_MAX / JM_MOST_ROLES ? malloc((size_t)lines * JM_MOST_ROLES) : NULL;
    if (back == NULL) return JM_MEMORY;
    find_path(&checked, score, choice, lines, path, back);
    free(back);
    find_chances(&checked, score, allowed, choice, lines, chance, (uint64_t)total);
    return total;
}
