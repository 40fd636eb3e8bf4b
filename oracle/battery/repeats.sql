-- Expressions that stand twice: once in a condition, and once where its NULLs are gone, or are not.

-- name: where_division
-- never: r
SELECT x / y AS r FROM a WHERE x / y > 1;

-- name: where_division_in_larger
-- never: r
SELECT ABS(x / y) + 1 AS r FROM a WHERE x / y IS NOT NULL;

-- name: where_other_division
SELECT x / y AS r FROM a WHERE y / x > 1;

-- name: where_division_or
SELECT x / y AS r FROM a WHERE x / y > 1 OR x > 0;

-- name: where_division_in_both_branches_of_or
-- never: r
SELECT x / y AS r FROM a WHERE x / y > 1 OR (x / y < 1 AND k = 1);

-- name: where_division_negated
-- never: r
SELECT x / y AS r FROM a WHERE NOT (x / y = 1);

-- name: where_division_not_null_safe
SELECT x / y AS r FROM a WHERE NOT (x / y <=> 1);

-- name: where_not_null_safe_null
-- never: y
SELECT y FROM a WHERE NOT (y <=> NULL);

-- name: where_null_safe_null
SELECT y FROM a WHERE y <=> NULL;

-- name: where_division_in_aggregate
-- never: s, n
SELECT k, SUM(x / y) AS s, COUNT(*) AS n FROM a WHERE x / y IS NOT NULL GROUP BY k;

-- name: where_division_in_aggregate_of_all
SELECT SUM(x / y) AS s FROM a WHERE x / y IS NOT NULL;

-- name: where_division_of_everything
SELECT MIN(x) AS lo, MAX(x / y) AS hi FROM a WHERE x / y > 0;

-- name: where_date_function
-- never: d
SELECT DAYNAME(w) AS d FROM c WHERE DAYNAME(w) <> 'Monday';

-- name: where_text_function
-- never: d
SELECT UNHEX(s) AS d FROM w WHERE UNHEX(s) IS NOT NULL;

-- name: on_of_left_join
SELECT b.x / b.k AS r FROM a LEFT JOIN b ON b.x / b.k > 0 AND a.id = b.id;

-- name: on_of_inner_join
-- never: r
SELECT b.x / b.k AS r FROM a JOIN b ON b.x / b.k > 0 AND a.id = b.id;

-- name: where_in_derived_table
-- never: r
SELECT d.r FROM (SELECT x / y AS r FROM a WHERE x / y > 0) d;

-- name: where_in_derived_table_outer_joined
SELECT d.r FROM b LEFT JOIN (SELECT id, x / y AS r FROM a WHERE x / y > 0) d ON d.id = b.id;

-- name: where_random
SELECT IF(RAND(id) < 0.5, NULL, 1) AS r FROM a WHERE IF(RAND() < 0.5, NULL, 1) = 1;

-- name: where_variable
SELECT CHAR_LENGTH(CONCAT(@nothing_set, x)) AS r FROM a WHERE CHAR_LENGTH(CONCAT(@nothing_set, x)) IS NULL;

-- name: where_subquery_repeated
SELECT (SELECT MAX(z) FROM b WHERE b.id = a.id) AS z FROM a WHERE (SELECT MAX(z) FROM b WHERE b.id = a.id) IS NOT NULL;

-- name: if_division
-- never: r
SELECT IF(x / y IS NULL, 0, x / y) AS r FROM a;

-- name: if_division_reversed
SELECT IF(x / y IS NULL, x / y, 0) AS r FROM a;

-- name: case_division
-- never: r
SELECT CASE WHEN x / y IS NOT NULL THEN x / y ELSE 0 END AS r FROM a;

-- name: case_of_operand
-- never: r
SELECT CASE y WHEN 1 THEN y WHEN k THEN k ELSE 0 END AS r FROM a;

-- name: case_of_operand_else
SELECT CASE y WHEN 1 THEN 1 ELSE y END AS r FROM a;

-- name: case_sum
-- never: s
SELECT CASE WHEN SUM(y) IS NULL THEN 0 ELSE SUM(y) END AS s FROM a;

-- name: case_sum_grouped
-- never: s
SELECT k, CASE WHEN SUM(y) IS NULL THEN 0 ELSE SUM(y) END AS s FROM a GROUP BY k;

-- name: if_sum_in_rollup
SELECT k, IF(SUM(y) IS NULL, 0, SUM(y)) AS s FROM a GROUP BY k WITH ROLLUP;

-- name: if_key_in_rollup
SELECT x, IF(x IS NULL, -1, x) AS k FROM a GROUP BY x WITH ROLLUP;

-- name: having_sum
-- never: s
SELECT k, SUM(y) AS s FROM a GROUP BY k HAVING SUM(y) > 0;

-- name: having_sum_in_larger
-- never: s
SELECT k, ROUND(SUM(y) * 2, 1) AS s FROM a GROUP BY k HAVING SUM(y) > 0;

-- name: having_other_sum
SELECT k, SUM(y) AS s FROM a GROUP BY k HAVING SUM(x) > 0;

-- name: having_sum_or_count
SELECT k, SUM(y) AS s FROM a GROUP BY k HAVING SUM(y) > 0 OR COUNT(*) > 1;

-- name: having_not_isnull
-- never: s
SELECT k, MAX(y) AS s FROM a GROUP BY k HAVING NOT ISNULL(MAX(y));

-- name: having_alias_in_larger
-- never: s
SELECT k, SUM(y) AS s FROM a GROUP BY k HAVING s + 1 > 0;

-- name: having_alias_of_a_column
SELECT k, SUM(y) AS x FROM a GROUP BY k HAVING COALESCE(x, 1) > 0;

-- name: having_sum_in_rollup
-- never: s
SELECT k, SUM(y) AS s FROM a GROUP BY k WITH ROLLUP HAVING SUM(y) > 0;

-- name: having_sum_in_rollup_key
SELECT k, SUM(y) AS s FROM a GROUP BY k WITH ROLLUP HAVING SUM(y) > 0 AND k > 0;

-- name: having_count_of_everything
-- never: s
SELECT SUM(x) AS s, SUM(y) AS t FROM a HAVING COUNT(*) > 0;

-- name: having_count_mirrored
-- never: s
SELECT MIN(x) AS s FROM a HAVING 1 <= COUNT(x);

-- name: having_count_none
SELECT MIN(x) AS s FROM a HAVING COUNT(*) >= 0;

-- name: having_count_less
SELECT MIN(x) AS s FROM a HAVING COUNT(*) < 3;

-- name: having_sum_of_everything
-- never: s, m
SELECT SUM(y) AS s, MIN(x) AS m, MAX(k) AS k FROM a HAVING SUM(y) > 0;

-- name: row_equal
-- never: y, k
SELECT y, k FROM a WHERE (y, k) = (1, 2);

-- name: row_not_equal
SELECT y, k FROM a WHERE NOT ((y, k) = (1, 2));

-- name: row_in
-- never: y, k
SELECT y, k FROM a WHERE (y, k) IN ((1, 2), (2, 1), (0, 0));

-- name: row_not_in
SELECT y, k FROM a WHERE (y, k) NOT IN ((1, 2), (2, 1));

-- name: row_in_subquery
-- never: y, k
SELECT y, k FROM a WHERE (y, k) IN (SELECT x, k FROM b);

-- name: presence_in_case
-- never: r, s
SELECT a.id, CASE WHEN b.id IS NOT NULL THEN b.x ELSE 0 END AS r, IF(b.x IS NULL, a.x, b.id) AS s
FROM a LEFT JOIN b ON b.id = a.y;

-- name: presence_in_case_of_nullable
SELECT a.id, CASE WHEN b.id IS NOT NULL THEN b.z ELSE '' END AS r FROM a LEFT JOIN b ON b.id = a.y;

-- name: presence_of_another
SELECT a.id, CASE WHEN b.id IS NOT NULL THEN c.k ELSE 0 END AS r
FROM a LEFT JOIN b ON b.id = a.y LEFT JOIN c ON c.b_id = b.id;

-- name: presence_through_two_joins
-- never: r
SELECT a.id, CASE WHEN c.id IS NOT NULL THEN c.k + b.x ELSE 0 END AS r
FROM a LEFT JOIN (b JOIN c ON c.b_id = b.id) ON b.id = a.y;

-- name: null_safe_with_column
-- never: y
SELECT a.y FROM a JOIN b ON a.y <=> b.x;

-- name: null_safe_with_nullable_column
SELECT a.y FROM a JOIN b ON a.y <=> b.k;

-- name: null_safe_with_outer_column
SELECT a.y FROM a LEFT JOIN b ON b.id = a.id WHERE a.y <=> b.x;

-- name: nullif_rejects_first_only
-- never: y
SELECT y, k FROM a WHERE NULLIF(y, k) > 0;

-- name: nvl2_presence
-- only: mariadb
-- never: r
SELECT NVL2(y, y + 1, 0) AS r FROM a;

-- name: nvl2_absence
-- only: mariadb
SELECT NVL2(y, 0, y) AS r FROM a;
