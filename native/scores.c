/* Scores of lines: the sums of the weights of their features, for each role. */
#include <math.h>

#include "lines.h"

int32_t jm_pages_abi(void) { return JM_PAGES_ABI; }

/* Write the weights of each feature as whole numbers, in units of 1 / `unit`; `ends` says where those of each end. */
int64_t jm_rows(const double *value, const uint8_t *role, uint64_t values, const uint32_t *ends, uint64_t rows,
                uint32_t roles, double unit, int32_t *weight) {
    if (roles == 0 || roles > JM_MOST_ROLES) return JM_INPUT;
    uint64_t at = 0;
    for (uint64_t n = 0; n < rows; n++) {
        if (ends[n] < at || ends[n] > values) return JM_INPUT;
        for (uint32_t j = 0; j < roles; j++) weight[n * roles + j] = 0;
        for (; at < ends[n]; at++) {
            double whole = rint(value[at] * unit);
            if (role[at] >= roles || !(fabs(whole) < INT32_MAX)) return JM_INPUT;
            weight[n * roles + role[at]] = (int32_t)whole;
        }
    }
    return 0;
}

/* Add up the weights of one line. Whole numbers: their sum is the same in any order. */
static void add_rows(const int32_t *weight, uint32_t roles, const uint32_t *feature, uint64_t count, int32_t *sum) {
    for (uint32_t j = 0; j < roles; j++) sum[j] = 0;
    for (uint64_t i = 0; i < count; i++) {
        const int32_t *row = weight + (uint64_t)feature[i] * roles;
        for (uint32_t j = 0; j < roles; j++) sum[j] = (int32_t)((uint32_t)sum[j] + (uint32_t)row[j]);
    }
}

/* Return the roles that score at most `beam` below the best, as bits. */
static uint32_t near_best(const double *score, uint32_t roles, double beam) {
    double best = score[0];
    uint32_t bits = 0;
    for (uint32_t j = 1; j < roles; j++) best = score[j] > best ? score[j] : best;
    for (uint32_t j = 0; j < roles; j++) bits |= (uint32_t)(score[j] >= best - beam) << j;
    return bits;
}

/* Give each line a score for each role, and the roles that its own score leaves.
 *
 * `weight` has a row for each feature, in units of 1 / `unit`; `ends` says where the features of each line end.
 */
int64_t jm_score(const int32_t *weight, uint64_t rows, uint32_t roles, const uint32_t *feature, uint64_t features,
                 const uint32_t *ends, uint64_t lines, double unit, double beam, double *score, uint32_t *likely) {
    if (roles == 0 || roles > JM_MOST_ROLES) return JM_INPUT;
    for (uint64_t i = 0; i < features; i++) {
        if (feature[i] >= rows) return JM_INPUT;
    }
    uint64_t start = 0;
    for (uint64_t n = 0; n < lines; n++) {
        if (ends[n] < start || ends[n] > features) return JM_INPUT;
        int32_t sum[JM_MOST_ROLES];
        add_rows(weight, roles, feature + start, ends[n] - start, sum);
        for (uint32_t j = 0; j < roles; j++) score[n * roles + j] = sum[j] / unit;
        likely[n] = near_best(score + n * roles, roles, beam);
        start = ends[n];
    }
    return 0;
}

/* Note the first few features of a page whose row of weights is not known yet; return how many. */
static uint64_t find_missing(const jm_view *view, const uint32_t *row, uint32_t *missing, uint64_t room) {
    uint64_t count = 0;
    for (uint64_t i = 0; i < view->used && count < room; i++) {
        if (row[view->number[i]] == 0) missing[count++] = view->number[i];
    }
    return count;
}

/* Do what `jm_score` does with the features of a page.
 *
 * `row` has for each feature 0 if its weights are not known yet, 1 if it has none, or the number of their row plus 2.
 * Where some are not known they are listed, and their number is returned.
 */
int64_t jm_view_score(const jm_view *view, const int32_t *weight, uint64_t rows, uint32_t roles, const uint32_t *row,
                      double unit, double beam, double *score, uint32_t *likely, uint32_t *missing, uint64_t room) {
    if (roles == 0 || roles > JM_MOST_ROLES || room == 0) return JM_INPUT;
    uint64_t count = find_missing(view, row, missing, room);
    if (count) return (int64_t)count;
    uint64_t at = 0;
    for (uint32_t n = 0; n < view->lines; n++) {
        int32_t sum[JM_MOST_ROLES] = {0};
        for (; at < view->ends[n]; at++) {
            uint32_t found = row[view->number[at]];
            if (found < 2) continue;
            if (found - 2 >= rows) return JM_INPUT;
            const int32_t *own = weight + (uint64_t)(found - 2) * roles;
            for (uint32_t j = 0; j < roles; j++) sum[j] = (int32_t)((uint32_t)sum[j] + (uint32_t)own[j]);
        }
        for (uint32_t j = 0; j < roles; j++) score[n * roles + j] = sum[j] / unit;
        likely[n] = near_best(score + n * roles, roles, beam);
    }
    return 0;
}
