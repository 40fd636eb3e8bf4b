-- Keys through joins, views, derived tables and expressions.

-- name: of_author
SELECT p.id, p.title, a.id AS author, a.username
FROM post p JOIN account a ON a.id = p.author_id
WHERE p.author_id = :author
ORDER BY p.id;

-- name: bylines
SELECT * FROM byline WHERE account = :account ORDER BY post;

-- name: busiest
-- The key goes through the derived table.
SELECT d.author, d.posts
FROM (SELECT author_id AS author, COUNT(*) AS posts FROM post GROUP BY author_id) d
WHERE d.author IN (:authors)
ORDER BY d.posts DESC, d.author;

-- name: numbers :one
-- What is computed is a number; the greatest key is a key.
SELECT MAX(id) AS newest, MAX(id) + 1 AS next, SUM(author_id) AS total FROM post;

-- name: neighbour :opt
-- The argument is computed with, and so it is a number.
SELECT id FROM post WHERE id = :base + 1;

-- name: votes_of
SELECT * FROM vote WHERE (account_id, post_id) IN (:keys) ORDER BY account_id, post_id;

-- name: same_number
-- A number and nobody's key: it meets two.
-- @param number: u32
SELECT a.username FROM account a JOIN post p ON p.author_id = a.id WHERE a.id = :number AND p.id = :number;

-- name: reply :execlastid
INSERT INTO post (author_id, reply_to, title) VALUES (:author_id, :reply_to, :title);

-- name: passwords
SELECT id, password_hash FROM account ORDER BY id;
