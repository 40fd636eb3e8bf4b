-- Articles and their creators: many to many.

-- name: add_creator :execlastid
INSERT INTO creator (name) VALUES (:name);

-- name: add_article :execlastid
INSERT INTO article (title, body, tags, published) VALUES (:title, :body, :tags, :published);

-- name: credit :batch
-- Names the creators of an article, in one call.
INSERT INTO authorship (article_id, creator_id, position) VALUES (:article_id, :creator_id, :position);

-- name: creators_of
SELECT c.* FROM creator c JOIN authorship s ON s.creator_id = c.id WHERE s.article_id = :article_id ORDER BY s.position;

-- name: articles_by
SELECT a.id, a.title FROM article a JOIN authorship s ON s.article_id = a.id WHERE s.creator_id = :creator_id ORDER BY a.title;

-- name: credits
-- Pairs in, rows out: the positions of the given (article, creator) pairs.
SELECT article_id, creator_id, position
FROM authorship
WHERE (article_id, creator_id) IN (:pairs)
ORDER BY article_id, creator_id;

-- name: with_names
-- Each article with the names of its creators in one text, if it has any.
SELECT a.title, GROUP_CONCAT(b.name ORDER BY b.position SEPARATOR ', ') AS names
FROM article a LEFT JOIN byline b ON b.article_id = a.id
GROUP BY a.id, a.title
ORDER BY a.id;

-- name: with_creators
-- Each article with its creators in the order of the list, and with what else each of them wrote.
-- @nest s, c as creators
-- @nest o as others in creators
SELECT a.id, a.title, s.position, c.id, c.name, o.id, o.title
FROM article a
LEFT JOIN (authorship s JOIN creator c ON c.id = s.creator_id) ON s.article_id = a.id
LEFT JOIN (authorship t JOIN article o ON o.id = t.article_id) ON t.creator_id = c.id AND o.id <> a.id
ORDER BY a.id, s.position, o.title;

-- name: tagged
-- @column tags: Option<porpoise::serde_json::Value>
SELECT title, tags FROM article WHERE JSON_CONTAINS(tags, JSON_QUOTE(:tag)) ORDER BY title;

-- name: published
-- Exactly one row, whatever the table holds.
SELECT COUNT(*) AS articles, COUNT(published) AS published, MAX(published) AS latest FROM article;

-- name: exists
SELECT EXISTS (SELECT 1 FROM article WHERE title = :title) AS found;
