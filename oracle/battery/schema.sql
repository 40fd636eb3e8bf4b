-- The schema that the battery is written against. It loads on both servers; what one of them lacks stands in
-- comments that only the other executes.

-- Values: one column of each family, NOT NULL, and its twin that can be NULL (with `_n`).
CREATE TABLE v (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  flag TINYINT(1) NOT NULL,            flag_n TINYINT(1),
  ti TINYINT NOT NULL,                 ti_n TINYINT,
  tu TINYINT UNSIGNED NOT NULL,        tu_n TINYINT UNSIGNED,
  si SMALLINT NOT NULL,                si_n SMALLINT,
  su SMALLINT UNSIGNED NOT NULL,       su_n SMALLINT UNSIGNED,
  mi MEDIUMINT NOT NULL,               mi_n MEDIUMINT,
  mu MEDIUMINT UNSIGNED NOT NULL,      mu_n MEDIUMINT UNSIGNED,
  i INT NOT NULL,                      i_n INT,
  u INT UNSIGNED NOT NULL,             u_n INT UNSIGNED,
  bi BIGINT NOT NULL,                  bi_n BIGINT,
  bu BIGINT UNSIGNED NOT NULL,         bu_n BIGINT UNSIGNED,
  b1 BIT(1) NOT NULL,                  b1_n BIT(1),
  b9 BIT(9) NOT NULL,                  b9_n BIT(9),
  d DECIMAL(10,2) NOT NULL,            d_n DECIMAL(10,2),
  d0 DECIMAL(5,0) NOT NULL,            d0_n DECIMAL(5,0),
  du DECIMAL(12,4) UNSIGNED NOT NULL,  du_n DECIMAL(12,4) UNSIGNED,
  d65 DECIMAL(40,10) NOT NULL,         d65_n DECIMAL(40,10),
  f FLOAT NOT NULL,                    f_n FLOAT,
  g DOUBLE NOT NULL,                   g_n DOUBLE
);

-- Values, continued: texts, bytes, times and documents.
CREATE TABLE w (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  c CHAR(8) NOT NULL,                  c_n CHAR(8),
  s VARCHAR(40) NOT NULL,              s_n VARCHAR(40),
  la VARCHAR(20) CHARACTER SET latin1 NOT NULL, la_n VARCHAR(20) CHARACTER SET latin1,
  tt TINYTEXT NOT NULL,                tt_n TINYTEXT,
  t TEXT NOT NULL,                     t_n TEXT,
  mt MEDIUMTEXT NOT NULL,              mt_n MEDIUMTEXT,
  lt LONGTEXT NOT NULL,                lt_n LONGTEXT,
  bin BINARY(4) NOT NULL,              bin_n BINARY(4),
  vb VARBINARY(16) NOT NULL,           vb_n VARBINARY(16),
  bl BLOB NOT NULL,                    bl_n BLOB,
  lb LONGBLOB NOT NULL,                lb_n LONGBLOB,
  e ENUM('red','green','it''s blue') NOT NULL, e_n ENUM('red','green','it''s blue'),
  st SET('a','b','c d') NOT NULL,      st_n SET('a','b','c d'),
  da DATE NOT NULL,                    da_n DATE,
  dt DATETIME NOT NULL,                dt_n DATETIME,
  dt6 DATETIME(6) NOT NULL,            dt6_n DATETIME(6),
  ts TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, ts_n TIMESTAMP NULL DEFAULT NULL,
  ts3 TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3), ts3_n TIMESTAMP(3) NULL DEFAULT NULL,
  ti TIME NOT NULL,                    ti_n TIME,
  ti2 TIME(2) NOT NULL,                ti2_n TIME(2),
  y YEAR NOT NULL,                     y_n YEAR,
  j JSON NOT NULL,                     j_n JSON
);

-- Shapes for the spatial functions; UUID and INET are MariaDB's.
CREATE TABLE geo (
  id INT UNSIGNED NOT NULL PRIMARY KEY,
  p POINT NOT NULL, p_n POINT,
  ln LINESTRING NOT NULL, ln_n LINESTRING,
  pg POLYGON NOT NULL, pg_n POLYGON,
  g GEOMETRY NOT NULL, g_n GEOMETRY
);
/*M! CREATE TABLE net (
  id INT UNSIGNED NOT NULL PRIMARY KEY,
  uid UUID NOT NULL, uid_n UUID,
  ip4 INET4 NOT NULL, ip4_n INET4,
  ip6 INET6 NOT NULL, ip6_n INET6
) */;

-- Relations: people of a shop, what they bought, and a tree of categories.
CREATE TABLE person (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  email VARCHAR(120) NULL,
  name VARCHAR(60) NOT NULL,
  nick VARCHAR(30),
  status ENUM('active','suspended','closed') NOT NULL DEFAULT 'active',
  balance DECIMAL(10,2) NOT NULL DEFAULT 0,
  credit DECIMAL(10,2) NULL,
  referrer_id INT UNSIGNED NULL,
  born DATE NULL,
  created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  UNIQUE KEY uk_email (email),
  UNIQUE KEY uk_name (name),
  KEY k_referrer (referrer_id),
  CONSTRAINT fk_referrer FOREIGN KEY (referrer_id) REFERENCES person (id) ON DELETE SET NULL
);
CREATE TABLE profile (
  person_id INT UNSIGNED NOT NULL PRIMARY KEY,
  bio TEXT NULL,
  website VARCHAR(200) NOT NULL DEFAULT '',
  score INT NULL,
  CONSTRAINT fk_profile FOREIGN KEY (person_id) REFERENCES person (id) ON DELETE CASCADE
);
CREATE TABLE category (
  id SMALLINT UNSIGNED NOT NULL PRIMARY KEY,
  parent_id SMALLINT UNSIGNED NULL,
  title VARCHAR(40) NOT NULL,
  CONSTRAINT fk_parent FOREIGN KEY (parent_id) REFERENCES category (id)
);
CREATE TABLE product (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  category_id SMALLINT UNSIGNED NULL,
  sku CHAR(6) NOT NULL,
  title VARCHAR(80) NOT NULL,
  price DECIMAL(8,2) NOT NULL,
  sale_price DECIMAL(8,2) NULL,
  stock INT UNSIGNED NOT NULL DEFAULT 0,
  weight DOUBLE NULL,
  attributes JSON NULL,
  UNIQUE KEY uk_sku (sku),
  KEY k_category (category_id),
  FULLTEXT KEY ft_title (title),
  CONSTRAINT fk_category FOREIGN KEY (category_id) REFERENCES category (id)
);
CREATE TABLE purchase (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  person_id INT UNSIGNED NOT NULL,
  placed_at DATETIME(3) NOT NULL,
  shipped_at DATETIME NULL,
  coupon VARCHAR(16) NULL,
  total DECIMAL(10,2) NOT NULL,
  KEY k_person (person_id),
  CONSTRAINT fk_person FOREIGN KEY (person_id) REFERENCES person (id)
);
CREATE TABLE purchase_item (
  purchase_id BIGINT UNSIGNED NOT NULL,
  line SMALLINT UNSIGNED NOT NULL,
  product_id INT UNSIGNED NULL,
  quantity INT UNSIGNED NOT NULL,
  unit_price DECIMAL(8,2) NOT NULL,
  discount DECIMAL(4,2) NULL,
  PRIMARY KEY (purchase_id, line),
  CONSTRAINT fk_purchase FOREIGN KEY (purchase_id) REFERENCES purchase (id) ON DELETE CASCADE,
  CONSTRAINT fk_product FOREIGN KEY (product_id) REFERENCES product (id)
);
CREATE TABLE tag (
  id INT NOT NULL PRIMARY KEY,
  label VARCHAR(20) NOT NULL,
  UNIQUE KEY uk_label (label)
);
CREATE TABLE product_tag (
  product_id INT UNSIGNED NOT NULL,
  tag_id INT NOT NULL,
  PRIMARY KEY (product_id, tag_id)
);
-- A unique key with a column that can be NULL, one over a prefix, and no primary key.
CREATE TABLE slot (
  room VARCHAR(10) NOT NULL,
  hour TINYINT UNSIGNED NULL,
  note VARCHAR(100) NULL,
  code VARCHAR(100) NOT NULL,
  UNIQUE KEY uk_room_hour (room, hour),
  UNIQUE KEY uk_code (code(20))
);
-- Two small tables with the same names of columns, for NATURAL and USING.
CREATE TABLE a (id INT NOT NULL PRIMARY KEY, x INT NOT NULL, y INT NULL, k INT NULL);
CREATE TABLE b (id INT NOT NULL PRIMARY KEY, x INT NOT NULL, z VARCHAR(10) NULL, k INT NULL);
CREATE TABLE c (id INT NOT NULL PRIMARY KEY, a_id INT NULL, b_id INT NULL, w DATE NOT NULL, k INT NOT NULL);
CREATE TABLE computed (
  id INT NOT NULL PRIMARY KEY,
  n INT NOT NULL,
  m INT NULL,
  twice BIGINT GENERATED ALWAYS AS (n * 2) VIRTUAL,
  label VARCHAR(20) GENERATED ALWAYS AS (CONCAT('#', n)) STORED
);

-- Views: plain, refined, with constants, over outer joins, with aggregates, unions, and over each other.
CREATE VIEW view_plain AS SELECT id, name, email FROM person;
CREATE VIEW view_with_email AS SELECT id, name, email FROM person WHERE email IS NOT NULL;
CREATE VIEW view_constant AS SELECT b.id, 1 AS one, 'x' AS letter, COALESCE(b.z, 'none') AS z, b.k FROM b;
CREATE VIEW view_outer AS
  SELECT p.id, p.name, q.person_id, q.website, q.bio, COALESCE(q.score, 0) AS score
  FROM person p LEFT JOIN profile q ON q.person_id = p.id;
CREATE VIEW view_totals AS
  SELECT person_id, COUNT(*) AS purchases, SUM(total) AS spent, MAX(shipped_at) AS last_shipped
  FROM purchase GROUP BY person_id;
CREATE VIEW view_summary AS SELECT COUNT(*) AS n, SUM(total) AS spent, MIN(id) AS first FROM purchase;
CREATE VIEW view_union AS SELECT id, name AS label FROM person UNION ALL SELECT id, sku FROM product UNION SELECT k, z FROM b;
CREATE VIEW view_nested AS
  SELECT o.id, o.website, c.one, c.letter
  FROM view_outer o LEFT JOIN view_constant c ON c.id = o.id;
CREATE VIEW view_rollup AS SELECT status, COUNT(*) AS n FROM person GROUP BY status WITH ROLLUP;
CREATE FUNCTION add_tax (amount DECIMAL(10,2)) RETURNS DECIMAL(10,2) DETERMINISTIC RETURN amount * 1.2;

-- Partitions on both servers; a history and a sequence on MariaDB.
CREATE TABLE parted (
  id INT NOT NULL PRIMARY KEY,
  note VARCHAR(20) NULL
) PARTITION BY HASH (id) PARTITIONS 2;
CREATE TABLE counter (id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, n INT NOT NULL DEFAULT 0);
/*M! CREATE TABLE versioned (
  id INT NOT NULL PRIMARY KEY,
  note VARCHAR(20) NULL
) WITH SYSTEM VERSIONING */;
/*M! CREATE SEQUENCE numbers START WITH 1000 */;
