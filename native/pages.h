/* What the library offers to `split`: sums of weights, the chain of roles, pairs of characters.
 *
 * All memory is the caller's but what a handle holds. Every size and index is checked before it is used.
 */
#ifndef JM_PAGES_H
#define JM_PAGES_H

#include "jmcore.h"

#define JM_PAGES_ABI 4 /* changes whenever one of these functions changes */

enum { JM_MOST_ROLES = 32 };

/* The weights of one role after another; `roles` × `roles` numbers, from × to. */
typedef struct {
    const double *weight;  /* logarithms; minus infinity where a role may not follow */
    const double *factor;  /* their exponentials */
    const uint32_t *after; /* of each role: those that may follow, as bits */
    uint32_t roles;
    uint32_t first;    /* roles that the first line may have, as bits */
    uint32_t open;     /* roles after which something is still open */
    uint32_t fallback; /* roles that are added where none can follow */
} jm_chain;

JM_API int32_t jm_pages_abi(void);

/* scores.c */
JM_API int64_t jm_rows(const double *value, const uint8_t *role, uint64_t values, const uint32_t *ends, uint64_t rows,
                       uint32_t roles, double unit, int32_t *weight);
JM_API int64_t jm_score(const int32_t *weight, uint64_t rows, uint32_t roles, const uint32_t *feature,
                        uint64_t features, const uint32_t *ends, uint64_t lines, double unit, double beam, double *score,
                        uint32_t *likely);

/* chain.c */
JM_API int64_t jm_find_roles(const jm_chain *chain, const double *score, uint32_t *allowed, uint64_t lines, uint8_t *path,
                         uint32_t *choice, double *chance, uint64_t room);

/* pairs.c */
typedef struct jm_pairs jm_pairs;
JM_API int64_t jm_pairs_new(const uint32_t *text, uint64_t size, const uint32_t *ends, uint64_t lines,
                            const uint64_t *weight, const uint32_t *order, uint64_t orders, jm_pairs **made);
JM_API void jm_pairs_free(jm_pairs *pairs);
JM_API int64_t jm_pairs_have(const jm_pairs *pairs, const uint32_t *text, uint64_t asked, uint8_t *has);
JM_API int64_t jm_pairs_again(const jm_pairs *pairs, const uint32_t *text, uint64_t size, const uint32_t *place,
                              uint64_t asked, uint64_t length, uint8_t *may);
JM_API int64_t jm_pairs_share(jm_pairs *pairs, const uint32_t *range, uint64_t asked, int32_t smaller, double *share);
JM_API int64_t jm_pairs_tie(jm_pairs *pairs, const uint32_t *known, const uint8_t *tie, uint64_t count, uint8_t rarest);
JM_API int64_t jm_pairs_tied(jm_pairs *pairs, const uint32_t *one, uint64_t ones, const uint32_t *other,
                             uint64_t others);

/* marks.c */
enum { JM_MARKED = 0x10000 };
JM_API int64_t jm_marks(const uint32_t *text, uint64_t size, const uint32_t *ends, uint64_t lines, const uint8_t *kind,
                        const uint64_t *bits, uint64_t whole, uint64_t reach, uint64_t head, uint64_t tail,
                        uint64_t *found);

#endif
