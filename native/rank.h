/* Keywords by number: what of one record may be a keyword, what speaks for it, and which are the best.
 *
 * `src/jmtools/keywords/` does the same with arrays, and says why; the two are tested against each other.
 */
#ifndef JM_RANK_H
#define JM_RANK_H

#include "jmcore.h"

/* What a word may do in a term and in a credit, as in `keywords/tags.py` and `keywords/credits.py`. */
enum {
    JM_START = 1 << 0,
    JM_END = 1 << 1,
    JM_INSIDE = 1 << 2,
    JM_ALONE = 1 << 3,
    JM_JOINER = 1 << 4,
    JM_DIGIT = 1 << 5,
    JM_GLUE = 1 << 6,
    JM_LATIN = 1 << 7,
    JM_UNIT = 1 << 8,
    JM_UNLISTED = 1 << 9,
    JM_LISTED = 1 << 10,
    JM_NOTE = 1 << 11,
    JM_OPENING = 1 << 12,
    JM_ACCORDING = 1 << 13,
    JM_TAKEN = 1 << 14,
    JM_ASPECT = 1 << 15,
    JM_REPORTER = 1 << 16,
    JM_WIRE = 1 << 17,
    JM_MASTHEAD = 1 << 18,
    JM_NAME = 1 << 19,
    JM_SURNAME = 1 << 20,
    JM_SPACER = 1 << 21,
    JM_LINE_END = 1 << 22,
    JM_STOP = 1 << 23,
    JM_SOURCE = 1 << 24,
    JM_COLON = 1 << 25,
    JM_DOT = JM_JOINER | JM_UNIT,
    JM_FOREIGN = JM_COLON | JM_INSIDE, /* of a foreign name */
    JM_ROLES = (1 << 26) - 1,
    JM_TAG_SHIFT = 26, /* five bits: the class of the part of speech */
    JM_TAG_MASK = 31
};
#define JM_PLAIN (UINT32_C(1) << 31)

enum { JM_MAX_WORDS = 4, JM_MAX_TOKENS = 5, JM_MAX_CHARS = 16, JM_LONGEST_QUOTE = 20, JM_TITLE = 1, JM_QUOTE = 2 };
enum { JM_TOLD = 32 }; /* best candidates of which trees are told */
enum { JM_NEARS = 4096 };

/* A place of a candidate: some words in a row. */
typedef struct {
    uint64_t key;   /* equal for equal strings of one record */
    uint32_t start;
    uint32_t group; /* the candidate */
    uint32_t next;  /* another place of the same candidate, or JM_NONE */
    uint8_t length, kind;
} jm_place;

/* What kind of place it is, one after the other: words and runs, words put together from pieces, quotations. */
enum { JM_WHOLE, JM_GLUED, JM_QUOTED };

/* A candidate: equal strings of one record. */
typedef struct {
    uint64_t key;
    uint32_t first, words;      /* of its first place */
    uint32_t tf, kinds[3];      /* its places, and how many of each kind */
    uint32_t titled, quoted;    /* how often it stands in 《》 and in quotation marks */
    uint32_t place;             /* its last place */
    uint32_t outer;             /* longer runs that contain it, */
    uint64_t outer_tf;          /* and the sum of their frequencies */
    uint32_t in_headline;
} jm_candidate;

/* A candidate that is among the best so far. */
typedef struct {
    double score, trust;
    uint32_t candidate;
} jm_entry;

/* What the formula asks of a candidate. */
typedef struct {
    double value[JM_FACTORS];
    uint32_t kind[JM_KINDS];
} jm_measures;

/* The memory in which one record after the other is ranked. */
struct jm_ranker {
    const jm_fact *fact; /* these as the caller gave them */
    const double *idf;
    const jm_formula *formula;
    uint32_t words, body; /* of the record; the first word after its headline */
    uint64_t doc_key;     /* the keys of equal strings in two records differ */
    /* Of each word, and of the separator that stands behind the last and before the first: */
    uint32_t *id, *role, *offset, *local;
    uint32_t *at[JM_MAX_TOKENS + 1]; /* by number of words: the candidate that begins here, or JM_NONE */
    uint8_t *credit, *inner, *glued;
    uint32_t room;
    /* Of each different word of the record: */
    uint32_t *local_id, *local_tf, *local_glue, *beside, *touched;
    uint8_t *local_head;
    uint32_t locals;
    uint32_t *local_of; /* by number of a word */
    uint64_t numbers, number_room;
    jm_place *place;
    uint32_t places, place_room;
    jm_candidate *candidate;
    uint32_t candidates, candidate_room;
    uint32_t *slot; /* candidate + 1, by its key */
    uint32_t slots;
    uint64_t power[JM_LONGEST_QUOTE + 1]; /* of the base of hashes */
    double near_100[JM_NEARS], near_30[JM_NEARS];
};

/* record.c: read a record; places.c: find its places; candidates.c: group them; factors.c: weigh a candidate;
 * trees.c: order the best anew. */
int64_t jm_record_room(jm_ranker *r, uint32_t words);
int64_t jm_take_vocabulary(jm_ranker *r, const jm_fact *fact, const double *idf, uint64_t numbers);
double jm_tf_form(double tf, uint32_t form);
int64_t jm_read_record(jm_ranker *r, const uint32_t *id, uint32_t words, uint32_t headline);
void jm_mark_credits(jm_ranker *r);
int64_t jm_find_places(jm_ranker *r);
int64_t jm_add_place(jm_ranker *r, uint32_t start, uint32_t length, int kind);
int64_t jm_group_places(jm_ranker *r);
double jm_weigh(jm_ranker *r, const jm_candidate *c, jm_measures *found);
int jm_is_worse(const jm_ranker *r, jm_entry left, jm_entry right);
int jm_are_sound(const jm_forest *forest);
void jm_ask_trees(jm_ranker *r, jm_entry *best, uint32_t size);
int64_t jm_grow(void **array, size_t items, size_t size);

static inline uint32_t jm_before(const jm_ranker *r, uint32_t at) { return at ? at - 1 : r->words; }

static inline int jm_is_dot(const jm_ranker *r, uint32_t at) { return (r->role[at] & JM_DOT) == JM_DOT; }

static inline uint32_t jm_tag_of(const jm_ranker *r, uint32_t at) {
    return r->fact[r->id[at]].meaning >> JM_TAG_SHIFT & JM_TAG_MASK;
}

/* A unit or figure right after a figure: no term begins with the 元 of 10元. */
static inline int jm_in_amount(const jm_ranker *r, uint32_t at) {
    return (r->role[at] & JM_UNIT) && (r->role[jm_before(r, at)] & (JM_UNIT | JM_DIGIT));
}

static inline int jm_is_foreign(const jm_ranker *r, uint32_t at) { return (r->role[at] & JM_FOREIGN) == JM_FOREIGN; }

static inline int jm_is_name(const jm_ranker *r, uint32_t at) {
    return !(r->role[at] & JM_JOINER) && ((r->role[at] & JM_UNLISTED) || jm_tag_of(r, at) == r->formula->person);
}

/* Tell whether a foreign name is cut between two words: 塞巴斯蒂|亚诺夫. */
static inline int jm_is_cut(const jm_ranker *r, uint32_t left, uint32_t right) {
    if (!jm_is_foreign(r, left) || !jm_is_foreign(r, right)) return 0;
    return r->fact[r->id[left]].letters > 1 || r->fact[r->id[right]].letters > 1;
}

/* Tell whether a dot, or a hyphen between two names, joins the parts of a name. */
static inline int jm_is_joint(const jm_ranker *r, uint32_t at) {
    if (jm_is_dot(r, at)) return 1;
    if ((r->role[at] & (JM_DOT | JM_LATIN)) != JM_JOINER || at >= r->words) return 0;
    return jm_is_name(r, jm_before(r, at)) && jm_is_name(r, at + 1);
}

/* A word that goes on with the foreign name before it, and one that has its rest behind it: 朱迪|·|福斯特. Words that
   the user listed are neither. */
static inline int jm_goes_on(const jm_ranker *r, uint32_t at) {
    uint32_t before = jm_before(r, at);
    if (r->role[at] & JM_LISTED) return 0;
    return jm_is_cut(r, before, at) || (jm_is_name(r, at) && jm_is_joint(r, before));
}

static inline int jm_is_unfinished(const jm_ranker *r, uint32_t at) {
    if (at >= r->words || (r->role[at] & JM_LISTED)) return 0;
    return jm_is_cut(r, at, at + 1) || (jm_is_name(r, at) && jm_is_joint(r, at + 1));
}

#endif
