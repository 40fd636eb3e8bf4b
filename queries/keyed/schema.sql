-- A board with posts: keys with types of their own, and types of the application's.

CREATE TABLE country (
  code CHAR(2) NOT NULL,
  name VARCHAR(50) NOT NULL,
  PRIMARY KEY (code)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE account (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT,
  username VARCHAR(50) NOT NULL,
  email VARCHAR(100) NOT NULL,
  password_hash VARCHAR(100) NOT NULL,
  status ENUM('active', 'on-hold') NOT NULL DEFAULT 'active',
  settings JSON NULL,
  country CHAR(2) NULL,
  PRIMARY KEY (id),
  UNIQUE KEY username (username),
  CONSTRAINT account_country FOREIGN KEY (country) REFERENCES country (code)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE post (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  author_id INT UNSIGNED NOT NULL,
  reply_to BIGINT UNSIGNED NULL,
  title VARCHAR(100) NOT NULL,
  status ENUM('active', 'on-hold') NOT NULL DEFAULT 'active',
  PRIMARY KEY (id),
  CONSTRAINT post_author FOREIGN KEY (author_id) REFERENCES account (id),
  CONSTRAINT post_reply_to FOREIGN KEY (reply_to) REFERENCES post (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE vote (
  account_id INT UNSIGNED NOT NULL,
  post_id BIGINT UNSIGNED NOT NULL,
  worth TINYINT NOT NULL,
  PRIMARY KEY (account_id, post_id),
  CONSTRAINT vote_account FOREIGN KEY (account_id) REFERENCES account (id),
  CONSTRAINT vote_post FOREIGN KEY (post_id) REFERENCES post (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE login (
  token BINARY(16) NOT NULL,
  account_id INT UNSIGNED NOT NULL,
  PRIMARY KEY (token),
  CONSTRAINT login_account FOREIGN KEY (account_id) REFERENCES account (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE VIEW byline AS
  SELECT p.id AS post, p.title, a.id AS account, a.username, a.password_hash AS secret, a.status
  FROM post p LEFT JOIN account a ON a.id = p.author_id;
