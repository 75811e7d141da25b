/* The image of a dictionary: one block of memory, checked when it is opened, used where it lies. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "image.h"

int32_t jm_abi(void) { return JM_ABI; }

/* Mix all bytes from a place on into one number, eight at a time in four lanes. */
static uint64_t checksum_from(const uint8_t *image, uint64_t size, uint64_t at) {
    const uint64_t odd = UINT64_C(0x9E3779B97F4A7C15);
    uint64_t lane[4] = {size, odd, ~size, ~odd}, sum = 0;
    for (; at + 32 <= size; at += 32)
        for (int i = 0; i < 4; i++) {
            uint64_t block;
            memcpy(&block, image + at + 8 * i, 8);
            lane[i] = (lane[i] ^ block) * odd;
            lane[i] ^= lane[i] >> 29;
        }
    for (; at < size; at++) lane[0] = ((lane[0] ^ image[at]) * odd) ^ (lane[0] >> 29);
    for (int i = 0; i < 4; i++) {
        sum = (sum ^ lane[i]) * odd;
        sum ^= sum >> 32;
    }
    return sum;
}

/* The checksum of an image: of all bytes after the checksum itself. */
uint64_t jm_checksum(const uint8_t *image, uint64_t size) { return checksum_from(image, size, JM_CHECKED_FROM); }

/* Return a number that damage to the data changes. */
uint64_t jm_sum(const uint8_t *data, uint64_t size) { return checksum_from(data, size, 0); }

static int section_fits(const jm_head *head, int section, uint64_t items, uint64_t item_size) {
    uint64_t offset = head->offset[section];
    return offset % 8 == 0 && offset >= sizeof(jm_head) && offset <= head->size &&
           items <= (head->size - offset) / item_size;
}

/* Tell whether every section lies inside of the image; after that no index below its count can leave it. */
static int is_sound(const jm_head *head, uint64_t size) {
    if (head->magic != JM_MAGIC || head->abi != JM_ABI || head->size != size) return 0;
    if (head->units == 0 || head->weights == 0 || head->code_points > 0x110000) return 0;
    uint64_t letters = JM_HMM_LAST - JM_HMM_FIRST + 1;
    return section_fits(head, JM_UNITS, head->units, sizeof(jm_unit)) &&
           section_fits(head, JM_NUMBERS, head->units, sizeof(uint32_t)) &&
           section_fits(head, JM_WEIGHTS, head->weights, sizeof(double)) &&
           section_fits(head, JM_CODES, head->code_points, sizeof(uint16_t)) &&
           section_fits(head, JM_TEXT, head->text_size, 1) &&
           section_fits(head, JM_ENDS, head->words, sizeof(uint32_t)) &&
           section_fits(head, JM_IDFS, head->words, sizeof(double)) &&
           section_fits(head, JM_TAGS, head->words, sizeof(uint8_t)) &&
           section_fits(head, JM_HMM_ROWS, letters, sizeof(uint16_t)) &&
           section_fits(head, JM_HMM_EMITS, head->hmm_rows, 4 * sizeof(double)) &&
           section_fits(head, JM_NOTE, head->note_size, 1);
}

/* Open an image of which the caller keeps the memory until `jm_close`. */
int64_t jm_open(const uint8_t *image, uint64_t size, jm_dictionary **dictionary) {
    jm_head head;
    if (image == NULL || dictionary == NULL || (uintptr_t)image % 8 != 0) return JM_INPUT;
    if (size < sizeof head) return JM_IMAGE;
    memcpy(&head, image, sizeof head);
    if (!is_sound(&head, size) || head.checksum != jm_checksum(image, size)) return JM_IMAGE;
    jm_dictionary *made = calloc(1, sizeof *made);
    if (made == NULL || (made->weight = calloc(UINT16_MAX + 1, sizeof *made->weight)) == NULL) {
        free(made);
        return JM_MEMORY;
    }
    const double *weight = (const double *)(image + head.offset[JM_WEIGHTS]);
    made->unit = (const jm_unit *)(image + head.offset[JM_UNITS]);
    made->number = (const uint32_t *)(image + head.offset[JM_NUMBERS]);
    made->code = (const uint16_t *)(image + head.offset[JM_CODES]);
    made->text = image + head.offset[JM_TEXT];
    made->end = (const uint32_t *)(image + head.offset[JM_ENDS]);
    made->idf = (const double *)(image + head.offset[JM_IDFS]);
    made->tag = image + head.offset[JM_TAGS];
    made->hmm_row = (const uint16_t *)(image + head.offset[JM_HMM_ROWS]);
    made->hmm_emit = (const double *)(image + head.offset[JM_HMM_EMITS]);
    made->note = image + head.offset[JM_NOTE];
    made->units = head.units, made->words = head.words;
    made->text_size = head.text_size;
    made->code_points = head.code_points, made->hmm_rows = head.hmm_rows, made->note_size = head.note_size;
    made->alone = head.alone;
    memcpy(made->hmm_start, head.hmm_start, sizeof made->hmm_start);
    memcpy(made->hmm_change, head.hmm_change, sizeof made->hmm_change);
    /* The root stands for "no unit": it is nobody's child, and no word ends there. */
    if (made->unit[0].code != JM_FREE || made->unit[0].weight != 0 || !(weight[0] > 0)) {
        jm_close(made);
        return JM_IMAGE;
    }
    uint32_t weights = head.weights <= UINT16_MAX ? head.weights : UINT16_MAX + 1;
    memcpy(made->weight, weight, weights * sizeof *weight);
    made->weight[0] = -INFINITY;
    *dictionary = made;
    return 0;
}

void jm_close(jm_dictionary *dictionary) {
    if (dictionary != NULL) free(dictionary->weight);
    free(dictionary);
}

uint32_t jm_words(const jm_dictionary *dictionary) { return dictionary->words; }

const double *jm_idf(const jm_dictionary *dictionary) { return dictionary->idf; }

const uint8_t *jm_tags(const jm_dictionary *dictionary) { return dictionary->tag; }

int64_t jm_note(const jm_dictionary *dictionary, const uint8_t **note) {
    *note = dictionary->note;
    return dictionary->note_size;
}
