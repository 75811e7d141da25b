/* Which lines belong to a picture: such an item has captions only, most of which look like paragraphs. */
#include <string.h>

#include "lines.h"

enum { PICTURE_REACH = 6, CREDIT_LINE = 26, MOST_SIZE = 5, KINDS_OF_TAG = 3 };
enum { SEVERAL, IN_TEXT, IN_BRACKETS, OWN_LINE, ELSEWHERE, NO_CREDIT };
enum { FIRST, LAST_LINE, INNER_LINE };

static int is_credit(const jm_view *view, uint32_t i) { return jm_has(view, &view->line[i], CREDITS); }

static int is_head(const jm_view *view, uint32_t i) {
    const jm_line *line = &view->line[i];
    return line->size < LONG_TEXT && !line->complete && !is_credit(view, i) && !jm_has(view, line, PICTURE_WORD);
}

static int names_pictures(const jm_line *line) {
    static const uint32_t words[] = {U'图', U'片', U'报', U'道', U'图', U'片', U'新', U'闻'};
    int report = line->size == 4 && memcmp(line->text, words, 4 * sizeof *words) == 0;
    int news = line->size == 4 && memcmp(line->text, words + 4, 4 * sizeof *words) == 0;
    return report || news || (line->size == 2 && memcmp(line->text, words, 2 * sizeof *words) == 0);
}

/* Say whether the first line of an item calls it a picture, or the one above it does. */
static uint32_t tag_of(const jm_view *view, uint32_t start) {
    const jm_line *line = &view->line[start];
    if (jm_has(view, line, PICTURE_WORD)) return 0;
    return start > 0 && (jm_has(view, line - 1, PICTURE_HEAD) || names_pictures(line - 1)) ? 1 : 2;
}

/* Say where an item has its credits. */
static uint32_t credit_of(const jm_view *view, uint32_t start, uint32_t end) {
    uint32_t number = 0, long_ones = 0;
    for (uint32_t i = start; i < end; i++) {
        number += (uint32_t)is_credit(view, i);
        long_ones += is_credit(view, i) && view->line[i].size > CREDIT_LINE;
    }
    if (number > 1 && long_ones > 1) return SEVERAL;
    const jm_line *last = &view->line[end - 1];
    if (is_credit(view, end - 1)) {
        if (last->size > CREDIT_LINE) return IN_TEXT;
        return last->text[0] == U'（' || last->text[0] == U'(' ? IN_BRACKETS : OWN_LINE;
    }
    return number ? ELSEWHERE : NO_CREDIT;
}

static void look_at_item(jm_view *view, uint32_t start, uint32_t end) {
    uint32_t item = KINDS_OF_TAG * credit_of(view, start, end) + tag_of(view, start), below = 0;
    uint32_t size = end - start < MOST_SIZE ? end - start : MOST_SIZE;
    for (uint32_t i = end; i-- > start;) {
        below = is_credit(view, i) ? 1 : below ? below + 1 : 0;
        view->line[i].credit_below = below;
    }
    uint32_t above = 0;
    for (uint32_t i = start; i < end; i++) {
        jm_line *line = &view->line[i];
        line->item_credit = item, line->item_size = size;
        line->item_place = i == start ? FIRST : i + 1 == end ? LAST_LINE : INNER_LINE;
        line->item_line = i - start < PICTURE_REACH ? (uint8_t)(i - start) : PICTURE_REACH;
        line->picture_above = (uint8_t)above;
        above = jm_has(view, line, PICTURES) ? 1 : above > 0 && above < PICTURE_REACH ? above + 1 : 0;
    }
}

/* Take a page apart into what may head an item and what stands below. */
void jm_find_items(jm_view *view) {
    if (view->never_pictured) return;
    for (uint32_t start = 0, end; start < view->lines; start = end) {
        for (end = start; end < view->lines && !is_head(view, end);) end++;
        if (end == start) {
            end++;
        } else {
            look_at_item(view, start, end);
        }
    }
}

/* Put how a line stands to the pictures around it. */
void jm_put_item(jm_view *view, uint32_t i) {
    const jm_line *line = &view->line[i];
    if (view->never_pictured) return;
    if (line->item_size == 0) {
        jm_put(view, HEADLIKE, 0);
        if (jm_has(view, line, PICTURES)) jm_put(view, PICTURED, 0);
        return;
    }
    uint32_t own = is_credit(view, i) ? 0 : jm_has(view, line, PICTURES) ? 1 : 2, above = line->picture_above;
    uint32_t item = line->item_credit * MOST_SIZE + line->item_size - 1;
    uint32_t down = line->credit_below <= PICTURE_REACH ? line->credit_below : 0;
    jm_put(view, ITEM, item);
    jm_put(view, ITEM_PLACE, (item * 3 + line->item_place) * 3 + own);
    jm_put(view, ITEM_KIND, view->kind * 90 + item);
    jm_put(view, ITEM_KIND_CREDIT, ((view->kind * 18 + line->item_credit) * 3 + own) * 7 + down);
    jm_put(view, ITEM_CREDIT_BELOW, down);
    jm_put(view, ITEM_CREDIT_PLACE, 7 * down + line->item_line);
    jm_put(view, ITEM_PICTURE_ABOVE, above);
    jm_put(view, ITEM_PICTURE, (7 * down + above) * 3 + own);
}
