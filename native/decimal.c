/* Numbers with six significant digits, rounded and printed. */
#include "decimal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DIGITS = 6, LARGEST_POWER = 22 }; /* powers of ten up to this one are exact */
static const double POWER[LARGEST_POWER + 1] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                                1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
static const double LEAST = 1e5, MOST = 1e6, NEAR_HALF = 1e-6;

/* Six digits, and the power of ten that they are multiplied by. */
typedef struct {
    uint32_t digits;
    int power;
} decimal;

/* The same with the C library's own printing, which rounds every number right; the decimal sign is passed over. */
static decimal printed(double value) {
    char text[64];
    decimal found = {0, 0};
    snprintf(text, sizeof text, "%.5e", value);
    const char *at = text;
    for (; *at && *at != 'e'; at++)
        if (*at >= '0' && *at <= '9') found.digits = 10 * found.digits + (uint32_t)(*at - '0');
    found.power = *at ? atoi(at + 1) - (DIGITS - 1) : 0;
    return found;
}

/* Return the six digits of a number above 0. */
static decimal decimal_of(double value) {
    int power = (int)floor(log10(value)) - (DIGITS - 1);
    for (int tries = 0; tries < 2 && power >= -LARGEST_POWER && power <= LARGEST_POWER; tries++) {
        double scaled = power < 0 ? value * POWER[-power] : value / POWER[power];
        if (scaled < LEAST) {
            power--;
            continue;
        }
        double whole = floor(scaled), rest = scaled - whole;
        if (fabs(rest - 0.5) < NEAR_HALF || scaled >= MOST - 1) break; /* so near that an error would show */
        return (decimal){(uint32_t)whole + (rest > 0.5), power};
    }
    return printed(value);
}

/* Return a number between 1e-15 and 1e15 rounded, any other as it is. */
double jm_round6(double value) {
    if (!(value >= JM_LEAST_SCORE && value <= JM_MOST_SCORE)) return value;
    decimal found = decimal_of(value);
    /* Both are exact, so that the result is the number next to the decimal one. */
    return found.power < 0 ? found.digits / POWER[-found.power] : found.digits * POWER[found.power];
}

static uint32_t zeros(uint8_t *out, int count) {
    if (count > 0) memset(out, '0', (size_t)count);
    return count > 0 ? (uint32_t)count : 0;
}

/* Print digits and the power behind them as JSON has them: 0.0231, 12.5, 3.0, 1.5e-7. */
static uint32_t write_digits(const char *digit, int length, int power, uint8_t *out) {
    int point = length + power; /* digits before the point */
    uint32_t size = 0;
    if (point > 16 || point <= -5) {
        out[size++] = (uint8_t)digit[0];
        if (length > 1) out[size++] = '.';
        memcpy(out + size, digit + 1, (size_t)length - 1);
        size += (uint32_t)length - 1;
        return size + (uint32_t)snprintf((char *)out + size, JM_DECIMAL - size, "e%d", point - 1);
    }
    if (point <= 0) {
        memcpy(out, "0.", 2);
        size = 2 + zeros(out + 2, -point);
        memcpy(out + size, digit, (size_t)length);
        return size + (uint32_t)length;
    }
    int before = length < point ? length : point;
    memcpy(out, digit, (size_t)before);
    size = (uint32_t)before + zeros(out + before, point - length);
    out[size++] = '.';
    if (length <= point) return out[size++] = '0', size;
    memcpy(out + size, digit + point, (size_t)(length - point));
    return size + (uint32_t)(length - point);
}

uint32_t jm_write_decimal(double value, uint8_t *out) {
    if (!(value >= JM_LEAST_SCORE && value <= JM_MOST_SCORE)) return memcpy(out, "0.0", 3), 3;
    decimal found = decimal_of(value);
    char digit[16];
    int length = 0;
    while (found.digits % 10 == 0 && found.digits) found.digits /= 10, found.power++;
    for (uint32_t rest = found.digits; rest; rest /= 10) length++;
    for (int i = length; i-- > 0; found.digits /= 10) digit[i] = (char)('0' + found.digits % 10);
    return write_digits(digit, length, found.power, out);
}
