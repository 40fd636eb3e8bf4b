-- Joins of every shape. Names say what is special.

-- name: inner_plain
SELECT a.id, a.y, b.z FROM a JOIN b ON a.k = b.k;

-- name: inner_on_rejects_null
-- never: y, x
SELECT a.y, b.x FROM a JOIN b ON a.y = b.x;

-- name: left_plain
SELECT a.id, b.id, b.x, b.z FROM a LEFT JOIN b ON a.k = b.k;

-- name: left_where_turns_inner
-- never: id, x
SELECT a.id, b.x FROM a LEFT JOIN b ON a.k = b.k WHERE b.x > 0;

-- name: left_where_is_not_null_of_another_column
SELECT a.id, b.x, b.z FROM a LEFT JOIN b ON a.k = b.k WHERE b.id IS NOT NULL;

-- name: left_anti
SELECT a.id, b.id, b.x FROM a LEFT JOIN b ON a.k = b.k WHERE b.id IS NULL;

-- name: left_where_coalesce_does_not_reject
SELECT a.id, b.x FROM a LEFT JOIN b ON a.k = b.k WHERE COALESCE(b.x, 1) > 0;

-- name: left_where_or_with_left_side
SELECT a.id, b.x FROM a LEFT JOIN b ON a.k = b.k WHERE b.x > 0 OR a.id > 0;

-- name: left_where_or_both_reject
-- never: id, x
SELECT a.id, b.x FROM a LEFT JOIN b ON a.k = b.k WHERE b.x > 0 OR b.x < 0 OR b.x = 0;

-- name: left_where_or_both_reject_other_columns
SELECT a.id, b.x, b.z FROM a LEFT JOIN b ON a.k = b.k WHERE b.x > 0 OR b.z = 'a';

-- name: left_where_null_safe
SELECT a.id, b.x FROM a LEFT JOIN b ON a.k = b.k WHERE b.x <=> NULL OR b.x <=> a.x;

-- name: left_where_null_safe_to_constant
SELECT a.id, b.x FROM a LEFT JOIN b ON a.k = b.k WHERE b.x <=> 1;

-- name: left_on_condition_of_left_side
SELECT a.id, a.y, b.id FROM a LEFT JOIN b ON a.k = b.k AND a.y IS NOT NULL;

-- name: left_on_false
SELECT a.id, b.id FROM a LEFT JOIN b ON FALSE;

-- name: left_on_true
SELECT a.id, b.id FROM a LEFT JOIN b ON TRUE;

-- name: left_on_rejects_null_of_right_only
SELECT a.id, b.z, b.k FROM a LEFT JOIN b ON b.z = 'a' AND a.k = b.k;

-- name: right_plain
SELECT a.id, a.x, b.id, b.z FROM a RIGHT JOIN b ON a.k = b.k;

-- name: right_where_turns_inner
-- never: x
SELECT a.x, b.id FROM a RIGHT JOIN b ON a.k = b.k WHERE a.x BETWEEN 0 AND 10;

-- name: right_chain
SELECT a.id, b.id, c.id, c.w FROM a RIGHT JOIN b ON a.k = b.k RIGHT JOIN c ON b.k = c.k;

-- name: right_then_left
SELECT a.id, b.id, c.id FROM a RIGHT JOIN b ON a.k = b.k LEFT JOIN c ON a.k = c.k;

-- name: left_then_right
SELECT a.id, b.id, c.id FROM a LEFT JOIN b ON a.k = b.k RIGHT JOIN c ON b.x = c.k;

-- name: left_then_inner_on_the_outer_side
-- never: id, x
SELECT a.id, b.x, c.id FROM a LEFT JOIN b ON a.k = b.k JOIN c ON c.b_id = b.id;

-- name: left_then_inner_on_the_inner_side
SELECT a.id, b.x, c.id FROM a LEFT JOIN b ON a.k = b.k JOIN c ON c.a_id = a.id;

-- name: left_nested_right_operand
SELECT a.id, b.id, c.id FROM a LEFT JOIN (b JOIN c ON b.id = c.b_id) ON a.id = c.a_id;

-- name: left_nested_left_operand
SELECT a.id, b.id, c.id FROM (a LEFT JOIN b ON a.k = b.k) LEFT JOIN c ON c.b_id = b.id;

-- name: left_nested_both
SELECT a.id, b.id, c.id, d.id
FROM (a LEFT JOIN b ON a.k = b.k) LEFT JOIN (c LEFT JOIN b d ON c.b_id = d.id) ON a.id = c.a_id;

-- name: left_nested_both_inner_one_rejected
-- never: id
SELECT a.id, c.id, d.id
FROM a LEFT JOIN (c LEFT JOIN b d ON c.b_id = d.id) ON a.id = c.a_id
WHERE d.x IS NOT NULL;

-- name: left_nested_outer_one_rejected
SELECT a.id, c.k, d.id
FROM a LEFT JOIN (c LEFT JOIN b d ON c.b_id = d.id) ON a.id = c.a_id
WHERE c.k > 0;

-- name: left_without_parentheses
SELECT a.id, b.id, c.id FROM a LEFT JOIN b LEFT JOIN c ON b.id = c.b_id ON a.id = b.id;

-- name: left_without_parentheses_inner
SELECT a.id, b.id, c.id FROM a LEFT JOIN b JOIN c ON b.id = c.b_id ON a.id = b.id;

-- name: left_of_right_nested
SELECT a.id, b.id, c.id FROM a LEFT JOIN (b RIGHT JOIN c ON b.id = c.b_id) ON a.id = c.a_id;

-- name: right_of_left_nested
SELECT a.id, b.id, c.id FROM (a LEFT JOIN b ON a.id = b.id) RIGHT JOIN c ON a.id = c.a_id;

-- name: left_chain_null_propagates
-- never: id
SELECT a.id, b.id, c.id FROM a LEFT JOIN b ON a.k = b.k LEFT JOIN c ON c.b_id = b.id WHERE c.id = 1;

-- name: comma_then_left
SELECT a.id, b.id, c.id FROM a, b LEFT JOIN c ON c.b_id = b.id WHERE a.id = b.id;

-- name: cross_join
SELECT a.id, b.z FROM a CROSS JOIN b;

-- name: straight_join
SELECT a.id, b.id FROM a STRAIGHT_JOIN b ON a.k = b.k;

-- name: straight_join_rejects
-- never: k
SELECT a.k FROM a STRAIGHT_JOIN b ON a.k = b.k;

-- name: self_join_left
SELECT p.name, r.name AS referrer, r.email FROM person p LEFT JOIN person r ON r.id = p.referrer_id;

-- name: self_join_left_twice
SELECT p.name, r.name AS referrer, q.name AS second
FROM person p LEFT JOIN person r ON r.id = p.referrer_id LEFT JOIN person q ON q.id = r.referrer_id;

-- name: using_inner
-- never: id, k
SELECT k, a.id, b.id FROM a JOIN b USING (k);

-- name: using_left
SELECT id, a.k, b.k, x FROM a LEFT JOIN b USING (id, x);

-- name: using_right
SELECT id, a.y, b.z FROM a RIGHT JOIN b USING (id);

-- name: using_left_qualified_right_side
SELECT id, b.id AS bid FROM a LEFT JOIN b USING (id);

-- name: using_right_nullable_key
SELECT k, a.id, b.id FROM a RIGHT JOIN b USING (k);

-- name: using_left_nullable_key
SELECT k, b.id FROM a LEFT JOIN b USING (k);

-- name: using_star
SELECT * FROM a JOIN b USING (id, x);

-- name: using_star_left
SELECT * FROM a LEFT JOIN b USING (id, x);

-- name: using_star_right
SELECT * FROM a RIGHT JOIN b USING (id);

-- name: using_three
SELECT id, a.x, c.w FROM a LEFT JOIN b USING (id) LEFT JOIN c USING (id);

-- name: using_three_right
SELECT id, a.x, b.x, c.w FROM a RIGHT JOIN b USING (id) RIGHT JOIN c USING (id);

-- name: natural_inner
SELECT * FROM a NATURAL JOIN b;

-- name: natural_left
SELECT * FROM a NATURAL LEFT JOIN b;

-- name: natural_right
SELECT * FROM a NATURAL RIGHT JOIN b;

-- name: natural_left_merged
SELECT id, x, k, y, z FROM a NATURAL LEFT JOIN b;

-- name: natural_rejects_key
-- never: k
SELECT k FROM a NATURAL JOIN b;

-- name: derived_constant_left
SELECT a.id, d.one, d.z FROM a LEFT JOIN (SELECT id, 1 AS one, COALESCE(z, '') AS z FROM b) d ON d.id = a.id;

-- name: derived_constant_left_rejected
-- never: one, z
SELECT a.id, d.one, d.z FROM a LEFT JOIN (SELECT id, 1 AS one, COALESCE(z, '') AS z FROM b) d ON d.id = a.id
WHERE d.id IS NOT NULL;

-- name: derived_constant_rejected_by_itself
-- never: one
SELECT a.id, d.one FROM a LEFT JOIN (SELECT id, 1 AS one FROM b) d ON d.id = a.id WHERE d.one = 1;

-- name: derived_over_left
SELECT d.id, d.bid FROM (SELECT a.id, b.id AS bid FROM a LEFT JOIN b ON a.k = b.k) d;

-- name: derived_over_left_rejected_outside
-- never: bid
SELECT d.id, d.bid, d.x FROM (SELECT a.id, b.id AS bid, b.x FROM a LEFT JOIN b ON a.k = b.k) d WHERE d.bid > 0;

-- name: derived_count_left
SELECT a.id, d.n FROM a LEFT JOIN (SELECT k, COUNT(*) AS n FROM b GROUP BY k) d ON d.k = a.k;

-- name: derived_count_left_coalesced
SELECT a.id, COALESCE(d.n, 0) AS n FROM a LEFT JOIN (SELECT k, COUNT(*) AS n FROM b GROUP BY k) d ON d.k = a.k;

-- name: derived_implicit_group_cross
-- never: n
SELECT a.id, d.n, d.m FROM a CROSS JOIN (SELECT COUNT(*) AS n, MAX(id) AS m FROM b) d;

-- name: derived_implicit_group_left
SELECT a.id, d.n FROM a LEFT JOIN (SELECT COUNT(*) AS n, MAX(id) AS m FROM b) d ON d.m = a.id;

-- name: derived_nested_twice
SELECT a.id, e.one FROM a LEFT JOIN (SELECT d.one, d.id FROM (SELECT id, 1 AS one FROM b) d) e ON e.id = a.id;

-- name: derived_right
SELECT d.one, b.id FROM (SELECT id, 1 AS one FROM a) d RIGHT JOIN b ON b.id = d.id;

-- name: derived_union_left
SELECT a.id, d.v FROM a LEFT JOIN (SELECT id, 'a' AS v FROM b UNION ALL SELECT k, 'c' FROM c) d ON d.id = a.id;

-- name: view_constant_left
SELECT a.id, v.one, v.letter, v.z FROM a LEFT JOIN view_constant v ON v.id = a.id;

-- name: view_constant_left_nested
SELECT a.id, v.one, c.id FROM a LEFT JOIN (view_constant v JOIN c ON c.b_id = v.id) ON v.id = a.id;

-- name: view_constant_plain
SELECT one, letter, z FROM view_constant;

-- name: view_outer_plain
SELECT * FROM view_outer;

-- name: view_outer_rejected
-- never: website
SELECT id, website, bio, person_id FROM view_outer WHERE website <> '';

-- name: view_nested_plain
SELECT * FROM view_nested;

-- name: view_with_email_plain
SELECT * FROM view_with_email;

-- name: view_with_email_left
SELECT a.id, v.email FROM a LEFT JOIN view_with_email v ON v.id = a.id;

-- name: view_totals_left
SELECT p.id, t.purchases, t.spent FROM person p LEFT JOIN view_totals t ON t.person_id = p.id;

-- name: view_totals_plain
-- never: person_id, purchases, spent
SELECT * FROM view_totals;

-- name: view_summary_plain
SELECT * FROM view_summary;

-- name: view_union_plain
SELECT * FROM view_union;

-- name: view_rollup_plain
SELECT * FROM view_rollup;

-- name: nn_column_of_view_in_nested_join
SELECT a.id, v.name, c.id FROM a LEFT JOIN (view_plain v JOIN c ON c.k = v.id) ON c.a_id = a.id;

-- name: left_join_lateral
-- only: mysql
SELECT a.id, d.m, d.n FROM a LEFT JOIN LATERAL (SELECT MAX(b.x) AS m, COUNT(*) AS n FROM b WHERE b.k = a.k) d ON TRUE;

-- name: cross_join_lateral
-- only: mysql
SELECT a.id, d.id AS did, d.x FROM a, LATERAL (SELECT b.id, b.x FROM b WHERE b.k = a.k LIMIT 1) d;

-- name: lateral_left_constant
-- only: mysql
SELECT a.id, d.one FROM a LEFT JOIN LATERAL (SELECT 1 AS one FROM b WHERE b.k = a.k LIMIT 1) d ON TRUE;

-- name: embed_optional
-- @embed p, q
SELECT p.*, q.* FROM person p LEFT JOIN profile q ON q.person_id = p.id;

-- name: embed_both_there
-- @embed p, q
SELECT p.*, q.* FROM person p JOIN profile q ON q.person_id = p.id;

-- name: outer_expression_of_both_sides
SELECT a.x + b.x AS s, CONCAT(a.id, COALESCE(b.z, '')) AS t, b.x IS NULL AS missing FROM a LEFT JOIN b ON a.k = b.k;

-- name: outer_case_on_presence
-- never: state
SELECT CASE WHEN b.id IS NULL THEN 'none' ELSE b.x END AS state FROM a LEFT JOIN b ON a.k = b.k;

-- name: outer_if_on_presence
-- never: x
SELECT IF(b.x IS NULL, 0, b.x) AS x FROM a LEFT JOIN b ON a.k = b.k;

-- name: outer_if_on_presence_of_another_column
SELECT IF(b.id IS NULL, 0, b.z) AS z FROM a LEFT JOIN b ON a.k = b.k;

-- name: join_condition_in_where_of_comma
-- never: k
SELECT a.k FROM a, b WHERE a.k = b.k;

-- name: left_join_on_in_list
SELECT a.id, b.x, b.k FROM a LEFT JOIN b ON b.k IN (1, 2, a.k);

-- name: left_join_where_in_subquery
-- never: x
SELECT a.id, b.x FROM a LEFT JOIN b ON a.k = b.k WHERE b.x IN (SELECT c.k FROM c);

-- name: left_join_where_not_in_subquery
SELECT a.id, b.x FROM a LEFT JOIN b ON a.k = b.k WHERE b.x NOT IN (SELECT c.k FROM c);

-- name: left_join_where_not_in_nullable_subquery
SELECT a.id, b.x FROM a LEFT JOIN b ON a.k = b.k WHERE b.x NOT IN (SELECT c.a_id FROM c);

-- name: left_join_where_exists_correlated
SELECT a.id, b.x FROM a LEFT JOIN b ON a.k = b.k WHERE EXISTS (SELECT 1 FROM c WHERE c.b_id = b.id);

-- name: left_join_having_rejects
-- never: x
SELECT a.id, b.x FROM a LEFT JOIN b ON a.k = b.k HAVING b.x > 0;

-- name: left_join_grouped_key
SELECT b.x, COUNT(*) AS n, COUNT(b.id) AS m FROM a LEFT JOIN b ON a.k = b.k GROUP BY b.x;

-- name: left_join_group_by_sum
SELECT a.id, SUM(b.x) AS s, MAX(b.z) AS m, GROUP_CONCAT(b.id) AS ids FROM a LEFT JOIN b ON a.k = b.k GROUP BY a.id;

-- name: four_way_snowflake
SELECT p.name, u.id, i.line, d.sku, g.title
FROM person p
LEFT JOIN purchase u ON u.person_id = p.id
LEFT JOIN purchase_item i ON i.purchase_id = u.id
LEFT JOIN product d ON d.id = i.product_id
LEFT JOIN category g ON g.id = d.category_id;

-- name: four_way_snowflake_last_rejected
-- never: id, line, sku, title, name
SELECT p.name, u.id, i.line, d.sku, g.title
FROM person p
LEFT JOIN purchase u ON u.person_id = p.id
LEFT JOIN purchase_item i ON i.purchase_id = u.id
LEFT JOIN product d ON d.id = i.product_id
LEFT JOIN category g ON g.id = d.category_id
WHERE g.title <> '';

-- name: mixed_inner_after_left_unrelated
SELECT p.name, q.website, u.id FROM person p LEFT JOIN profile q ON q.person_id = p.id JOIN purchase u ON u.person_id = p.id;

-- name: odbc_outer_join
SELECT a.id, b.id FROM { OJ a LEFT OUTER JOIN b ON a.k = b.k };

-- name: join_without_on
SELECT a.id, b.id FROM a JOIN b;

-- name: join_parenthesised_list
SELECT a.id, b.id, c.id FROM a LEFT JOIN (b, c) ON b.id = a.id AND c.id = a.id;

-- name: bracketed_star
SELECT b.*, a.* FROM a LEFT JOIN b ON a.id = b.id;

-- name: on_condition_of_two_levels_up
SELECT a.id, b.id, c.id FROM a LEFT JOIN b ON a.k = b.k LEFT JOIN c ON c.a_id = a.id AND c.b_id = b.id;

-- name: where_row_comparison
-- never: x, k
SELECT b.x, b.k FROM a LEFT JOIN b ON a.k = b.k WHERE (b.x, b.k) = (1, 2);

-- name: where_row_null_safe
SELECT b.x, b.k FROM a LEFT JOIN b ON a.k = b.k WHERE (b.x, b.k) <=> (1, NULL);

-- name: where_row_in
-- never: x
SELECT b.x FROM a LEFT JOIN b ON a.k = b.k WHERE (b.x, a.id) IN ((1, 1), (2, 2));

-- name: where_row_less
SELECT b.x, b.k FROM a LEFT JOIN b ON a.k = b.k WHERE (b.x, b.k) < (2, 2);

-- name: where_row_not_equal
SELECT b.x, b.k FROM a LEFT JOIN b ON a.k = b.k WHERE (b.x, b.k) <> (2, 2);

-- name: where_row_not_in
SELECT b.x, b.k FROM a LEFT JOIN b ON a.k = b.k WHERE (b.x, b.k) NOT IN ((2, 2));

-- name: bracketed_single_table
SELECT a.id, b.id FROM a LEFT JOIN (b) ON a.k = b.k;

-- name: conditionless_join_then_left
SELECT a.id, b.id, c.id FROM a JOIN b LEFT JOIN c ON c.a_id = a.id;

-- name: conditionless_join_then_right
SELECT a.id, b.id, c.id FROM a JOIN b RIGHT JOIN c ON c.b_id = b.id;

-- name: conditionless_join_then_right_of_the_first
SELECT a.id, b.id, c.id FROM a JOIN b RIGHT JOIN c ON c.a_id = a.id;
