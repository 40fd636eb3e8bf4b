-- UNION, EXCEPT and INTERSECT: which side makes a column nullable, and how types merge.

-- name: union_nullable_left
SELECT id, y FROM a UNION ALL SELECT id, x FROM b;

-- name: union_nullable_right
SELECT id, x FROM a UNION ALL SELECT id, k FROM b;

-- name: union_never
-- never: id, x
SELECT id, x FROM a UNION SELECT id, x FROM b;

-- name: union_with_null
SELECT id, NULL AS n FROM a UNION ALL SELECT id, x FROM b;

-- name: union_null_first_text_second
SELECT NULL AS n UNION ALL SELECT 'x';

-- name: union_of_nulls
SELECT NULL AS n UNION ALL SELECT NULL;

-- name: union_three_middle_nullable
SELECT x FROM a UNION ALL SELECT k FROM b UNION ALL SELECT x FROM b;

-- name: union_parenthesised_limits
(SELECT id FROM a ORDER BY id LIMIT 1) UNION ALL (SELECT id FROM b ORDER BY id LIMIT 1) ORDER BY 1;

-- name: union_refined_sides
-- never: v
SELECT y AS v FROM a WHERE y IS NOT NULL UNION ALL SELECT k FROM b WHERE k > 0;

-- name: union_refined_one_side
SELECT y AS v FROM a WHERE y IS NOT NULL UNION ALL SELECT k FROM b;

-- name: union_outer_joined_side
SELECT a.id, b.x FROM a LEFT JOIN b ON a.k = b.k UNION ALL SELECT id, x FROM b;

-- name: union_aggregate_sides
SELECT COUNT(*) AS n, MAX(x) AS m FROM a UNION ALL SELECT COUNT(*), MAX(x) FROM b;

-- name: union_constants
-- never: n, t
SELECT 1 AS n, 'a' AS t UNION ALL SELECT 2, 'bcd';

-- name: union_distinct_of_constants
SELECT 1 AS n UNION DISTINCT SELECT 1;

-- name: except_nullable
SELECT id, y FROM a EXCEPT SELECT id, k FROM b;

-- name: except_nullable_right_only
-- never: x
SELECT x FROM a EXCEPT SELECT k FROM b;

-- name: intersect_nullable_both
SELECT y FROM a INTERSECT SELECT k FROM b;

-- name: intersect_nullable_one
SELECT y FROM a INTERSECT SELECT x FROM b;

-- name: intersect_nullable_right
-- never: x
SELECT x FROM a INTERSECT SELECT k FROM b;

-- name: union_and_intersect_precedence
SELECT x FROM a UNION SELECT x FROM b INTERSECT SELECT k FROM c;

-- name: except_then_union
SELECT x FROM a EXCEPT SELECT x FROM b UNION ALL SELECT k FROM b;

-- name: parenthesised_operand
(SELECT x FROM a UNION ALL SELECT k FROM b) EXCEPT SELECT k FROM c;

-- name: union_in_derived
SELECT d.v, d.w FROM (SELECT id AS v, x AS w FROM a UNION ALL SELECT k, x FROM b) d;

-- name: union_in_derived_refined
-- never: v
SELECT d.v FROM (SELECT id AS v FROM a UNION ALL SELECT k FROM b) d WHERE d.v > 0;

-- name: union_in_derived_aggregated
SELECT SUM(d.v) AS s, COUNT(d.v) AS n FROM (SELECT id AS v FROM a UNION ALL SELECT k FROM b) d;

-- name: merge_integers_signed
SELECT ti AS n FROM v UNION ALL SELECT i FROM v;

-- name: merge_integers_signs
SELECT ti AS n, i AS m, bi AS o FROM v UNION ALL SELECT tu, u, bu FROM v;

-- name: merge_integer_decimal
SELECT i AS n, bu AS m, d AS o FROM v UNION ALL SELECT d, d, d65 FROM v;

-- name: merge_decimals
SELECT d AS n, du AS m FROM v UNION ALL SELECT d0, d FROM v;

-- name: merge_floats
SELECT f AS n, f AS m, g AS o FROM v UNION ALL SELECT i, d, bi FROM v;

-- name: merge_float_double
SELECT f AS n FROM v UNION ALL SELECT g FROM v;

-- name: merge_bool_int
SELECT flag AS n FROM v UNION ALL SELECT i FROM v;

-- name: merge_bool_bool
SELECT flag AS n FROM v UNION ALL SELECT flag_n FROM v;

-- name: merge_bit_int
SELECT b9 AS n FROM v UNION ALL SELECT i FROM v;

-- name: merge_dates
SELECT da AS a, dt AS b, ts AS c FROM w UNION ALL SELECT dt, ts3, da FROM w;

-- name: merge_times
SELECT ti AS a, ti2 AS b, dt AS c FROM w UNION ALL SELECT ti2, dt6, ti FROM w;

-- name: merge_year
SELECT y AS a, y AS b FROM w UNION ALL SELECT y, id FROM w;

-- name: merge_date_text
SELECT da AS a, dt AS b FROM w UNION ALL SELECT s, t FROM w;

-- name: merge_texts
SELECT c AS a, s AS b, tt AS d, la AS e FROM w UNION ALL SELECT s, t, lt, s FROM w;

-- name: merge_text_bytes
SELECT s AS a, c AS b FROM w UNION ALL SELECT vb, bin FROM w;

-- name: merge_bytes
SELECT bin AS a, vb AS b FROM w UNION ALL SELECT vb, lb FROM w;

-- name: merge_enums
SELECT e AS a, st AS b FROM w UNION ALL SELECT e_n, st_n FROM w;

-- name: merge_enum_text
SELECT e AS a, st AS b FROM w UNION ALL SELECT s, t FROM w;

-- name: merge_json
SELECT j AS a FROM w UNION ALL SELECT j_n FROM w;

-- name: merge_json_text
SELECT j AS a FROM w UNION ALL SELECT s FROM w;

-- name: merge_number_text
SELECT i AS a, d AS b, g AS c FROM v UNION ALL SELECT s, s, s FROM w;

-- name: merge_number_date
SELECT i AS a FROM v UNION ALL SELECT da FROM w;

-- name: union_limit_one
-- rows: opt
SELECT id FROM a UNION ALL SELECT id FROM b LIMIT 1;

-- name: union_star
SELECT * FROM a UNION ALL SELECT id, x, k, x FROM b;

-- name: union_order_by_alias
SELECT id AS n, 'a' AS kind FROM a UNION ALL SELECT id, 'b' FROM b ORDER BY kind, n DESC;

-- name: values_statement
-- only: mysql
VALUES ROW(1, 'a', NULL), ROW(2, 'b', 3);

-- name: table_statement
-- only: mysql
TABLE a;

-- name: union_in_exists_list
SELECT EXISTS (SELECT 1 FROM a UNION SELECT 2 FROM b) AS e;

-- name: union_parameters
SELECT id, x FROM a WHERE id = :id UNION ALL SELECT id, x FROM b WHERE id = :id;

-- name: union_parameter_as_column
SELECT x, 'a' AS t FROM a UNION ALL SELECT :x, :t;
