-- Columns and statements that only MariaDB has.

CREATE TABLE device (
  id UUID NOT NULL DEFAULT UUID(),
  name VARCHAR(50) NOT NULL,
  ipv4 INET4 NULL,
  ipv6 INET6 NULL,
  PRIMARY KEY (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE visit (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  device_id UUID NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT visit_device FOREIGN KEY (device_id) REFERENCES device (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE link (
  source INT NOT NULL,
  target INT NOT NULL,
  PRIMARY KEY (source, target)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE SEQUENCE ticket START WITH 100;
