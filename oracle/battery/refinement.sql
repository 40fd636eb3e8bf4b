-- What conditions say of NULL, and what they do not.

-- name: equal
-- never: y
SELECT y FROM a WHERE y = 1;

-- name: not_equal
-- never: y
SELECT y FROM a WHERE y <> 1;

-- name: between
-- never: y
SELECT y, k FROM a WHERE y BETWEEN 0 AND 5;

-- name: between_bounds
SELECT y, k, x FROM a WHERE x BETWEEN y AND k;

-- name: not_between_bounds
SELECT y, k FROM a WHERE x NOT BETWEEN y AND k;

-- name: not_between
-- never: y
SELECT y FROM a WHERE y NOT BETWEEN 3 AND 5;

-- name: like
-- never: z
SELECT z FROM b WHERE z LIKE '%';

-- name: not_like
-- never: z
SELECT z FROM b WHERE z NOT LIKE 'q%';

-- name: regexp
-- never: z
SELECT z FROM b WHERE z REGEXP '.*';

-- name: in_list
-- never: y
SELECT y FROM a WHERE y IN (1, 2, 3);

-- name: not_in_list
-- never: y
SELECT y FROM a WHERE y NOT IN (7, 8);

-- name: in_list_of_columns
SELECT y, k FROM a WHERE 1 IN (y, k);

-- name: not_in_list_of_columns
SELECT y, k FROM a WHERE 7 NOT IN (y, k);

-- name: is_not_null
-- never: y
SELECT y FROM a WHERE y IS NOT NULL;

-- name: not_is_null
-- never: y
SELECT y FROM a WHERE NOT (y IS NULL);

-- name: not_is_not_null
SELECT y FROM a WHERE NOT (y IS NOT NULL);

-- name: is_true
-- never: y
SELECT y FROM a WHERE y IS TRUE;

-- name: is_not_true
SELECT y FROM a WHERE y IS NOT TRUE;

-- name: is_false_of_comparison
-- never: y
SELECT y FROM a WHERE (y = 1) IS FALSE;

-- name: is_unknown
SELECT y FROM a WHERE (y = 1) IS UNKNOWN;

-- name: is_not_unknown
-- never: y
SELECT y FROM a WHERE (y = 1) IS NOT UNKNOWN;

-- name: is_not_false
SELECT y FROM a WHERE (y = 1) IS NOT FALSE;

-- name: bare_column
-- never: y
SELECT y FROM a WHERE y;

-- name: not_bare_column
-- never: y
SELECT y FROM a WHERE NOT y;

-- name: not_comparison
-- never: y
SELECT y FROM a WHERE NOT (y = 100);

-- name: not_and
SELECT y, k FROM a WHERE NOT (y = 1 AND k = 1);

-- name: not_or
-- never: y, k
SELECT y, k FROM a WHERE NOT (y = 100 OR k = 100);

-- name: not_not
-- never: y
SELECT y FROM a WHERE NOT NOT (y > 0);

-- name: bang
SELECT y FROM a WHERE !(y > 0 AND k > 0);

-- name: and_both
-- never: y, k
SELECT y, k FROM a WHERE y > 0 AND k > 0;

-- name: or_same
-- never: y
SELECT y FROM a WHERE y = 1 OR y = 2;

-- name: or_different
SELECT y, k FROM a WHERE y = 1 OR k = 2;

-- name: or_with_is_null
SELECT y FROM a WHERE y = 1 OR y IS NULL;

-- name: or_of_ands
-- never: y
SELECT y, k FROM a WHERE (y = 1 AND k = 1) OR (y = 2 AND x = 2);

-- name: or_with_constant_false
SELECT y FROM a WHERE y = 1 OR FALSE;

-- name: or_with_constant_true
SELECT y FROM a WHERE y = 1 OR TRUE;

-- name: xor
-- never: y, k
SELECT y, k FROM a WHERE y > 1 XOR k > 1;

-- name: xor_with_is_null
SELECT y, k FROM a WHERE (y > 1) XOR (k IS NULL);

-- name: xor_nulls
SELECT y, k FROM a WHERE (y IS NULL) XOR (k IS NULL);

-- name: pipes_are_or
SELECT y, k FROM a WHERE y = 1 || k = 2;

-- name: ampersands_are_and
-- never: y, k
SELECT y, k FROM a WHERE y > 0 && k > 0;

-- name: null_safe_constant
-- never: y
SELECT y FROM a WHERE y <=> 1;

-- name: null_safe_null
SELECT y FROM a WHERE y <=> NULL;

-- name: null_safe_columns
SELECT y, k FROM a WHERE y <=> k;

-- name: null_safe_with_nn_column
-- never: y
SELECT y FROM a WHERE y <=> x;

-- name: not_null_safe
SELECT y FROM a WHERE NOT (y <=> 1);

-- name: arithmetic_rejects
-- never: y, k
SELECT y, k FROM a WHERE y + k > 0;

-- name: arithmetic_alone_rejects
-- never: y
SELECT y FROM a WHERE y * 2;

-- name: function_strict_rejects
-- never: z
SELECT z FROM b WHERE UPPER(z) = 'A';

-- name: function_concat_rejects
-- never: z
SELECT z FROM b WHERE CONCAT(z, 'x') <> '';

-- name: function_concat_ws_does_not_reject
SELECT z FROM b WHERE CONCAT_WS(',', z, 'x') <> '';

-- name: function_coalesce_does_not_reject
SELECT y FROM a WHERE COALESCE(y, 1) = 1;

-- name: function_coalesce_both
SELECT y, k FROM a WHERE COALESCE(y, k) > 0;

-- name: function_ifnull_does_not_reject
SELECT y FROM a WHERE IFNULL(y, 0) = 0;

-- name: function_nullif_rejects
-- never: y
SELECT y FROM a WHERE NULLIF(y, 2) > 0;

-- name: function_nullif_second_does_not_reject
SELECT y FROM a WHERE NULLIF(x, y) > 0;

-- name: function_if_condition
SELECT y FROM a WHERE IF(y > 0, 1, 1) = 1;

-- name: function_if_branch
SELECT y, k FROM a WHERE IF(x > 0, y, k) > 0;

-- name: function_isnull
SELECT y FROM a WHERE ISNULL(y);

-- name: function_not_isnull
-- never: y
SELECT y FROM a WHERE NOT ISNULL(y);

-- name: function_greatest_rejects
-- never: y
SELECT y FROM a WHERE GREATEST(y, 1) > 0;

-- name: function_field_does_not_reject
SELECT z FROM b WHERE FIELD(z, 'q') = 0;

-- name: function_interval_does_not_reject
SELECT y FROM a WHERE INTERVAL(y, 1, 2) < 5;

-- name: function_find_in_set
-- never: z
SELECT z FROM b WHERE FIND_IN_SET(z, 'a,b') >= 0;

-- name: case_condition
SELECT y FROM a WHERE CASE WHEN y > 0 THEN 1 ELSE 1 END = 1;

-- name: case_simple
SELECT y FROM a WHERE CASE y WHEN 1 THEN 0 ELSE 1 END;

-- name: case_without_else
SELECT y FROM a WHERE CASE WHEN y > 0 THEN 1 END = 1;

-- name: cast_rejects
-- never: y
SELECT y FROM a WHERE CAST(y AS CHAR) <> 'q';

-- name: binary_rejects
-- never: z
SELECT z FROM b WHERE BINARY z <> 'q';

-- name: collate_rejects
-- never: z
SELECT z FROM b WHERE z COLLATE utf8mb4_bin <> 'q';

-- name: comparison_of_columns
-- never: y, k
SELECT a.y, b.k FROM a, b WHERE a.y = b.k;

-- name: comparison_of_comparison
-- never: y
SELECT y FROM a WHERE (y = 1) = (x = 1);

-- name: comparison_of_null_safe
SELECT y FROM a WHERE (y <=> 1) = 0;

-- name: comparison_of_is_null
SELECT y FROM a WHERE (y IS NULL) = 1;

-- name: equal_null_is_never_true
SELECT y FROM a WHERE y = NULL OR x > 0;

-- name: exists_does_not
SELECT y FROM a WHERE EXISTS (SELECT 1 FROM b WHERE b.x = y);

-- name: zero_date_is_null
SELECT id, w FROM c WHERE w IS NULL;

-- name: zero_date_is_not_null
SELECT id, w FROM c WHERE w IS NOT NULL;

-- name: zero_datetime_in_functions
SELECT id, YEAR(dt) AS y, DATE(dt) AS d, DATE_ADD(da, INTERVAL 1 DAY) AS e, LAST_DAY(da) AS l, COALESCE(da, '2024-01-01') AS c FROM w;

-- name: zero_date_merged
SELECT CASE WHEN id > 0 THEN da ELSE dt END AS a, IF(id > 0, da, dt) AS b, IFNULL(da, dt) AS c, LEAST(da, da_n) AS d, GREATEST(dt, dt6) AS e FROM w;

-- name: if_narrows
-- never: v, w
SELECT IF(y IS NULL, 0, y) AS v, IF(y IS NOT NULL, y, 0) AS w FROM a;

-- name: if_narrows_by_comparison
-- never: v
SELECT IF(y > 0, y, 0) AS v, IF(y > 0, 0, y) AS w FROM a;

-- name: if_narrows_by_and
-- never: v
SELECT IF(y IS NOT NULL AND k IS NOT NULL, y + k, 0) AS v, IF(y IS NOT NULL OR k IS NOT NULL, y, 0) AS w FROM a;

-- name: case_narrows
-- never: v
SELECT CASE WHEN y IS NULL THEN -1 ELSE y END AS v, CASE WHEN y > 0 THEN y ELSE k END AS w FROM a;

-- name: case_narrows_by_earlier_branches
-- never: v
SELECT CASE WHEN y IS NULL THEN 0 WHEN k IS NULL THEN y ELSE y + k END AS v FROM a;

-- name: case_does_not_narrow_after_unknown
SELECT CASE WHEN y > 0 THEN 0 ELSE y END AS v, CASE WHEN NOT (y > 0) THEN y ELSE 0 END AS w FROM a;

-- name: case_simple_values
SELECT CASE y WHEN 1 THEN y ELSE 0 END AS v, CASE y WHEN NULL THEN 1 ELSE y END AS w FROM a;

-- name: case_without_else_is_nullable
SELECT CASE WHEN x > 0 THEN 1 END AS v, CASE WHEN TRUE THEN 1 END AS w FROM a;

-- name: ifnull_and_coalesce
SELECT IFNULL(y, k) AS a, IFNULL(y, x) AS b, COALESCE(y, k, x) AS c, COALESCE(y, k) AS d, COALESCE(NULL, y, 1) AS e FROM a;

-- name: nullif_kinds
SELECT NULLIF(x, 0) AS a, NULLIF(1, 2) AS b, NULLIF(y, y) AS c, COALESCE(NULLIF(x, 0), 1) AS d FROM a;

-- name: refined_expression
-- never: s, t
SELECT y + 1 AS s, CONCAT(y, '-', x) AS t FROM a WHERE y > 0;

-- name: refined_in_subquery
-- never: y
SELECT d.y FROM (SELECT y, k FROM a) d WHERE d.y > 0 AND d.k > 0;

-- name: refined_by_outer_in_correlated
SELECT y, (SELECT a.y) AS z, (SELECT a.y + 0) AS s FROM a WHERE y > 0;

-- name: refined_by_equality_chain
-- never: y
SELECT a.y FROM a JOIN b ON a.y = b.k WHERE b.k = 1;

-- name: refined_by_on_of_later_join
-- never: y
SELECT a.y FROM a JOIN b ON TRUE JOIN c ON c.k = a.y;

-- name: not_refined_by_on_of_left_join
SELECT a.y FROM a LEFT JOIN b ON a.y = b.x AND a.y > 0;

-- name: refined_by_on_of_right_join
SELECT a.y, b.k FROM a RIGHT JOIN b ON a.y = b.k;

-- name: refined_right_side_of_left_join_by_on
SELECT a.id, b.k, b.z FROM a LEFT JOIN b ON b.k > 0 AND b.z <> '';

-- name: view_refined
-- never: email
SELECT email FROM view_plain WHERE email LIKE '%';

-- name: having_refines
-- never: y
SELECT id, y FROM a HAVING y IS NOT NULL;

-- name: having_alias
-- never: v
SELECT id, y + 1 AS v FROM a HAVING v > 0;

-- name: member_of
-- only: mysql
SELECT attributes FROM product WHERE 1 MEMBER OF (attributes);

-- name: json_value_condition
-- never: attributes
SELECT attributes FROM product WHERE JSON_EXTRACT(attributes, '$.a') IS NOT NULL;

-- name: json_arrow_condition
-- only: mysql
-- never: attributes
SELECT attributes, attributes->>'$.a' AS v FROM product WHERE attributes->>'$.a' = '1';

-- name: match_against
SELECT id, MATCH (title) AGAINST ('a') AS score FROM product WHERE MATCH (title) AGAINST ('a b' IN BOOLEAN MODE);

-- name: sounds_like
-- never: z
SELECT z FROM b WHERE z SOUNDS LIKE 'a';

-- name: boolean_literals
SELECT y FROM a WHERE TRUE AND NOT FALSE;

-- name: generated_columns
SELECT id, twice, label, m FROM computed WHERE m > 0;

-- name: bit_not
-- never: y
SELECT y FROM a WHERE ~y > 0;

-- name: unary_minus
-- never: y
SELECT y FROM a WHERE -y < 100;

-- name: division_by_zero
SELECT x / 0 AS a, x DIV y AS b, x % 0 AS c, MOD(x, 2) AS d, 1 / 2 AS e FROM a WHERE y / 1 IS NOT NULL;

-- name: one_row_by_key
-- rows: opt
SELECT name, email FROM person WHERE id = 3;

-- name: one_row_by_unique_nullable
-- rows: opt
SELECT id, email FROM person WHERE email = 'a';

-- name: many_rows_by_unique_is_null
SELECT id, email FROM person WHERE email IS NULL;

-- name: many_rows_by_unique_null_safe
SELECT id, email FROM person WHERE email <=> NULL;

-- name: one_row_by_unique_null_safe_constant
SELECT id, email FROM person WHERE email <=> 'a';

-- name: one_row_by_composite_key
-- rows: opt
SELECT quantity FROM purchase_item WHERE purchase_id = 1 AND line = 1;

-- name: many_rows_by_half_a_key
SELECT quantity FROM purchase_item WHERE purchase_id = 1;

-- name: many_rows_by_nullable_part
SELECT room, hour FROM slot WHERE room = 'a' AND hour IS NULL;

-- name: one_row_by_nullable_part
-- rows: opt
SELECT note FROM slot WHERE room = 'a' AND hour = 1;

-- name: many_rows_by_prefix_key
SELECT note FROM slot WHERE code = 'a';

-- name: one_row_through_join
-- rows: opt
SELECT p.name, q.bio FROM purchase u JOIN person p ON p.id = u.person_id LEFT JOIN profile q ON q.person_id = p.id WHERE u.id = 1;

-- name: many_rows_through_join
SELECT p.name, u.id FROM person p JOIN purchase u ON u.person_id = p.id WHERE p.id = 1;

-- name: one_row_by_key_and_or
SELECT name FROM person WHERE id = 1 OR id = 2;

-- name: one_row_by_key_in_one
SELECT name FROM person WHERE id IN (1);

-- name: key_compared_with_other_type
SELECT name FROM person WHERE name = 0;

-- name: key_in_collation
SELECT id FROM person WHERE name COLLATE utf8mb4_bin = 'a';

-- name: text_key_compared_with_number_column
SELECT p.id FROM person p JOIN a ON p.name = a.x WHERE a.id = 1;

-- name: one_row_by_left_join_on_key
-- rows: opt
SELECT a.id, p.name FROM a LEFT JOIN person p ON p.id = a.y WHERE a.id = 1;

-- name: right_join_multiplies
SELECT a.id, b.id FROM a RIGHT JOIN b ON a.id = 1 WHERE a.id = 1;

-- name: left_join_key_in_on_does_not_bound
SELECT a.id, b.id FROM a LEFT JOIN b ON a.id = 1 AND b.id = 1;

-- name: key_in_on_bounds
-- rows: opt
SELECT a.id, b.id FROM a JOIN b ON a.id = 1 AND b.id = 1;

-- name: limit_one
-- rows: opt
SELECT id FROM a ORDER BY id LIMIT 1;

-- name: limit_with_offset
-- rows: opt
SELECT id FROM a LIMIT 5, 1;

-- name: distinct_key
-- rows: opt
SELECT DISTINCT name FROM person WHERE id = 1;

-- name: no_from
-- rows: one
SELECT 1 AS one, NULL AS nothing;

-- name: no_from_where
-- rows: opt
SELECT 1 AS one WHERE 1 > 2;

-- name: fetch_first_row
-- only: mariadb
-- rows: opt
SELECT id FROM a ORDER BY id OFFSET 1 ROW FETCH FIRST 1 ROW ONLY;

-- name: fetch_first_row_of_one
-- only: mariadb
-- rows: one
SELECT COUNT(*) AS n FROM a FETCH FIRST 1 ROWS ONLY;

-- name: fetch_first_row_with_ties
-- only: mariadb
SELECT x FROM a ORDER BY x FETCH FIRST 1 ROWS WITH TIES;
