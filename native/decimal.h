/* Numbers with six significant digits, as `io/records.py` rounds and prints scores. */
#ifndef JM_DECIMAL_H
#define JM_DECIMAL_H

#include <stdint.h>

/* What is rounded and printed: other numbers but 0 are left to the caller. */
#define JM_LEAST_SCORE 1e-15
#define JM_MOST_SCORE 1e15
enum { JM_DECIMAL = 32 }; /* bytes of a printed number, at most */

double jm_round6(double value);
uint32_t jm_write_decimal(double value, uint8_t *out);

#endif
