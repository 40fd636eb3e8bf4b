-- What only MariaDB has.

-- name: add :one
-- Adds a device and answers the id that the server made.
INSERT INTO device (name, ipv4, ipv6) VALUES (:name, :ipv4, :ipv6) RETURNING id, name;

-- name: find
SELECT * FROM device WHERE id = :id;

-- name: by_address
SELECT name FROM device WHERE ipv4 = :ipv4 OR ipv6 = :ipv6 ORDER BY name;

-- name: visit
INSERT INTO visit (device_id) VALUES (:device_id);

-- name: remove :opt
DELETE FROM device WHERE id = :id RETURNING name, ipv4;

-- name: next_ticket
-- A sequence, written as the SQL standard has it. It counts on, so this takes an executor for writing.
SELECT NEXT VALUE FOR ticket AS `number!`;

-- name: link :exec
INSERT INTO link (source, target) VALUES (:source, :target);

-- name: reachable
-- What is linked to a device, directly or through others, in however many circles.
WITH RECURSIVE reached AS (
  SELECT target FROM link WHERE source = :start
  UNION ALL
  SELECT link.target FROM link JOIN reached ON link.source = reached.target
) CYCLE target RESTRICT
SELECT target AS `target!` FROM reached ORDER BY target;

-- name: span :one
-- A span of days and hours as MariaDB writes it. The cast is nothing that the parser can read: the types are then those
-- of the server's answer to PREPARE, which `porpoise pull` kept in the snapshot; MariaDB says nothing of parameters, so
-- the type stands here.
-- @param text: String
SELECT CAST(:text AS INTERVAL DAY_SECOND(0)) AS span;
