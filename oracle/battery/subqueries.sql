-- Subqueries: scalar, row, EXISTS, IN, ANY, ALL, correlated, nested.

-- name: scalar_plain
SELECT id, (SELECT z FROM b WHERE b.id = a.id) AS z, (SELECT x FROM b WHERE b.id = a.id) AS x FROM a;

-- name: scalar_count
SELECT id, (SELECT COUNT(*) FROM b WHERE b.k = a.k) AS n FROM a;

-- name: scalar_count_having
SELECT id, (SELECT COUNT(*) FROM b WHERE b.k = a.k HAVING COUNT(*) > 1) AS n FROM a;

-- name: scalar_count_grouped
SELECT id, (SELECT COUNT(*) FROM b WHERE b.id = a.id GROUP BY b.k) AS n FROM a;

-- name: scalar_count_limit
SELECT id, (SELECT COUNT(*) FROM b WHERE b.k = a.k LIMIT 1) AS n FROM a;

-- name: scalar_count_limit_zero
SELECT id, (SELECT COUNT(*) FROM b LIMIT 0) AS n FROM a;

-- name: scalar_count_offset
SELECT id, (SELECT COUNT(*) FROM b LIMIT 1 OFFSET 1) AS n FROM a;

-- name: scalar_sum
SELECT id, (SELECT SUM(x) FROM b WHERE b.k = a.k) AS s, COALESCE((SELECT SUM(x) FROM b WHERE b.k = a.k), 0) AS t FROM a;

-- name: scalar_without_from
SELECT (SELECT 1) AS one, (SELECT 'x') AS letter, (SELECT a.id) AS id, (SELECT a.y) AS y FROM a;

-- name: scalar_without_from_where
SELECT (SELECT 1 WHERE a.id > 2) AS one FROM a;

-- name: scalar_from_dual_where_false
SELECT (SELECT 1 FROM DUAL WHERE FALSE) AS nothing FROM a;

-- name: scalar_without_from_having
SELECT (SELECT 1 HAVING FALSE) AS nothing FROM a;

-- name: scalar_constant_from_table
SELECT id, (SELECT 1 FROM b WHERE b.id = a.id) AS one FROM a;

-- name: scalar_constant_with_limit
SELECT id, (SELECT 'there' FROM b LIMIT 1) AS one FROM a;

-- name: scalar_union
SELECT (SELECT 1 UNION SELECT 1) AS one, (SELECT MAX(x) FROM b UNION SELECT MAX(x) FROM b) AS m;

-- name: scalar_case_nn
SELECT (SELECT CASE WHEN COUNT(*) > 0 THEN 'some' ELSE 'none' END FROM b WHERE b.k = a.k) AS s FROM a;

-- name: scalar_coalesce_inside
SELECT (SELECT COALESCE(MAX(x), 0) FROM b WHERE b.k = a.k) AS s, (SELECT COALESCE(b.x, 0) FROM b WHERE b.id = a.id) AS t FROM a;

-- name: exists_kinds
SELECT EXISTS (SELECT 1 FROM b WHERE b.k = a.k) AS e, NOT EXISTS (SELECT NULL FROM b) AS n FROM a;

-- name: in_nn
SELECT x IN (SELECT k FROM c) AS e, x IN (SELECT x FROM b) AS f FROM a;

-- name: in_nullable
SELECT x IN (SELECT k FROM b) AS e, y IN (SELECT x FROM b) AS f, x NOT IN (SELECT k FROM b) AS g FROM a;

-- name: in_list_with_null
SELECT x IN (1, NULL) AS e, x IN (1, 2) AS f, y IN (1, 2) AS g, x NOT IN (1, y) AS h FROM a;

-- name: any_all
SELECT x > ALL (SELECT k FROM c) AS e, x = ANY (SELECT x FROM b) AS f, x > ALL (SELECT k FROM b) AS g, x < SOME (SELECT k FROM b) AS h FROM a;

-- name: any_all_of_nullable
SELECT y > ALL (SELECT k FROM c) AS e, y <> ANY (SELECT x FROM b) AS f FROM a;

-- name: row_in
SELECT (id, x) IN (SELECT id, x FROM b) AS e, (id, y) IN (SELECT id, k FROM b) AS f FROM a;

-- name: row_equals_row_subquery
SELECT (id, x) = (SELECT id, x FROM b WHERE b.id = a.id) AS e FROM a;

-- name: row_comparison_constants
SELECT (1, 2) = (1, 2) AS e, (1, NULL) = (1, 2) AS f, (1, NULL) <=> (1, NULL) AS g, (id, y) < (2, 2) AS h FROM a;

-- name: where_in_refines
-- never: y
SELECT y FROM a WHERE y IN (SELECT x FROM b);

-- name: where_not_in_refines_left_unless_empty
SELECT y FROM a WHERE y NOT IN (SELECT x FROM b);

-- name: where_any_refines
-- never: y
SELECT y FROM a WHERE y > ANY (SELECT x FROM b);

-- name: where_all_does_not_refine
SELECT y FROM a WHERE y > ALL (SELECT x FROM b);

-- name: where_exists_does_not_refine
SELECT y FROM a WHERE EXISTS (SELECT 1 FROM b WHERE b.x = a.y);

-- name: where_scalar_comparison_refines
-- never: y
SELECT y FROM a WHERE y = (SELECT MAX(x) FROM b);

-- name: where_scalar_null_safe
SELECT y FROM a WHERE y <=> (SELECT MAX(x) FROM b);

-- name: derived_in_derived
SELECT d.s, d.k FROM (SELECT e.k, SUM(e.y) AS s FROM (SELECT k, y FROM a WHERE k IS NOT NULL) e GROUP BY e.k) d;

-- name: derived_refined_inside
-- never: k
SELECT d.k FROM (SELECT k FROM a WHERE k > 0) d;

-- name: derived_with_limit
SELECT d.id, d.y FROM (SELECT id, y FROM a ORDER BY id LIMIT 1) d;

-- name: derived_one_row
-- rows: one
SELECT d.n FROM (SELECT COUNT(*) AS n FROM a) d;

-- name: derived_limit_one_rows
-- rows: opt
SELECT d.id FROM (SELECT id FROM a LIMIT 1) d;

-- name: derived_column_names
-- only: mysql
SELECT d.p, d.q FROM (SELECT id, y FROM a) AS d (p, q);

-- name: derived_values
-- only: mysql
SELECT d.column_0, d.column_1 FROM (VALUES ROW(1, 'a'), ROW(2, NULL)) d;

-- name: correlated_two_levels
SELECT a.id, (SELECT (SELECT MAX(c.k) FROM c WHERE c.a_id = a.id AND c.b_id = b.id) FROM b WHERE b.id = a.id) AS m FROM a;

-- name: correlated_in_exists_in_exists
SELECT a.id FROM a WHERE EXISTS (SELECT 1 FROM b WHERE b.k = a.k AND NOT EXISTS (SELECT 1 FROM c WHERE c.b_id = b.id AND c.a_id = a.id));

-- name: correlated_in_select_of_outer_joined
SELECT b.id, (SELECT COUNT(*) FROM c WHERE c.b_id = b.id) AS n, (SELECT b.x) AS x FROM a LEFT JOIN b ON a.k = b.k;

-- name: correlated_in_order_and_group
SELECT a.k, COUNT(*) AS n FROM a GROUP BY a.k ORDER BY (SELECT MAX(b.x) FROM b WHERE b.k = a.k);

-- name: subquery_in_case
SELECT CASE WHEN EXISTS (SELECT 1 FROM b WHERE b.k = a.k) THEN (SELECT COUNT(*) FROM b WHERE b.k = a.k) ELSE 0 END AS n FROM a;

-- name: subquery_in_if_branch
SELECT IF((SELECT COUNT(*) FROM b WHERE b.k = a.k) > 0, (SELECT MIN(x) FROM b WHERE b.k = a.k), -1) AS n FROM a;

-- name: subquery_in_function
SELECT CONCAT((SELECT COUNT(*) FROM b), '/', (SELECT MAX(z) FROM b)) AS t, IFNULL((SELECT y FROM a d WHERE d.id = a.id), 0) AS y FROM a;

-- name: subquery_in_arithmetic
SELECT (SELECT COUNT(*) FROM b) + 1 AS n, (SELECT MAX(x) FROM b) * 2 AS m, 10 / (SELECT COUNT(*) FROM b) AS q FROM a;

-- name: subquery_in_limit_free_from
SELECT x.n FROM (SELECT (SELECT COUNT(*) FROM a) AS n) x;

-- name: types_of_scalars
SELECT (SELECT d FROM v LIMIT 1) AS d, (SELECT bu FROM v LIMIT 1) AS bu, (SELECT f FROM v LIMIT 1) AS f,
       (SELECT e FROM w LIMIT 1) AS e, (SELECT da FROM w LIMIT 1) AS da, (SELECT ts FROM w LIMIT 1) AS ts, (SELECT j FROM w LIMIT 1) AS j,
       (SELECT b9 + 0 FROM v LIMIT 1) AS b9, (SELECT flag FROM v LIMIT 1) AS flag;

-- name: types_through_derived
SELECT d.* FROM (SELECT flag, tu, mi, bu, b9, du, f FROM v) d;

-- name: types_through_derived_of_others
SELECT d.* FROM (SELECT c, t, bin, lb, e, st, da, dt6, ts3, ti2, y, j FROM w) d;

-- name: types_through_distinct_derived
SELECT d.* FROM (SELECT DISTINCT e, st, y, da, flag, b9 FROM w JOIN v ON v.id = w.id) d;

-- name: not_exists_anti
SELECT p.id, p.email FROM person p WHERE NOT EXISTS (SELECT 1 FROM purchase u WHERE u.person_id = p.id);

-- name: exists_with_union
SELECT a.id FROM a WHERE EXISTS (SELECT id FROM b WHERE b.id = a.id UNION SELECT id FROM c WHERE c.id = a.id);

-- name: in_with_union
-- never: y
SELECT y FROM a WHERE y IN (SELECT x FROM b UNION SELECT k FROM c);

-- name: having_subquery
SELECT k, COUNT(*) AS n FROM a GROUP BY k HAVING COUNT(*) >= (SELECT COUNT(*) FROM b WHERE b.k = a.k);

-- name: table_subquery_in_join_condition
SELECT a.id, b.id FROM a LEFT JOIN b ON b.id = (SELECT MAX(id) FROM b);

-- name: scalar_in_join_condition_correlated
SELECT a.id, c.id FROM a LEFT JOIN c ON c.id = (SELECT MIN(d.id) FROM c d WHERE d.a_id = a.id);

-- name: correlated_where_refines_outer
-- never: v
SELECT id, (SELECT COUNT(*) FROM b WHERE a.y > 0) AS n, (SELECT COALESCE(MAX(b.x), 0) FROM b WHERE a.y > 0) AS v, (SELECT a.y FROM b WHERE a.y = b.x LIMIT 1) AS w FROM a;

-- name: correlated_where_refines_outer_in_lateral
-- only: mysql
-- never: y
SELECT d.y, d.k FROM a JOIN LATERAL (SELECT a.y, a.k, b.id FROM b WHERE b.x = a.y) d ON TRUE;

-- name: correlated_aggregate_of_outer
SELECT id, (SELECT MAX(a.y + b.x) FROM b WHERE a.y > 0) AS m, (SELECT COUNT(*) + a.x FROM b WHERE b.x = a.y) AS n FROM a;

-- name: correlated_where_in_exists_only
SELECT id, y FROM a WHERE EXISTS (SELECT 1 FROM b WHERE b.x > 0) OR y > 0;

-- name: where_exists_refines_two_levels
SELECT a.y, a.k FROM a WHERE EXISTS (SELECT 1 FROM b WHERE b.k = a.k AND EXISTS (SELECT 1 FROM c WHERE c.k = a.y));

-- name: where_exists_refines
-- never: y, k
SELECT a.y, a.k FROM a WHERE EXISTS (SELECT 1 FROM b WHERE b.k = a.k AND b.x + a.y >= 0);

-- name: where_exists_inner_join_refines
SELECT a.y, a.k FROM a WHERE EXISTS (SELECT 1 FROM b JOIN c ON c.b_id = b.id AND c.k = a.y WHERE b.k IS NOT NULL OR a.k > 0);

-- name: where_exists_unqualified
SELECT y FROM a WHERE EXISTS (SELECT 1 FROM b WHERE b.x >= y);

-- name: where_exists_limit_zero
SELECT a.y FROM a WHERE EXISTS (SELECT 1 FROM b WHERE b.x = a.y LIMIT 0) OR a.y IS NULL;

-- name: where_in_with_condition_refines
-- never: y, k
SELECT a.y, a.k FROM a WHERE a.y IN (SELECT b.x FROM b WHERE b.k = a.k);

-- name: where_not_in_with_condition
SELECT a.y, a.k FROM a WHERE a.y NOT IN (SELECT b.x FROM b WHERE b.k = a.k);

-- name: where_row_in_refines
-- never: y, k
SELECT y, k FROM a WHERE (y, k) IN (SELECT x, k FROM b);

-- name: where_row_equal_any
-- never: y
SELECT y FROM a WHERE y = ANY (SELECT x FROM b);

-- name: where_not_equal_all
SELECT y FROM a WHERE y <> ALL (SELECT x FROM b WHERE x < 0);

-- name: where_not_any
SELECT y FROM a WHERE NOT (y > ANY (SELECT x FROM b WHERE x < 0));

-- name: scalar_union_of_one_side
-- never: one
SELECT (SELECT 1 UNION SELECT 1 FROM b WHERE FALSE) AS one, (SELECT 1 FROM b WHERE FALSE UNION SELECT 1 FROM b WHERE FALSE) AS two FROM a;

-- name: scalar_union_all_limited
-- never: one
SELECT (SELECT 1 UNION ALL SELECT 2 LIMIT 1) AS one, (SELECT 1 EXCEPT SELECT 1) AS three FROM a;

-- name: scalar_of_one_row
-- never: n, m
SELECT (SELECT d.n FROM (SELECT COUNT(*) AS n FROM b) d) AS n, (SELECT d.n FROM (SELECT COUNT(*) AS n FROM b) d LEFT JOIN c ON c.id = d.n) AS m, (SELECT d.n FROM (SELECT COUNT(*) AS n FROM b) d JOIN c ON c.id = d.n) AS j FROM a;

-- name: derived_one_row_left_joined
-- rows: one
SELECT d.n, p.name FROM (SELECT COUNT(*) AS n FROM a) d LEFT JOIN person p ON p.id = d.n;

-- name: derived_one_row_joined
-- rows: opt
SELECT d.n, p.name FROM (SELECT COUNT(*) AS n FROM a) d JOIN person p ON p.id = d.n;

-- name: derived_one_row_right_joined
SELECT d.n, a.id FROM (SELECT COUNT(*) AS n FROM a) d RIGHT JOIN a ON a.id = d.n;

-- name: derived_one_row_filtered
-- rows: opt
SELECT d.n FROM (SELECT COUNT(*) AS n FROM a) d WHERE d.n > 1;

-- name: intersect_is_null_where_both_are
-- never: v
SELECT x AS v FROM a INTERSECT SELECT k FROM b;

-- name: except_is_null_where_left_is
-- never: v
SELECT x AS v FROM a EXCEPT SELECT k FROM b;

-- name: refined_in_union
-- never: v
SELECT y AS v FROM a WHERE y > 0 UNION SELECT k FROM b WHERE k IS NOT NULL;

-- name: same_scalar_in_where
-- never: z
SELECT id, (SELECT b.z FROM b WHERE b.id = a.id) AS z FROM a WHERE (SELECT b.z FROM b WHERE b.id = a.id) <> '';

-- name: other_scalar_in_where
SELECT id, (SELECT b.z FROM b WHERE b.id = a.id) AS z FROM a WHERE (SELECT b.z FROM b WHERE b.id = a.x) <> '';

-- name: key_is_subquery
-- rows: opt
SELECT id, name FROM person WHERE id = (SELECT MAX(person_id) FROM purchase);

-- name: key_is_limited_subquery
-- rows: opt
SELECT id, name FROM person WHERE id = (SELECT person_id FROM purchase ORDER BY total DESC LIMIT 1);

-- name: key_is_text_subquery
-- rows: opt
SELECT id, name FROM person WHERE name = (SELECT MIN(name) FROM person);

-- name: key_is_subquery_of_other_text
SELECT id, name FROM person WHERE name = (SELECT MIN(label) FROM tag);

-- name: key_is_random_subquery
SELECT id, name FROM person WHERE id = (SELECT FLOOR(RAND() * 10));

-- name: key_is_correlated_subquery
SELECT p.id, u.id AS uid FROM person p JOIN purchase u ON p.id = (SELECT MAX(q.person_id) FROM profile q WHERE q.person_id = u.person_id);

-- name: key_is_subquery_with_variable
SELECT id, name FROM person WHERE id = (SELECT MAX(person_id) FROM purchase WHERE id > :least);

-- name: impossible
-- rows: opt
SELECT id FROM a WHERE FALSE;

-- name: impossible_null
-- rows: opt
SELECT id FROM a WHERE (x > 0 AND NULL);

-- name: impossible_of_groups
-- rows: opt
SELECT k, COUNT(*) AS n FROM a WHERE 1 AND 0 GROUP BY k;

-- name: impossible_of_rollup
SELECT k, COUNT(*) AS n FROM a WHERE FALSE GROUP BY k WITH ROLLUP;

-- name: impossible_or_possible
SELECT id FROM a WHERE FALSE OR x > 0;

-- name: nn_is_null_of_date
SELECT id, w FROM c WHERE w IS NULL;

-- name: nn_null_safe
SELECT id, x FROM a WHERE x <=> NULL;

-- name: derived_key_of_outer_join
SELECT d.id FROM (SELECT p.id, q.person_id AS k FROM person p LEFT JOIN profile q ON q.person_id = p.id) d WHERE d.k = 3;

-- name: derived_key_of_outer_join_null
SELECT d.id FROM (SELECT p.id, q.person_id AS k FROM person p LEFT JOIN profile q ON q.person_id = p.id) d WHERE d.k <=> NULL;

-- name: derived_key_of_outer_join_joined
SELECT d.id, a.id AS aid FROM a LEFT JOIN (SELECT p.id, q.person_id AS k FROM person p LEFT JOIN profile q ON q.person_id = p.id) d ON d.k = a.k WHERE a.id = 1;

-- name: group_key_of_outer_join
SELECT d.n FROM (SELECT q.person_id AS k, COUNT(*) AS n FROM person p LEFT JOIN profile q ON q.person_id = p.id GROUP BY q.person_id, p.id) d WHERE d.k = 3;

-- name: aggregate_of_outer_in_where
SELECT a.id FROM a WHERE a.x >= (SELECT COALESCE(MAX(a.x), 0) FROM b WHERE b.k = a.k);

-- name: aggregate_of_both
SELECT id, (SELECT COALESCE(MAX(b.x + a.x), 0) FROM b WHERE b.k = a.k) AS m FROM a;
