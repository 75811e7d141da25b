/* What the library offers to `split`: sums of weights, the chain of roles, pairs of characters.
 *
 * All memory is the caller's but what a handle holds. Every size and index is checked before it is used.
 */
#ifndef JM_PAGES_H
#define JM_PAGES_H

#include "jmcore.h"

#define JM_PAGES_ABI 6 /* changes whenever one of these functions changes */

enum { JM_MOST_ROLES = 32, JM_SAMPLE = 600 }; /* characters of a line that are looked at, half at either end */

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

/* view.c */
enum { JM_BUILD = 5, JM_WORDS = 0x10000 };

/* The lines of a page, and what the words on it mean. */
typedef struct {
    const uint32_t *text;   /* as features read it, line after line */
    uint64_t size;          /* its characters */
    const uint32_t *ends;   /* where each line ends */
    uint64_t lines;
    const uint32_t *gap;    /* blank lines above each */
    const uint32_t *indent; /* blanks before each */
    const uint8_t *digit;   /* whether each begins with a digit of any script */
    const uint64_t *cue;    /* the cues of each, two numbers a line: one bit a cue */
    const uint64_t *sets;   /* cues that mean something together, two numbers a set */
    uint64_t cues;          /* of the table; behind them follow two kinds of bylines and what short lines are */
    const uint8_t *begins;  /* how often each character below JM_WORDS begins a sentence, from 1 on; 0 if not known */
    const uint8_t *closes;  /* how often it ends a clause */
    const uint32_t *joins;  /* rows of characters: the first is often followed by those behind it */
    uint64_t joins_size;
    const uint32_t *join_row; /* where the row of each character below JM_WORDS begins, plus 1 */
    const uint32_t *base;     /* where the numbers of each family of features begin, and where they all end */
    uint64_t families;
    jm_pairs *pairs; /* its lines; places in their order are those of the long lines, then of all */
    uint64_t half_commas;
    uint32_t paper[JM_BUILD]; /* how other pages of the paper are built */
    uint32_t wide;            /* its digits are of full width */
} jm_page;

typedef struct jm_view jm_view;
JM_API int64_t jm_join_rows(const uint32_t *joins, uint64_t size, uint32_t *row);
JM_API int64_t jm_view_new(const jm_page *page, jm_view **made);
JM_API void jm_view_free(jm_view *view);
JM_API uint64_t jm_view_facts(const jm_view *view, uint32_t *bare, uint32_t *build, uint8_t *complete);
JM_API int64_t jm_view_numbers(const jm_view *view, uint32_t *number, uint32_t *ends);
JM_API int64_t jm_view_score(const jm_view *view, const int32_t *weight, uint64_t rows, uint32_t roles, const uint32_t *row,
                             double unit, double beam, double *score, uint32_t *likely, uint32_t *missing,
                             uint64_t room);

/* marks.c */
enum { JM_MARKED = 0x10000 };
JM_API int64_t jm_marks(const uint32_t *text, uint64_t size, const uint32_t *ends, uint64_t lines, const uint8_t *kind,
                        const uint64_t *bits, uint64_t whole, uint64_t reach, uint64_t head, uint64_t tail,
                        uint64_t *found);

#endif
