-- The file is called fn.sql, so the module is a keyword too.

-- name: add :execlastid
-- Says */ and "quotes" and `ticks` and \ and {braces}, and #![this] too.
INSERT INTO `we``ird "table" 'of' ☃ */ things` (`type`, `self`, `a b`, `a_b`, `back``tick`, `quo"te's`, `größe`, `数量`, `1st`, `*/`, `fn`, `match`)
VALUES (:type, :self_, :first, :second, :back_tick, :quotes, :größe, :数量, :one, :comment, :fn, :match);

-- name: match
-- A keyword as a name, and strings in the statement that look like parameters: ':not_one', "?".
SELECT *, ':not_one ?' AS `it's :not_one`, "/* -- # */" AS `--`
FROM `we``ird "table" 'of' ☃ */ things` # a comment with :not_one and ?
WHERE `type` = :type /* another :not_one ? */ AND `select` > :select -- and :not_one ?
;

-- name: by_fn
SELECT `select` FROM `we``ird "table" 'of' ☃ */ things` WHERE `fn` = :fn ORDER BY `select`;

-- name: vec
SELECT * FROM `Vec`;

-- name: add_vec :exec
INSERT INTO `Vec` (`Option`, `Ok`, `Self`, `_`, `super`) VALUES (:option, :ok, :a, :b, :super);
