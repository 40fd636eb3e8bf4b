-- The sample database. Loads as it is on MariaDB 10.11 and on MySQL 9.7:
--
--     mariadb --user=... shop < queries/schema.sql
--
-- Character set and collation stand at each table, because the servers' defaults differ.

-- Accounts: a table with the usual constraints, an ENUM, a SET and timestamps.

CREATE TABLE account (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT,
  username VARCHAR(32) NOT NULL COMMENT 'What the owner logs in with.',
  email VARCHAR(255) NOT NULL,
  password_salt CHAR(32) NOT NULL,
  password_hash BINARY(32) NOT NULL COMMENT 'SHA-256 of salt and password. Good for a sample, too fast for anything real.',
  full_name VARCHAR(100) NULL,
  bio TEXT NULL,
  status ENUM('active', 'suspended') NOT NULL DEFAULT 'active',
  roles SET('admin', 'editor', 'viewer') NOT NULL DEFAULT 'viewer',
  created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  last_login TIMESTAMP NULL DEFAULT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY uk_account_username (username),
  UNIQUE KEY uk_account_email (email),
  CONSTRAINT account_username_length CHECK (CHAR_LENGTH(username) >= 3)
) COMMENT = 'People who can log in.' ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- An inventory: stock that must never go below zero, and what happened to it.

CREATE TABLE product (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT,
  sku VARCHAR(32) NOT NULL COMMENT 'Stock keeping unit, as printed on the shelf.',
  name VARCHAR(100) NOT NULL,
  description TEXT NULL,
  quantity INT UNSIGNED NOT NULL DEFAULT 0,
  reorder_level INT UNSIGNED NOT NULL DEFAULT 5,
  price DECIMAL(10,2) NOT NULL,
  discontinued TINYINT(1) NOT NULL DEFAULT 0,
  stock_value DECIMAL(20,2) GENERATED ALWAYS AS (quantity * price) STORED,
  PRIMARY KEY (id),
  UNIQUE KEY uk_product_sku (sku),
  CONSTRAINT product_price CHECK (price >= 0)
) COMMENT = 'What is on the shelves.' ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE stock_movement (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  product_id INT UNSIGNED NOT NULL,
  kind ENUM('restock', 'sale', 'correction') NOT NULL,
  amount INT NOT NULL COMMENT 'Negative when stock goes down.',
  moved_at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (id),
  KEY product_moved_at (product_id, moved_at),
  CONSTRAINT stock_movement_product FOREIGN KEY (product_id) REFERENCES product (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- People: a city has many people (1:N), a person may be one student (1:1).

CREATE TABLE city (
  id SMALLINT UNSIGNED NOT NULL AUTO_INCREMENT,
  name VARCHAR(80) NOT NULL,
  country CHAR(2) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY uk_city_name (country, name)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE person (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT,
  name VARCHAR(80) NOT NULL,
  born DATE NULL,
  city_id SMALLINT UNSIGNED NULL,
  PRIMARY KEY (id),
  CONSTRAINT person_city FOREIGN KEY (city_id) REFERENCES city (id) ON DELETE SET NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE student (
  person_id INT UNSIGNED NOT NULL,
  number CHAR(8) NOT NULL,
  enrolled YEAR NOT NULL,
  grade DECIMAL(3,2) NULL,
  PRIMARY KEY (person_id),
  UNIQUE KEY uk_student_number (number),
  CONSTRAINT student_person FOREIGN KEY (person_id) REFERENCES person (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- Articles: an article has several creators and a creator several articles (N:M).

CREATE TABLE creator (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT,
  name VARCHAR(80) NOT NULL,
  PRIMARY KEY (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE article (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT,
  title VARCHAR(200) NOT NULL,
  body MEDIUMTEXT NOT NULL,
  tags JSON NULL,
  published DATE NULL,
  PRIMARY KEY (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE authorship (
  article_id INT UNSIGNED NOT NULL,
  creator_id INT UNSIGNED NOT NULL,
  position TINYINT UNSIGNED NOT NULL DEFAULT 1 COMMENT 'Place in the list of names, from 1.',
  PRIMARY KEY (article_id, creator_id),
  CONSTRAINT authorship_article FOREIGN KEY (article_id) REFERENCES article (id) ON DELETE CASCADE,
  CONSTRAINT authorship_creator FOREIGN KEY (creator_id) REFERENCES creator (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE VIEW byline AS
  SELECT s.article_id, s.position, c.name FROM authorship s JOIN creator c ON c.id = s.creator_id;

-- A blog: several keys to one table (author and editor), a table that refers to itself (comments on comments), a key
-- of text, which the server compares by collation, and accounts that follow accounts (N:M back to the same table).

CREATE TABLE category (
  code VARCHAR(20) NOT NULL,
  name VARCHAR(80) NOT NULL,
  PRIMARY KEY (code)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE post (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT,
  author_id INT UNSIGNED NOT NULL,
  editor_id INT UNSIGNED NULL,
  category_code VARCHAR(20) NULL,
  title VARCHAR(200) NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT post_author FOREIGN KEY (author_id) REFERENCES account (id) ON DELETE CASCADE,
  CONSTRAINT post_editor FOREIGN KEY (editor_id) REFERENCES account (id) ON DELETE SET NULL,
  CONSTRAINT post_category FOREIGN KEY (category_code) REFERENCES category (code)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE comment (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT,
  post_id INT UNSIGNED NOT NULL,
  parent_id INT UNSIGNED NULL,
  body VARCHAR(1000) NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT comment_post FOREIGN KEY (post_id) REFERENCES post (id) ON DELETE CASCADE,
  CONSTRAINT comment_parent FOREIGN KEY (parent_id) REFERENCES comment (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE follow (
  follower_id INT UNSIGNED NOT NULL,
  followee_id INT UNSIGNED NOT NULL,
  PRIMARY KEY (follower_id, followee_id),
  CONSTRAINT follow_follower FOREIGN KEY (follower_id) REFERENCES account (id) ON DELETE CASCADE,
  CONSTRAINT follow_followee FOREIGN KEY (followee_id) REFERENCES account (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- Translations of articles, and the labels that they have: keys of two columns, of which one is text.

CREATE TABLE translation (
  article_id INT UNSIGNED NOT NULL,
  language VARCHAR(8) NOT NULL,
  title VARCHAR(200) NOT NULL,
  PRIMARY KEY (article_id, language),
  CONSTRAINT translation_article FOREIGN KEY (article_id) REFERENCES article (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE label (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT,
  name VARCHAR(40) NOT NULL,
  PRIMARY KEY (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE translation_label (
  article_id INT UNSIGNED NOT NULL,
  language VARCHAR(8) NOT NULL,
  label_id INT UNSIGNED NOT NULL,
  PRIMARY KEY (article_id, language, label_id),
  CONSTRAINT translation_label_translation FOREIGN KEY (article_id, language)
    REFERENCES translation (article_id, language) ON DELETE CASCADE,
  CONSTRAINT translation_label_label FOREIGN KEY (label_id) REFERENCES label (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- Measurements: many rows with a time.

CREATE TABLE measurement (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  country CHAR(2) NOT NULL,
  sensor VARCHAR(20) NOT NULL,
  celsius DOUBLE NOT NULL,
  taken_at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (id),
  KEY taken_at (taken_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- Every column family, all of them nullable, so that one row can also be all NULL.

CREATE TABLE every_type (
  id INT NOT NULL AUTO_INCREMENT,
  tiny TINYINT NULL,
  tiny_unsigned TINYINT UNSIGNED NULL,
  small SMALLINT NULL,
  small_unsigned SMALLINT UNSIGNED NULL,
  medium MEDIUMINT NULL,
  medium_unsigned MEDIUMINT UNSIGNED NULL,
  plain INT NULL,
  plain_unsigned INT UNSIGNED NULL,
  big BIGINT NULL,
  big_unsigned BIGINT UNSIGNED NULL,
  flag TINYINT(1) NULL,
  bit_one BIT(1) NULL,
  bit_all BIT(64) NULL,
  money DECIMAL(10,2) NULL,
  precise DECIMAL(28,10) NULL,
  widest DECIMAL(65,30) NULL,
  single FLOAT NULL,
  wide DOUBLE NULL,
  day DATE NULL,
  moment DATETIME(6) NULL,
  instant TIMESTAMP(6) NULL DEFAULT NULL,
  span TIME(6) NULL,
  season YEAR NULL,
  letters CHAR(10) NULL,
  words VARCHAR(255) NULL,
  prose LONGTEXT NULL,
  fixed_bytes BINARY(8) NULL,
  some_bytes VARBINARY(255) NULL,
  many_bytes LONGBLOB NULL,
  mood ENUM('happy', 'so-so', 'sad', '') NULL,
  colors SET('red', 'green', 'blue') NULL,
  document JSON NULL,
  place POINT NULL,
  PRIMARY KEY (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
