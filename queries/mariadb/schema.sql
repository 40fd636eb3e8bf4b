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

CREATE PROCEDURE rename_devices(IN wanted VARCHAR(50), INOUT label VARCHAR(50) COLLATE utf8mb4_unicode_ci, OUT renamed INT)
  MODIFIES SQL DATA
BEGIN
  SELECT id, name FROM device WHERE name = label ORDER BY id;
  UPDATE device SET name = wanted WHERE name = label;
  SET renamed = ROW_COUNT();
  SET label = CONCAT(label, ' is now ', wanted);
  SELECT COUNT(*) AS devices, MAX(name) AS last FROM device;
END;
