/* The segmenter core: what the library offers, and what its files share.
 *
 * Text goes in as UTF-8, words come out as numbers. There is no global state: a dictionary is read-only and may be
 * shared by threads, a cutter belongs to one thread. Nothing recurses, and every index is checked before it is used,
 * so that neither text nor a damaged image can make the core read or write outside of its memory.
 */
#ifndef JMCORE_H
#define JMCORE_H

#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32)
#define JM_API __declspec(dllexport)
#else
#define JM_API __attribute__((visibility("default")))
#endif

#define JM_ABI 17 /* changes whenever a function or the image changes */
#define JM_NONE UINT32_MAX
#define JM_LEAST_TRUST 1e-6

enum {
    JM_MEMORY = -1, /* no memory left */
    JM_IMAGE = -2,  /* the image is damaged, or of another version */
    JM_ROOM = -3,   /* the caller's arrays are too short */
    JM_INPUT = -4,  /* an argument is out of its range */
    JM_UNKNOWN = -5 /* no word of the dictionary */
};

/* What an image is built from: words sorted by their bytes, each once. */
typedef struct {
    const uint8_t *text;  /* the words in UTF-8, end to end */
    const uint32_t *ends; /* where each word ends in `text` */
    const double *weight; /* log probability; above 0 for words that are no words of the dictionary */
    const double *idf;    /* background idf */
    const uint8_t *tag;   /* index of the part of speech */
    uint32_t words;
    uint32_t hmm_rows;
    double alone;             /* log probability of a character that no dictionary has */
    const uint32_t *hmm_char; /* characters that the model for unknown words knows */
    const double *hmm_emit;   /* for each of them its log probability in the states B, E, M, S */
    const double *hmm_start;  /* 4 */
    const double *hmm_change; /* 4 × 4, from × to */
    const uint8_t *note;      /* anything that the caller wants to find in the image again */
    uint32_t note_size;
} jm_source;

/* One node of the trie: the child by a character stands at `base` + its code, and has the code written in it.
 *
 * No two nodes have the same base, so that this is enough to know it by. Eight bytes: what common text needs of the
 * trie then fits into the fast memory beside the processor, and that decides how fast text is cut.
 */
typedef struct {
    uint32_t base;   /* past all units where there is no child */
    uint16_t code;   /* JM_FREE where nothing stands */
    uint16_t weight; /* index into the table of weights; 0 where no word of the dictionary ends */
} jm_unit;

enum { JM_FREE = 0xFFFF };

typedef struct {
    const jm_unit *unit;
    double *weight;          /* log probabilities, as many as there are indexes; the first, for none, is minus infinity */
    const uint32_t *number;  /* of each unit: the word that ends there, or JM_NONE */
    const uint8_t *text;     /* all words, end to end */
    const uint32_t *end;     /* of each word in `text` */
    const uint16_t *code;    /* of each code point below `code_points`; 0 for none */
    const double *idf;       /* of each word */
    const uint8_t *tag;      /* of each word */
    const uint16_t *hmm_row; /* of each Han character that the model covers: its row of `hmm_emit` */
    const double *hmm_emit;
    const uint8_t *note;
    uint32_t units, words, text_size, code_points, hmm_rows, note_size;
    double alone, hmm_start[4], hmm_change[16];
} jm_dictionary;

typedef struct jm_cutter jm_cutter;

/* The range of the model for unknown words, and the row of a character that it does not have. */
enum { JM_HMM_FIRST = 0x4E00, JM_HMM_LAST = 0x9FD5, JM_HMM_NONE = 0xFFFF };

/* image.c, build.c */
JM_API int32_t jm_abi(void);
JM_API int64_t jm_build(const jm_source *source, uint8_t **image);
JM_API void jm_release(uint8_t *image);
JM_API int64_t jm_open(const uint8_t *image, uint64_t size, jm_dictionary **dictionary);
JM_API void jm_close(jm_dictionary *dictionary);
JM_API uint32_t jm_words(const jm_dictionary *dictionary);
JM_API const double *jm_idf(const jm_dictionary *dictionary);
JM_API const uint8_t *jm_tags(const jm_dictionary *dictionary);
JM_API int64_t jm_note(const jm_dictionary *dictionary, const uint8_t **note);

/* cutter.c */
JM_API jm_cutter *jm_cutter_new(const jm_dictionary *dictionary);
JM_API void jm_cutter_free(jm_cutter *cutter);
JM_API int64_t jm_cut(jm_cutter *cutter, const uint8_t *text, uint64_t size, uint32_t *number, uint32_t *end,
                      uint64_t room);
JM_API int64_t jm_look_up(const jm_dictionary *dictionary, const uint8_t *word, uint64_t size);
JM_API int64_t jm_number(jm_cutter *cutter, const uint8_t *word, uint64_t size);
JM_API uint32_t jm_others(const jm_cutter *cutter);
JM_API void jm_forget(jm_cutter *cutter);
JM_API int64_t jm_names(const jm_cutter *cutter, const uint32_t *number, uint64_t count, uint8_t *text, uint64_t room,
                        uint32_t *end);

/* many.c: texts and words that lie end to end, `ends` saying where each ends */
JM_API int64_t jm_cut_many(jm_cutter *cutter, const uint8_t *text, uint64_t size, const uint32_t *ends, uint64_t texts,
                           uint32_t *number, uint32_t *end, uint64_t room, uint32_t *count);
JM_API int64_t jm_look_up_many(const jm_dictionary *dictionary, const uint8_t *text, uint64_t size,
                               const uint32_t *ends, uint64_t words, uint32_t *number);
JM_API int64_t jm_number_many(jm_cutter *cutter, const uint8_t *text, uint64_t size, const uint32_t *ends,
                              uint64_t words, uint32_t *number);
JM_API int64_t jm_write(const uint8_t *text, uint64_t size, const uint32_t *number, const uint32_t *end,
                        uint64_t count, uint32_t mark, const uint32_t *longer, uint64_t stretches, uint8_t *out,
                        uint64_t room);

/* What characters make of a text, as bits; texts are looked through for them before they are cut. */
enum {
    JM_TRADITIONAL = 1, /* needs its Simplified characters */
    JM_FIGURE = 2,      /* may have numbers, dates or times */
    JM_SIGN = 4,        /* may have an address, a tag or an entity: what stands beside tells */
    JM_ODD = 8          /* is not cut here */
};

typedef struct {
    const uint8_t *kind;  /* of each character of the first plane: these bits */
    const uint16_t *form; /* of each character of the first plane, see `jm_simplify` */
    uint8_t *memory;      /* room for the longest text, twice */
    uint64_t longest;     /* bytes of that text */
} jm_whole;

/* whole.c */
JM_API int64_t jm_cut_whole(jm_cutter *cutter, const uint8_t *text, uint64_t size, const uint32_t *ends,
                            uint64_t texts, const jm_whole *whole, uint32_t *number, uint32_t *end, uint64_t room,
                            uint32_t *count);

/* Words end to end, and where each ends. */
typedef struct {
    const uint8_t *letters;
    const uint32_t *ends;
    uint64_t count;
} jm_sorted;

/* Where a record lies among lines. */
typedef struct {
    uint32_t start, end; /* its bytes, without blanks around */
    uint32_t text_end;   /* where what it says ends among the texts of all */
    uint32_t headline;   /* characters of it that are the headline and its line break */
    uint32_t line;
    uint32_t markup; /* whether & or < stands in the text */
} jm_article;

/* articles.c */
JM_API int64_t jm_read_lines(const uint8_t *data, uint64_t size, const jm_sorted *names, uint8_t *text, uint64_t room,
                             jm_article *line, uint64_t lines);
JM_API int64_t jm_splice_lines(const uint8_t *data, uint64_t size, const jm_article *line, uint64_t lines, const uint8_t *head,
                               uint64_t head_size, const uint8_t *value, const uint64_t *ends, const jm_sorted *tails,
                               const uint32_t *tail, uint8_t *out, uint64_t room);

/* What is counted of a word. */
typedef struct {
    uint32_t freq, docfreq, last; /* the last record that had it, from 1 on */
} jm_slot;

/* tally.c */
JM_API int64_t jm_tally(const uint32_t *id, uint64_t size, const uint32_t *count, uint64_t records, jm_slot *slot,
                        uint64_t numbers, uint32_t *number, uint32_t *freq, uint32_t *docfreq);
JM_API int64_t jm_odd_words(const jm_cutter *cutter, const uint32_t *number, uint64_t words, uint32_t *place);
JM_API void jm_count_scripts(const jm_cutter *cutter, const uint32_t *number, uint64_t words, const uint16_t *form,
                             uint64_t *counts);
JM_API int64_t jm_sort_words(const jm_cutter *cutter, uint32_t *number, uint64_t words);
JM_API int64_t jm_word_lines(const jm_cutter *cutter, const uint32_t *number, const uint32_t *tail, uint64_t words,
                             const uint8_t *head, uint64_t head_size, const uint8_t *text, const uint32_t *ends,
                             uint64_t tails, uint8_t *out, uint64_t room);

/* What the keywords of a record are ranked by; `native/rank.h` and `keywords/native_rank.py` say more. */

typedef struct {
    uint64_t hash;    /* of its characters in lower case */
    uint32_t meaning; /* what the word may do in a term, and the class of its part of speech */
    uint32_t letters; /* characters */
    uint8_t habit[8]; /* what is known of it from other texts, as `keywords/habits.py` has it */
} jm_fact;

enum {
    JM_F_TF,
    JM_F_ONCE,
    JM_F_TWICE,
    JM_F_IDF,
    JM_F_COHESION,
    JM_F_COHESION_TO_COMMONEST,
    JM_F_FIGURES,
    JM_F_JOINERS,
    JM_F_FUNCTIONS,
    JM_F_FREE_RUN,
    JM_F_FREE_WORD,
    JM_F_FREE_LEFT,
    JM_F_FREE_RIGHT,
    JM_F_HEADLINE,
    JM_F_HEADLINE_RUN,
    JM_F_WORDS_IN_HEADLINE,
    JM_F_ALL_IN_HEADLINE,
    JM_F_NEAR,
    JM_F_AT_BEGINNING,
    JM_F_NO_HEADLINE,
    JM_F_TITLED,
    JM_F_QUOTED,
    JM_F_ONLY_QUOTED,
    JM_F_GLUED,
    JM_F_CLAUSE,
    JM_F_TF_HEADLINE,
    JM_F_IDF_HEADLINE,
    JM_F_NEAR_HEADLINE,
    JM_F_LEFT_HEADLINE,
    JM_F_RIGHT_HEADLINE,
    JM_F_TITLED_HEADLINE,
    JM_FACTORS
};
enum {
    JM_K_WORDS,
    JM_K_CHARACTERS,
    JM_K_TAG,
    JM_K_FIRST_TAG,
    JM_K_LAST_TAG,
    JM_K_WORDS_IN_HEADLINE,
    JM_K_TAG_IN_HEADLINE,
    JM_K_LAST_TAG_IN_HEADLINE,
    JM_KINDS
};
enum { JM_TF_RAW, JM_TF_LOG, JM_TF_BM25, JM_TF_SHARE };
enum { JM_MARKS = 4, JM_TABLE = 33 };
enum { JM_VERBS = 1, JM_LOOSE = 2, JM_PIECES = 8 }; /* how many classes of `piece` are of each */

/* Trees with up to JM_LEAVES leaves each, as `keywords/trees.py` has them; none of `trees` is 0. */
enum { JM_LEAVES = 16 };
typedef struct {
    const int16_t *leaf;      /* trees × JM_LEAVES */
    const uint16_t *feature;  /* trees × (JM_LEAVES - 1), and so are the next two */
    const int16_t *threshold; /* a test fails where the feature is above it; */
    const uint16_t *kept;     /* then these leaves are left, as bits */
    double unit, constant;
    int32_t rest;
    uint32_t trees;
} jm_forest;

/* The chain of labels by which names are found, as `words/name_chain.py` has it. */
typedef struct {
    const uint8_t *class;         /* of each character of the first plane */
    const uint32_t *key, *end;    /* of each feature, and where its weights end; */
    const uint8_t *label;         /* which labels they are for, */
    const int8_t *weight;         /* and what they are */
    const int32_t *move;          /* from each label to each */
    const uint8_t *begins, *ends; /* whether a text may begin or end with a label */
    uint32_t *slot;               /* all 0 at first */
    uint32_t keys, slots, labels;
    uint8_t first_mark, inside[4]; /* parts of speech: the first of the marks, and those that names may hold */
} jm_namer;

/* names.c */
JM_API int64_t jm_index_names(const jm_namer *model);
JM_API int64_t jm_label_names(const jm_namer *model, const uint32_t *text, uint64_t size, const uint32_t *end,
                              const uint8_t *tag, const uint8_t *kind, uint64_t words, uint8_t *path);

/* The formula: the logarithm of a score is `constant` + Σ weight × factor + Σ table[kind], added in the order given. */
typedef struct {
    double constant;
    double weight[JM_FACTORS];        /* in the order of `factor` */
    double table[JM_KINDS][JM_TABLE]; /* by choice and kind */
    uint32_t factor[JM_FACTORS], choice[JM_KINDS];
    uint32_t mark[2 * JM_MARKS]; /* numbers of the words 《 》 “ ” 「 」 【 】 */
    uint32_t line_break;         /* number of the word that parts records */
    uint32_t piece[JM_PIECES];   /* classes of words that make a run a piece of a sentence; verbs, adjectives first */
    uint32_t verbal;             /* class of verbs that are used as nouns */
    uint32_t person;             /* class of persons */
    uint32_t form;               /* of the frequency: JM_TF_… */
    uint32_t loose;              /* classes, as bits, of words that are none of the first keywords by themselves */
    jm_forest forest;            /* orders the best candidates anew */
    jm_forest firsts;            /* says how fit they are to be among the first keywords */
} jm_formula;

enum { JM_PIECE = 1, JM_LOOSE_ALONE = 2 }; /* it may be a piece of a word; a rare verb or the like outside the headline */

/* One of the best candidates of a record: its score, its first place, how often it stands there. */
typedef struct {
    double score;
    double trust; /* what its score is multiplied by until the first keywords are chosen, JM_LEAST_TRUST to 1 */
    uint32_t first, words, tf;
    uint32_t doubts; /* what speaks against a word: JM_PIECE, JM_LOOSE_ALONE */
} jm_row;

/* How keywords are chosen among the best. */
typedef struct {
    jm_sorted light;   /* words that no term of several words is equal to */
    jm_sorted closing; /* those of them before which no light word makes a term of two */
    jm_sorted wide;    /* words that are not among the first keywords if others are nearly as good; */
    jm_sorted sources; /* and what ends with one of these is none */
    uint32_t top;
    uint32_t apart; /* whether terms inside one another must stand apart, and twins get a lower score */
    uint32_t sifts; /* whether terms are candidates, of which not all are fit to be one */
} jm_choice;

typedef struct jm_ranker jm_ranker;

JM_API jm_ranker *jm_ranker_new(void);
JM_API void jm_ranker_free(jm_ranker *ranker);
JM_API int64_t jm_rank(jm_ranker *ranker, const jm_formula *formula, const jm_fact *fact, const double *idf,
                       uint64_t numbers, const uint32_t *id, uint64_t size, const uint32_t *count,
                       const uint32_t *headline, uint64_t records, uint32_t look, jm_row *row, uint64_t room,
                       uint32_t *found);
JM_API int64_t jm_top_words(jm_ranker *ranker, const jm_fact *fact, const double *idf, uint64_t numbers,
                            const uint32_t *id, uint64_t size, const uint32_t *count, uint64_t records, uint32_t top,
                            uint32_t form, jm_row *row, uint64_t room, uint32_t *found);
JM_API int64_t jm_choose(const jm_cutter *cutter, const jm_choice *choice, const uint32_t *id, uint64_t size,
                         const uint32_t *count, uint64_t records, jm_row *row, uint64_t rows, uint32_t *found);
JM_API int64_t jm_write_keywords(const jm_cutter *cutter, const uint32_t *id, uint64_t size, const uint32_t *count,
                                 uint64_t records, const jm_row *row, uint64_t rows, const uint32_t *found,
                                 const int64_t *df, uint64_t numbers, uint8_t *out, uint64_t room, uint64_t *ends);
JM_API uint64_t jm_sum(const uint8_t *data, uint64_t size);

/* Ask for memory that will soon be read, so many words ahead. */
enum { JM_AHEAD = 12 };
static inline void jm_fetch(const void *place) {
#if defined(__GNUC__)
    __builtin_prefetch(place);
#else
    (void)place;
#endif
}

/* The child of a unit by a code, or 0. */
static inline uint32_t jm_child(const jm_dictionary *dictionary, uint32_t parent, uint32_t code) {
    uint64_t place = (uint64_t)dictionary->unit[parent].base + code;
    return code != 0 && place < dictionary->units && dictionary->unit[place].code == code ? (uint32_t)place : 0;
}

/* Tell whether a word of the dictionary ends at a unit. */
static inline int jm_is_word(const jm_dictionary *dictionary, uint32_t unit) {
    return dictionary->unit[unit].weight != 0;
}

static inline uint32_t jm_code(const jm_dictionary *dictionary, uint32_t letter) {
    return letter < dictionary->code_points ? dictionary->code[letter] : 0;
}

/* Read one code point and return its size in bytes; a byte that begins none stands for itself, as U+FFFD. */
static inline uint32_t jm_decode(const uint8_t *text, uint64_t left, uint32_t *letter) {
    uint32_t first = text[0];
    if (first < 0x80) {
        *letter = first;
        return 1;
    }
    if (first >= 0xE0 && first < 0xF0 && left >= 3 && (text[1] & 0xC0) == 0x80 && (text[2] & 0xC0) == 0x80) {
        *letter = (first & 0x0F) << 12 | (uint32_t)(text[1] & 0x3F) << 6 | (text[2] & 0x3F);
        return 3;
    }
    if (first >= 0xC2 && first < 0xE0 && left >= 2 && (text[1] & 0xC0) == 0x80) {
        *letter = (first & 0x1F) << 6 | (text[1] & 0x3F);
        return 2;
    }
    if (first >= 0xF0 && first < 0xF5 && left >= 4 && (text[1] & 0xC0) == 0x80 && (text[2] & 0xC0) == 0x80 &&
        (text[3] & 0xC0) == 0x80) {
        *letter = (first & 0x07) << 18 | (uint32_t)(text[1] & 0x3F) << 12 | (uint32_t)(text[2] & 0x3F) << 6 |
                  (text[3] & 0x3F);
        return 4;
    }
    *letter = 0xFFFD;
    return 1;
}

#endif
