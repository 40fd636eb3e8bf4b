-- Writes. What they write is rolled back.

-- name: insert_values
-- params: id: int, x: int, y: int?, k: int?
INSERT INTO a (id, x, y, k) VALUES (?, ?, ?, ?);

-- name: insert_without_columns
INSERT INTO a VALUES (:id, :x, :y, :k);

-- name: insert_some
-- params: name: varchar(60)
INSERT INTO person (name) VALUES (:name);

-- name: insert_default_keyword
INSERT INTO person (id, name, status, email) VALUES (DEFAULT, :name, DEFAULT, NULL);

-- name: insert_rows
INSERT INTO a (id, x) VALUES (:a, :b), (:c, :d);

-- name: insert_expression
INSERT INTO a (id, x, y) VALUES (:id, :x + 1, COALESCE(:y, 0));

-- name: insert_set
-- params: id: int, y: int?
INSERT INTO a SET id = :id, x = 1, y = :y;

-- name: insert_ignore
INSERT IGNORE INTO tag (id, label) VALUES (:id, :label);

-- name: insert_select
-- params: more: int?, min: int
INSERT INTO a (id, x, y) SELECT id + 1000, x, :more FROM b WHERE x > :min;

-- name: insert_select_join
INSERT INTO product_tag (product_id, tag_id) SELECT p.id, t.id FROM product p JOIN tag t ON t.label = :label WHERE p.sku = :sku;

-- name: insert_on_duplicate
-- params: id: int, label: varchar(20), other: varchar(20)
INSERT INTO tag (id, label) VALUES (:id, :label) ON DUPLICATE KEY UPDATE label = :other;

-- name: insert_on_duplicate_values
INSERT INTO profile (person_id, bio, score) VALUES (:id, :bio, :score) ON DUPLICATE KEY UPDATE bio = VALUES(bio), score = score + :more;

-- name: insert_on_duplicate_alias
-- only: mysql
INSERT INTO profile (person_id, bio, score) VALUES (:id, :bio, :score) AS fresh ON DUPLICATE KEY UPDATE bio = fresh.bio, score = fresh.score;

-- name: insert_on_duplicate_null
-- params: id: int unsigned, bio: text?
INSERT INTO profile (person_id) VALUES (:id) ON DUPLICATE KEY UPDATE bio = :bio;

-- name: insert_on_duplicate_last_id
INSERT INTO person (name, email) VALUES (:name, :email) ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id), nick = :nick;

-- name: insert_returning
-- only: mariadb
INSERT INTO person (name, email) VALUES (:name, :email) RETURNING id, email, created_at, 1 AS one;

-- name: insert_returning_star
-- only: mariadb
INSERT INTO tag (id, label) VALUES (:id, :label) RETURNING *;

-- name: insert_every_number
INSERT INTO v (flag, flag_n, ti, ti_n, tu, tu_n, si, su, mi, mu, i, u, bi, bu, b1, b9, d, d_n, d0, du, d65, f, g, g_n)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: insert_every_other
INSERT INTO w (c, s, la, tt, t, mt, lt, bin, vb, bl, lb, e, e_n, st, da, da_n, dt, dt6, ts, ts_n, ts3, ti, ti2, y, j, j_n)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: insert_generated_left_out
INSERT INTO computed (id, n, m) VALUES (:id, :n, :m);

-- name: insert_with_cte
INSERT INTO a (id, x) WITH d AS (SELECT id + 2000 AS id, x FROM b WHERE x = :x) SELECT id, x FROM d;

-- name: insert_subquery_value
INSERT INTO profile (person_id, score) VALUES (:id, (SELECT COUNT(*) FROM purchase WHERE person_id = :id));

-- name: replace_values
-- params: id: int, label: varchar(20)
REPLACE INTO tag (id, label) VALUES (:id, :label);

-- name: replace_select
REPLACE INTO a (id, x) SELECT id, x FROM b WHERE id = :id;

-- name: update_plain
-- params: bio: text?, id: int unsigned
UPDATE profile SET bio = :bio WHERE person_id = :id;

-- name: update_not_null
-- params: website: varchar(200), id: int unsigned
UPDATE profile SET website = :website WHERE person_id = :id;

-- name: update_expression
UPDATE person SET balance = balance + :amount, credit = credit - :less WHERE id = :id AND balance >= :least;

-- name: update_coalesce
-- params: name: varchar(60)?, id: int unsigned
UPDATE person SET name = COALESCE(:name, name) WHERE id = :id;

-- name: update_case
UPDATE product SET sale_price = CASE WHEN stock > :n THEN :low ELSE sale_price END WHERE category_id = :category;

-- name: update_enum
-- params: status: enum('active','suspended','closed'), ids: [int unsigned]
UPDATE person SET status = :status WHERE id IN (:ids);

-- name: update_join
UPDATE product p JOIN category c ON c.id = p.category_id SET p.stock = :stock, p.title = CONCAT(c.title, :suffix) WHERE c.title = :title;

-- name: update_left_join
UPDATE person p LEFT JOIN profile q ON q.person_id = p.id SET p.nick = :nick WHERE q.person_id IS NULL;

-- name: update_comma
UPDATE a, b SET a.y = :y WHERE a.k = b.k AND b.x = :x;

-- name: update_subquery
UPDATE person SET balance = (SELECT COALESCE(SUM(total), 0) FROM purchase WHERE person_id = person.id) WHERE id = :id;

-- name: update_limit
UPDATE product SET stock = stock - 1 WHERE stock > :n ORDER BY id LIMIT :count;

-- name: update_limit_literal
UPDATE product SET stock = :stock ORDER BY id LIMIT 2;

-- name: update_default
UPDATE person SET status = DEFAULT, balance = DEFAULT(balance) WHERE id = :id;

-- name: update_alias
UPDATE person AS p SET p.born = :born WHERE p.id = :id;

-- name: update_with_cte
-- only: mysql
WITH rich AS (SELECT person_id FROM purchase WHERE total > :total) UPDATE person SET nick = :nick WHERE id IN (SELECT person_id FROM rich);

-- name: update_json
-- @param value: String
UPDATE product SET attributes = JSON_SET(COALESCE(attributes, '{}'), '$.a', :value) WHERE id = :id;

-- name: update_json_whole
UPDATE product SET attributes = :attributes WHERE id = :id;

-- name: update_dates
UPDATE purchase SET shipped_at = :shipped, placed_at = :placed WHERE id = :id;

-- name: update_interval
UPDATE purchase SET shipped_at = placed_at + INTERVAL :days DAY WHERE id = :id;

-- name: delete_plain
-- params: id: int unsigned
DELETE FROM person WHERE id = :id;

-- name: delete_in_list
DELETE FROM tag WHERE id IN (:ids) AND label <> :label;

-- name: delete_join
DELETE p FROM product p LEFT JOIN category c ON c.id = p.category_id WHERE c.id IS NULL AND p.stock < :n;

-- name: delete_two_tables
DELETE i, u FROM purchase_item i JOIN purchase u ON u.id = i.purchase_id WHERE u.person_id = :id;

-- name: delete_using
DELETE FROM i USING purchase_item i JOIN purchase u ON u.id = i.purchase_id WHERE u.total > :total;

-- name: delete_limit
DELETE FROM tag WHERE label = :label ORDER BY id LIMIT :n;

-- name: delete_returning
-- only: mariadb
DELETE FROM tag WHERE id < :id RETURNING id, label;

-- name: delete_all
DELETE FROM product_tag;

-- name: delete_subquery
DELETE FROM product_tag WHERE product_id IN (SELECT id FROM product WHERE price > :price);

-- name: select_for_update
SELECT id, balance FROM person WHERE id = :id FOR UPDATE;

-- name: select_for_share
SELECT id, balance FROM person WHERE id = :id LOCK IN SHARE MODE;

-- name: select_skip_locked
SELECT id, credit FROM person WHERE balance > :least FOR UPDATE SKIP LOCKED;

-- name: insert_view
INSERT INTO view_plain (id, name, email) VALUES (:id, :name, :email);

-- name: update_view
UPDATE view_plain SET email = :email WHERE id = :id;

-- name: delete_returning_refined
-- only: mariadb
-- never: y, v
DELETE FROM a WHERE y > 0 AND y / x >= 0 RETURNING id, y, k, y / x AS v;

-- name: delete_returning_branches
-- only: mariadb
-- never: v
DELETE FROM a WHERE id > 0 RETURNING IF(y IS NULL, 0, y) AS v, IF(y > 0, 0, y) AS w;

-- name: delete_returning_by_key
-- only: mariadb
-- rows: opt
DELETE FROM a WHERE id = 3 RETURNING y;

-- name: insert_returning_branches
-- only: mariadb
-- rows: one
INSERT INTO a (id, x, y, k) VALUES (9001, 1, NULL, 2) RETURNING IFNULL(y, 0) AS v, y, x;
