-- Functions and operators on numbers.

-- name: abs_int
SELECT ABS(ti) AS c1, ABS(su) AS c2, ABS(i) AS c3, ABS(u) AS c4, ABS(bi_n) AS c5, ABS(bu) AS c6,
       ABS(flag) AS c7, ABS(b9) AS c8
FROM v;

-- name: abs_rest
SELECT ABS(d) AS c1, ABS(d_n) AS c2, ABS(du) AS c3, ABS(f) AS c4, ABS(g) AS c5, ABS(-5) AS c6,
       ABS(1.5) AS c7, ABS(d65) AS c8
FROM v;

-- name: abs_text
SELECT ABS(s) AS c1, ABS(y) AS c2, ABS(da) AS c3, ABS(dt) AS c4, ABS(ti) AS c5, ABS(s_n) AS c6
FROM w;

-- name: ceil_floor
SELECT CEIL(i) AS c1, CEILING(d) AS c2, FLOOR(d) AS c3, FLOOR(g) AS c4, CEIL(f) AS c5, FLOOR(bu) AS c6,
       CEIL(d65) AS c7, FLOOR(d_n) AS c8, CEIL(1.5) AS c9, CEIL(du) AS c10, FLOOR(d0) AS c11
FROM v;

-- name: ceil_text
SELECT CEIL(s) AS c1, FLOOR(da) AS c2, CEIL(ti2) AS c3, FLOOR(y) AS c4, CEIL(dt6) AS c5
FROM w;

-- name: round
SELECT ROUND(i) AS c1, ROUND(d) AS c2, ROUND(d, 1) AS c3, ROUND(d, -1) AS c4, ROUND(g) AS c5,
       ROUND(g, 2) AS c6, ROUND(bu) AS c7, ROUND(bi, -2) AS c8, ROUND(d, i) AS c9, ROUND(d_n, 1) AS c10,
       ROUND(f, 1) AS c11, ROUND(1.25, 1) AS c12, ROUND(d65) AS c13, ROUND(du, 2) AS c14, ROUND(d, 5) AS c15
FROM v;

-- name: truncate
SELECT TRUNCATE(i, 0) AS c1, TRUNCATE(d, 1) AS c2, TRUNCATE(g, 2) AS c3, TRUNCATE(bu, -1) AS c4,
       TRUNCATE(d_n, 0) AS c5, TRUNCATE(d, u) AS c6, TRUNCATE(1.999, 1) AS c7
FROM v;

-- name: round_text
SELECT ROUND(s) AS c1, ROUND(y) AS c2, ROUND(da) AS c3, TRUNCATE(s, 1) AS c4, ROUND(ti2) AS c5,
       ROUND(dt6, 2) AS c6
FROM w;

-- name: sign
SELECT SIGN(i) AS c1, SIGN(d_n) AS c2, SIGN(g) AS c3, SIGN(bu) AS c4
FROM v;

-- name: mod
SELECT MOD(i, 3) AS c1, MOD(d, 2) AS c2, MOD(u_n, 7) AS c3, i % 2 AS c4, i MOD 2 AS c5, d % 1.5 AS c6,
       MOD(g, 2) AS c7, MOD(bu, i) AS c8, MOD(10, 3) AS c9
FROM v;

-- name: div
SELECT i DIV 2 AS c1, d DIV 2 AS c2, bu DIV 3 AS c3, g DIV 2 AS c4, i_n DIV 2 AS c5, 7 DIV 2 AS c6
FROM v;

-- name: divide
SELECT i / 2 AS c1, d / 3 AS c2, g / 2 AS c3, bu / i AS c4, d / d AS c5, i_n / 2 AS c6, 1 / 3 AS c7,
       d65 / 3 AS c8, du / u AS c9, tu / ti AS c10
FROM v;

-- name: arithmetic_ints
SELECT ti + 1 AS c1, tu + 1 AS c2, si * si AS c3, mu - 1 AS c4, i + i AS c5, bi + 1 AS c6, u + 1 AS c7,
       bu * 1 AS c8, -ti AS c9, -tu AS c10, -i AS c11, -(bi) AS c12, flag + flag AS c13, b9 + 0 AS c14
FROM v;

-- name: arithmetic_decimals
SELECT d + 1 AS c1, d * d AS c2, d - i AS c3, d65 + d AS c4, d0 * 2 AS c5, du + d AS c6, d + u AS c7,
       -d AS c8, d * 1.5 AS c9, d65 * d AS c10
FROM v;

-- name: arithmetic_reals
SELECT f + 1 AS c1, g * 2 AS c2, f * d AS c3, -g AS c4, f - f AS c5, g + u AS c6, 1e1 + i AS c7,
       1.5 + 1e0 AS c8
FROM v;

-- name: arithmetic_text
SELECT s + 1 AS c1, e + 0 AS c2, st + 0 AS c3, y + 1 AS c4, j + 0 AS c5, la * 2 AS c6
FROM w;

-- name: arithmetic_dates
SELECT da + 0 AS c1, dt + 0 AS c2, dt6 + 0 AS c3, ti + 0 AS c4, ti2 + 0 AS c5, ts + 0 AS c6, da - da AS c7,
       dt * 1 AS c8
FROM w;

-- name: bits
SELECT i & 3 AS c1, i | 1 AS c2, i ^ 2 AS c3, ~i AS c4, i << 2 AS c5, i >> 1 AS c6, u & bu AS c7,
       bi_n | 1 AS c8, ~bu AS c9, d & 1 AS c10
FROM v;

-- name: bits_of_bytes
SELECT BIT_COUNT(bin) AS c1, ~bin AS c2, bin & bin AS c3, BIT_COUNT(s) AS c4
FROM w;

-- name: bit_count
SELECT BIT_COUNT(i) AS c1, BIT_COUNT(bu_n) AS c2, BIT_COUNT(b9) AS c3, BIT_COUNT(d) AS c4
FROM v;

-- name: roots
SELECT SQRT(i) AS c1, SQRT(d_n) AS c2, SQRT(4) AS c3, POW(i, 2) AS c4, POWER(d, 2) AS c5, POW(g, 0.5) AS c6,
       EXP(i) AS c7, EXP(1) AS c8
FROM v;

-- name: logs
SELECT LN(i) AS c1, LOG(i) AS c2, LOG(2, u) AS c3, LOG10(d) AS c4, LOG2(g) AS c5, LOG(bu_n) AS c6
FROM v;

-- name: trigonometry
SELECT SIN(i) AS c1, COS(g) AS c2, TAN(d) AS c3, COT(i) AS c4, ASIN(g) AS c5, ACOS(g) AS c6, ATAN(i) AS c7,
       ATAN(i, 2) AS c8, ATAN2(i, d) AS c9, DEGREES(g) AS c10, RADIANS(i) AS c11
FROM v;

-- name: trigonometry_constants
SELECT SIN(0) AS c1, COS(0) AS c2, ATAN(1, 1) AS c3, PI() AS c4, DEGREES(PI()) AS c5, RADIANS(180) AS c6;

-- name: conv
SELECT CONV(i, 10, 2) AS c1, CONV('ff', 16, 10) AS c2, CONV(u_n, 10, 36) AS c3, CONV(i, 1, 2) AS c4
FROM v;

-- name: rand
SELECT RAND() AS c1, RAND(1) AS c2, RAND(i) AS c3
FROM v;

-- name: crc
SELECT CRC32(i) AS c1, CRC32(d_n) AS c2
FROM v;

-- name: greatest
SELECT GREATEST(i, u) AS c1, LEAST(i, bi) AS c2, GREATEST(d, i) AS c3, LEAST(g, i) AS c4,
       GREATEST(ti, tu) AS c5, LEAST(d, d65) AS c6, GREATEST(i, i_n) AS c7, LEAST(bu, bi) AS c8,
       GREATEST(1, 2.5) AS c9, LEAST(f, d) AS c10
FROM v;

-- name: greatest_text
SELECT GREATEST(s, c) AS c1, LEAST(s, s_n) AS c2, GREATEST(da, dt) AS c3, LEAST(da, da_n) AS c4,
       GREATEST(s, 1) AS c5, LEAST(bl, s) AS c6, GREATEST(ti, ti2) AS c7, LEAST(da, '2024-01-01') AS c8,
       GREATEST(e, s) AS c9, LEAST(y, 2000) AS c10
FROM w;

-- name: interval
SELECT INTERVAL(i, 1, 10, 100) AS c1, INTERVAL(i_n, 1, 2) AS c2, INTERVAL(d, 1.5, 2) AS c3
FROM v;

-- name: format_bytes
-- only: mysql
SELECT FORMAT_BYTES(bu) AS c1, FORMAT_BYTES(i_n) AS c2, FORMAT_PICO_TIME(bu) AS c3,
       FORMAT_PICO_TIME(g_n) AS c4
FROM v;

-- name: comparisons
SELECT i = 1 AS c1, i <> u AS c2, d > 1.5 AS c3, g <= f AS c4, i <=> i_n AS c5, i_n < 3 AS c6,
       i_n IS NULL AS c7, i BETWEEN 1 AND 5 AS c8, d_n NOT BETWEEN 1 AND 2 AS c9, i IN (1, 2) AS c10,
       i_n IN (1, 2) AS c11, i NOT IN (1, NULL) AS c12, flag IS TRUE AS c13, flag_n IS NOT FALSE AS c14,
       flag_n IS UNKNOWN AS c15
FROM v;

-- name: logic
SELECT NOT flag AS c1, !flag AS c2, flag AND i AS c3, flag_n OR i AS c4, flag XOR i AS c5,
       flag_n XOR 1 AS c6, flag && 1 AS c7, NOT flag_n AS c8
FROM v;

-- name: literals
SELECT 1 AS c1, -1 AS c2, 2147483648 AS c3, 9223372036854775808 AS c4, 1.5 AS c5, 0.5 AS c6, -0.5 AS c7,
       1e3 AS c8, TRUE AS c9, FALSE AS c10, NULL AS c11, 18446744073709551616 AS c12, .5 AS c13, 1. AS c14,
       123456789.123456789 AS c15;
