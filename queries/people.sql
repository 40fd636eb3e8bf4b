-- People, students and cities: one to one and one to many.

-- name: add_city :execlastid
INSERT INTO city (name, country) VALUES (:name, :country);

-- name: add_person :execlastid
INSERT INTO person (name, born, city_id) VALUES (:name, :born, :city_id);

-- name: enroll :exec
INSERT INTO student (person_id, number, enrolled, grade) VALUES (:person_id, :number, :enrolled, :grade);

-- name: move_to
UPDATE person SET city_id = :city_id WHERE id = :id;

-- name: with_city
-- Each person with the city, if any: `@embed` nests whole rows, and the outer side of the join is an `Option`.
-- @embed p, c
SELECT p.*, c.*
FROM person p LEFT JOIN city c ON c.id = p.city_id
ORDER BY p.id;

-- name: cities_with_people
-- Every city with its people, by name: `@nest` folds the rows of the join by the key of the city.
-- @row CityWithPeople
-- @nest p as people
SELECT c.*, p.*
FROM city c LEFT JOIN person p ON p.city_id = c.id
ORDER BY c.country, c.name, p.name, p.id;

-- name: city_with_people
-- One city at most, as the key in the condition says.
-- @row CityWithPeople
-- @nest p as people
SELECT c.*, p.*
FROM city c LEFT JOIN person p ON p.city_id = c.id
WHERE c.id = :id
ORDER BY p.name, p.id;

-- name: city_by_name :one
-- @row CityWithPeople
-- @nest p as people
SELECT c.*, p.*
FROM city c LEFT JOIN person p ON p.city_id = c.id
WHERE c.country = :country AND c.name = :name
ORDER BY p.id;

-- name: city_with_some
-- Columns may stand in any order, and a part of the statement may be left out.
-- @nest p as people
SELECT p.name, c.id, p.id, c.name AS city
FROM city c LEFT JOIN person p ON p.city_id = c.id
WHERE c.id = :id
AND p.name = :name -- @if :name
;

-- name: places
-- Two collections, which the join multiplies with each other; grouped by a key of two columns.
-- @nest p as people
-- @nest n as neighbours
SELECT c.country, c.name, p.name, p.id, n.name
FROM city c
LEFT JOIN person p ON p.city_id = c.id
LEFT JOIN city n ON n.country = c.country AND n.id <> c.id
ORDER BY c.country, c.name, p.id, n.name;

-- name: students
-- Both rows of the one-to-one relation.
SELECT sqlc.embed(p), sqlc.embed(s)
FROM student s JOIN person p ON p.id = s.person_id
ORDER BY s.number;

-- name: student_by_number
SELECT p.name, s.enrolled, s.grade
FROM student s JOIN person p ON p.id = s.person_id
WHERE s.number = :number;

-- name: inhabitants
SELECT p.* FROM person p JOIN city c ON c.id = p.city_id WHERE c.country = :country AND c.name = :city ORDER BY p.name;

-- name: cities_by_size
-- Every city with its number of people, 0 included.
SELECT c.name, c.country, COUNT(p.id) AS people
FROM city c LEFT JOIN person p ON p.city_id = c.id
GROUP BY c.id, c.name, c.country
ORDER BY people DESC, c.name;

-- name: born_between
-- `None` leaves an end open.
SELECT name, born
FROM person
WHERE (:since? IS NULL OR born >= :since?) AND (sqlc.narg(until) IS NULL OR born <= sqlc.narg(until))
ORDER BY born, name;

-- name: average_grade
SELECT AVG(grade) AS average FROM student;
