/* Terms that a record prints in several forms: OPENAI in its headline, OpenAI in its text. */
#include "choice.h"

enum { FORMS = 8 };

static int is_capital(uint8_t byte) { return byte >= 'A' && byte <= 'Z'; }

static int has_letter(const uint8_t *folded, uint32_t size) {
    for (uint32_t i = 0; i < size; i++)
        if (folded[i] >= 'a' && folded[i] <= 'z') return 1;
    return 0;
}

/* Return a hash of what words print, 0 where that is not the term in any case. */
static uint64_t print_of(const jm_chooser *c, const jm_term *term, uint32_t first) {
    const uint8_t *folded = jm_folded(c, term);
    uint64_t hash = 1469598103934665603u;
    uint32_t at = 0;
    for (uint32_t i = 0; i < term->words; i++) {
        uint64_t length;
        const uint8_t *word = jm_name(c->cutter, c->id[first + i], &length);
        if (length > term->size - at) return 0;
        for (uint64_t k = 0; k < length; k++, at++) {
            if ((is_capital(word[k]) ? word[k] | 0x20 : word[k]) != folded[at]) return 0;
            hash = (hash ^ word[k]) * 1099511628211u;
        }
    }
    return at == term->size ? hash | 1 : 0;
}

/* Return where a term stands as it is printed most often, of equal forms the first; `first` where case changes nothing. */
uint32_t jm_commonest_place(const jm_chooser *c, const jm_term *term, uint32_t first) {
    uint64_t form[FORMS];
    uint32_t place[FORMS], count[FORMS], forms = 0, best = 0;
    if (term->tf < 2 || !has_letter(jm_folded(c, term), term->size)) return first;
    for (uint32_t at = 0; at + term->words <= c->words; at++) {
        uint64_t hash = print_of(c, term, at);
        if (hash == 0) continue;
        uint32_t known = 0;
        while (known < forms && form[known] != hash) known++;
        if (known == FORMS) continue;
        if (known == forms) form[forms] = hash, place[forms] = at, count[forms++] = 0;
        count[known]++;
    }
    for (uint32_t i = 1; i < forms; i++)
        if (count[i] > count[best]) best = i;
    return forms ? place[best] : first;
}
