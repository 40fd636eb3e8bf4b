-- Aggregates: implicit groups, GROUP BY, HAVING, ROLLUP.

-- name: implicit_all
SELECT COUNT(*) AS n, COUNT(y) AS m, COUNT(DISTINCT x, k) AS d, SUM(x) AS s, AVG(x) AS v, MIN(y) AS lo, MAX(x) AS hi FROM a;

-- name: implicit_over_no_rows
SELECT COUNT(*) AS n, SUM(x) AS s, MAX(id) AS m FROM a WHERE FALSE;

-- name: implicit_constants_beside
SELECT COUNT(*) AS n, 1 AS one, 'x' AS letter, 1 + 1 AS two, CONCAT('a', 'b') AS ab FROM a WHERE id > 100000;

-- name: implicit_with_having
SELECT COUNT(*) AS n FROM a HAVING COUNT(*) > 2;

-- name: implicit_with_having_sum
-- never: s
SELECT SUM(x) AS s FROM a HAVING SUM(x) > 0;

-- name: implicit_with_having_alias
-- never: s
SELECT SUM(x) AS s FROM a HAVING s IS NOT NULL;

-- name: implicit_with_limit_zero
SELECT COUNT(*) AS n FROM a LIMIT 0;

-- name: implicit_with_limit_offset
SELECT COUNT(*) AS n FROM a LIMIT 1 OFFSET 1;

-- name: implicit_by_having_only
SELECT 1 AS one FROM a HAVING COUNT(*) >= 0;

-- name: implicit_by_order_only
-- only: mariadb
-- rows: one
SELECT 1 AS one FROM a ORDER BY COUNT(*);

-- name: implicit_bits
SELECT BIT_AND(x) AS a, BIT_OR(y) AS o, BIT_XOR(x) AS e FROM a;

-- name: implicit_statistics
SELECT STD(x) AS a, STDDEV_POP(x) AS b, STDDEV_SAMP(x) AS c, VARIANCE(x) AS d, VAR_POP(x) AS e, VAR_SAMP(x) AS f FROM a;

-- name: implicit_json
SELECT JSON_ARRAYAGG(id) AS a, JSON_OBJECTAGG(id, x) AS o FROM a;

-- name: implicit_group_concat
SELECT GROUP_CONCAT(id) AS a, GROUP_CONCAT(DISTINCT z ORDER BY z DESC SEPARATOR '; ') AS b FROM b;

-- name: implicit_column_functionally_constant
SELECT MAX(name) AS m, id FROM person WHERE id = 1;

-- name: implicit_expression_over_aggregates
SELECT MAX(x) - MIN(x) AS spread, COALESCE(SUM(x), 0) AS s, IFNULL(MAX(y), -1) AS y, COUNT(*) * 2 AS n FROM a;

-- name: implicit_in_case
SELECT CASE WHEN COUNT(*) > 0 THEN MAX(id) ELSE 0 END AS m FROM a;

-- name: implicit_sum_distinct
SELECT SUM(DISTINCT x) AS s, AVG(DISTINCT y) AS v, MIN(DISTINCT x) AS lo FROM a;

-- name: grouped_nn_arguments
-- never: s, v, lo, hi, g
SELECT k, SUM(x) AS s, AVG(x) AS v, MIN(x) AS lo, MAX(x) AS hi, GROUP_CONCAT(x) AS g FROM a GROUP BY k;

-- name: grouped_nullable_arguments
SELECT k, SUM(y) AS s, AVG(y) AS v, MIN(y) AS lo, MAX(y) AS hi, GROUP_CONCAT(y) AS g, COUNT(y) AS n FROM a GROUP BY k;

-- name: grouped_refined_arguments
-- never: s, lo
SELECT k, SUM(y) AS s, MIN(y) AS lo FROM a WHERE y IS NOT NULL GROUP BY k;

-- name: grouped_statistics
SELECT k, STDDEV_SAMP(x) AS a, VAR_SAMP(x) AS b, STDDEV_POP(x) AS c, VAR_POP(x) AS d FROM a GROUP BY k;

-- name: grouped_json
SELECT k, JSON_ARRAYAGG(y) AS a, JSON_OBJECTAGG(id, y) AS o FROM a GROUP BY k;

-- name: grouped_bits
SELECT k, BIT_AND(y) AS a, BIT_OR(y) AS o FROM a GROUP BY k;

-- name: grouped_key_refined_by_where
-- never: k
SELECT k, COUNT(*) AS n FROM a WHERE k IS NOT NULL GROUP BY k;

-- name: grouped_key_refined_by_having
-- never: k
SELECT k, COUNT(*) AS n FROM a GROUP BY k HAVING k > 0;

-- name: grouped_having_on_aggregate
-- never: s
SELECT k, SUM(y) AS s FROM a GROUP BY k HAVING SUM(y) IS NOT NULL;

-- name: grouped_having_or
SELECT k, SUM(y) AS s FROM a GROUP BY k HAVING SUM(y) IS NOT NULL OR k IS NOT NULL;

-- name: grouped_by_expression
SELECT x + y AS e, COUNT(*) AS n FROM a GROUP BY x + y;

-- name: grouped_by_position
SELECT k, COUNT(*) AS n FROM a GROUP BY 1 ORDER BY 2 DESC;

-- name: grouped_by_alias
SELECT COALESCE(k, 0) AS key_or_zero, COUNT(*) AS n FROM a GROUP BY key_or_zero;

-- name: grouped_dependent_columns
SELECT p.id, p.name, p.email, COUNT(u.id) AS n FROM person p LEFT JOIN purchase u ON u.person_id = p.id GROUP BY p.id;

-- name: grouped_any_value
-- only: mysql
SELECT k, ANY_VALUE(x) AS x, ANY_VALUE(y) AS y FROM a GROUP BY k;

-- name: rollup_one
SELECT x, COUNT(*) AS n, SUM(id) AS s FROM a GROUP BY x WITH ROLLUP;

-- name: rollup_two
SELECT x, k, MIN(id) AS lo, MAX(y) AS hi FROM a GROUP BY x, k WITH ROLLUP;

-- name: rollup_expression_of_key
SELECT x + 1 AS e, COUNT(*) AS n FROM a GROUP BY x WITH ROLLUP;

-- name: rollup_coalesced_key
SELECT COALESCE(x, 0) AS e, COUNT(*) AS n FROM a GROUP BY x WITH ROLLUP;

-- name: rollup_key_rejected
SELECT x, COUNT(*) AS n FROM a GROUP BY x WITH ROLLUP HAVING x IS NOT NULL;

-- name: rollup_where_does_not_help
SELECT x, COUNT(*) AS n FROM a WHERE x > 0 GROUP BY x WITH ROLLUP;

-- name: rollup_status
SELECT status, COUNT(*) AS n, SUM(balance) AS s FROM person GROUP BY status WITH ROLLUP;

-- name: rollup_grouping
-- only: mysql
SELECT x, GROUPING(x) AS g, COUNT(*) AS n FROM a GROUP BY x WITH ROLLUP;

-- name: rollup_in_derived
SELECT d.status, d.n FROM (SELECT status, COUNT(*) AS n FROM person GROUP BY status WITH ROLLUP) d;

-- name: rollup_in_derived_joined
SELECT p.id, d.status FROM person p JOIN (SELECT status, COUNT(*) AS n FROM person GROUP BY status WITH ROLLUP) d ON d.n > 0;

-- name: rollup_dates
SELECT w, k, COUNT(*) AS n FROM c GROUP BY w, k WITH ROLLUP;

-- name: rollup_constant_beside
SELECT 1 AS one, 'x' AS letter, x, COUNT(*) AS n FROM a GROUP BY x WITH ROLLUP;

-- name: types_of_sums
SELECT SUM(ti) AS ti, SUM(su) AS su, SUM(mi) AS mi, SUM(i) AS i, SUM(u) AS u, SUM(bi) AS bi, SUM(bu) AS bu,
       SUM(d) AS d, SUM(du) AS du, SUM(d65) AS d65, SUM(f) AS f, SUM(g) AS g, SUM(flag) AS flag FROM v;

-- name: types_of_averages
SELECT AVG(ti) AS ti, AVG(u) AS u, AVG(bu) AS bu, AVG(d) AS d, AVG(du) AS du, AVG(d0) AS d0, AVG(f) AS f, AVG(g) AS g FROM v;

-- name: types_of_extremes
SELECT MIN(ti) AS ti, MAX(bu) AS bu, MIN(d) AS d, MAX(f) AS f, MIN(flag) AS flag, MAX(b9 + 0) AS b9, MAX(b1 + 0) AS b1 FROM v;

-- name: types_of_extremes_of_others
SELECT MIN(c) AS c, MAX(s) AS s, MIN(t) AS t, MAX(bin) AS bin, MIN(bl) AS bl, MAX(e) AS e, MIN(st) AS st, MAX(da) AS da,
       MIN(dt) AS dt, MAX(dt6) AS dt6, MIN(ts) AS ts, MAX(ti2) AS ti2, MIN(y) AS y FROM w;

-- name: sums_of_texts_and_dates
SELECT SUM(s) AS s, AVG(s) AS v, SUM(da) AS da, AVG(dt) AS dt, SUM(ti) AS ti, SUM(y) AS y, AVG(e) AS e FROM w;

-- name: sum_of_boolean
-- never: s
SELECT k, SUM(x > 1) AS s, SUM(y = 1) AS t, COUNT(x > 1 OR NULL) AS n FROM a GROUP BY k;

-- name: conditional_sums
SELECT SUM(CASE WHEN x > 1 THEN 1 ELSE 0 END) AS s, SUM(IF(y IS NULL, 0, y)) AS t, COUNT(IF(x > 1, 1, NULL)) AS n FROM a;

-- name: conditional_sums_grouped
-- never: s, t
SELECT k, SUM(CASE WHEN x > 1 THEN 1 ELSE 0 END) AS s, SUM(IF(y IS NULL, 0, y)) AS t, SUM(IF(x > 1, 1, NULL)) AS n FROM a GROUP BY k;

-- name: distinct_and_group
SELECT DISTINCT k, COUNT(*) AS n FROM a GROUP BY k, x;

-- name: count_distinct_two_nullable
SELECT COUNT(DISTINCT y, k) AS n FROM a;

-- name: nested_in_functions
SELECT UPPER(GROUP_CONCAT(z)) AS g, ROUND(AVG(x), 2) AS v, CAST(SUM(x) AS SIGNED) AS s, CONCAT('n', COUNT(*)) AS t FROM b;

-- name: aggregate_of_outer_column_in_subquery
SELECT a.k, (SELECT MAX(b.x) FROM b WHERE b.k = a.k) AS m FROM a GROUP BY a.k;

-- name: having_without_group_non_aggregate
-- never: y
SELECT id, y FROM a HAVING y > 0;

-- name: implicit_left_join_all_null
SELECT COUNT(b.id) AS n, SUM(b.x) AS s, MAX(a.id) AS m FROM a LEFT JOIN b ON a.k = b.k;

-- name: group_by_primary_key_one_row
-- rows: opt
SELECT id, COUNT(*) AS n FROM a WHERE id = 1 GROUP BY id;

-- name: implicit_with_where_on_unique
-- rows: one
SELECT MAX(name) AS name FROM person WHERE email = 'a';

-- name: group_concat_limit
-- only: mariadb
SELECT GROUP_CONCAT(z ORDER BY z LIMIT 2) AS g FROM b;

-- name: median_of_window_kind
-- only: mariadb
SELECT DISTINCT MEDIAN(x) OVER (PARTITION BY k) AS m, PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY x) OVER (PARTITION BY k) AS p FROM a;

-- name: rollup_constant_propagated_to_key
SELECT COALESCE(x, 1) AS e, 1 AS one, COUNT(*) AS n FROM a WHERE x = 1 GROUP BY x WITH ROLLUP;

-- name: rollup_by_expression
-- only: mariadb
SELECT x + 1 AS e, COALESCE(x + 1, 0) AS f, COUNT(*) AS n FROM a GROUP BY x + 1 WITH ROLLUP;

-- name: rollup_by_constant
SELECT 1 + 0 AS e, COALESCE(1 + 0, 2) AS f, COUNT(*) AS n FROM a GROUP BY 1 + 0 WITH ROLLUP;

-- name: rollup_by_constant_of_derived_table
SELECT COALESCE(d.zero, 0) AS e, 0 AS f, COUNT(*) AS n FROM (SELECT 0 AS zero FROM a) d GROUP BY d.zero WITH ROLLUP;

-- name: rollup_by_constant_of_view
SELECT COALESCE(one, 1) AS e, 1 AS f, COUNT(*) AS n FROM view_constant GROUP BY one WITH ROLLUP;

-- name: rollup_key_rejected_nullable
-- never: k
SELECT k, COUNT(*) AS n FROM a GROUP BY k WITH ROLLUP HAVING k >= 0;

-- name: rollup_two_keys_one_rejected
-- never: x
SELECT x, k, COUNT(*) AS n FROM a GROUP BY x, k WITH ROLLUP HAVING x >= 0;

-- name: rollup_branches
-- never: b, c
SELECT x, IF(x IS NOT NULL, x, 100) AS b, CASE WHEN x >= 0 THEN x ELSE 100 END AS c, COUNT(*) AS n FROM a GROUP BY x WITH ROLLUP;

-- name: rollup_branches_of_constant
-- never: b, c
SELECT x, IF(x IS NOT NULL, x, 100) AS b, CASE WHEN x >= 0 THEN x ELSE 100 END AS c, COUNT(*) AS n FROM a WHERE x = 1 GROUP BY x WITH ROLLUP;

-- name: rollup_branches_of_derived
SELECT IF(d.zero IS NOT NULL, d.zero, 100) AS b, COUNT(*) AS n FROM (SELECT 0 AS zero FROM a) d GROUP BY d.zero WITH ROLLUP;

-- name: rollup_aggregates
-- never: n
SELECT x, COUNT(y) AS n, SUM(x) AS s, MIN(id) AS lo, GROUP_CONCAT(id) AS g, JSON_ARRAYAGG(y) AS j FROM a GROUP BY x WITH ROLLUP;

-- name: rollup_of_outer_join
SELECT b.x, COUNT(*) AS n, MAX(b.id) AS m FROM a LEFT JOIN b ON a.k = b.k GROUP BY b.x WITH ROLLUP HAVING b.x >= 0 OR COUNT(*) > 1;

-- name: grouped_expression_arguments
-- never: a, b
SELECT k, MAX(x + 1) AS a, MIN(COALESCE(CONCAT(y, ''), '0')) AS b, MAX(x / 2) AS c, GROUP_CONCAT(x, '-', id) AS d, GROUP_CONCAT(x, y) AS e FROM a GROUP BY k;

-- name: grouped_distinct_arguments
-- never: a, b, c
SELECT k, SUM(DISTINCT x) AS a, GROUP_CONCAT(DISTINCT x ORDER BY x SEPARATOR ',') AS b, COUNT(DISTINCT y) AS c, SUM(DISTINCT y) AS d FROM a GROUP BY k;

-- name: grouped_over_outer_join_refined
-- never: s, m
SELECT a.id, SUM(b.x) AS s, MAX(b.id) AS m FROM a LEFT JOIN b ON a.k = b.k WHERE b.z IS NOT NULL GROUP BY a.id;

-- name: grouped_by_constant
-- rows: opt
SELECT 1 + 0 AS one, COUNT(*) AS n FROM a GROUP BY 1 + 0;

-- name: grouped_by_bound_columns
-- rows: opt
SELECT x, k, COUNT(*) AS n FROM a WHERE x = 1 AND k = 2 GROUP BY x, k;

-- name: grouped_by_half_bound_columns
SELECT x, k, COUNT(*) AS n FROM a WHERE x = 1 GROUP BY x, k;

-- name: distinct_of_constants
-- rows: opt
SELECT DISTINCT 1 AS one, 'x' AS letter FROM a;

-- name: distinct_of_bound_columns
-- rows: opt
SELECT DISTINCT x, 'x' AS letter FROM a WHERE x = 1;

-- name: distinct_of_null_safe
SELECT DISTINCT y FROM a WHERE y <=> k;

-- name: distinct_of_functions
SELECT DISTINCT FLOOR(RAND() * 3) AS r FROM a;

-- name: aggregate_of_bound_rows
-- rows: one
SELECT MAX(x) AS m FROM a WHERE id = 1;

-- name: aggregate_of_bound_rows_having
-- rows: opt
SELECT MAX(x) AS m FROM a WHERE id = 1 HAVING m > 0;

-- name: grouped_over_one_row
-- rows: one
SELECT d.n, COUNT(*) AS m FROM (SELECT COUNT(*) AS n FROM a) d GROUP BY d.n;
