/* How an image is laid out: this head, then the sections, each at a multiple of eight bytes. */
#ifndef JM_IMAGE_H
#define JM_IMAGE_H

#include "jmcore.h"

/* Read as a number: an image of a machine with the other byte order is not taken. */
#define JM_MAGIC UINT64_C(0x31306567616D496A)

enum {
    JM_UNITS,
    JM_NUMBERS,
    JM_WEIGHTS,
    JM_CODES,
    JM_TEXT,
    JM_ENDS,
    JM_IDFS,
    JM_TAGS,
    JM_HMM_ROWS,
    JM_HMM_EMITS,
    JM_NOTE,
    JM_SECTIONS
};

typedef struct {
    uint64_t magic;
    uint64_t checksum; /* of all that follows */
    uint64_t size;     /* bytes of the whole image */
    uint32_t abi;
    uint32_t units, weights, words, text_size, code_points, hmm_rows, note_size;
    double alone, hmm_start[4], hmm_change[16];
    uint64_t offset[JM_SECTIONS];
} jm_head;

#define JM_CHECKED_FROM (2 * sizeof(uint64_t)) /* the bytes before are the magic number and the checksum itself */

uint64_t jm_checksum(const uint8_t *image, uint64_t size);

#endif
