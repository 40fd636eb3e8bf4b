-- Names, comments and values that try to break out of wherever they are written: Rust, Rust comments, JSON, SQL.

CREATE TABLE `we``ird "table" 'of' ☃ */ things` (
  `select` INT UNSIGNED NOT NULL AUTO_INCREMENT COMMENT 'ends */ pub fn injected() {} /*',
  `type` VARCHAR(20) NOT NULL COMMENT 'first line
//! second line
#![deny(warnings)]',
  `self` INT NULL,
  `crate` INT NULL,
  `a b` INT NULL COMMENT '"quotes" and \\ and {braces} and `ticks`',
  `a_b` INT NULL,
  `A B!` INT NULL,
  `back``tick` VARCHAR(20) NULL,
  `quo"te's` VARCHAR(20) NULL,
  `größe` DECIMAL(5,2) NULL,
  `数量` INT NULL,
  `1st` INT NULL,
  `*/` INT NULL,
  `fn` ENUM('fn', 'it''s', '*/', '"', '', 'A b', 'a-b', 'größe', '数量', '1') NOT NULL DEFAULT 'fn',
  `match` SET('self', 'Self', 'x y', '"#') NOT NULL DEFAULT '',
  PRIMARY KEY (`select`),
  UNIQUE KEY `it's "unique" */ for key 'x'` (`type`),
  CONSTRAINT `check`` */ "it"` CHECK (`self` IS NULL OR `self` > 0)
) COMMENT = '*/ }} mod injected { /* a table
whose comment has lines' ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE `Vec` (
  `Option` INT NULL,
  `Ok` BIGINT NOT NULL,
  `Self` INT NULL,
  `_` INT NULL,
  `super` INT NOT NULL,
  PRIMARY KEY (`super`)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
