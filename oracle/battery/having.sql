-- What HAVING says of groups, of rows, and of the select list.

-- name: sum_itself
-- never: s
SELECT k, SUM(y) AS s FROM a GROUP BY k HAVING SUM(y) > 0;

-- name: sum_by_alias
-- never: s
SELECT k, SUM(y) AS s FROM a GROUP BY k HAVING s > 0;

-- name: sum_of_other_case
-- never: s
SELECT k, sum(y) AS s FROM a GROUP BY k HAVING SUM( a.y ) > 0;

-- name: max_is_not_null
-- never: hi, lo
SELECT k, MAX(y) AS hi, MIN(y) AS lo, SUM(x) AS s FROM a GROUP BY k HAVING MAX(y) IS NOT NULL;

-- name: max_says_nothing_of_others
SELECT k, MAX(k) AS hi, MIN(y) AS lo FROM a GROUP BY k HAVING MAX(x) IS NOT NULL;

-- name: count_of_argument
-- never: lo, hi, s, v, g
SELECT k, MIN(y) AS lo, MAX(y) AS hi, SUM(y) AS s, AVG(y) AS v, GROUP_CONCAT(y) AS g FROM a GROUP BY k HAVING COUNT(y) > 0;

-- name: count_of_rows
SELECT k, MIN(y) AS lo FROM a GROUP BY k HAVING COUNT(*) > 0;

-- name: count_by_alias
-- never: lo
SELECT k, COUNT(y) AS n, MIN(y) AS lo FROM a GROUP BY k HAVING n >= 1;

-- name: count_that_nothing_passes
SELECT k, COUNT(y) AS n, MIN(y) AS lo FROM a GROUP BY k HAVING n >= 0 AND n <> 7 AND n < 5;

-- name: count_distinct
-- never: lo
SELECT k, MIN(y) AS lo FROM a GROUP BY k HAVING COUNT(DISTINCT y) > 1;

-- name: count_in_list
-- never: lo
SELECT k, MIN(y) AS lo FROM a GROUP BY k HAVING COUNT(y) IN (1, 2, 3);

-- name: count_in_list_with_zero
SELECT k, MIN(y) AS lo FROM a GROUP BY k HAVING COUNT(y) IN (0, 1, 2);

-- name: count_bare
-- never: lo
SELECT k, MIN(y) AS lo FROM a GROUP BY k HAVING COUNT(y);

-- name: count_not
SELECT k, MIN(y) AS lo FROM a GROUP BY k HAVING NOT COUNT(y);

-- name: count_or
SELECT k, MIN(y) AS lo FROM a GROUP BY k HAVING COUNT(y) > 0 OR COUNT(*) > 0;

-- name: implicit_count_rows
-- never: s, hi
SELECT SUM(x) AS s, MAX(id) AS hi, MIN(y) AS lo FROM a HAVING COUNT(*) > 0;

-- name: implicit_count_argument
-- never: lo, s
SELECT MIN(y) AS lo, SUM(x) AS s FROM a HAVING COUNT(y) > 0;

-- name: implicit_sum
-- never: s, hi
SELECT SUM(y) AS s, MAX(y) AS hi, MAX(x) AS x FROM a HAVING SUM(y) IS NOT NULL;

-- name: implicit_coalesced
SELECT SUM(y) AS s FROM a HAVING COALESCE(SUM(y), 1) > 0;

-- name: implicit_left_join
-- never: m, s
SELECT MAX(a.id) AS m, SUM(b.x) AS s, MIN(b.z) AS z FROM a LEFT JOIN b ON a.k = b.k HAVING COUNT(b.id) > 0 AND SUM(b.x) > 0;

-- name: expression_over_aggregates
-- never: v
SELECT k, SUM(y) / COUNT(y) AS v FROM a GROUP BY k HAVING SUM(y) / COUNT(y) > 0;

-- name: expression_by_alias
-- never: v, s
SELECT k, SUM(y) / COUNT(y) AS v, SUM(y) AS s FROM a GROUP BY k HAVING v IS NOT NULL;

-- name: statistics
-- never: d
SELECT k, STDDEV_SAMP(x) AS d, VAR_SAMP(x) AS v FROM a GROUP BY k HAVING STDDEV_SAMP(x) >= 0;

-- name: key
-- never: k
SELECT k, COUNT(*) AS n FROM a GROUP BY k HAVING k IS NOT NULL;

-- name: key_expression_by_alias
-- never: e
SELECT y / k AS e, COUNT(*) AS n FROM a GROUP BY e HAVING e > 0;

-- name: key_of_outer_join
-- never: id
SELECT b.id, b.x, COUNT(*) AS n FROM a LEFT JOIN b ON a.k = b.k GROUP BY b.id, b.x HAVING b.id > 0;

-- name: key_or_aggregate
SELECT k, SUM(y) AS s FROM a GROUP BY k HAVING k > 0 OR SUM(y) > 0;

-- name: of_rollup
-- never: s
SELECT x, SUM(y) AS s, MAX(k) AS m FROM a GROUP BY x WITH ROLLUP HAVING SUM(y) > 0;

-- name: of_rollup_key
SELECT k, COUNT(*) AS n FROM a GROUP BY k WITH ROLLUP HAVING k > 0;

-- name: of_rollup_key_coalesced
SELECT k, COUNT(*) AS n FROM a GROUP BY k WITH ROLLUP HAVING COALESCE(k, 1) > 0;

-- name: rows_by_alias
-- never: v, y
SELECT id, y + 1 AS v, y FROM a HAVING v > 0;

-- name: rows_by_alias_of_division
-- never: v
SELECT id, y / k AS v FROM a HAVING v > 0;

-- name: rows_by_alias_of_subquery
-- never: v
SELECT id, (SELECT MAX(b.x) FROM b WHERE b.k = a.k) AS v FROM a HAVING v IS NOT NULL;

-- name: rows_by_alias_of_case
-- never: v
SELECT id, CASE WHEN y > 0 THEN k END AS v, y FROM a HAVING v > 0;

-- name: rows_by_alias_of_random
SELECT id, NULLIF(FLOOR(RAND() * 2), 0) AS v FROM a HAVING v IS NOT NULL;

-- name: rows_by_alias_that_hides_a_column
SELECT id, x AS y, y AS q FROM a HAVING y > 0;

-- name: rows_by_alias_that_hides_a_key
SELECT x AS id, k FROM a HAVING id = 1;

-- name: rows_by_alias_that_is_the_column
-- never: y
SELECT id, y AS y FROM a HAVING y > 0;

-- name: rows_by_qualified_column
-- never: q
SELECT id, x AS y, y AS q FROM a HAVING a.y > 0;

-- name: groups_by_alias_that_hides_a_column
SELECT k, MAX(x) AS y, MIN(y) AS lo FROM a GROUP BY k HAVING y > 0;

-- name: groups_by_alias_that_hides_a_key
SELECT k AS g, SUM(y) AS k FROM a GROUP BY g HAVING k > 0;

-- name: groups_by_alias_that_hides_the_key_itself
SELECT MAX(x) AS k, k AS g FROM a GROUP BY a.k HAVING k > 0;

-- name: rows_of_outer_join_by_alias
-- never: bx, id
SELECT a.id AS aid, b.x AS bx, b.id FROM a LEFT JOIN b ON a.k = b.k HAVING bx > 0;

-- name: rows_in_derived
-- never: v
SELECT d.v FROM (SELECT id, y + 1 AS v FROM a HAVING v > 0) d;

-- name: subquery_with_having
SELECT id, (SELECT SUM(b.x) FROM b WHERE b.k = a.k HAVING SUM(b.x) > 0) AS s FROM a;

-- name: derived_with_having
-- never: s
SELECT d.s FROM (SELECT k, SUM(y) AS s FROM a GROUP BY k HAVING SUM(y) > 0) d;

-- name: windows_over_groups
-- never: t
SELECT k, SUM(y) AS s, MAX(SUM(y)) OVER () AS t FROM a GROUP BY k HAVING SUM(y) > 0;

-- name: group_of_json
-- never: j
SELECT k, JSON_ARRAYAGG(y) AS j FROM a GROUP BY k;

-- name: implicit_json_with_rows
-- never: j
SELECT JSON_ARRAYAGG(y) AS j FROM a HAVING COUNT(*) > 0;

-- name: same_expression_in_where
-- never: v
SELECT y / k AS v FROM a WHERE y / k > 1;

-- name: same_expression_in_where_of_groups
SELECT y / k AS v, COUNT(*) AS n FROM a WHERE y / k > 0 GROUP BY y / k;

-- name: same_expression_in_an_aggregate
-- never: v
SELECT k, MAX(y / k) AS v FROM a WHERE y / k IS NOT NULL GROUP BY k;

-- name: same_expression_of_implicit_group
SELECT MAX(y / k) AS v FROM a WHERE y / k IS NOT NULL;

-- name: same_expression_with_parameter
-- never: v
SELECT x / :n AS v FROM a WHERE x / :n >= 0;

-- name: same_expression_with_other_parameter
SELECT x / :m AS v FROM a WHERE x / :n >= 0;

-- name: same_json_path
-- never: v
SELECT JSON_EXTRACT(attributes, '$.a') AS v, JSON_EXTRACT(attributes, '$.b') AS w FROM product WHERE JSON_EXTRACT(attributes, '$.a') IS NOT NULL;

-- name: same_subquery
-- never: v
SELECT (SELECT MAX(b.x) FROM b WHERE b.k = a.k) AS v FROM a WHERE (SELECT MAX(b.x) FROM b WHERE b.k = a.k) > 0;

-- name: subquery_of_other_names
SELECT (SELECT MAX(x) FROM b WHERE b.k = a.k) AS v, (SELECT MAX(a.y + b.x) FROM b WHERE b.k = a.k) AS w FROM a WHERE (SELECT MAX(y + x) FROM b WHERE b.k = a.k) > 0;

-- name: same_expression_in_on
-- never: v
SELECT b.x / b.k AS v FROM a JOIN b ON b.x / b.k >= 0;

-- name: same_expression_in_on_of_left_join
SELECT b.x / b.k AS v, IF(b.id IS NULL, 0, b.x / b.k) AS w FROM a LEFT JOIN b ON b.x / b.k >= 0;

-- name: same_date_function
SELECT DATE(dt) AS a, YEAR(da) AS b FROM w WHERE DATE(dt) IS NOT NULL AND YEAR(da) > 0;

-- name: same_merged_dates
SELECT COALESCE(da_n, da) AS a, LEAST(da, dt) AS b FROM w WHERE COALESCE(da_n, da) >= '1000-01-01' AND LEAST(da, dt) >= 0;

-- name: same_date_compared_as_number
SELECT IFNULL(da_n, da) AS a, IF(id > 0, da, dt) AS b FROM w WHERE IFNULL(da_n, da) + 0 >= 0 AND IF(id > 0, da, dt) < 99999999999999;

-- name: alias_of_columns_that_are_several
-- never: x
SELECT MAX(a.x) AS k, MIN(b.x) AS x FROM a JOIN b ON a.id = b.id HAVING k > 0 AND x > 0;

-- name: alias_of_columns_of_which_one_is_the_key
SELECT MAX(a.x) AS k, COUNT(*) AS n FROM a LEFT JOIN b ON a.id = b.id GROUP BY b.k HAVING k > 0;

-- name: alias_beside_an_aggregate_of_the_column
-- never: y
SELECT k, MAX(y) AS y FROM a GROUP BY k HAVING MAX(y) > 0;

-- name: alias_that_is_not_the_column_of_an_aggregate
-- never: lo
SELECT k, x + 1 AS y, MIN(y) AS lo FROM a GROUP BY k, x HAVING MAX(y) > 0;

-- name: rows_by_alias_that_hides_another_column
-- never: x
SELECT y AS x, k AS q FROM a HAVING x > 0;

-- name: ambiguous_name_of_a_key
SELECT b.k, COUNT(*) AS n FROM a LEFT JOIN b ON a.id = b.id GROUP BY b.k HAVING k > 0;
