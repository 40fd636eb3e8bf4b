-- Aggregates over groups, over nothing, and DISTINCT.

-- name: counts
SELECT COUNT(*) AS c1, COUNT(i) AS c2, COUNT(i_n) AS c3, COUNT(DISTINCT i) AS c4,
       COUNT(DISTINCT i, u_n) AS c5, COUNT(NULL) AS c6, COUNT(1) AS c7
FROM v;

-- name: sums
SELECT SUM(i) AS c1, SUM(ti) AS c2, SUM(u) AS c3, SUM(bi) AS c4, SUM(bu) AS c5, SUM(d) AS c6, SUM(g) AS c7,
       SUM(f) AS c8, SUM(d65) AS c9, SUM(flag) AS c10, SUM(i_n) AS c11, SUM(DISTINCT i) AS c12,
       SUM(b9) AS c13, SUM(i > 0) AS c14, SUM(1) AS c15, SUM(d * 2) AS c16
FROM v;

-- name: sums_text
SELECT SUM(s) AS c1, SUM(y) AS c2, SUM(da) AS c3, SUM(ti2) AS c4, SUM(e) AS c5, SUM(id) AS c6, SUM(dt6) AS c7
FROM w;

-- name: averages
SELECT AVG(i) AS c1, AVG(d) AS c2, AVG(g) AS c3, AVG(bu) AS c4, AVG(d65) AS c5, AVG(DISTINCT i) AS c6,
       AVG(flag) AS c7, AVG(i_n) AS c8, AVG(1) AS c9, AVG(d0) AS c10, AVG(du) AS c11
FROM v;

-- name: averages_text
SELECT AVG(s) AS c1, AVG(y) AS c2, AVG(da) AS c3, AVG(ti) AS c4
FROM w;

-- name: extremes
SELECT MIN(i) AS c1, MAX(u) AS c2, MIN(d) AS c3, MAX(g) AS c4, MIN(flag) AS c5, MAX(bu) AS c6, MIN(f) AS c7,
       MAX(tu) AS c8, MIN(DISTINCT i) AS c9, MAX(i_n) AS c10
FROM v;

-- name: extremes_text
SELECT MIN(s) AS c1, MAX(t) AS c2, MIN(da) AS c3, MAX(dt6) AS c4, MIN(ti2) AS c5, MAX(ts) AS c6,
       MIN(bl) AS c7, MAX(y) AS c8, MIN(la) AS c9, MAX(c) AS c10
FROM w;

-- name: spreads
SELECT STD(i) AS c1, STDDEV(d) AS c2, STDDEV_POP(g) AS c3, STDDEV_SAMP(i) AS c4, VARIANCE(i) AS c5,
       VAR_POP(d) AS c6, VAR_SAMP(g) AS c7
FROM v;

-- name: bits
SELECT BIT_AND(i) AS c1, BIT_OR(u) AS c2, BIT_XOR(bi) AS c3, BIT_AND(i_n) AS c4
FROM v;

-- name: group_concat
SELECT GROUP_CONCAT(s) AS c1, GROUP_CONCAT(DISTINCT s ORDER BY s DESC SEPARATOR '|') AS c2,
       GROUP_CONCAT(id, ':', s) AS c3, GROUP_CONCAT(bl) AS c4, GROUP_CONCAT(s_n) AS c5,
       GROUP_CONCAT(id) AS c6, GROUP_CONCAT(da) AS c7
FROM w;

-- name: group_concat_limit
-- only: mariadb
SELECT GROUP_CONCAT(s ORDER BY id LIMIT 1) AS c1
FROM w;

-- name: grouped_numbers
SELECT flag AS c1, COUNT(*) AS c2, SUM(i) AS c3, AVG(d) AS c4, MIN(u) AS c5, MAX(g) AS c6,
       STDDEV_POP(i) AS c7, VAR_POP(d) AS c8, STDDEV_SAMP(i) AS c9, BIT_OR(i) AS c10, SUM(i_n) AS c11,
       MIN(i_n) AS c12
FROM v GROUP BY flag;

-- name: grouped_text
SELECT e AS c1, COUNT(*) AS c2, GROUP_CONCAT(s) AS c3, MIN(s) AS c4, MAX(da) AS c5, MIN(t) AS c6,
       GROUP_CONCAT(s_n) AS c7, JSON_ARRAYAGG(s) AS c8, JSON_OBJECTAGG(id, s) AS c9
FROM w GROUP BY e;

-- name: windowed
SELECT SUM(i) OVER (ORDER BY id) AS c1, AVG(d) OVER (PARTITION BY flag) AS c2, COUNT(*) OVER () AS c3,
       MIN(i) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS c4, MAX(g) OVER () AS c5,
       STDDEV_POP(i) OVER (ORDER BY id) AS c6, BIT_OR(i) OVER (ORDER BY id) AS c7,
       SUM(i_n) OVER (ORDER BY id) AS c8
FROM v;

-- name: window_only
SELECT ROW_NUMBER() OVER (ORDER BY id) AS c1, RANK() OVER (ORDER BY i) AS c2,
       DENSE_RANK() OVER (ORDER BY i) AS c3, NTILE(2) OVER (ORDER BY id) AS c4,
       PERCENT_RANK() OVER (ORDER BY i) AS c5, CUME_DIST() OVER (ORDER BY i) AS c6
FROM v;

-- name: window_values
SELECT LAG(i) OVER (ORDER BY id) AS c1, LEAD(d, 2) OVER (ORDER BY id) AS c2,
       FIRST_VALUE(i) OVER (ORDER BY id) AS c3, LAST_VALUE(g) OVER (ORDER BY id) AS c4,
       NTH_VALUE(i, 2) OVER (ORDER BY id) AS c5
FROM v;

-- name: window_json
-- only: mysql
SELECT JSON_ARRAYAGG(s) OVER (ORDER BY id) AS c1, JSON_OBJECTAGG(id, s) OVER (ORDER BY id) AS c2
FROM w;

-- name: of_nothing
SELECT COUNT(*) AS c1, SUM(i) AS c2, MIN(d) AS c3, MAX(g) AS c4, AVG(i) AS c5, BIT_AND(i) AS c6,
       GROUP_CONCAT(i) AS c7
FROM v WHERE FALSE;

-- name: st_collect
-- only: mysql
SELECT ST_COLLECT(p) AS c1, ST_COLLECT(p_n) AS c2
FROM geo;

-- name: percentiles
-- only: mariadb
SELECT MEDIAN(i) OVER () AS c1, MEDIAN(d_n) OVER (PARTITION BY flag) AS c2,
       PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY i) OVER (PARTITION BY flag) AS c3,
       PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY i) OVER (PARTITION BY flag) AS c4
FROM v;
