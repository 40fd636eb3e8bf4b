-- Joins that are folded: the keys of each level, and what goes missing together.

-- name: left_side
-- @nest b as bs
SELECT a.id, a.x, a.y, b.id, b.x, b.z FROM a LEFT JOIN b ON a.k = b.k;

-- name: inner
-- @nest b as bs
SELECT a.*, b.* FROM a JOIN b ON a.k = b.k;

-- name: right_side
-- @nest a as aas
SELECT b.id, b.z, a.id, a.y FROM a RIGHT JOIN b ON a.k = b.k;

-- name: two_collections
-- @nest b as bs
-- @nest c as cs
SELECT a.id, a.y, b.id, b.z, c.id, c.w FROM a LEFT JOIN b ON a.k = b.k LEFT JOIN c ON c.a_id = a.id;

-- name: three_levels
-- @nest b as bs
-- @nest c as cs in b
SELECT a.id, b.id, b.z, c.id, c.w, c.a_id FROM a LEFT JOIN b ON a.k = b.k LEFT JOIN c ON c.b_id = b.id;

-- name: three_levels_by_a_condition_that_compares_more
-- @nest b as bs
-- @nest c as cs in b
SELECT a.id, b.id, c.id FROM a LEFT JOIN b ON a.k = b.k LEFT JOIN c ON c.k > b.x + a.x;

-- name: through_a_join_in_parentheses
-- @nest b, c as bcs
SELECT a.id, b.x, c.id, c.w, b.id AS bid FROM a LEFT JOIN (b JOIN c ON c.b_id = b.id) ON a.k = b.k;

-- name: many_to_many_with_half_of_the_key
-- @nest c, b as bs
SELECT a.id, b.id, b.z, c.id AS cid, c.k FROM a JOIN c ON c.a_id = a.id JOIN b ON b.id = c.b_id;

-- name: element_with_an_optional_part
-- @nest c, b as cs
SELECT a.id, c.id, c.k, b.z, b.x FROM a LEFT JOIN c ON c.a_id = a.id LEFT JOIN b ON b.id = c.b_id;

-- name: outer_row_with_an_optional_part
-- @nest c as cs
SELECT a.id, a.y, b.x, b.z, c.id, c.w FROM a LEFT JOIN b ON b.id = a.x LEFT JOIN c ON c.a_id = a.id;

-- name: outer_rows_are_pairs
-- @nest c as cs
SELECT a.id, b.id, a.x + b.x AS sum, c.id, c.w FROM a JOIN b ON a.k = b.k LEFT JOIN c ON c.b_id = b.id;

-- name: outer_row_bound
-- rows: opt
-- params: id: int
-- @nest b as bs
SELECT a.id, a.y, b.id, b.z FROM a LEFT JOIN b ON a.k = b.k WHERE a.id = :id;

-- name: condition_on_the_collection
-- @nest b as bs
SELECT a.id, a.y, b.id, b.z FROM a LEFT JOIN b ON a.k = b.k WHERE b.x > 0 OR a.y IS NULL;

-- name: collection_that_may_have_no_more_than_one
-- @nest b as bs
SELECT a.id, a.y, b.x, b.z FROM a LEFT JOIN b ON b.id = a.x;

-- name: derived_outer_rows
-- @nest c as cs
SELECT t.id, t.n, c.id, c.w FROM (SELECT a.id, COUNT(*) AS n FROM a JOIN b ON a.k = b.k GROUP BY a.id) t LEFT JOIN c ON c.a_id = t.id;

-- name: derived_collection
-- @nest t as ts
SELECT a.id, t.k, t.n FROM a LEFT JOIN (SELECT k, COUNT(*) AS n FROM c GROUP BY k) t ON t.k = a.k;

-- name: expressions_of_each_level
-- @nest b as bs
SELECT a.id, ABS(a.x) AS size, (SELECT COUNT(*) FROM c WHERE c.a_id = a.id) AS cs,
  b.id, COALESCE(b.z, 'none') AS z, a.x + b.x AS sum
FROM a LEFT JOIN b ON a.k = b.k;

-- name: grouped
-- @nest b as bs
SELECT a.id, a.x, b.id, b.z FROM a JOIN b ON a.k = b.k JOIN c ON c.a_id = a.id GROUP BY a.id, b.id;

-- name: distinct_rows
-- @nest b as bs
SELECT DISTINCT a.id, a.x, b.id FROM a JOIN b ON a.k = b.k JOIN c ON c.a_id = a.id;

-- name: embedded_and_nested
-- @embed b
-- @nest c as cs
SELECT a.id, b.*, c.* FROM a LEFT JOIN b ON b.id = a.x LEFT JOIN c ON c.a_id = a.id;

-- name: limited
-- @nest b as bs
SELECT a.id, b.id FROM a JOIN b ON a.k = b.k LIMIT 3;

-- name: using
-- @nest b as bs
SELECT a.id, a.x, b.id, k FROM a JOIN b USING (k);

-- name: keys_of_text
-- @nest x, p as products
SELECT t.label, x.product_id, p.title, p.sku
FROM tag t LEFT JOIN product_tag x ON x.tag_id = t.id LEFT JOIN product p ON p.id = x.product_id;

-- name: composite_keys
-- @nest l, p as lines
-- @nest y as tags in l
SELECT u.id, u.coupon, l.line, l.quantity, p.title, y.tag_id
FROM purchase u
LEFT JOIN purchase_item l ON l.purchase_id = u.id
LEFT JOIN product p ON p.id = l.product_id
LEFT JOIN product_tag y ON y.product_id = l.product_id;
