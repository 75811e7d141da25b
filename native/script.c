/* Traditional text in Simplified characters, as `words/shadow.py` has it: dictionary and model know these. */
#include <string.h>

#include "cutter.h"

/* Characters that only Traditional text has in this use, told by their neighbours; NULL: whatever stands there. */
static const struct {
    const char *letter, *form, *before, *not_before, *after, *not_after;
} doubtful[] = {
    {"著", "着", NULL, "名原顯編專巨論卓昭土合遺譯所力", NULL, "名作者述書錄稱"},
    {"瞭", "了", NULL, NULL, NULL, "望"},
    {"藉", "借", NULL, NULL, "口由著此以機助故詞", NULL},
    {"藉", "借", "憑", NULL, NULL, NULL},
    {"覆", "复", "答回批重反修往", NULL, NULL, NULL},
    {"覆", "复", NULL, NULL, "雜核查審診", NULL},
    {"乾", "干", NULL, NULL, NULL, "隆坤"},
    {"於", "于", NULL, NULL, NULL, NULL},
    {"甚", "什", NULL, NULL, "麼麽", NULL},
};
enum { LETTER_SIZE = 3, DOUBTFUL = sizeof doubtful / sizeof *doubtful };

/* Tell whether the character at a place is one of some, all of three bytes; nothing stands past the end of a text. */
static int is_one_of(const uint8_t *text, uint64_t at, uint64_t size, const char *letters) {
    if (at >= size || size - at < LETTER_SIZE) return 0;
    for (; *letters; letters += LETTER_SIZE)
        if (memcmp(text + at, letters, LETTER_SIZE) == 0) return 1;
    return 0;
}

/* Return what a doubtful character becomes, or NULL. */
static const char *form_of(const uint8_t *text, uint64_t at, uint64_t size) {
    uint64_t before = at >= LETTER_SIZE ? at - LETTER_SIZE : size, after = at + LETTER_SIZE;
    for (int i = 0; i < DOUBTFUL; i++) {
        if (!is_one_of(text, at, size, doubtful[i].letter)) continue;
        if (doubtful[i].before && !is_one_of(text, before, size, doubtful[i].before)) continue;
        if (doubtful[i].not_before && is_one_of(text, before, size, doubtful[i].not_before)) continue;
        if (doubtful[i].after && !is_one_of(text, after, size, doubtful[i].after)) continue;
        if (doubtful[i].not_after && is_one_of(text, after, size, doubtful[i].not_after)) continue;
        return doubtful[i].form;
    }
    return NULL;
}

/* Write a text in Simplified characters, byte for byte as long, and tell whether it has Traditional ones.
 *
 * `form` has what each character of the first plane becomes: 0 for itself; itself for those that Simplified text often
 * has, and Traditional text never.
 */
int jm_simplify(const uint8_t *text, uint64_t size, const uint16_t *form, uint8_t *out) {
    uint64_t traditional = 0, simple = 0;
    uint32_t letter, length;
    for (uint64_t at = 0; at < size; at += length) {
        length = jm_decode(text + at, size - at, &letter);
        if (letter > 0xFFFF || form[letter] == 0) continue;
        if (form[letter] == letter) simple++;
        else traditional++;
    }
    if (traditional == 0) return 0;
    memcpy(out, text, size);
    for (uint64_t at = 0; at < size; at += length) {
        length = jm_decode(text + at, size - at, &letter);
        if (length != LETTER_SIZE) continue;
        const char *settled = traditional > simple ? form_of(text, at, size) : NULL;
        uint32_t other = form[letter];
        if (settled) {
            memcpy(out + at, settled, LETTER_SIZE);
        } else if (other >= 0x800 && other != letter) {
            out[at] = (uint8_t)(0xE0 | other >> 12);
            out[at + 1] = (uint8_t)(0x80 | (other >> 6 & 0x3F));
            out[at + 2] = (uint8_t)(0x80 | (other & 0x3F));
        }
    }
    return 1;
}

/* Give each word of a simplified text the number of what is printed in its place. */
int64_t jm_number_printed(jm_cutter *c, const uint8_t *printed, const uint8_t *simplified, uint64_t size, uint32_t *number,
                          const uint32_t *end, uint64_t words) {
    uint64_t start = 0, stop = 0;
    uint32_t letters = 0, letter;
    for (uint64_t i = 0; i < words; i++, start = stop) {
        for (; letters < end[i] && stop < size; letters++) stop += jm_decode(simplified + stop, size - stop, &letter);
        if (memcmp(printed + start, simplified + start, stop - start) == 0) continue;
        int64_t found = jm_number(c, printed + start, stop - start);
        if (found < 0) return found;
        number[i] = (uint32_t)found;
    }
    return 0;
}
