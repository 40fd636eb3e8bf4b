-- Window functions and frames.

-- name: ranks
SELECT ROW_NUMBER() OVER (ORDER BY id) AS n, RANK() OVER (ORDER BY k) AS r, DENSE_RANK() OVER (ORDER BY k) AS d,
       NTILE(3) OVER (ORDER BY id) AS t, PERCENT_RANK() OVER (ORDER BY k) AS p, CUME_DIST() OVER (ORDER BY k) AS c FROM a;

-- name: ranks_without_order
SELECT ROW_NUMBER() OVER () AS n FROM a;

-- name: aggregates_over_all
-- never: s, lo, n
SELECT SUM(x) OVER () AS s, MIN(x) OVER () AS lo, AVG(y) OVER () AS v, COUNT(y) OVER () AS n FROM a;

-- name: aggregates_over_partition
-- never: s
SELECT SUM(x) OVER (PARTITION BY k) AS s, SUM(y) OVER (PARTITION BY k) AS t, MAX(y) OVER (PARTITION BY k) AS hi FROM a;

-- name: running
-- never: s
SELECT SUM(x) OVER (ORDER BY id) AS s, SUM(y) OVER (ORDER BY id) AS t, COUNT(*) OVER (ORDER BY id) AS n FROM a;

-- name: frame_preceding_only
SELECT SUM(x) OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING) AS s, COUNT(x) OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING) AS n FROM a;

-- name: frame_following_only
SELECT MIN(x) OVER (ORDER BY id ROWS BETWEEN 1 FOLLOWING AND 2 FOLLOWING) AS s FROM a;

-- name: frame_around
-- never: s
SELECT AVG(x) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS s FROM a;

-- name: frame_unbounded
-- never: s, t
SELECT SUM(x) OVER (ORDER BY id ROWS UNBOUNDED PRECEDING) AS s, SUM(x) OVER (ORDER BY id ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS t FROM a;

-- name: frame_range_current
-- never: s
SELECT SUM(x) OVER (ORDER BY id RANGE CURRENT ROW) AS s FROM a;

-- name: frame_range_numbers
SELECT SUM(x) OVER (ORDER BY id RANGE BETWEEN 10 PRECEDING AND 5 PRECEDING) AS s FROM a;

-- name: frame_unbounded_preceding_to_preceding
SELECT MAX(x) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS s FROM a;

-- name: frame_following_to_unbounded
SELECT MAX(x) OVER (ORDER BY id ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS s FROM a;

-- name: frame_reversed
-- only: mysql
SELECT SUM(x) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 2 PRECEDING) AS s FROM a;

-- name: frame_zero
SELECT SUM(x) OVER (ORDER BY id ROWS BETWEEN 0 PRECEDING AND 0 FOLLOWING) AS s FROM a;

-- name: neighbours
SELECT LAG(x) OVER (ORDER BY id) AS a, LEAD(x) OVER (ORDER BY id) AS b, LAG(y, 2) OVER (ORDER BY id) AS c FROM a;

-- name: neighbours_default
-- only: mysql
SELECT LAG(x, 1, 0) OVER (ORDER BY id) AS a, LEAD(y, 1, 0) OVER (ORDER BY id) AS b, LAG(x, 1, y) OVER (ORDER BY id) AS c FROM a;

-- name: neighbours_zero_steps
SELECT LAG(x, 0) OVER (ORDER BY id) AS a FROM a;

-- name: first_last
-- never: f
SELECT FIRST_VALUE(x) OVER (ORDER BY id) AS f, LAST_VALUE(x) OVER (ORDER BY id) AS l, FIRST_VALUE(y) OVER (ORDER BY id) AS g FROM a;

-- name: first_last_empty_frame
SELECT FIRST_VALUE(x) OVER (ORDER BY id ROWS BETWEEN 1 FOLLOWING AND 2 FOLLOWING) AS f, LAST_VALUE(x) OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING) AS l FROM a;

-- name: nth
SELECT NTH_VALUE(x, 2) OVER (ORDER BY id) AS n, NTH_VALUE(x, 1) OVER (ORDER BY id) AS m FROM a;

-- name: nth_from_first
-- only: mysql
SELECT NTH_VALUE(x, 2) FROM FIRST OVER (ORDER BY id) AS n FROM a;

-- name: named_window
SELECT SUM(x) OVER win AS s, COUNT(*) OVER win AS n FROM a WINDOW win AS (PARTITION BY k ORDER BY id);

-- name: named_window_with_frame
SELECT SUM(x) OVER win AS s, MIN(x) OVER win AS lo FROM a WINDOW win AS (ORDER BY id ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING);

-- name: named_window_extended
SELECT SUM(x) OVER (win ORDER BY id) AS s, SUM(x) OVER (win ROWS BETWEEN 1 FOLLOWING AND 1 FOLLOWING) AS t FROM a WINDOW win AS (PARTITION BY k);

-- name: over_groups
SELECT k, COUNT(*) AS n, SUM(COUNT(*)) OVER () AS total, RANK() OVER (ORDER BY COUNT(*) DESC) AS place FROM a GROUP BY k;

-- name: over_implicit_group
SELECT MAX(x) AS m, SUM(MAX(x)) OVER () AS s, ROW_NUMBER() OVER () AS n FROM a;

-- name: over_rollup
-- only: mysql
SELECT x, COUNT(*) AS n, SUM(COUNT(*)) OVER () AS total FROM a GROUP BY x WITH ROLLUP;

-- name: over_outer_join
SELECT a.id, SUM(b.x) OVER (PARTITION BY a.id) AS s, FIRST_VALUE(b.x) OVER (ORDER BY a.id) AS f FROM a LEFT JOIN b ON a.k = b.k;

-- name: over_refined
-- never: s, l
SELECT SUM(y) OVER (PARTITION BY k) AS s, LAST_VALUE(y) OVER (ORDER BY id) AS l FROM a WHERE y IS NOT NULL;

-- name: statistics
SELECT STDDEV_SAMP(x) OVER (ORDER BY id) AS a, VAR_POP(x) OVER (ORDER BY id) AS b, BIT_OR(x) OVER (ORDER BY id) AS c FROM a;

-- name: json_over
-- only: mysql
SELECT JSON_ARRAYAGG(x) OVER (PARTITION BY k) AS a, JSON_OBJECTAGG(id, y) OVER () AS o FROM a;

-- name: in_expression
SELECT x - LAG(x) OVER (ORDER BY id) AS d, COALESCE(LAG(x) OVER (ORDER BY id), 0) AS c, ROW_NUMBER() OVER (ORDER BY id) % 2 AS odd FROM a;

-- name: in_case
SELECT CASE WHEN ROW_NUMBER() OVER (ORDER BY id) = 1 THEN x ELSE LAG(x) OVER (ORDER BY id) END AS c FROM a;

-- name: top_of_partition
-- never: n
SELECT d.id, d.n FROM (SELECT id, ROW_NUMBER() OVER (PARTITION BY k ORDER BY x DESC) AS n FROM a) d WHERE d.n = 1;

-- name: window_types
SELECT SUM(bu) OVER () AS bu, SUM(d) OVER () AS d, AVG(i) OVER () AS i, MAX(flag) OVER () AS flag, MIN(tu) OVER () AS tu, SUM(f) OVER () AS f FROM v;

-- name: window_types_of_others
SELECT MAX(e) OVER () AS e, MIN(da) OVER () AS da, MAX(ts) OVER () AS ts, MIN(y) OVER () AS y, MAX(ti2) OVER () AS ti2, MIN(st) OVER () AS st FROM w;

-- name: neighbour_types
SELECT LAG(e) OVER (ORDER BY id) AS e, LEAD(da) OVER (ORDER BY id) AS da, FIRST_VALUE(y) OVER (ORDER BY id) AS y, LAG(ts3) OVER (ORDER BY id) AS ts3, LEAD(j) OVER (ORDER BY id) AS j FROM w;

-- name: neighbour_types_of_numbers
SELECT LAG(flag) OVER (ORDER BY id) AS flag, LEAD(tu) OVER (ORDER BY id) AS tu, FIRST_VALUE(bu) OVER (ORDER BY id) AS bu, LAST_VALUE(d) OVER (ORDER BY id) AS d, LAG(f) OVER (ORDER BY id) AS f, NTH_VALUE(si, 2) OVER (ORDER BY id) AS si FROM v;

-- name: order_by_window
SELECT id FROM a ORDER BY ROW_NUMBER() OVER (ORDER BY k DESC);

-- name: parameter_in_frame
-- only: mysql
SELECT SUM(x) OVER (ORDER BY id ROWS BETWEEN :n PRECEDING AND CURRENT ROW) AS s FROM a;

-- name: parameter_in_ntile
-- only: mysql
SELECT NTILE(:n) OVER (ORDER BY id) AS t FROM a;

-- name: window_clause
-- never: s, n
SELECT SUM(x) OVER w AS s, COUNT(*) OVER w AS n, SUM(y) OVER w AS t FROM a WINDOW w AS (ORDER BY id);

-- name: window_clause_with_frame
-- never: s
SELECT SUM(x) OVER w AS s FROM a WINDOW w AS (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW);

-- name: window_clause_with_frame_that_can_be_empty
SELECT SUM(x) OVER w AS s FROM a WINDOW w AS (ORDER BY id ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING);

-- name: window_clause_extended
-- never: s
SELECT SUM(x) OVER (w ORDER BY id) AS s, MIN(x) OVER (w ORDER BY id ROWS BETWEEN 1 FOLLOWING AND 1 FOLLOWING) AS m
FROM a WINDOW w AS (PARTITION BY k);

-- name: window_clause_of_another
-- only: mysql
-- never: s
SELECT SUM(x) OVER v AS s FROM a WINDOW w AS (PARTITION BY k), v AS (w ORDER BY id);

-- name: named_window_with_full_frame
-- never: s, lo, f
SELECT SUM(x) OVER win AS s, MIN(x) OVER win AS lo, FIRST_VALUE(x) OVER win AS f, MAX(y) OVER win AS y FROM a WINDOW win AS (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING);

-- name: named_window_without_frame
-- never: s, f, l
SELECT SUM(x) OVER win AS s, FIRST_VALUE(x) OVER win AS f, LAST_VALUE(x) OVER win AS l FROM a WINDOW win AS (PARTITION BY k ORDER BY id);

-- name: named_windows_of_two_queries
-- never: s
SELECT d.s, SUM(d.s) OVER win AS t FROM (SELECT id, SUM(x) OVER win AS s FROM a WINDOW win AS (ORDER BY id)) d WINDOW win AS (ORDER BY d.id ROWS BETWEEN 1 FOLLOWING AND 2 FOLLOWING);

-- name: frame_ends_at_zero
-- never: s, t
SELECT SUM(x) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND 0 PRECEDING) AS s, SUM(x) OVER (ORDER BY id ROWS BETWEEN 0 FOLLOWING AND UNBOUNDED FOLLOWING) AS t FROM a;

-- name: frame_zero_only
-- never: s
SELECT SUM(x) OVER (ORDER BY id ROWS BETWEEN 0 PRECEDING AND 0 FOLLOWING) AS s FROM a;

-- name: frame_range_of_null
-- never: s
SELECT SUM(x) OVER (ORDER BY k RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS s, SUM(x) OVER (ORDER BY k RANGE BETWEEN 1 FOLLOWING AND 2 FOLLOWING) AS t FROM a;

-- name: frame_range_of_null_open
-- never: s, u
SELECT SUM(x) OVER (ORDER BY k RANGE BETWEEN CURRENT ROW AND 1 FOLLOWING) AS s, SUM(x) OVER (ORDER BY k DESC RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS t, SUM(x) OVER (ORDER BY k DESC RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS u FROM a;

-- name: frame_range_interval_of_zero_dates
-- only: mysql
SELECT MIN(k) OVER (ORDER BY w RANGE BETWEEN INTERVAL 1 DAY PRECEDING AND CURRENT ROW) AS s, MIN(k) OVER (ORDER BY w RANGE BETWEEN INTERVAL 2 DAY PRECEDING AND INTERVAL 1 DAY PRECEDING) AS t,
       MIN(k) OVER (ORDER BY w RANGE BETWEEN CURRENT ROW AND INTERVAL 1 DAY FOLLOWING) AS u FROM c;

-- name: frame_range_of_unsigned
SELECT SUM(i) OVER (ORDER BY u RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) AS w1 FROM v;

-- name: frame_range_of_big_unsigned
SELECT SUM(i) OVER (ORDER BY bu DESC RANGE BETWEEN CURRENT ROW AND 3 FOLLOWING) AS w1, SUM(i) OVER (ORDER BY bu RANGE BETWEEN CURRENT ROW AND 3 FOLLOWING) AS w2 FROM v;

-- name: frame_range_of_big
SELECT SUM(i) OVER (ORDER BY bi RANGE BETWEEN 5 PRECEDING AND 5 FOLLOWING) AS w1 FROM v;

-- name: frame_range_of_small_nullable
SELECT SUM(i) OVER (ORDER BY ti_n RANGE BETWEEN 5 PRECEDING AND CURRENT ROW) AS w1, SUM(i) OVER (ORDER BY tu_n DESC RANGE BETWEEN 5 PRECEDING AND CURRENT ROW) AS w2 FROM v;

-- name: frame_range_of_fractions
SELECT SUM(i) OVER (ORDER BY g RANGE BETWEEN 3 PRECEDING AND CURRENT ROW) AS w1, SUM(i) OVER (ORDER BY d65 RANGE BETWEEN 3 PRECEDING AND CURRENT ROW) AS w2, SUM(i) OVER (ORDER BY d RANGE BETWEEN 0.5 PRECEDING AND CURRENT ROW) AS w3 FROM v;

-- name: lag_of_no_step
-- never: a, b
SELECT LAG(x, 0) OVER (ORDER BY id) AS a, LEAD(x, 0) OVER (PARTITION BY k ORDER BY id) AS b, LAG(y, 0) OVER (ORDER BY id) AS c, LAG(x, 1) OVER (ORDER BY id) AS d FROM a;

-- name: lead_with_default
-- only: mysql
-- never: a, b
SELECT LEAD(x, 1, 0) OVER (ORDER BY id) AS a, LAG(x, 2, -1) OVER (PARTITION BY k ORDER BY id) AS b, LAG(x, 1, NULL) OVER (ORDER BY id) AS c, LAG(y, 1, 0) OVER (ORDER BY id) AS d FROM a;

-- name: lag_coalesced
-- never: a
SELECT COALESCE(LAG(x) OVER (ORDER BY id), 0) AS a, COALESCE(LAG(y) OVER (ORDER BY id), 0) AS b FROM a;

-- name: lag_is_null_says_nothing
SELECT CASE WHEN LAG(x) OVER (ORDER BY id) IS NULL THEN 0 ELSE x - LAG(x) OVER (ORDER BY id) END AS d FROM a;

-- name: nth_of_first
-- never: a
SELECT NTH_VALUE(x, 1) OVER (ORDER BY id) AS a, NTH_VALUE(y, 1) OVER (ORDER BY id) AS b, NTH_VALUE(x, 2) OVER (ORDER BY id) AS c, NTH_VALUE(x, 1) OVER (ORDER BY id ROWS BETWEEN 1 FOLLOWING AND 2 FOLLOWING) AS d FROM a;

-- name: first_value_of_frames
-- never: a, b, c
SELECT FIRST_VALUE(x) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS a, LAST_VALUE(x) OVER (ORDER BY id ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS b, FIRST_VALUE(x) OVER (ORDER BY id ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING) AS c, FIRST_VALUE(x) OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING) AS d FROM a;

-- name: over_refined_expression
-- never: s
SELECT SUM(y / k) OVER (ORDER BY id) AS s FROM a WHERE y / k IS NOT NULL;

-- name: over_outer_join_refined
-- never: s
SELECT SUM(b.x) OVER (ORDER BY a.id) AS s FROM a LEFT JOIN b ON a.k = b.k WHERE b.id > 0;

-- name: over_presence
-- never: s
SELECT SUM(IF(b.id IS NULL, 0, b.x)) OVER (ORDER BY a.id) AS s FROM a LEFT JOIN b ON a.k = b.k;

-- name: case_around_window
SELECT CASE WHEN y > 0 THEN SUM(y) OVER (PARTITION BY k) ELSE 0 END AS s FROM a;

-- name: json_window
-- only: mysql
-- never: j
SELECT JSON_ARRAYAGG(y) OVER (PARTITION BY k) AS j FROM a;
