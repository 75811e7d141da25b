/* What a line looks like by itself: how it begins and ends, whether it ends a sentence, what it opens with. */
#include <stdlib.h>
#include <string.h>

#include "lines.h"

enum { TAIL = 60, LEAST_CREDIT = 2, MOST_CREDIT = 48, MOST_LABEL = 6, NUL = 0x110000 };

int jm_is_han(uint32_t letter) { return letter >= 0x4E00 && letter <= 0x9FA5; }

static int is_number_word(uint32_t letter) {
    switch (letter) {
    case U'一': case U'二': case U'三': case U'四': case U'五': case U'六': case U'七': case U'八': case U'九': case U'十':
        return 1;
    default:
        return 0;
    }
}

static int is_space(uint32_t letter) {
    return (letter >= 9 && letter <= 13) || (letter >= 28 && letter <= 32) || letter == 0x85 || letter == 0xA0 ||
           letter == 0x1680 || (letter >= 0x2000 && letter <= 0x200A) || letter == 0x2028 || letter == 0x2029 ||
           letter == 0x202F || letter == 0x205F || letter == 0x3000;
}

static int is_closer(uint32_t letter) {
    switch (letter) {
    case U'”': case U'’': case U'」': case U'』': case U'）': case U')': case U'】': case U']': case U'》': case U'〉':
    case U'"': case U'\'': case U' ': case 0x3000:
        return 1;
    default:
        return 0;
    }
}

static int is_terminal(uint32_t letter) {
    switch (letter) {
    case U'。': case U'！': case U'？': case U'!': case U'?': case U'…': case U'；': case U';':
        return 1;
    default:
        return 0;
    }
}

static int is_round(uint32_t letter) {
    return letter == U'（' || letter == U'(' || letter == U'）' || letter == U')';
}

/* Say whether a stretch of text ends a sentence, closing marks aside. */
static int ends_sentence(const uint32_t *text, uint32_t from, uint32_t to) {
    while (to > from && is_closer(text[to - 1])) to--;
    return to > from && is_terminal(text[to - 1]);
}

/* Say whether a line ends a sentence, closing quotes and a credit in brackets aside. */
static int is_complete(const uint32_t *text, uint32_t size) {
    uint32_t from = size > TAIL ? size - TAIL : 0, last = size;
    if (ends_sentence(text, from, size)) return 1;
    while (last > from && is_space(text[last - 1])) last--;
    if (last == from || (text[last - 1] != U'）' && text[last - 1] != U')')) return 0;
    uint32_t close = last - 1, open = close;
    while (open > from && !is_round(text[open - 1])) open--;
    if (open == from || text[open - 1] == U'）' || text[open - 1] == U')') return 0;
    if (close - open < LEAST_CREDIT || close - open > MOST_CREDIT) return 0;
    return ends_sentence(text, from, open - 1);
}

static enum end end_of(const uint32_t *text, uint32_t size, int complete) {
    uint32_t last = text[size - 1];
    if (last == U'，' || last == U',' || last == U'、') return END_COMMA;
    if (last == U'：' || last == U':') return END_COLON;
    if (last == U'—' || last == U'－') return END_DASH;
    if (complete) {
        return last == U'？' || last == U'?' || last == U'！' || last == U'!' ? END_EXCLAIM : END_FULL;
    }
    if (last == U'）' || last == U')' || last == U'】' || last == U']') return END_BRACKET;
    if (last == U'”' || last == U'’' || last == U'」' || last == U'』' || last == U'"') return END_QUOTE;
    if (last == U'》' || last == U'〉') return END_TITLE;
    if (last >= 128) return END_OPEN;
    int alnum = (last >= '0' && last <= '9') || (last >= 'a' && last <= 'z') || (last >= 'A' && last <= 'Z');
    return alnum ? END_LATIN : END_SIGN;
}

static enum start start_of(uint32_t first, int digit) {
    if (jm_is_han(first)) return START_HAN;
    switch (first) {
    case U'"': case U'“': case U'‘': case U'「': case U'『':
        return START_QUOTE;
    case U'（': case U'(': case U'[': case U'【': case U'《': case U'〈':
        return START_BRACKET;
    default:
        break;
    }
    if (digit) return START_DIGIT;
    if ((first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z')) return START_LATIN;
    switch (first) {
    case U'，': case U'。': case U'、': case U'；': case U'：': case U'？': case U'！': case U'”': case U'’': case U'）':
    case U'》': case U',': case U'.': case U';': case U':': case U'?': case U'!': case U')':
        return START_NEVER;
    default:
        return START_SIGN;
    }
}

/* Say whether a number with its mark stands at the head of a line: 三、, 第二章. */
static int opens_with_number(const uint32_t *text, uint32_t size) {
    if (!is_number_word(text[0]) && text[0] != U'第') return 0;
    uint32_t mark = size > 1 && !is_number_word(text[1]) ? text[1] : size > 2 && size > 1 ? text[2] : 0;
    switch (mark) {
    case U'、': case U'章': case U'节': case U'条': case U'是': case U'，': case U',':
        return 1;
    default:
        return 0;
    }
}

/* Return the mark, label or number with which a line opens, or 0. */
static uint32_t opening_of(const uint32_t *text, uint32_t size, int digit) {
    uint32_t first = text[0], han = 0;
    if (!jm_is_han(first)) {
        return digit ? U'#' : first == U'“' || first == U'‘' || first == U'《' ? 0 : first ? first : NUL;
    }
    if (opens_with_number(text, size)) return U'一';
    while (han < size && han <= MOST_LABEL && jm_is_han(text[han])) han++;
    return han <= MOST_LABEL && han < size && (text[han] == U'：' || text[han] == U':') ? U'：' : 0;
}

/* Note what the subheads of one article have in common: the mark before them, one inside, a blank. */
static void find_style(jm_line *line) {
    uint32_t first = line->text[0];
    int number = is_number_word(first), comma = 0, colon = 0;
    line->style_mark = !jm_is_han(first) || number || first == U'第' ? first : 0;
    if (number || (first >= '0' && first <= '9')) line->style_mark = U'#';
    if (first == 0) line->style_mark = NUL;
    for (uint32_t i = 0; i < line->size; i++) {
        uint32_t letter = line->text[i];
        comma |= letter == U'，' || letter == U',';
        colon |= (letter == U'：' || letter == U':') && i > 0 && i + 1 < line->size;
        line->spaced |= letter == ' ';
    }
    line->style_inner = colon ? 2 : (uint8_t)comma;
}

int jm_has(const jm_view *view, const jm_line *line, enum cue_set set) {
    const uint64_t *wanted = view->page->sets + 2 * set;
    return (line->cue[0] & wanted[0]) != 0 || (line->cue[1] & wanted[1]) != 0;
}

/* Look at every line. */
void jm_look(jm_view *view) {
    const jm_page *page = view->page;
    uint32_t from = 0;
    for (uint32_t i = 0; i < view->lines; from = page->ends[i++]) {
        jm_line *line = &view->line[i];
        line->text = page->text + from, line->size = page->ends[i] - from;
        line->gap = page->gap[i], line->indent = page->indent[i];
        line->cue[0] = page->cue[2 * i], line->cue[1] = page->cue[2 * i + 1];
        uint32_t first = line->text[0], last = line->text[line->size - 1];
        line->end = (uint8_t)end_of(line->text, line->size, is_complete(line->text, line->size));
        line->start = (uint8_t)start_of(first, page->digit[i]);
        line->complete = line->end == END_FULL || line->end == END_EXCLAIM;
        line->brief = line->size < LONG_TEXT && !line->complete;
        line->opening = opening_of(line->text, line->size, page->digit[i]);
        find_style(line);
        int opens = first == U'“' || first == U'‘' || first == U'《' || first == U'（' || first == U'(';
        uint32_t begins = !opens ? first : line->size > 1 ? line->text[1] : JM_WORDS;
        line->begins = begins < JM_WORDS ? page->begins[begins] : 0;
        line->ends = last < JM_WORDS ? page->closes[last] : 0;
        view->long_before[i] = view->longs, view->short_before[i] = view->shorts;
        if (line->size >= LONG_TEXT) view->long_line[view->longs++] = i;
        if (line->brief) view->short_line[view->shorts++] = i;
    }
    view->long_before[view->lines] = view->longs, view->short_before[view->lines] = view->shorts;
}
