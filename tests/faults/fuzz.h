/* What the files of the fuzzer share. */
#ifndef JM_FUZZ_H
#define JM_FUZZ_H

#include <stdint.h>

uint32_t below(uint32_t limit);
uint32_t fuzz_rank(void);  /* returns how often something was ranked */
uint32_t fuzz_lines(void); /* returns how often lines were read */

#endif
