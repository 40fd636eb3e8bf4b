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

-- name: derived_over_left_rejected_by_sibling
-- never: bid, x
SELECT d.id, d.bid, d.x, d.z FROM (SELECT a.id, b.id AS bid, b.x, b.z FROM a LEFT JOIN b ON a.k = b.k) d WHERE d.bid > 0;

-- name: derived_over_two_lefts
-- never: bid, bx
SELECT d.bid, d.bx, d.cid FROM (SELECT b.id AS bid, b.x AS bx, c.id AS cid FROM a LEFT JOIN b ON a.k = b.k LEFT JOIN c ON c.a_id = a.id) d WHERE d.bx >= 0;

-- name: derived_over_left_on_outer_side
-- never: id
SELECT d.id, d.bx FROM c LEFT JOIN (SELECT a.id, b.x AS bx, b.id AS bid FROM a LEFT JOIN b ON a.k = b.k) d ON d.id = c.a_id WHERE d.id > 0;

-- name: derived_over_left_on_outer_side_rejected_inside
-- never: id, bx
SELECT d.id, d.bx FROM c LEFT JOIN (SELECT a.id, b.x AS bx, b.id AS bid FROM a LEFT JOIN b ON a.k = b.k) d ON d.id = c.a_id WHERE d.bid > 0;

-- name: derived_over_left_joined_on_it
-- never: bx
SELECT d.id, d.bx, c.id AS cid FROM (SELECT a.id, b.x AS bx, b.id AS bid FROM a LEFT JOIN b ON a.k = b.k) d JOIN c ON c.b_id = d.bid;

-- name: derived_over_left_left_joined_on_it
SELECT d.id, d.bx, c.id AS cid FROM (SELECT a.id, b.x AS bx, b.id AS bid FROM a LEFT JOIN b ON a.k = b.k) d LEFT JOIN c ON c.b_id = d.bid;

-- name: derived_over_left_key_that_may_be_null
SELECT d.bid, d.id FROM (SELECT a.id, b.id AS bid FROM a LEFT JOIN b ON a.k = b.id) d WHERE d.bid IS NULL;

-- name: common_table_over_left
-- never: x
WITH d AS (SELECT a.id, b.id AS bid, b.x FROM a LEFT JOIN b ON a.k = b.k) SELECT d.x FROM d WHERE d.bid IS NOT NULL;

-- name: common_table_over_left_twice
-- never: x
WITH d AS (SELECT a.id, b.id AS bid, b.x FROM a LEFT JOIN b ON a.k = b.k) SELECT d.x, e.x AS ex FROM d JOIN d e ON e.id <> d.id WHERE d.bid IS NOT NULL;

-- name: recursive_over_left
WITH RECURSIVE d AS (SELECT a.id, b.id AS bid, b.x FROM a LEFT JOIN b ON a.k = b.k UNION ALL SELECT id + 1, 1, NULL FROM d WHERE id < 0) SELECT d.x, d.bid FROM d WHERE d.bid IS NOT NULL;

-- name: view_outer_rejected_by_score
-- never: website
SELECT website, person_id, score FROM view_outer WHERE website LIKE '%' AND score IS NOT NULL;

-- name: left_where_nullsafe_nn
-- never: x
SELECT b.x, a.id FROM a LEFT JOIN b ON a.k = b.k WHERE b.x <=> a.x;

-- name: left_on_null_safe
SELECT a.id, a.k, b.k AS bk FROM a LEFT JOIN b ON a.k <=> b.k;

-- name: inner_on_null_safe
-- never: y
SELECT a.y, a.k, b.k AS bk FROM a JOIN b ON a.y <=> b.x;

-- name: left_on_null_safe_presence
-- never: y
SELECT IF(b.id IS NOT NULL, a.y, 0) AS y FROM a LEFT JOIN b ON a.y <=> b.x;

-- name: left_where_xor
SELECT b.x FROM a LEFT JOIN b ON a.k = b.k WHERE (b.x > 0) XOR (a.x > 100);

-- name: left_where_not_in_values
-- never: x
SELECT b.x FROM a LEFT JOIN b ON a.k = b.k WHERE b.x NOT IN (7, 8);

-- name: left_where_row_in
-- never: x, z
SELECT b.x, b.z FROM a LEFT JOIN b ON a.k = b.k WHERE (b.x, b.z) IN ((1, 'a'), (2, 'b'), (0, 'a'));

-- name: left_where_row_less
-- never: x
SELECT b.x, b.z, b.k FROM a LEFT JOIN b ON a.k = b.k WHERE (b.x, b.k) < (20, 2);

-- name: left_where_row_greater_of_both
SELECT b.x, b.k FROM a LEFT JOIN b ON a.k = b.k WHERE (a.x, b.k) >= (0, 0);

-- name: left_where_row_not_equal_same_table
-- never: id
SELECT b.id, b.k FROM a LEFT JOIN b ON a.k = b.k WHERE (b.x, b.id) <> (100, 100);

-- name: left_where_row_nested
-- never: x
SELECT b.x FROM a LEFT JOIN b ON a.k = b.k WHERE ((b.x, a.id)) = ((1, 1));

-- name: left_where_case
-- never: x
SELECT b.x FROM a LEFT JOIN b ON a.k = b.k WHERE CASE WHEN b.id IS NULL THEN FALSE ELSE TRUE END;

-- name: left_where_case_of_both
SELECT b.x FROM a LEFT JOIN b ON a.k = b.k WHERE CASE WHEN b.id IS NULL THEN a.x >= 0 ELSE TRUE END;

-- name: left_where_if
-- never: x
SELECT b.x FROM a LEFT JOIN b ON a.k = b.k WHERE IF(b.id > 0, a.x >= 0, FALSE);

-- name: left_where_coalesced_condition
-- never: x
SELECT b.x FROM a LEFT JOIN b ON a.k = b.k WHERE COALESCE(b.x >= 0, FALSE);

-- name: left_where_coalesced_condition_true
SELECT b.x FROM a LEFT JOIN b ON a.k = b.k WHERE COALESCE(b.x > 0, TRUE);

-- name: left_where_not_isnull
-- never: x
SELECT b.x FROM a LEFT JOIN b ON a.k = b.k WHERE NOT ISNULL(b.id);

-- name: left_where_is_null_is_false
-- never: x
SELECT b.x FROM a LEFT JOIN b ON a.k = b.k WHERE (b.id IS NULL) IS FALSE;

-- name: left_where_or_of_one_table
-- never: x
SELECT b.x FROM a LEFT JOIN b ON a.k = b.k WHERE b.id = 1 OR b.id IN (2, 3) OR (b.id > 3 AND a.x = 1);

-- name: left_where_or_of_different_columns_of_one_table
-- never: x
SELECT b.x FROM a LEFT JOIN b ON a.k = b.k WHERE b.id > 0 OR b.x > 0;

-- name: left_chain_middle_rejected
-- never: bx
SELECT b.x AS bx, c.k AS ck FROM a LEFT JOIN b ON a.k = b.k LEFT JOIN c ON c.b_id = b.id WHERE b.id > 0;

-- name: left_chain_last_rejected_by_on
-- never: bx, ck
SELECT b.x AS bx, c.k AS ck FROM a LEFT JOIN b ON a.k = b.k LEFT JOIN c ON c.b_id = b.id WHERE c.k > 0;

-- name: left_chain_last_rejected_but_joined_to_first
-- never: ck
SELECT b.x AS bx, c.k AS ck FROM a LEFT JOIN b ON a.k = b.k LEFT JOIN c ON c.a_id = a.id WHERE c.k > 0;

-- name: right_then_inner
-- never: ax
SELECT a.x AS ax, b.x AS bx FROM a RIGHT JOIN b ON a.k = b.k JOIN c ON c.a_id = a.id;

-- name: right_then_inner_of_other_side
SELECT a.x AS ax, b.x AS bx FROM a RIGHT JOIN b ON a.k = b.k JOIN c ON c.b_id = b.id;

-- name: nested_right_rejected
-- never: ax, bx
SELECT a.x AS ax, b.x AS bx, c.id AS cid FROM c LEFT JOIN (a RIGHT JOIN b ON a.k = b.k) ON c.b_id = b.id WHERE a.id > 0;

-- name: nested_right_half_rejected
-- never: bx
SELECT a.x AS ax, b.x AS bx, c.id AS cid FROM c LEFT JOIN (a RIGHT JOIN b ON a.k = b.k) ON c.b_id = b.id WHERE b.id > 0;

-- name: using_left_rejected
-- never: k, bx
SELECT k, b.x AS bx FROM a LEFT JOIN b USING (k) WHERE b.id > 0;

-- name: using_right_plain
SELECT k, a.x AS ax FROM a RIGHT JOIN b USING (k);

-- name: using_right_rejected
-- never: k, ax
SELECT k, a.x AS ax FROM a RIGHT JOIN b USING (k) WHERE a.id > 0;

-- name: using_left_merged_column_rejected
-- never: k
SELECT k, b.x AS bx FROM a LEFT JOIN b USING (k) WHERE k > 0;

-- name: natural_left_rejected
-- never: x, k
SELECT x, k, z FROM a NATURAL LEFT JOIN b WHERE b.z IS NOT NULL;

-- name: natural_right_plain
SELECT x, k, y, z FROM a NATURAL RIGHT JOIN b;

-- name: using_chain
SELECT id, a.y, b.z, c.w FROM a LEFT JOIN b USING (id) LEFT JOIN c USING (id);

-- name: using_chain_rejected
-- never: bx, ck
SELECT id, b.x AS bx, c.k AS ck FROM a LEFT JOIN b USING (id) LEFT JOIN c USING (id) WHERE b.x >= 0 AND c.k >= 0;

-- name: left_where_exists_of_outer_side
-- never: x
SELECT b.x FROM a LEFT JOIN b ON a.k = b.k WHERE EXISTS (SELECT 1 FROM c WHERE c.b_id = b.id);

-- name: left_where_exists_shadowed
SELECT b.x FROM a LEFT JOIN b ON a.k = b.k WHERE EXISTS (SELECT 1 FROM b WHERE b.id > 0);

-- name: left_where_exists_with_or
SELECT b.x FROM a LEFT JOIN b ON a.k = b.k WHERE EXISTS (SELECT 1 FROM c WHERE c.b_id = b.id OR c.k >= 0);

-- name: left_where_exists_of_aggregate
SELECT b.x FROM a LEFT JOIN b ON a.k = b.k WHERE EXISTS (SELECT COUNT(*) FROM c WHERE c.b_id = b.id);

-- name: left_where_exists_of_groups
-- never: x
SELECT b.x FROM a LEFT JOIN b ON a.k = b.k WHERE EXISTS (SELECT COUNT(*) FROM c WHERE c.b_id = b.id GROUP BY c.k);

-- name: left_where_exists_of_rollup
SELECT b.x FROM a LEFT JOIN b ON a.k = b.k WHERE EXISTS (SELECT c.k, COUNT(*) FROM c WHERE c.b_id = b.id GROUP BY c.k WITH ROLLUP);

-- name: left_where_exists_of_union
SELECT b.x FROM a LEFT JOIN b ON a.k = b.k WHERE EXISTS (SELECT 1 FROM c WHERE c.b_id = b.id UNION SELECT 1 FROM c);

-- name: left_where_not_exists
SELECT b.x FROM a LEFT JOIN b ON a.k = b.k WHERE NOT EXISTS (SELECT 1 FROM c WHERE c.b_id = b.id);

-- name: left_where_in_correlated
-- never: x, ay
SELECT b.x, a.y AS ay FROM a LEFT JOIN b ON a.k = b.k WHERE a.y IN (SELECT c.k FROM c WHERE c.b_id = b.id OR c.k = b.x);

-- name: left_where_any
-- never: x
SELECT b.x FROM a LEFT JOIN b ON a.k = b.k WHERE b.x >= ANY (SELECT c.k FROM c);

-- name: left_where_not_all
-- never: x
SELECT b.x FROM a LEFT JOIN b ON a.k = b.k WHERE NOT (b.x > ALL (SELECT c.k FROM c));

-- name: left_where_row_in_subquery
-- never: x
SELECT b.x FROM a LEFT JOIN b ON a.k = b.k WHERE (b.x, b.id) IN (SELECT c.k, c.id FROM c);

-- name: left_where_row_not_in_subquery
SELECT b.x FROM a LEFT JOIN b ON a.k = b.k WHERE (b.x, b.id) NOT IN (SELECT c.k, c.id FROM c);

-- name: left_where_row_equals_subquery
-- never: x
SELECT b.x FROM a LEFT JOIN b ON a.k = b.k WHERE (b.x, b.id) = (SELECT c.k, c.id FROM c ORDER BY c.id LIMIT 1);

-- name: left_where_or_of_two_tables
SELECT b.x, c.k FROM a LEFT JOIN b ON a.k = b.k LEFT JOIN c ON c.a_id = a.id WHERE b.id > 0 OR c.k > 0;

-- name: left_where_or_along_a_chain
-- never: x
SELECT b.x, c.k FROM a LEFT JOIN b ON a.k = b.k LEFT JOIN c ON c.b_id = b.id AND b.id > 0 WHERE b.x > 0 OR b.id > 0;

-- name: left_where_or_of_nested
-- never: x
SELECT b.x, c.k FROM a LEFT JOIN (b LEFT JOIN c ON c.b_id = b.id) ON a.k = b.k WHERE b.x > 0 OR c.k > 0;

-- name: left_on_or_of_columns
SELECT a.x AS ax, b.x AS bx, c.k AS ck FROM c LEFT JOIN (a LEFT JOIN b ON a.k = b.k) ON b.x = c.k OR b.id = c.k;

-- name: left_on_or_of_columns_presence
-- never: bx
SELECT IF(a.id IS NULL, 0, b.x) AS bx FROM c LEFT JOIN (a LEFT JOIN b ON a.k = b.k) ON b.x = c.k OR b.id = c.k;

-- name: left_where_false
SELECT b.x FROM a LEFT JOIN b ON a.k = b.k WHERE FALSE;
