-- Functions on documents.

-- name: array
SELECT JSON_ARRAY() AS c1, JSON_ARRAY(1, s, da, j) AS c2, JSON_ARRAY(s_n) AS c3
FROM w;

-- name: object
SELECT JSON_OBJECT() AS c1, JSON_OBJECT('a', s, 'b', j) AS c2, JSON_OBJECT('a', s_n) AS c3
FROM w;

-- name: quote
SELECT JSON_QUOTE(s) AS c1, JSON_QUOTE(s_n) AS c2, JSON_UNQUOTE(JSON_QUOTE(s)) AS c3,
       JSON_UNQUOTE('"x"') AS c4
FROM w;

-- name: unquote
SELECT JSON_UNQUOTE(j) AS c1, JSON_UNQUOTE(j_n) AS c2
FROM w;

-- name: extract
SELECT JSON_EXTRACT(j, '$.a') AS c1, JSON_EXTRACT(j_n, '$.a') AS c2, JSON_EXTRACT(j, '$.a', '$.b') AS c3,
       JSON_EXTRACT(j, '$') AS c4
FROM w;

-- name: arrows
-- only: mysql
SELECT j->'$.a' AS c1, j->>'$.a' AS c2, j_n->>'$.a' AS c3
FROM w;

-- name: value
SELECT JSON_VALUE(j, '$.a') AS c1, JSON_VALUE(j_n, '$.a') AS c2
FROM w;

-- name: value_returning
-- only: mysql
SELECT JSON_VALUE(j, '$.a' RETURNING SIGNED NULL ON ERROR) AS c1,
       JSON_VALUE(j, '$.a' RETURNING CHAR(10)) AS c2, JSON_VALUE(j, '$.a' RETURNING DECIMAL(10,2)) AS c3,
       JSON_VALUE(j, '$.a' RETURNING DATE) AS c4
FROM w;

-- name: query
-- only: mariadb
SELECT JSON_QUERY(j, '$.a') AS c1, JSON_QUERY(j_n, '$') AS c2, JSON_EXISTS(j, '$.a') AS c3,
       JSON_EXISTS(j_n, '$.a') AS c4
FROM w;

-- name: contains
SELECT JSON_CONTAINS(j, '1') AS c1, JSON_CONTAINS(j, '1', '$.a') AS c2, JSON_CONTAINS(j_n, '1') AS c3,
       JSON_CONTAINS_PATH(j, 'one', '$.a') AS c4, JSON_CONTAINS_PATH(j_n, 'all', '$.a', '$.b') AS c5
FROM w;

-- name: overlaps
SELECT JSON_OVERLAPS(j, '[1]') AS c1, JSON_OVERLAPS(j_n, j) AS c2
FROM w;

-- name: member_of
-- only: mysql
SELECT 1 MEMBER OF (j) AS c1, s MEMBER OF ('["a"]') AS c2, 1 MEMBER OF (j_n) AS c3
FROM w;

-- name: depth
SELECT JSON_DEPTH(j) AS c1, JSON_DEPTH(j_n) AS c2, JSON_DEPTH('[]') AS c3
FROM w;

-- name: length
SELECT JSON_LENGTH(j) AS c1, JSON_LENGTH(j, '$.a') AS c2, JSON_LENGTH(j_n) AS c3, JSON_LENGTH('[1,2]') AS c4
FROM w;

-- name: keys
SELECT JSON_KEYS(j) AS c1, JSON_KEYS(j, '$.a') AS c2, JSON_KEYS(j_n) AS c3
FROM w;

-- name: search
SELECT JSON_SEARCH(j, 'one', 'a') AS c1, JSON_SEARCH(j_n, 'all', 'a%') AS c2,
       JSON_SEARCH(j, 'all', 'a', NULL, '$.a') AS c3
FROM w;

-- name: type
SELECT JSON_TYPE(j) AS c1, JSON_TYPE(j_n) AS c2, JSON_TYPE('1') AS c3
FROM w;

-- name: valid
SELECT JSON_VALID(j) AS c1, JSON_VALID(s) AS c2, JSON_VALID(s_n) AS c3, JSON_VALID(1) AS c4
FROM w;

-- name: set
SELECT JSON_SET(j, '$.a', 1) AS c1, JSON_INSERT(j, '$.a', s) AS c2, JSON_REPLACE(j, '$.a', s_n) AS c3,
       JSON_REMOVE(j, '$.a') AS c4, JSON_SET(j_n, '$.a', 1) AS c5, JSON_REMOVE(j_n, '$.a') AS c6
FROM w;

-- name: array_append
SELECT JSON_ARRAY_APPEND(j, '$', 1) AS c1, JSON_ARRAY_APPEND(j_n, '$', 1) AS c2,
       JSON_ARRAY_INSERT('[1]', '$[0]', 2) AS c3
FROM w;

-- name: merge
SELECT JSON_MERGE_PATCH(j, '{"a":1}') AS c1, JSON_MERGE_PRESERVE(j, '[1]') AS c2,
       JSON_MERGE_PATCH(j_n, '{}') AS c3, JSON_MERGE_PRESERVE(j_n, '{}') AS c4
FROM w;

-- name: merge_old
SELECT JSON_MERGE(j, '[1]') AS c1
FROM w;

-- name: pretty
SELECT JSON_PRETTY(j) AS c1, JSON_PRETTY(j_n) AS c2
FROM w;

-- name: formats
-- only: mariadb
SELECT JSON_DETAILED(j) AS c1, JSON_COMPACT(j) AS c2, JSON_LOOSE(j) AS c3, JSON_DETAILED(j_n) AS c4,
       JSON_NORMALIZE(j) AS c5, JSON_EQUALS(j, '{}') AS c6, JSON_EQUALS(j_n, j) AS c7
FROM w;

-- name: storage
-- only: mysql
SELECT JSON_STORAGE_SIZE(j) AS c1, JSON_STORAGE_FREE(j) AS c2, JSON_STORAGE_SIZE(j_n) AS c3,
       JSON_STORAGE_SIZE('1') AS c4
FROM w;

-- name: schema_valid
-- only: mysql
SELECT JSON_SCHEMA_VALID('{}', j) AS c1, JSON_SCHEMA_VALID('{}', j_n) AS c2,
       JSON_SCHEMA_VALIDATION_REPORT('{}', j) AS c3
FROM w;

-- name: aggregates
SELECT JSON_ARRAYAGG(s) AS c1, JSON_OBJECTAGG(id, s) AS c2, JSON_ARRAYAGG(s_n) AS c3, JSON_ARRAYAGG(j) AS c4,
       JSON_OBJECTAGG(s, da_n) AS c5
FROM w;

-- name: comparisons
SELECT j = '1' AS c1, j <=> j_n AS c2, j IS NULL AS c3, j_n IS NOT NULL AS c4, j > '1' AS c5
FROM w;
