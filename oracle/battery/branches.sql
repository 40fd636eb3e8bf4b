-- IF, CASE and their relatives: what is known in each branch, and what is not.

-- name: presence_by_key
-- never: x
SELECT CASE WHEN b.id IS NOT NULL THEN b.x ELSE 0 END AS x FROM a LEFT JOIN b ON a.k = b.k;

-- name: presence_by_another_column
-- never: x, id
SELECT CASE WHEN b.z IS NOT NULL THEN b.x ELSE 0 END AS x, IF(b.z = 'a', b.id, -1) AS id FROM a LEFT JOIN b ON a.k = b.k;

-- name: presence_says_nothing_of_nullable
SELECT CASE WHEN b.id IS NOT NULL THEN b.z ELSE 'none' END AS z FROM a LEFT JOIN b ON a.k = b.k;

-- name: presence_through_on
-- never: k, bk
SELECT IF(b.id IS NOT NULL, a.k, 0) AS k, IF(b.id IS NULL, 0, b.k) AS bk FROM a LEFT JOIN b ON a.k = b.k;

-- name: presence_through_using
-- never: k
SELECT IF(b.id IS NULL, 0, a.k) AS k FROM a LEFT JOIN b USING (k);

-- name: presence_of_the_inner_join
-- never: x
SELECT CASE WHEN c.id IS NOT NULL THEN b.x ELSE 0 END AS x, CASE WHEN b.id IS NOT NULL THEN c.k ELSE 0 END AS k
FROM a LEFT JOIN (b LEFT JOIN c ON c.b_id = b.id) ON a.k = b.k;

-- name: presence_in_a_chain
-- never: x
SELECT CASE WHEN c.id IS NOT NULL THEN b.x ELSE 0 END AS x, CASE WHEN b.id IS NOT NULL THEN c.k ELSE 0 END AS k
FROM a LEFT JOIN b ON a.k = b.k LEFT JOIN c ON c.b_id = b.id;

-- name: presence_of_another_relation
SELECT CASE WHEN c.id IS NOT NULL THEN b.x ELSE 0 END AS x FROM a LEFT JOIN b ON a.k = b.k LEFT JOIN c ON c.a_id = a.id;

-- name: presence_in_right_join
-- never: x
SELECT CASE WHEN a.id IS NOT NULL THEN a.x ELSE 0 END AS x, IF(a.id IS NOT NULL, a.y, 0) AS y FROM a RIGHT JOIN b ON a.k = b.k;

-- name: presence_of_a_derived_table
-- never: one, z
SELECT IF(d.id IS NOT NULL, d.one, 0) AS one, IF(d.one = 1, d.z, '') AS z
FROM a LEFT JOIN (SELECT id, 1 AS one, COALESCE(z, '') AS z FROM b) d ON d.id = a.id;

-- name: presence_inside_a_derived_table
-- never: x
SELECT IF(d.bid IS NOT NULL, d.x, 0) AS x, IF(d.bid IS NOT NULL, d.z, '') AS z
FROM (SELECT a.id, b.id AS bid, b.x, b.z FROM a LEFT JOIN b ON a.k = b.k) d;

-- name: presence_inside_two_derived_tables
-- never: x
SELECT IF(e.bid > 0, e.x, 0) AS x FROM (SELECT * FROM (SELECT a.id, b.id AS bid, b.x FROM a LEFT JOIN b ON a.k = b.k) d) e;

-- name: presence_inside_a_common_table
-- never: x
WITH d AS (SELECT a.id, b.id AS bid, b.x FROM a LEFT JOIN b ON a.k = b.k) SELECT IF(d.bid IS NULL, 0, d.x) AS x FROM d;

-- name: presence_inside_a_common_table_twice
-- never: x
WITH d AS (SELECT a.id, b.id AS bid, b.x FROM a LEFT JOIN b ON a.k = b.k)
SELECT IF(d.bid IS NULL, 0, d.x) AS x, IF(d.bid IS NULL, 0, e.x) AS y FROM d JOIN d e ON e.id > d.id;

-- name: presence_inside_a_union
SELECT IF(d.bid IS NULL, 0, d.x) AS x
FROM (SELECT b.id AS bid, b.x FROM a LEFT JOIN b ON a.k = b.k UNION ALL SELECT id, y FROM a) d;

-- name: presence_inside_groups
SELECT IF(d.bid IS NULL, 0, d.x) AS x FROM (SELECT b.id AS bid, MAX(b.k) AS x FROM a LEFT JOIN b ON a.k = b.k GROUP BY b.id) d;

-- name: presence_of_a_shared_outer_join
-- never: bx, cx
SELECT IF(c.id IS NOT NULL, b.x, 0) AS bx, IF(b.id IS NOT NULL, c.k, 0) AS cx FROM a LEFT JOIN (b JOIN c ON c.b_id = b.id) ON a.k = b.k;

-- name: case_exhaustive_by_null
-- never: v
SELECT CASE WHEN y IS NULL THEN 0 ELSE y END AS v FROM a;

-- name: case_later_branch_knows_or
-- never: v
SELECT CASE WHEN y IS NULL OR k IS NULL THEN 0 ELSE y + k END AS v FROM a;

-- name: case_later_branch_knows_not_and
SELECT CASE WHEN y IS NULL AND k IS NULL THEN 0 ELSE y + k END AS v FROM a;

-- name: case_not_false_is_not_true
SELECT CASE WHEN y > 0 THEN 0 WHEN y <= 0 THEN 1 ELSE y END AS v FROM a;

-- name: case_negated_comparison
-- never: v
SELECT CASE WHEN NOT (y > 0) THEN y ELSE 0 END AS v, CASE WHEN NOT (y > 0) THEN 0 ELSE y END AS w FROM a;

-- name: case_three_branches
-- never: v
SELECT CASE WHEN y IS NULL THEN 0 WHEN k IS NULL THEN y WHEN y > k THEN y - k ELSE k - y END AS v FROM a;

-- name: case_null_in_second_branch
SELECT CASE WHEN y IS NOT NULL THEN y WHEN k IS NOT NULL THEN y ELSE 0 END AS v FROM a;

-- name: case_nested
-- never: v
SELECT CASE WHEN y IS NOT NULL THEN CASE WHEN k IS NOT NULL THEN y * k ELSE y END ELSE 0 END AS v FROM a;

-- name: case_simple_operand_known
-- never: v
SELECT CASE y WHEN 1 THEN y ELSE 0 END AS v, CASE y WHEN 1 THEN 0 ELSE y END AS w FROM a;

-- name: case_simple_with_column
-- never: v
SELECT CASE y WHEN k THEN y + k ELSE 0 END AS v FROM a;

-- name: case_true_first
-- never: v
SELECT CASE WHEN TRUE THEN 1 END AS v, CASE WHEN 1 = 1 THEN 1 END AS w FROM a;

-- name: case_true_last
-- never: v
SELECT CASE WHEN y IS NULL THEN 0 WHEN TRUE THEN y END AS v FROM a;

-- name: if_not_is_null
-- never: v, w
SELECT IF(NOT (y IS NULL), y, 0) AS v, IF(NOT ISNULL(y), y, 0) AS w FROM a;

-- name: if_isnull
-- never: v, w
SELECT IF(ISNULL(y), 0, y) AS v, IF(!ISNULL(y), y, 0) AS w FROM a;

-- name: if_or_of_same
-- never: v
SELECT IF(y = 1 OR y = 2, y, 0) AS v, IF(y = 1 OR k = 2, y, 0) AS w FROM a;

-- name: if_is_true_and_not
-- never: v, w
SELECT IF((y > 0) IS TRUE, y, 0) AS v, IF((y > 0) IS NOT FALSE, 0, y) AS w, IF((y > 0) IS NOT TRUE, y, 0) AS x FROM a;

-- name: if_unknown
-- never: v
SELECT IF((y > k) IS UNKNOWN, 0, y + k) AS v, IF((y > k) IS NOT UNKNOWN, 0, y) AS w FROM a;

-- name: if_null_safe
-- never: v
SELECT IF(y <=> NULL, 0, y) AS v, IF(NOT (y <=> 1), y, 0) AS w, IF(y <=> k, y, 0) AS x FROM a;

-- name: if_xor
-- never: v
SELECT IF((y IS NULL) XOR (k IS NULL), 0, 1) AS v, IF((y IS NULL) XOR TRUE, y, 0) AS w FROM a;

-- name: if_coalesce_of_condition
-- never: v
SELECT IF(COALESCE(y > 0, FALSE), y, 0) AS v, IF(COALESCE(y > 0, TRUE), y, 0) AS w FROM a;

-- name: if_of_if
-- never: v
SELECT IF(IF(y > 0, TRUE, FALSE), y, 0) AS v, IF(IF(y > 0, FALSE, TRUE), y, 0) AS w FROM a;

-- name: if_of_case
-- never: v
SELECT IF(CASE WHEN y > 0 THEN k > 0 ELSE FALSE END, y + k, 0) AS v, IF(CASE WHEN y > 0 THEN TRUE ELSE k > 0 END, y, 0) AS w FROM a;

-- name: if_truth_written_out
-- never: v, w
SELECT IF((y IS NULL) = 0, y, 0) AS v, IF((y IS NULL) = TRUE, 0, y) AS w, IF((y > 0) = 0, y, 0) AS x FROM a;

-- name: if_row_comparison
-- never: v
SELECT IF((y, k) = (1, 1), y + k, 0) AS v, IF((y, k) <> (1, 1), y, 0) AS w, IF((y, k) IN ((1, 1), (2, 2)), k, 0) AS x FROM a;

-- name: if_in_list
-- never: v, w
SELECT IF(y IN (1, 2), y, 0) AS v, IF(y NOT IN (1, 2), y, 0) AS w, IF(1 IN (y, k), y, 0) AS x, IF(1 NOT IN (y, k), y + k, 0) AS z FROM a;

-- name: if_between
-- never: v
SELECT IF(y BETWEEN k AND 5, y + k, 0) AS v, IF(y NOT BETWEEN k AND 5, k, 0) AS w FROM a;

-- name: if_expression_itself
-- never: v
SELECT IF(y / k > 0, y / k, 0) AS v, IF(y / k IS NULL, 0, y / k) AS w, IF(y / k > 0, k / y, 0) AS x FROM a;

-- name: if_expression_of_other_brackets
SELECT IF((x - y) / k > 0, x - y / k, 0) AS v, IF(x / (y - k) > 0, x / y - k, 0) AS w, IF(x - (y - k) / 2 > 0, (x - y - k) / 0, 0) AS z FROM a;

-- name: if_expression_of_other_literal
SELECT IF(NULLIF(z, 'A') IS NOT NULL, NULLIF(z, 'a'), '') AS v, IF(JSON_EXTRACT('{"a": 1}', '$.a') IS NOT NULL, JSON_EXTRACT('{"a": 1}', '$.A'), 0) AS w FROM b;

-- name: if_expression_of_other_column
SELECT IF(a.x / a.k > 0, b.x / b.k, 0) AS v FROM a JOIN b ON a.id = b.id;

-- name: if_expression_in_a_function
-- never: v
SELECT IF(ROUND(x / k, 1) >= 0, x / k, 0) AS v FROM a;

-- name: if_random_says_nothing
SELECT IF(NULLIF(FLOOR(RAND() * 2), 0) IS NOT NULL, NULLIF(FLOOR(RAND() * 2), 0), 0) AS v FROM a;

-- name: if_subquery_itself
-- never: v
SELECT IF((SELECT MAX(b.x) FROM b WHERE b.k = a.k) IS NULL, 0, (SELECT MAX(b.x) FROM b WHERE b.k = a.k)) AS v FROM a;

-- name: if_exists
SELECT IF(EXISTS (SELECT 1 FROM b WHERE b.k = a.k), (SELECT MAX(b.x) FROM b WHERE b.k = a.k), 0) AS v FROM a;

-- name: if_exists_says_of_outer
-- never: v
SELECT IF(EXISTS (SELECT 1 FROM b WHERE b.k = a.k), a.k, 0) AS v, IF(NOT EXISTS (SELECT 1 FROM b WHERE b.k = a.k), a.k, 0) AS w FROM a;

-- name: if_in_subquery
-- never: v
SELECT IF(y IN (SELECT x FROM b), y, 0) AS v, IF(y NOT IN (SELECT x FROM b), y, 0) AS w FROM a;

-- name: if_aggregate_itself
-- never: v
SELECT IF(SUM(y) > 0, SUM(y), 0) AS v, IF(SUM(y) IS NULL, 0, SUM(y)) AS w FROM a;

-- name: if_count
-- never: v, w
SELECT IF(COUNT(y) > 0, MAX(y), 0) AS v, IF(COUNT(*) = 0, 0, MAX(x)) AS w, IF(COUNT(*) > 0, MAX(y), 0) AS z FROM a;

-- name: if_count_grouped
-- never: v, w
SELECT IF(COUNT(y), SUM(y), 0) AS v, CASE WHEN COUNT(y) < 1 THEN 0 ELSE MIN(y) END AS w, IF(COUNT(y) >= 0, MIN(y), 0) AS z FROM a GROUP BY k;

-- name: if_count_turned
-- never: v
SELECT IF(0 < COUNT(y), AVG(y), 0) AS v, IF(0 <= COUNT(y), AVG(y), 0) AS w, IF(1 > COUNT(y), 0, MAX(y)) AS x, IF(COUNT(y) BETWEEN 1 AND 5, SUM(y), 0) AS z FROM a GROUP BY k;

-- name: if_sum_of_expression
-- never: v
SELECT IF(SUM(y + k) > 0, MAX(y), 0) AS v, IF(SUM(y) > 0, MAX(y + k), 0) AS w FROM a;

-- name: if_key_of_rollup
SELECT IF(k IS NOT NULL, k, 0) AS k, IF(k IS NULL, 0, SUM(y)) AS s FROM a GROUP BY k WITH ROLLUP;

-- name: if_inside_an_aggregate
-- never: v
SELECT k, SUM(IF(y IS NULL, 0, y)) AS v, SUM(CASE WHEN y > 0 THEN y END) AS w FROM a GROUP BY k;

-- name: if_over_plain_column_of_implicit_group
-- never: n
SELECT IF(MAX(id) IS NULL, 0, COUNT(*)) AS n, IF(MAX(id) > 0, MAX(y), 0) AS y FROM a;

-- name: condition_is_never_null
-- never: v, w, z
SELECT (y IS NOT NULL AND y > 0) AS v, (y IS NULL OR y > 0) AS w, (y IS NOT NULL AND k IS NOT NULL AND y > k) AS z, (y > 0 AND y IS NOT NULL) AS u FROM a;

-- name: coalesce_kinds
-- never: a, b, c
SELECT COALESCE(y, k, 0) AS a, IFNULL(y, x) AS b, COALESCE(y / k, 0) AS c, COALESCE(y, k) AS d, IFNULL(NULL, y) AS e FROM a;

-- name: coalesce_narrows
-- never: v
SELECT IF(COALESCE(y, k) IS NULL, 0, COALESCE(y, k)) AS v, IF(COALESCE(y, k) IS NULL, 0, y) AS w FROM a;

-- name: nullif_narrows
-- never: v
SELECT IF(NULLIF(y, 0) IS NOT NULL, y, 0) AS v, IF(NULLIF(x, y) IS NOT NULL, y, 0) AS w FROM a;

-- name: nvl2_narrows
-- only: mariadb
SELECT NVL2(y, 1, 2) AS v, NVL2(y, y, 0) AS w FROM a;

-- name: alias_in_order_by
SELECT IF(y IS NULL, 0, y) AS v FROM a ORDER BY IF(v > 0, v, y);

-- name: narrowed_in_a_subquery
-- never: v
SELECT IF(y IS NOT NULL, (SELECT a.y + 1), 0) AS v, IF(y > 0, (SELECT MAX(a.y + b.id) FROM b), 0) AS w FROM a;

-- name: dates_of_presence
SELECT CASE WHEN c.id IS NOT NULL THEN c.w ELSE DATE'2024-01-01' END AS w FROM a LEFT JOIN c ON c.a_id = a.id;

-- name: date_narrowed
SELECT IF(w.da_n IS NULL, w.da, w.da_n) AS a, IF(w.da_n > '2020-01-01', w.da_n, NULL) AS b, CASE WHEN w.ts_n IS NOT NULL THEN w.ts_n ELSE w.ts END AS c FROM w;

-- name: date_function_itself
SELECT IF(DATE(dt) IS NOT NULL, DATE(dt), DATE'2024-01-01') AS a, IF(LAST_DAY(da) > '2000-01-01', LAST_DAY(da), DATE'2024-01-01') AS b, IF(YEAR(dt) > 0, YEAR(dt), 0) AS c, IF(COALESCE(da_n, da) > '1000-01-01', COALESCE(da_n, da), DATE'2024-01-01') AS d, IF(LEAST(da, dt) IS NOT NULL, LEAST(da, dt), 0) AS e, IF(DATEDIFF(da, dt) IS NOT NULL, DATEDIFF(da, dt), 0) AS f FROM w;

-- name: text_function_itself
SELECT IF(REPEAT(s_n, 2) <> '', REPEAT(s_n, 2), '') AS a, IF(SUBSTRING_INDEX(s_n, 'a', 1) <> 'q', s_n, '') AS b, IF(CAST(s_n AS SIGNED) >= 0, CAST(s_n AS SIGNED), 0) AS c FROM w;
