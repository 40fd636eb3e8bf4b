-- One statement for each construct of the grammars of the two servers that a parser of standard SQL does not have.

-- name: from_parenthesised_table
SELECT a.id, a.y FROM (a);

-- name: from_nested_parentheses
SELECT a.id, b.z FROM ((a) JOIN (b) ON a.k = b.k);

-- name: from_parenthesised_alias
SELECT q.id, q.y FROM ((a AS q)) WHERE q.id > :id;

-- name: parenthesised_table_first
SELECT a.id, b.z FROM (a) JOIN b ON a.k = b.k;

-- name: left_join_parenthesised_table
SELECT a.id, b.x, b.z FROM a LEFT JOIN (b) ON a.k = b.k;

-- name: left_join_nested_parentheses
SELECT a.id, b.x FROM a LEFT JOIN ((b)) USING (id);

-- name: left_join_parenthesised_comma
SELECT a.id, b.x, c.w FROM a LEFT JOIN (b, c) ON a.k = b.k AND b.id = c.b_id;

-- name: left_join_parenthesised_comma_in_parentheses
SELECT a.id, b.x, c.w FROM a LEFT JOIN ((b), (c)) ON a.k = b.k AND b.id = c.b_id;

-- name: left_join_parenthesised_join
SELECT a.id, b.x, c.w FROM a LEFT JOIN ((b JOIN c ON b.id = c.b_id)) ON a.k = b.k;

-- name: right_join_parenthesised_table
SELECT a.x, b.id FROM (a) RIGHT JOIN (b) ON a.k = b.k;

-- name: left_join_parenthesised_derived
-- only: mariadb
SELECT a.id, d.z FROM a LEFT JOIN ((SELECT k, z FROM b) AS d) ON a.k = d.k;

-- name: comma_of_parentheses
SELECT a.id, b.id AS b_id FROM (a), (b) WHERE a.k = b.k;

-- name: odbc_outer_join
SELECT a.id, b.x FROM {OJ a LEFT OUTER JOIN b ON a.k = b.k};

-- name: odbc_outer_join_nested
-- only: mysql
SELECT a.id, b.x, c.w FROM {OJ a LEFT OUTER JOIN {OJ b LEFT OUTER JOIN c ON c.b_id = b.id} ON a.k = b.k};

-- name: odbc_outer_join_after_comma
SELECT a.id, b.x FROM c, {OJ a LEFT OUTER JOIN b ON a.k = b.k} WHERE c.k = a.id;

-- name: odbc_function
SELECT {fn UPPER(name)} AS u FROM person;

-- name: odbc_date
SELECT {d '2020-01-02'} AS a, {t '01:02:03'} AS b, {ts '2020-01-02 03:04:05'} AS c;

-- name: subquery_in_two_parentheses
SELECT ((SELECT MAX(x) FROM a)) AS m, (((SELECT 1))) AS one;

-- name: derived_parenthesised_union
SELECT d.id FROM ((SELECT id FROM a) UNION (SELECT id FROM b)) AS d;

-- name: query_in_parentheses
(SELECT id, y FROM a);

-- name: query_in_parentheses_with_limit
(SELECT id, y FROM a ORDER BY id LIMIT :n) ORDER BY y LIMIT 1;

-- name: table_statement
-- only: mysql
TABLE a;

-- name: table_ordered
-- only: mysql
TABLE a ORDER BY id LIMIT :n OFFSET :m;

-- name: table_union
-- only: mysql
TABLE a UNION SELECT id, x, 1, 2 FROM b;

-- name: table_union_table
-- only: mysql
SELECT id, x, NULL, k FROM b UNION ALL TABLE a ORDER BY 1;

-- name: table_parenthesised
-- only: mysql
(TABLE a LIMIT 1) UNION ALL (TABLE a LIMIT 2);

-- name: table_derived
-- only: mysql
SELECT d.id, d.y FROM (TABLE a) AS d;

-- name: table_in_subquery
-- only: mysql
SELECT id FROM product_tag JOIN a ON id = tag_id WHERE (product_id, tag_id) IN (TABLE product_tag);

-- name: table_in_exists
-- only: mysql
SELECT id FROM a WHERE EXISTS (TABLE b);

-- name: table_in_with
-- only: mysql
WITH t AS (TABLE a) SELECT id, y FROM t;

-- name: insert_table
-- only: mysql
INSERT INTO product_tag TABLE product_tag;

-- name: insert_table_after_columns
-- only: mysql
INSERT IGNORE INTO product_tag (product_id, tag_id) TABLE product_tag;

-- name: values_rows
-- only: mysql
VALUES ROW(1, 'a'), ROW(:n, NULL);

-- name: values_rows_ordered
-- only: mysql
VALUES ROW(1, -2), ROW(5, 7) ORDER BY column_0 LIMIT 1;

-- name: values_rows_derived
-- only: mysql
SELECT d.column_0 AS x, d.column_1 AS y FROM (VALUES ROW(1, 'a'), ROW(2, NULL)) AS d;

-- name: values_rows_derived_columns
-- only: mysql
SELECT d.x, d.y FROM (VALUES ROW(1, 'a'), ROW(2, NULL)) AS d (x, y);

-- name: values_rows_union
-- only: mysql
SELECT id, z FROM b UNION ALL VALUES ROW(1, 'a');

-- name: values_rows_in_subquery
-- only: mysql
SELECT id FROM a WHERE id IN (VALUES ROW(1), ROW(2));

-- name: values_rows_joined
-- only: mysql
SELECT a.id, d.column_1 FROM a LEFT JOIN (VALUES ROW(1, 'a'), ROW(2, 'b')) AS d ON d.column_0 = a.id;

-- name: insert_values_rows
-- only: mysql
INSERT INTO tag (id, label) VALUES ROW(:id, :label), ROW(900, 'x');

-- name: values_lists
-- only: mariadb
VALUES (1, 'a'), (:n, NULL);

-- name: values_lists_union
-- only: mariadb
SELECT id, z FROM b UNION ALL VALUES (1, 'a');

-- name: values_lists_derived
-- only: mariadb
SELECT d.`1` AS n FROM (VALUES (1), (2)) AS d;

-- name: values_lists_with
-- only: mariadb
WITH t (x, y) AS (VALUES (1, 'a'), (2, NULL)) SELECT x, y FROM t;

-- name: values_lists_in_subquery
-- only: mariadb
SELECT id FROM a WHERE id IN (VALUES (1), (2));

-- name: row_equals_row
-- params: x: int, k: int
SELECT id FROM a WHERE ROW(x, k) = ROW(:x, :k);

-- name: row_in_rows
SELECT id FROM a WHERE ROW(x, k) IN (ROW(1, 2), ROW(:x, :k), (5, 6));

-- name: row_in_subquery
SELECT id FROM a WHERE ROW(x, k) IN (SELECT x, k FROM b);

-- name: row_compared
SELECT id FROM a WHERE ROW(x, y) > ROW(:x, :y) AND NOT ROW(x, y) <=> ROW(1, NULL);

-- name: row_equals_subquery
SELECT id FROM a WHERE ROW(x, k) = (SELECT x, k FROM b WHERE id = :id);

-- name: row_equals_parentheses
SELECT id, (x, y) = ROW(1, 2) AS same FROM a;

-- name: row_between
SELECT id FROM a WHERE (x, k) >= ROW(:x1, :k1) AND ROW(x, k) <= (:x2, :k2);

-- name: modulo_operators
SELECT x MOD 3 AS a, x % 3 AS b, MOD(x, 3) AS c, MOD(x, 3) MOD 2 AS d, y MOD k AS e, 7 DIV x AS f FROM a;

-- name: modulo_parameters
SELECT id FROM a WHERE MOD(id, :n) = 0 AND id MOD :m = 1;

-- name: modulo_types
SELECT MOD(d, 3) AS d, MOD(f, 3) AS f, MOD(bu, 3) AS bu, tu MOD 7 AS tu, MOD(d_n, i_n) AS dn, bu DIV 2 AS q, d DIV 2 AS r FROM v;

-- name: percentile_cont
-- only: mariadb
SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY x) OVER (PARTITION BY k) AS p FROM a;

-- name: percentile_disc
-- only: mariadb
SELECT PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY x DESC) OVER (PARTITION BY k) AS p, PERCENTILE_DISC(0) WITHIN GROUP (ORDER BY y) OVER () AS q FROM a;

-- name: percentile_types
-- only: mariadb
-- The order resolves aliases first, so none may be the name of its column.
SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY d) OVER () AS a, PERCENTILE_CONT(1) WITHIN GROUP (ORDER BY f_n) OVER () AS b, PERCENTILE_CONT(1) WITHIN GROUP (ORDER BY bu) OVER () AS e FROM v;

-- name: percentile_of_dates
-- only: mariadb
SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY da) OVER () AS a FROM w;

-- name: percentile_disc_types
-- only: mariadb
SELECT PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY d) OVER () AS a, PERCENTILE_DISC(1) WITHIN GROUP (ORDER BY f_n) OVER () AS b, PERCENTILE_DISC(1) WITHIN GROUP (ORDER BY bu) OVER () AS e, PERCENTILE_DISC(1) WITHIN GROUP (ORDER BY ti) OVER () AS h, PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY i_n + 1) OVER () AS k FROM v;

-- name: percentile_disc_times
-- only: mariadb
SELECT PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY dt) OVER () AS a, PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY da_n) OVER () AS b, PERCENTILE_DISC(1) WITHIN GROUP (ORDER BY ti2) OVER () AS d, PERCENTILE_DISC(1) WITHIN GROUP (ORDER BY y) OVER () AS f FROM w;

-- name: percentile_disc_texts
-- only: mariadb
SELECT PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY s) OVER () AS a, PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY e) OVER () AS b FROM w;

-- name: median
-- only: mariadb
SELECT MEDIAN(x) OVER (PARTITION BY k) AS m, MEDIAN(y) OVER () AS n FROM a;

-- name: median_types
-- only: mariadb
SELECT MEDIAN(d) OVER () AS a, MEDIAN(g_n) OVER () AS b, MEDIAN(bu) OVER () AS e FROM v;

-- name: intervals
SELECT placed_at + INTERVAL '1 2' DAY_HOUR AS a, placed_at - INTERVAL '1-2' YEAR_MONTH AS b, INTERVAL '1:2:3.5' HOUR_MICROSECOND + placed_at AS c, DATE_ADD(placed_at, INTERVAL 1 SECOND_MICROSECOND) AS d, DATE_SUB(placed_at, INTERVAL -1 QUARTER) AS e, ADDDATE(placed_at, 3) AS f, SUBDATE(placed_at, INTERVAL 1 WEEK) AS g FROM purchase;

-- name: interval_parameters
SELECT placed_at + INTERVAL :n DAY AS a, DATE_ADD(placed_at, INTERVAL :m + 1 MINUTE) AS b, placed_at + INTERVAL :text DAY_SECOND AS c FROM purchase;

-- name: interval_function
SELECT INTERVAL(x, 1, 10, 100) AS i, INTERVAL(y, 1, 2) AS n, INTERVAL(x, :low, :high) + 1 AS p FROM a;

-- name: interval_in_parentheses
SELECT placed_at + INTERVAL (1 + 1) DAY AS a, placed_at + INTERVAL(2) HOUR AS b FROM purchase;

-- name: sounds_like
SELECT id, name SOUNDS LIKE nick AS same FROM person WHERE name SOUNDS LIKE :name;

-- name: cast_character_set
SELECT CAST(i AS CHAR CHARACTER SET utf8mb4) AS a, CAST(i AS CHAR(5) CHARSET latin1) AS b, CONVERT(i, CHAR(3)) AS c, CONVERT(i USING utf8mb4) AS d, CAST(i AS NCHAR) AS e, CAST(i_n AS NCHAR(4)) AS f FROM v;

-- name: cast_char_short
SELECT CAST(i AS CHAR ASCII) AS a, CAST(i AS CHAR(3) UNICODE) AS b, CAST(i AS CHAR BINARY) AS c FROM v;

-- name: cast_char_binary
SELECT CAST(i AS CHAR(5) CHARACTER SET binary) AS a, CAST(i AS BINARY) AS b, CAST(i AS BINARY(4)) AS c, CONVERT(i, BINARY(3)) AS d FROM v;

-- name: cast_numbers
SELECT CAST(d AS SIGNED) AS a, CAST(d AS SIGNED INTEGER) AS b, CAST(d AS UNSIGNED INT) AS c, CAST(d AS DECIMAL) AS e, CAST(d AS DECIMAL(6, 1)) AS f, CONVERT(d, DECIMAL(5)) AS g, CAST(d AS DOUBLE) AS h, CAST(d AS FLOAT) AS i FROM v;

-- name: cast_real
-- only: mysql
SELECT CAST(d AS REAL) AS a, CAST(d AS FLOAT(20)) AS b, CAST(d AS FLOAT(40)) AS c, CAST(d AS DOUBLE PRECISION) AS e, CAST(y AS YEAR) AS y FROM v, w;

-- name: cast_dec
SELECT CAST(d AS DEC(6, 1)) AS a FROM v;

-- name: cast_integer
-- only: mariadb
SELECT CAST(d AS INTEGER) AS a, CAST(d AS INT) AS b FROM v;

-- name: cast_varchar
-- only: mariadb
SELECT CAST(d AS VARCHAR(10)) AS a, CONVERT(d, VARCHAR(10)) AS b FROM v;

-- name: cast_times
SELECT CAST(s AS DATE) AS a, CAST(s AS TIME) AS b, CAST(s AS TIME(3)) AS c, CAST(s AS DATETIME) AS d, CAST(s AS DATETIME(6)) AS e, CONVERT(s, DATE) AS f FROM w;

-- name: cast_json
-- only: mysql
SELECT CAST('1' AS JSON) AS a, CAST(x AS JSON) AS b, CONVERT(y, JSON) AS c FROM a;

-- name: cast_at_time_zone
-- only: mysql
SELECT CAST(ts AT TIME ZONE '+00:00' AS DATETIME) AS a, CAST(ts_n AT TIME ZONE INTERVAL '+00:00' AS DATETIME(2)) AS b, CAST(ts_n AT TIME ZONE '+00:00' AS DATETIME(3)) AS c FROM w;

-- name: char_using
SELECT CHAR(77, 121, 83 USING utf8mb4) AS a, CHAR(x USING latin1) AS b, CHAR(77, 121) AS c FROM a;

-- name: char_using_parameter
-- params: n: int
-- @param n: i32
SELECT CHAR(:n USING utf8mb4) AS a;

-- name: trims
SELECT TRIM(name) AS a, TRIM(BOTH FROM name) AS b, TRIM(LEADING 'x' FROM name) AS c, TRIM(TRAILING FROM nick) AS d, TRIM('x' FROM name) AS e, TRIM(BOTH :t FROM name) AS f, TRIM(:s FROM name) AS g, TRIM(LEADING FROM nick) AS h FROM person;

-- name: substrings
SELECT SUBSTRING(name, 2) AS a, SUBSTRING(name FROM 2) AS b, SUBSTRING(name FROM :s FOR :l) AS c, SUBSTR(name, 1, 2) AS d, MID(name, 1, 2) AS e, SUBSTR(name FROM 2 FOR 1) AS f, MID(name FROM 1 FOR 2) AS g, POSITION('a' IN name) AS h, POSITION(:p IN name) AS i FROM person;

-- name: match_expression
SELECT id, MATCH (title) AGAINST (CONCAT(:q, 'x')) AS score FROM product WHERE MATCH (title) AGAINST (:q IN BOOLEAN MODE);

-- name: match_modes
SELECT id, MATCH (title) AGAINST ('x') AS a, MATCH (title) AGAINST ('x' IN NATURAL LANGUAGE MODE) AS b, MATCH (title) AGAINST ('x' IN NATURAL LANGUAGE MODE WITH QUERY EXPANSION) AS c, MATCH title AGAINST ('x' WITH QUERY EXPANSION) AS d FROM product;

-- name: nth_value
-- only: mysql
SELECT NTH_VALUE(x, 2) FROM FIRST OVER (ORDER BY id) AS a, NTH_VALUE(x, 2) FROM FIRST RESPECT NULLS OVER (ORDER BY id) AS b, NTH_VALUE(x, 1) RESPECT NULLS OVER w AS c FROM a WINDOW w AS (ORDER BY id);

-- name: respect_nulls
-- only: mysql
SELECT LAG(y, 1) RESPECT NULLS OVER (ORDER BY id) AS a, LEAD(y) RESPECT NULLS OVER (ORDER BY id) AS b, FIRST_VALUE(x) RESPECT NULLS OVER (ORDER BY id) AS c, LAST_VALUE(y) RESPECT NULLS OVER (ORDER BY id) AS d FROM a;

-- name: lag_parameters
-- only: mysql
SELECT LAG(y, :n) OVER (ORDER BY id) AS a FROM a;

-- name: group_concat
SELECT GROUP_CONCAT(DISTINCT name ORDER BY id DESC, name SEPARATOR ' / ') AS a, GROUP_CONCAT(name, '-', nick) AS b, GROUP_CONCAT(id) AS c, GROUP_CONCAT(name SEPARATOR '') AS d FROM person;

-- name: group_concat_limit
-- only: mariadb
SELECT GROUP_CONCAT(DISTINCT name ORDER BY id DESC SEPARATOR ' / ' LIMIT 2) AS a, GROUP_CONCAT(name LIMIT 1, 2) AS b, GROUP_CONCAT(name ORDER BY id LIMIT 2 OFFSET 1) AS c FROM person;

-- name: json_arrayagg_order
-- only: mariadb
SELECT JSON_ARRAYAGG(name ORDER BY id LIMIT 2) AS a, JSON_ARRAYAGG(DISTINCT status) AS b FROM person;

-- name: aggregates_all
SELECT COUNT(ALL x) AS a, SUM(ALL x) AS b, AVG(DISTINCT x) AS c, COUNT(DISTINCT x, y) AS d, MIN(ALL x) AS e, SUM(DISTINCT x) AS f FROM a;

-- name: update_comma
UPDATE a, b SET a.y = b.x, b.z = :z WHERE a.k = b.k;

-- name: update_comma_and_join
UPDATE a, (b JOIN c ON b.id = c.b_id) SET a.y = c.k WHERE a.k = b.k;

-- name: update_modifiers
UPDATE LOW_PRIORITY IGNORE a SET y = :y WHERE id = :id;

-- name: update_parenthesised
UPDATE (a) LEFT JOIN (b) ON a.k = b.k SET a.y = b.x WHERE b.x > :x;

-- name: update_derived
UPDATE a, (SELECT k, MAX(x) AS m FROM b GROUP BY k) AS d SET a.y = d.m WHERE a.k = d.k;

-- name: update_assignment_mark
UPDATE a SET y := :y, x := x + 1 WHERE id = :id;

-- name: update_index_hint
UPDATE person USE INDEX (k_referrer) SET nick = :nick WHERE referrer_id = :id;

-- name: delete_two_tables
DELETE a, b FROM a JOIN b ON a.k = b.k WHERE a.x > :x;

-- name: delete_stars
DELETE a.*, b.* FROM a, b WHERE a.k = b.k AND a.x = :x;

-- name: delete_using
DELETE FROM a, b USING a JOIN b ON a.k = b.k WHERE a.x > :x;

-- name: delete_using_stars
DELETE FROM a.* USING a LEFT JOIN (b) ON a.k = b.k WHERE b.id IS NULL;

-- name: delete_modifiers
DELETE LOW_PRIORITY QUICK IGNORE FROM product_tag WHERE tag_id = :id ORDER BY product_id LIMIT :n;

-- name: delete_alias
-- only: mysql
DELETE FROM product_tag AS t WHERE t.tag_id = :id;

-- name: delete_alias_join
DELETE t FROM product_tag AS t WHERE t.tag_id = :id;

-- name: delete_quick_join
DELETE QUICK IGNORE t FROM product_tag AS t JOIN tag ON tag.id = t.tag_id WHERE tag.label = :label;

-- name: partition_select
SELECT id, note FROM parted PARTITION (p0, p1) WHERE id > :id;

-- name: partition_alias
SELECT q.id, q.note FROM a LEFT JOIN parted PARTITION (p1) AS q ON q.id = a.id;

-- name: partition_insert
INSERT INTO parted PARTITION (p0, p1) (id, note) VALUES (:id, :note);

-- name: partition_insert_set
INSERT INTO parted PARTITION (p0, p1) SET id = :id, note = :note;

-- name: partition_insert_select
INSERT INTO parted PARTITION (p0, p1) (id, note) SELECT id, z FROM b WHERE x = :x;

-- name: partition_replace
REPLACE INTO parted PARTITION (p0, p1) (id, note) VALUES (:id, :note);

-- name: partition_update
UPDATE parted PARTITION (p0) SET note = :note WHERE id = :id;

-- name: partition_delete
DELETE FROM parted PARTITION (p0) WHERE id = :id;

-- name: insert_set
INSERT INTO tag SET id = :id, label = :label ON DUPLICATE KEY UPDATE label = VALUES(label);

-- name: insert_value
INSERT INTO tag (id, label) VALUE (:id, :label);

-- name: insert_no_into
INSERT tag VALUES (:id, :label);

-- name: insert_modifiers
INSERT LOW_PRIORITY IGNORE INTO tag (id, label) VALUES (:id, :label);

-- name: insert_high_priority
INSERT HIGH_PRIORITY INTO tag VALUES (:id, :label);

-- name: insert_empty
INSERT INTO counter () VALUES ();

-- name: insert_empty_columns
-- params: label: varchar(60)
INSERT INTO person (name, email) VALUES (:label, DEFAULT), (UPPER(:label), DEFAULT(email));

-- name: insert_row_alias
-- only: mysql
INSERT INTO tag (id, label) VALUES (:id, :label) AS new (m, n) ON DUPLICATE KEY UPDATE label = CONCAT(n, m);

-- name: insert_set_alias
-- only: mysql
INSERT INTO tag SET id = :id, label = :label AS new ON DUPLICATE KEY UPDATE label = new.label;

-- name: insert_select_duplicate
INSERT INTO tag (id, label) SELECT id, z FROM b WHERE z IS NOT NULL ON DUPLICATE KEY UPDATE label = CONCAT(tag.label, b.z), id = :id;

-- name: insert_parenthesised_select
INSERT INTO tag (id, label) (SELECT id, name FROM person WHERE id = :id);

-- name: insert_with
INSERT INTO tag (id, label) WITH q AS (SELECT id, name FROM person) SELECT id, name FROM q WHERE id = :id;

-- name: insert_select_union
INSERT IGNORE INTO tag (id, label) SELECT id, name FROM person UNION ALL (SELECT id, sku FROM product LIMIT 2);

-- name: replace_forms
REPLACE LOW_PRIORITY INTO tag (id, label) VALUES (:id, :label), (5, UPPER(:label));

-- name: replace_set
REPLACE tag SET id = :id, label = :label;

-- name: replace_select
REPLACE INTO tag (id, label) SELECT id, name FROM person WHERE id = :id;

-- name: replace_returning
-- only: mariadb
REPLACE INTO tag (id, label) VALUES (:id, :label) RETURNING id, UPPER(label) AS l, (SELECT MAX(x) FROM a) AS m;

-- name: insert_returning_select
-- only: mariadb
INSERT INTO tag (id, label) SELECT id, name FROM person WHERE id = :id RETURNING *, 1 AS one;

-- name: insert_set_returning
-- only: mariadb
INSERT INTO tag SET id = :id, label = :label ON DUPLICATE KEY UPDATE label = VALUE(label) RETURNING tag.*;

-- name: delete_order_returning
-- only: mariadb
DELETE FROM tag WHERE id > :id ORDER BY id LIMIT 2 RETURNING id, label;

-- name: lock_in_share_mode
SELECT id FROM a WHERE id = :id LOCK IN SHARE MODE;

-- name: for_update
SELECT id FROM a WHERE id = :id FOR UPDATE;

-- name: for_update_nowait
SELECT id FROM a WHERE id = :id FOR UPDATE NOWAIT;

-- name: for_update_of
-- only: mysql
SELECT a.id, b.z FROM a JOIN b ON a.k = b.k FOR UPDATE OF a, b NOWAIT;

-- name: for_share_of
-- only: mysql
SELECT a.id, b.z FROM a LEFT JOIN b ON a.k = b.k FOR UPDATE OF a SKIP LOCKED FOR SHARE OF b;

-- name: for_share
-- only: mysql
SELECT id FROM a FOR SHARE SKIP LOCKED;

-- name: for_update_wait
-- only: mariadb
SELECT id FROM a WHERE id = :id FOR UPDATE WAIT 5;

-- name: share_mode_wait
-- only: mariadb
SELECT id FROM a WHERE id = :id LOCK IN SHARE MODE WAIT 5;

-- name: share_mode_nowait
-- only: mariadb
SELECT id FROM a WHERE id = :id LOCK IN SHARE MODE NOWAIT;

-- name: share_mode_skip_locked
-- only: mariadb
SELECT id FROM a LOCK IN SHARE MODE SKIP LOCKED;

-- name: lock_in_subquery
SELECT x FROM (SELECT x FROM a WHERE id = :id FOR UPDATE) AS d;

-- name: lock_in_union
(SELECT x FROM a FOR UPDATE) UNION (SELECT x FROM b LOCK IN SHARE MODE);

-- name: index_hints
SELECT p.id, q.total FROM person p USE INDEX (PRIMARY, k_referrer) JOIN purchase q FORCE INDEX FOR JOIN (k_person) ON q.person_id = p.id ORDER BY p.id;

-- name: index_hint_on_second
SELECT p.id, q.total FROM person AS p IGNORE INDEX FOR GROUP BY (k_referrer) LEFT JOIN purchase AS q FORCE KEY (k_person) ON q.person_id = p.id;

-- name: index_hint_list
SELECT id FROM person USE INDEX (k_referrer) USE KEY FOR ORDER BY (PRIMARY) WHERE id > :id;

-- name: index_hint_empty
SELECT id FROM person USE INDEX () WHERE id > :id;

-- name: index_hint_without_alias
SELECT person.id FROM person FORCE INDEX (k_referrer), a IGNORE INDEX (PRIMARY) WHERE person.id = a.id;

-- name: optimizer_hints
SELECT /*+ MAX_EXECUTION_TIME(1000) NO_INDEX_MERGE(person) */ id FROM person WHERE id = :id;

-- name: optimizer_hints_in_writes
UPDATE /*+ NO_MERGE(a) */ a SET y = :y WHERE id = :id;

-- name: straight_join
SELECT a.id, b.z FROM a STRAIGHT_JOIN b ON a.k = b.k;

-- name: straight_join_without_condition
SELECT a.id, b.z, c.w FROM a STRAIGHT_JOIN b LEFT JOIN c ON c.b_id = b.id;

-- name: straight_join_parenthesised
SELECT a.id, b.z, c.w FROM a LEFT JOIN (b STRAIGHT_JOIN c ON b.id = c.b_id) ON a.k = b.k;

-- name: select_modifiers
SELECT ALL HIGH_PRIORITY STRAIGHT_JOIN SQL_SMALL_RESULT SQL_BUFFER_RESULT SQL_CALC_FOUND_ROWS id FROM person WHERE id = :id;

-- name: select_modifiers_distinct
SELECT DISTINCT SQL_BIG_RESULT SQL_NO_CACHE x FROM a;

-- name: select_distinctrow
SELECT DISTINCTROW x, y FROM a;

-- name: select_no_cache
SELECT SQL_NO_CACHE id FROM a;

-- name: select_cache
-- only: mariadb
SELECT SQL_CACHE id FROM a;

-- name: system_time
-- only: mariadb
SELECT id, note FROM versioned FOR SYSTEM_TIME AS OF TIMESTAMP '2030-01-01 00:00:00';

-- name: system_time_all
-- only: mariadb
SELECT id, note FROM versioned FOR SYSTEM_TIME ALL;

-- name: system_time_parameter
-- only: mariadb
SELECT q.id, q.note FROM versioned FOR SYSTEM_TIME AS OF :at AS q WHERE q.id > :id;

-- name: system_time_between
-- only: mariadb
SELECT id, note FROM versioned FOR SYSTEM_TIME BETWEEN '2020-01-01' AND NOW();

-- name: system_time_from_to
-- only: mariadb
SELECT id, note FROM versioned FOR SYSTEM_TIME FROM :since TO :until;

-- name: system_time_joined
-- only: mariadb
SELECT a.id, q.note FROM a LEFT JOIN versioned FOR SYSTEM_TIME AS OF NOW() AS q ON q.id = a.id;

-- name: rows_examined
-- only: mariadb
SELECT id FROM a LIMIT 5 ROWS EXAMINED 1000;

-- name: rows_examined_alone
-- only: mariadb
SELECT id FROM a LIMIT ROWS EXAMINED 1000;

-- name: rows_examined_parameter
-- only: mariadb
SELECT id FROM a LIMIT :n ROWS EXAMINED :m;

-- name: next_value
-- only: mariadb
SELECT NEXT VALUE FOR numbers AS a, PREVIOUS VALUE FOR numbers AS b, NEXTVAL(numbers) AS c, LASTVAL(numbers) AS d;

-- name: insert_next_value
-- only: mariadb
INSERT INTO tag (id, label) VALUES (NEXT VALUE FOR numbers, :label);

-- name: fetch_first
-- only: mariadb
SELECT id, y FROM a ORDER BY id OFFSET 1 ROWS FETCH FIRST 2 ROWS ONLY;

-- name: fetch_next_one
-- only: mariadb
SELECT id, y FROM a ORDER BY id FETCH NEXT ROW ONLY;

-- name: fetch_first_one
-- only: mariadb
-- rows: opt
SELECT id, y FROM a ORDER BY id FETCH FIRST 1 ROW ONLY;

-- name: fetch_ties
-- only: mariadb
SELECT id, x FROM a ORDER BY x OFFSET :m ROWS FETCH FIRST :n ROWS WITH TIES;

-- name: fetch_one_with_ties
-- only: mariadb
SELECT x FROM a ORDER BY x FETCH FIRST 1 ROWS WITH TIES;

-- name: fetch_in_subquery
-- only: mariadb
SELECT d.x FROM (SELECT x FROM a ORDER BY x FETCH FIRST 1 ROWS ONLY) AS d;

-- name: offset_alone
-- only: mariadb
SELECT id FROM a ORDER BY id OFFSET 1 ROW;

-- name: limit_comma
SELECT id FROM a ORDER BY id LIMIT :m, :n;

-- name: json_table
SELECT j.n, j.a, j.b, j.has, j.c FROM JSON_TABLE('[{"a":1,"b":[1,2]}]', '$[*]' COLUMNS (n FOR ORDINALITY, a INT PATH '$.a' DEFAULT '7' ON EMPTY NULL ON ERROR, b VARCHAR(10) PATH '$.c' ERROR ON ERROR, has INT EXISTS PATH '$.a', NESTED PATH '$.b[*]' COLUMNS (c INT PATH '$'))) AS j;

-- name: json_table_lateral
SELECT p.id, j.tag FROM product p JOIN JSON_TABLE(p.attributes, '$.tags[*]' COLUMNS (tag VARCHAR(20) PATH '$')) AS j WHERE p.id = :id;

-- name: json_table_left
SELECT p.id, j.n, j.tag FROM product p LEFT JOIN JSON_TABLE(p.attributes, '$.tags[*]' COLUMNS (n FOR ORDINALITY, tag VARCHAR(20) PATH '$')) AS j ON TRUE;

-- name: json_table_parameter
SELECT j.id FROM JSON_TABLE(:ids, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$' NULL ON EMPTY DEFAULT '0' ON ERROR)) j;

-- name: json_table_nested_nested
SELECT j.o, j.n, j.m FROM JSON_TABLE('[]', '$[*]' COLUMNS (o FOR ORDINALITY, NESTED PATH '$.a[*]' COLUMNS (n FOR ORDINALITY, NESTED PATH '$.b[*]' COLUMNS (m FOR ORDINALITY)))) AS j;

-- name: json_table_types
SELECT j.a, j.b, j.c, j.d, j.e, j.f, j.g, j.h, j.i, j.k, j.l FROM JSON_TABLE('[{}]', '$[*]' COLUMNS (a DECIMAL(6,2) PATH '$.a', b DATE PATH '$.b', c JSON PATH '$.c', d CHAR(4) CHARACTER SET utf8mb4 PATH '$.d', e TINYINT PATH '$.e', f SMALLINT UNSIGNED PATH '$.f', g BIGINT PATH '$.g', h INT UNSIGNED PATH '$.h', i DOUBLE PATH '$.i', k TEXT PATH '$.k', l DATETIME(3) PATH '$.l')) AS j;

-- name: json_table_more_types
SELECT j.a, j.b, j.c, j.d, j.e, j.f, j.g FROM JSON_TABLE('[{}]', '$[*]' COLUMNS (a BOOL PATH '$.a', b MEDIUMINT PATH '$.b', c YEAR PATH '$.c', d FLOAT PATH '$.d', e TIME PATH '$.e', f VARBINARY(3) PATH '$.f', g BLOB PATH '$.g')) AS j;

-- name: json_table_exists_in_nested
SELECT j.n, j.e FROM JSON_TABLE('[{"a":1}]', '$[*]' COLUMNS (n FOR ORDINALITY, NESTED PATH '$.b[*]' COLUMNS (e INT EXISTS PATH '$.x'))) AS j;

-- name: lateral
-- only: mysql
SELECT a.id, d.m FROM a, LATERAL (SELECT MAX(x) AS m FROM b WHERE b.k = a.k) AS d;

-- name: lateral_left
-- only: mysql
SELECT a.id, d.z FROM a LEFT JOIN LATERAL (SELECT z FROM b WHERE b.k = a.k LIMIT :n) AS d ON TRUE;

-- name: intersect_except
SELECT x, y FROM a INTERSECT SELECT x, k FROM b EXCEPT SELECT 1, 2;

-- name: intersect_all
SELECT x FROM a INTERSECT ALL SELECT x FROM b;

-- name: except_distinct
SELECT x FROM a EXCEPT DISTINCT SELECT x FROM b EXCEPT ALL SELECT 5;

-- name: union_distinct
SELECT x FROM a UNION DISTINCT SELECT k FROM b;

-- name: union_limits
(SELECT id, y FROM a ORDER BY id LIMIT 1) UNION ALL (SELECT id, k FROM b LIMIT :n OFFSET :m) ORDER BY id DESC LIMIT 3;

-- name: union_nested
((SELECT id FROM a) UNION (SELECT id FROM b)) UNION ALL ((SELECT id FROM c LIMIT 1) EXCEPT (SELECT 1));

-- name: with_before_update
-- only: mysql
WITH q AS (SELECT k, MAX(x) AS m FROM b GROUP BY k) UPDATE a, q SET a.y = q.m WHERE a.k = q.k AND a.id = :id;

-- name: with_before_delete
-- only: mysql
WITH q AS (SELECT id FROM b WHERE x > :x) DELETE FROM a WHERE id IN (SELECT id FROM q);

-- name: with_before_delete_join
-- only: mysql
WITH q AS (SELECT id FROM b WHERE x > :x) DELETE a FROM a JOIN q ON q.id = a.id;

-- name: with_in_parentheses
-- only: mysql
(WITH q AS (SELECT id FROM a) SELECT id FROM q) UNION ALL SELECT id FROM b;

-- name: with_in_subquery
SELECT id FROM a WHERE id IN (WITH q AS (SELECT id FROM b WHERE x > :x) SELECT id FROM q);

-- name: with_recursive
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :last) SELECT i FROM n;

-- name: with_recursive_cycle
-- only: mariadb
WITH RECURSIVE t (id, parent) AS (SELECT id, parent_id FROM category WHERE parent_id IS NULL UNION SELECT c.id, c.parent_id FROM category c JOIN t ON c.parent_id = t.id) CYCLE id, parent RESTRICT SELECT id, parent FROM t;

-- name: window_inheritance
-- only: mysql
SELECT ROW_NUMBER() OVER w AS a, SUM(x) OVER (w ROWS UNBOUNDED PRECEDING) AS b, RANK() OVER (p ORDER BY x) AS c, LAG(x) OVER w AS d FROM a WINDOW p AS (PARTITION BY k), w AS (p ORDER BY id);

-- name: window_of_another
SELECT ROW_NUMBER() OVER w AS a, SUM(x) OVER (w ROWS UNBOUNDED PRECEDING) AS b, RANK() OVER (p ORDER BY x) AS c FROM a WINDOW p AS (PARTITION BY k), w AS (p ORDER BY id);

-- name: window_frames
SELECT SUM(x) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS a, SUM(x) OVER (ORDER BY id RANGE BETWEEN 5 PRECEDING AND CURRENT ROW) AS b, COUNT(*) OVER (ORDER BY id ROWS 2 PRECEDING) AS c FROM a;

-- name: window_frame_interval
-- only: mysql
SELECT SUM(total) OVER (ORDER BY placed_at RANGE BETWEEN INTERVAL 1 DAY PRECEDING AND INTERVAL '1:1' HOUR_MINUTE FOLLOWING) AS a FROM purchase;

-- name: window_frame_exclude
-- only: mariadb
SELECT SUM(x) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE NO OTHERS) AS a FROM a;

-- name: executable_comments
SELECT /*! SQL_NO_CACHE */ id /*!40101 , x */ /*!99999 , nothing */ /* , y */ FROM a;

-- name: executable_comment_mysql
-- only: mysql
SELECT id /*!80000 , x */ /*M! , y */ FROM a;

-- name: executable_comment_mariadb
-- only: mariadb
SELECT id /*!80000 , x */ /*M! , y */ /*M!100500 , k */ FROM a;

-- name: executable_comment_parameter
SELECT id FROM a WHERE id > :id /*!40101 AND x > :x */;

-- name: comments
SELECT id # to the end :nothing
, x -- and ? here
, y /* :no ? */ FROM a;

-- name: introducers
SELECT _utf8mb4'ä' AS a, _latin1'b' COLLATE latin1_swedish_ci AS b, _binary'c' AS c, _utf8mb4 0x41 AS d, _utf8mb4 X'41' AS e, _latin1 b'01000001' AS f;

-- name: literals
SELECT N'a' AS a, n'b' AS b, b'101' + 0 AS c, 0b11 + 0 AS d, 0x41 AS e, X'4142' AS f, x'41' + 0 AS g, 0x41 + 0 AS h, .5 AS i, 5. AS j, 1e3 AS k, 1.5e-2 AS l, TRUE AS m, false AS n, NULL AS o;

-- name: literals_long
SELECT 18446744073709551615 AS a, 9223372036854775808 AS b, -9223372036854775808 AS c, 2147483648 AS d, 12345678901234567890.5 AS e;

-- name: adjacent_strings
SELECT 'a' 'b' AS a, 'a' "b" 'c' AS b, N'a' 'b' AS c, _utf8mb4'a' 'b' AS d, 'it''s' AS e, "it""s" AS f, 'a\'b\\' AS g;

-- name: temporal_literals
SELECT DATE'2020-01-02' AS a, TIME'01:02:03.5' AS b, TIMESTAMP'2020-01-02 03:04:05' AS c, DATE "2020-01-02" AS d, TIMESTAMP '2020-01-02 03:04:05.123' AS e;

-- name: timestamp_with_offset
-- only: mysql
SELECT TIMESTAMP'2020-01-02 03:04:05+02:00' AS a;

-- name: json_arrows
-- only: mysql
SELECT attributes->'$.a' AS a, attributes->>'$.a' AS b, p.attributes->'$.a' AS c FROM product p WHERE attributes->'$.a' = :a AND p.attributes->>"$.b" IN (:bs);

-- name: member_of
-- only: mysql
-- @param x: i64
SELECT id, 5 MEMBER OF (attributes) AS m, 'a' MEMBER OF ('["a"]') AS n FROM product WHERE :x MEMBER OF (attributes->'$.a');

-- name: extracts
SELECT EXTRACT(YEAR FROM placed_at) AS a, EXTRACT(MICROSECOND FROM placed_at) AS b, EXTRACT(YEAR_MONTH FROM shipped_at) AS c, EXTRACT(WEEK FROM placed_at) AS d, EXTRACT(DAY FROM :at) AS e FROM purchase;

-- name: extracts_of_two_units
SELECT EXTRACT(DAY_HOUR FROM dt) AS a, EXTRACT(DAY_MINUTE FROM dt) AS b, EXTRACT(DAY_SECOND FROM dt) AS c, EXTRACT(DAY_MICROSECOND FROM dt) AS d, EXTRACT(HOUR_MINUTE FROM dt) AS e, EXTRACT(HOUR_SECOND FROM dt) AS f, EXTRACT(HOUR_MICROSECOND FROM dt) AS g, EXTRACT(MINUTE_SECOND FROM dt) AS h, EXTRACT(MINUTE_MICROSECOND FROM dt) AS i, EXTRACT(SECOND_MICROSECOND FROM dt) AS j FROM w;

-- name: extracts_of_two_units_of_a_time
SELECT EXTRACT(DAY_HOUR FROM ti) AS a, EXTRACT(DAY_MINUTE FROM ti) AS b, EXTRACT(DAY_SECOND FROM ti) AS c, EXTRACT(DAY_MICROSECOND FROM ti) AS d, EXTRACT(HOUR_MINUTE FROM ti) AS e, EXTRACT(HOUR_SECOND FROM ti) AS f, EXTRACT(HOUR_MICROSECOND FROM ti) AS g, EXTRACT(MINUTE_SECOND FROM ti) AS h, EXTRACT(MINUTE_MICROSECOND FROM ti) AS i, EXTRACT(SECOND_MICROSECOND FROM ti) AS j FROM w;

-- name: extracts_of_two_units_of_a_text
SELECT EXTRACT(DAY_HOUR FROM s) AS a, EXTRACT(DAY_MINUTE FROM s) AS b, EXTRACT(DAY_SECOND FROM s) AS c, EXTRACT(DAY_MICROSECOND FROM s) AS d, EXTRACT(HOUR_MINUTE FROM s) AS e, EXTRACT(HOUR_SECOND FROM s) AS f, EXTRACT(HOUR_MICROSECOND FROM s) AS g, EXTRACT(MINUTE_SECOND FROM s) AS h, EXTRACT(MINUTE_MICROSECOND FROM s) AS i, EXTRACT(SECOND_MICROSECOND FROM s) AS j FROM w;

-- name: formats
SELECT GET_FORMAT(DATE, 'USA') AS a, GET_FORMAT(TIME, 'ISO') AS b, GET_FORMAT(DATETIME, :f) AS c, GET_FORMAT(TIMESTAMP, 'EUR') AS d;

-- name: timestamp_functions
SELECT TIMESTAMPADD(SQL_TSI_DAY, 1, placed_at) AS a, TIMESTAMPADD(MINUTE, :n, placed_at) AS b, TIMESTAMPDIFF(SQL_TSI_MONTH, placed_at, shipped_at) AS c, TIMESTAMPDIFF(DAY, :since, placed_at) AS d, TIMESTAMP(placed_at) AS e, TIMESTAMP(placed_at, '1:00') AS f, DATE(placed_at) AS g, TIME(placed_at) AS h FROM purchase;

-- name: names_of_functions_that_are_keywords
SELECT LEFT(name, 1) AS a, RIGHT(name, 1) AS b, REPEAT(name, 2) AS c, REPLACE(name, 'a', 'b') AS d, INSERT(name, 1, 2, 'x') AS e, IF(id > 1, 1, 2) AS f, MOD(id, 2) AS g, TRUNCATE(balance, 1) AS h, FORMAT(balance, 2) AS i, YEAR(born) AS j, DATABASE() AS k, SCHEMA() AS l, USER() AS m, COALESCE(nick, name) AS n, ASCII(name) AS o, CHAR_LENGTH(name) AS p, INTERVAL(id, 1) AS q, USER() AS r, WEEK(born) AS s, HOUR(created_at) AS t, QUARTER(born) AS u FROM person;

-- name: current_times
SELECT CURRENT_DATE AS a, CURRENT_DATE() AS b, CURRENT_TIME AS c, CURRENT_TIME(3) AS d, CURRENT_TIMESTAMP AS e, CURRENT_TIMESTAMP(6) AS f, LOCALTIME AS g, LOCALTIMESTAMP(2) AS h, NOW(3) AS i, UTC_DATE AS j, UTC_TIME AS k, UTC_TIMESTAMP(3) AS l, SYSDATE(2) AS m, CURDATE() AS n, CURTIME(1) AS o, CURRENT_USER AS p, LOCALTIME() AS q, LOCALTIMESTAMP AS r, CURRENT_USER() AS s, SESSION_USER() AS t, SYSTEM_USER() AS u;

-- name: weight_string
SELECT WEIGHT_STRING(name) AS a, WEIGHT_STRING(name AS CHAR(3)) AS b, WEIGHT_STRING(name AS BINARY(3)) AS c FROM person;

-- name: weight_string_level
-- only: mariadb
SELECT WEIGHT_STRING(name LEVEL 1) AS a, WEIGHT_STRING(name AS CHAR(3) LEVEL 1 DESC) AS b FROM person;

-- name: json_value
SELECT JSON_VALUE(attributes, '$.a') AS a FROM product;

-- name: json_value_returning
-- only: mysql
SELECT JSON_VALUE(attributes, '$.a' RETURNING UNSIGNED DEFAULT 0 ON EMPTY) AS a, JSON_VALUE(attributes, '$.a' RETURNING DECIMAL(6,2) NULL ON EMPTY NULL ON ERROR) AS b, JSON_VALUE(attributes, '$.a' DEFAULT 'x' ON EMPTY DEFAULT 'y' ON ERROR) AS c, JSON_VALUE(attributes, '$.a' RETURNING CHAR(10) CHARACTER SET utf8mb4) AS d, JSON_VALUE(attributes, '$.a' RETURNING DATE) AS e FROM product;

-- name: logic
SELECT x XOR y AS a, x <=> y AS b, x DIV 2 AS c, NOT x AS d, ! x AS e, x && y AS f, x || y AS g, x AND y AS h, x OR NOT y AS i, NOT x BETWEEN 1 AND 2 AS j FROM a;

-- name: bits
SELECT x & 1 AS a, x | 2 AS b, x ^ 3 AS c, ~x AS d, x << 1 AS e, x >> 1 AS f, -x AS g, +x AS h, - -x AS i, 2 & 3 ^ 4 AS j FROM a;

-- name: truth
SELECT x IS TRUE AS a, y IS NOT TRUE AS b, y IS UNKNOWN AS c, y IS NOT UNKNOWN AS d, y IS FALSE AS e, y IS NOT FALSE AS f, y IS NULL AS g, ISNULL(y) AS h, y IS NOT NULL IS TRUE AS i FROM a;

-- name: patterns
SELECT name LIKE 'a|_' ESCAPE '|' AS a, name NOT LIKE :p AS b, name REGEXP '^a' AS c, name RLIKE :r AS d, name NOT REGEXP 'b' AS e, name LIKE BINARY 'x' AS f, nick NOT RLIKE 'c' AS g, name LIKE 'x' ESCAPE '' AS h FROM person;

-- name: binary_operator
SELECT BINARY name = 'x' AS a, BINARY name AS b, BINARY 'a' = 'A' AS c FROM person WHERE BINARY name = :name AND id > 0;

-- name: collations
SELECT name COLLATE utf8mb4_bin AS a, name COLLATE utf8mb4_bin = 'x' AS b, name COLLATE 'utf8mb4_bin' AS c FROM person ORDER BY name COLLATE utf8mb4_bin DESC;

-- name: from_dual
SELECT 1 AS one FROM DUAL WHERE :x > 1;

-- name: without_from_where
SELECT 1 AS one WHERE 2 > 1;

-- name: dual_having
SELECT 1 AS one FROM DUAL HAVING one > 0 LIMIT 1;

-- name: having_without_group
SELECT id, x AS v FROM a HAVING v > :least;

-- name: having_alias_and_aggregate
SELECT k, COUNT(*) AS n FROM a GROUP BY k HAVING n > 1 AND MAX(x) > :x;

-- name: group_with_rollup
SELECT k, COUNT(*) AS n, SUM(x) AS s FROM a GROUP BY k WITH ROLLUP;

-- name: group_rollup_function
-- only: mysql
SELECT k, COUNT(*) AS n, GROUPING(k) AS g FROM a GROUP BY ROLLUP (k);

-- name: group_rollup_two
-- only: mysql
SELECT k, x, COUNT(*) AS n, GROUPING(k, x) AS g FROM a GROUP BY ROLLUP (k, x) HAVING GROUPING(k) = 0 ORDER BY GROUPING(x);

-- name: group_direction
-- only: mariadb
SELECT k, COUNT(*) AS n FROM a GROUP BY k DESC;

-- name: group_direction_rollup
-- only: mariadb
SELECT k, COUNT(*) AS n FROM a GROUP BY k ASC WITH ROLLUP;

-- name: defaults
SELECT DEFAULT(status) AS a, DEFAULT(balance) AS b, DEFAULT(p.credit) AS c FROM person p;

-- name: update_default_function
UPDATE person SET balance = DEFAULT(balance) + 1, credit = DEFAULT WHERE id = :id;

-- name: values_outside
INSERT INTO profile (person_id, score) VALUES (:id, :score) ON DUPLICATE KEY UPDATE score = IF(VALUES(score) > score, VALUES(score), score), bio = DEFAULT(bio), website = DEFAULT;

-- name: do_expression
DO 1 + 1, LAST_INSERT_ID(5);

-- name: do_parameter
-- @param n: i32
DO 1 + :n;

-- name: user_variables
SELECT @total := 1 AS a, CAST(@total AS SIGNED) AS b, @total := x AS c, CAST(@`odd name` AS CHAR) AS d, CAST(@'text' AS CHAR) AS e FROM a;

-- name: user_variables_without_cast
-- Not typed offline: a variable has the type of its value at the time.
SELECT @`odd name` AS a, @'text' AS b, @"more" AS c;

-- name: system_variables
SELECT @@version AS a, @@global.max_connections AS b, @@session.sql_mode AS c, @@autocommit AS d, @@LOCAL.sql_mode AS e;

-- name: user_variable_in_where
SELECT id FROM a, (SELECT @n := 0) AS init WHERE (@n := @n + 1) > 1;

-- name: set_user_variable_in_update
UPDATE a SET y = (@last := y + 1) WHERE id = :id;

-- name: into_variable
SELECT x INTO @x FROM a WHERE id = :id LIMIT 1;

-- name: into_variables_at_end
SELECT x, y FROM a WHERE id = :id LIMIT 1 INTO @x, @y;

-- name: into_before_lock
SELECT x FROM a WHERE id = :id INTO @x FOR UPDATE;

-- name: into_after_lock
SELECT x FROM a WHERE id = :id FOR UPDATE INTO @x;

-- name: names_that_look_like_keywords
SELECT q.id AS `select`, q.x `from`, q.y AS "order", q.k 'key' FROM a q;

-- name: names_qualified_by_schema
SELECT person.id, person.`name`, `person`.nick, person . status FROM person;

-- name: alias_words
SELECT id value, x status, y type, k data FROM a share;

-- name: natural_joins
SELECT id, a.y, b.z FROM a NATURAL JOIN b;

-- name: natural_left
SELECT id, a.y, b.z FROM a NATURAL LEFT OUTER JOIN b;

-- name: natural_right
SELECT id, a.y, b.z FROM a NATURAL RIGHT JOIN b;

-- name: join_using_two
SELECT id, x, a.y, b.z FROM a LEFT JOIN b USING (id, x);

-- name: cross_join_with_condition
SELECT a.id, b.z FROM a CROSS JOIN b ON a.k = b.k;

-- name: cross_join_using
SELECT id, b.z FROM a CROSS JOIN b USING (id);

-- name: inner_join_without_condition
SELECT a.id, b.id AS b_id FROM a INNER JOIN b;

-- name: join_without_condition_then_left
SELECT a.id, b.x, c.w FROM a JOIN b LEFT JOIN c ON c.b_id = b.id;

-- name: join_conditions_last
SELECT a.id, b.x, c.w FROM a LEFT JOIN b LEFT JOIN c ON c.b_id = b.id ON a.k = b.k;

-- name: join_comma_mixed
SELECT a.id, b.x, c.w FROM (a, b) LEFT JOIN c ON c.a_id = a.id AND c.b_id = b.id;

-- name: join_comma_precedence
SELECT a.id, b.x, c.w FROM a, b LEFT JOIN c ON c.b_id = b.id;

-- name: quantified
SELECT id, x > ALL (SELECT x FROM b) AS a, x = ANY (SELECT k FROM b) AS b, x <> SOME (SELECT x FROM b) AS c, x >= ANY (SELECT id FROM b) AS d FROM a;

-- name: case_forms
SELECT CASE x WHEN 1 THEN 'a' WHEN :n THEN 'b' END AS a, CASE WHEN y IS NULL THEN 0 ELSE y END AS b, CASE y WHEN 1 THEN 2 ELSE 3 END AS c FROM a;

-- name: order_by_forms
SELECT id, x FROM a ORDER BY 2 DESC, id ASC, y IS NULL, FIELD(x, 1, 2);

-- name: group_by_forms
SELECT x + 1 AS v, COUNT(*) AS n FROM a GROUP BY v ORDER BY n;

-- name: group_by_position
SELECT x AS v, COUNT(*) AS n FROM a GROUP BY 1;

-- name: distinct_star
SELECT DISTINCT a.* FROM a JOIN b ON a.k = b.k;

-- name: star_and_more
SELECT a.*, b.z, 1 AS one FROM a LEFT JOIN b ON a.k = b.k;

-- name: exists_forms
SELECT EXISTS (SELECT * FROM a WHERE id = :id) AS e, NOT EXISTS (SELECT 1 FROM b) AS f, EXISTS (SELECT 1 FROM DUAL) AS g;

-- name: call_with_blank
SELECT LOWER (name) AS a, IFNULL (nick, 'x') AS b FROM person;

-- name: convert_forms
SELECT CONVERT(s, SIGNED) AS a, CONVERT(s, UNSIGNED INTEGER) AS b, CONVERT(s, TIME(2)) AS c, CONVERT(s, DATETIME(3)) AS d, CONVERT(s, DOUBLE) AS e, CONVERT(s USING latin1) AS f, CONVERT(s USING binary) AS g FROM w;

-- name: unnamed_columns
SELECT MOD(x, 2), x MOD 2, ROW(x, y) = ROW(1, 2), x DIV 2, !x, x && y FROM a;

-- name: unnamed_texts
SELECT TRIM(BOTH FROM name), SUBSTR(name FROM 2), name SOUNDS LIKE nick, CHAR(77 USING utf8mb4), BINARY name, name NOT REGEXP 'b' FROM person;

-- name: unnamed_times
SELECT UTC_DATE, CURRENT_USER, TIMESTAMPADD(SQL_TSI_DAY, 1, placed_at), placed_at + INTERVAL 1 DAY, CAST(id AS UNSIGNED INT) FROM purchase;

-- name: unnamed_calls
SELECT WEIGHT_STRING(name AS CHAR(3)), GROUP_CONCAT(name SEPARATOR '-'), CAST(name AS CHAR CHARACTER SET utf8mb4), COUNT(*), 'a' 'b', X'41', INTERVAL(1, 2, 3) FROM person GROUP BY name;
