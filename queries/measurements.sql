-- Measurements: many rows with a time.

-- name: record :batch
-- Stores many measurements in one call.
INSERT INTO measurement (country, sensor, celsius, taken_at) VALUES (:country, :sensor, :celsius, :taken_at);

-- name: load :copyfrom
-- Stores any number of measurements from an iterator, as LOAD DATA where the server takes it.
INSERT INTO measurement (country, sensor, celsius, taken_at) VALUES (:country, :sensor, :celsius, :taken_at);

-- name: count_per_country
-- How many measurements each country has between two times, the second one not included.
SELECT country, COUNT(*) AS measurements
FROM measurement
WHERE taken_at >= :since AND taken_at < :until
GROUP BY country
ORDER BY country;

-- name: all :stream
-- Every measurement, one at a time: the memory needed does not grow with the table.
SELECT * FROM measurement ORDER BY id;

-- name: extremes
-- The coldest and the warmest of each sensor.
SELECT sensor, MIN(celsius) AS coldest, MAX(celsius) AS warmest, AVG(celsius) AS average
FROM measurement
GROUP BY sensor
ORDER BY sensor;

-- name: latest :opt
SELECT * FROM measurement WHERE country = :country ORDER BY taken_at DESC, id DESC LIMIT 1;

-- name: page
SELECT id, celsius FROM measurement WHERE id > :after ORDER BY id LIMIT :limit;

-- name: forget :execrows
DELETE FROM measurement WHERE taken_at < :before;
