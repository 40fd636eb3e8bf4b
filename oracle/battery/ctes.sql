-- Common table expressions, recursive ones too.

-- name: plain
WITH d AS (SELECT id, y FROM a) SELECT id, y FROM d;

-- name: refined_outside
-- never: y
WITH d AS (SELECT id, y FROM a) SELECT id, y FROM d WHERE y > 0;

-- name: refined_inside
-- never: y
WITH d AS (SELECT id, y FROM a WHERE y IS NOT NULL) SELECT id, y FROM d;

-- name: named_columns
WITH d (p, q) AS (SELECT id, y FROM a) SELECT p, q FROM d;

-- name: used_twice
WITH d AS (SELECT id, y, 1 AS one FROM a) SELECT e.id, f.y, f.one FROM d e LEFT JOIN d f ON f.id = e.y;

-- name: constant_on_outer_side
WITH d AS (SELECT id, 'x' AS letter FROM b) SELECT a.id, d.letter FROM a LEFT JOIN d ON d.id = a.id;

-- name: chain
WITH d AS (SELECT id, y FROM a), e AS (SELECT id, COALESCE(y, 0) AS y FROM d) SELECT e.y, d.y FROM d JOIN e ON e.id = d.id;

-- name: shadows_a_table
WITH b AS (SELECT id, x FROM a) SELECT b.id, b.x FROM b;

-- name: inner_shadowing
WITH d AS (SELECT id FROM a) SELECT e.id FROM (WITH d AS (SELECT k AS id FROM b) SELECT id FROM d) e;

-- name: aggregate
WITH t AS (SELECT k, COUNT(*) AS n, SUM(x) AS s FROM a GROUP BY k) SELECT b.id, t.n, t.s FROM b LEFT JOIN t ON t.k = b.k;

-- name: implicit_aggregate
WITH t AS (SELECT COUNT(*) AS n, MAX(x) AS m FROM a) SELECT n, m FROM t;

-- name: in_subquery
SELECT id, (WITH t AS (SELECT MAX(x) AS m FROM b) SELECT m FROM t) AS m FROM a;

-- name: union_inside
WITH d AS (SELECT id AS v FROM a UNION ALL SELECT k FROM b) SELECT v FROM d;

-- name: recursive_counter
-- never: n
WITH RECURSIVE s AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM s WHERE n < 5) SELECT n FROM s;

-- name: recursive_counter_named
WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 5) SELECT n FROM s;

-- name: recursive_null_appears
WITH RECURSIVE s AS (SELECT 1 AS n UNION ALL SELECT IF(n < 3, n + 1, NULL) FROM s WHERE n IS NOT NULL) SELECT n FROM s;

-- name: recursive_null_in_the_second_round
WITH RECURSIVE s AS (SELECT 1 AS n, 1 AS m UNION ALL SELECT n + 1, NULLIF(n, 2) FROM s WHERE n < 5) SELECT n, m FROM s;

-- name: recursive_swap
WITH RECURSIVE s AS (SELECT 1 AS n, 2 AS p, y AS q FROM a UNION ALL SELECT n + 1, q, p FROM s WHERE n < 3) SELECT n, p, q FROM s;

-- name: recursive_tree
WITH RECURSIVE t AS (
  SELECT id, parent_id, title, 0 AS depth FROM category WHERE parent_id IS NULL
  UNION ALL
  SELECT c.id, c.parent_id, c.title, t.depth + 1 FROM category c JOIN t ON c.parent_id = t.id WHERE t.depth < 8
)
SELECT id, parent_id, title, depth FROM t;

-- name: recursive_tree_with_path
WITH RECURSIVE t AS (
  SELECT id, CAST(title AS CHAR(200)) AS path, 0 AS depth FROM category WHERE parent_id IS NULL
  UNION ALL
  SELECT c.id, CONCAT(t.path, '/', c.title), t.depth + 1 FROM category c JOIN t ON c.parent_id = t.id WHERE t.depth < 8
)
SELECT id, path, depth FROM t;

-- name: recursive_left_join_in_the_step
WITH RECURSIVE t AS (
  SELECT id, referrer_id, name, 0 AS depth FROM person
  UNION
  SELECT t.referrer_id, p.referrer_id, COALESCE(p.name, ''), t.depth + 1 FROM t LEFT JOIN person p ON p.id = t.referrer_id WHERE t.depth < 3
)
SELECT id, name, depth FROM t;

-- name: recursive_dates
WITH RECURSIVE d AS (
  SELECT DATE('2024-01-01') AS day UNION ALL SELECT day + INTERVAL 1 DAY FROM d WHERE day < '2024-01-05'
)
SELECT day FROM d;

-- name: recursive_parameter
WITH RECURSIVE s AS (SELECT CAST(:first AS SIGNED) AS n UNION ALL SELECT n + 1 FROM s WHERE n < :last) SELECT n FROM s LIMIT 20;

-- name: recursive_union_distinct
WITH RECURSIVE t AS (SELECT id FROM person WHERE id = :id UNION SELECT p.id FROM person p JOIN t ON p.referrer_id = t.id) SELECT id FROM t;

-- name: recursive_referenced_by_left_join
WITH RECURSIVE s AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM s WHERE n < 4) SELECT a.id, s.n FROM a LEFT JOIN s ON s.n = a.y;

-- name: one_row_through
-- rows: opt
WITH d AS (SELECT id, name FROM person WHERE id = 1) SELECT name FROM d;

-- name: write_types_through
WITH d AS (SELECT flag, tu, mi, b9, du, f FROM v) SELECT * FROM d;

-- name: materialized_types_through
WITH d AS (SELECT DISTINCT e, st, y, da, ts3, j FROM w) SELECT * FROM d;

-- name: in_where_only
WITH d AS (SELECT k FROM b) SELECT id, y FROM a WHERE y IN (SELECT k FROM d);

-- name: with_before_union
WITH d AS (SELECT id, k FROM b) SELECT id FROM d UNION ALL SELECT k FROM d;
