-- A parameter in every position. `params:` says what is expected of them.

-- name: equal_right
-- params: id: int unsigned
SELECT name FROM person WHERE id = :id;

-- name: equal_left
-- params: id: int unsigned
SELECT name FROM person WHERE :id = id;

-- name: bare
-- params: id: int unsigned, name: varchar(60)
SELECT email FROM person WHERE id = ? AND name = ?;

-- name: comparison_of_nullable_column
-- params: email: varchar(120)
SELECT id FROM person WHERE email = :email;

-- name: null_safe
-- params: email: varchar(120)?
SELECT id FROM person WHERE email <=> :email;

-- name: null_safe_left
-- params: email: varchar(120)?
SELECT id FROM person WHERE :email <=> email;

-- name: less_and_greater
-- params: low: decimal(10,2), high: decimal(10,2)
SELECT id FROM person WHERE balance >= :low AND :high > balance;

-- name: between
-- params: low: decimal(10,2), high: decimal(10,2)
SELECT id FROM person WHERE balance BETWEEN :low AND :high;

-- name: between_on_the_left
-- params: day: date
SELECT id FROM person WHERE :day BETWEEN born AND born;

-- name: in_scalars
-- params: a: int unsigned, b: int unsigned
SELECT name FROM person WHERE id IN (:a, :b);

-- name: in_list
-- params: ids: [int unsigned]
SELECT name FROM person WHERE id IN (:ids);

-- name: not_in_list
-- params: ids: [int unsigned]
SELECT name FROM person WHERE id NOT IN (:ids);

-- name: in_list_of_enums
-- params: states: [enum('active','suspended','closed')]
SELECT name FROM person WHERE status IN (:states);

-- name: in_list_of_tuples
-- params: pairs: [(bigint unsigned, smallint unsigned)]
SELECT quantity FROM purchase_item WHERE (purchase_id, line) IN (:pairs);

-- name: in_left
-- params: id: int unsigned
SELECT name FROM person WHERE :id IN (id, referrer_id);

-- name: in_subquery
-- params: id: int unsigned
SELECT :id IN (SELECT person_id FROM purchase) AS bought;

-- name: tuple_comparison
-- params: a: bigint unsigned, b: smallint unsigned
SELECT quantity FROM purchase_item WHERE (purchase_id, line) > (:a, :b);

-- name: tuple_in_scalars
-- params: a: bigint unsigned, b: smallint unsigned
SELECT quantity FROM purchase_item WHERE (purchase_id, line) IN ((:a, :b), (1, 1));

-- name: like
-- params: pattern: varchar
SELECT id FROM person WHERE name LIKE :pattern;

-- name: like_concatenated
SELECT id FROM person WHERE name LIKE CONCAT('%', :part, '%');

-- name: regexp
SELECT id FROM person WHERE name REGEXP :pattern;

-- name: rlike_not
SELECT id FROM person WHERE name NOT RLIKE :pattern;

-- name: limit
-- params: n: bigint unsigned
SELECT id FROM person LIMIT :n;

-- name: limit_offset
-- params: n: bigint unsigned, skip: bigint unsigned
SELECT id FROM person LIMIT :n OFFSET :skip;

-- name: limit_comma
-- params: skip: bigint unsigned, n: bigint unsigned
SELECT id FROM person LIMIT :skip, :n;

-- name: limit_in_derived
-- params: n: bigint unsigned
SELECT d.id FROM (SELECT id FROM person ORDER BY id LIMIT :n) d;

-- name: interval
SELECT id FROM purchase WHERE placed_at > '2024-01-01' - INTERVAL :days DAY;

-- name: interval_in_function
SELECT DATE_ADD(placed_at, INTERVAL :n HOUR) AS at FROM purchase;

-- name: arithmetic
-- params: more: decimal(10,2)
SELECT balance + :more AS sum FROM person;

-- name: arithmetic_with_integer
SELECT stock * :times AS n, stock + :more AS m FROM product;

-- name: arithmetic_compared
SELECT id FROM product WHERE stock - :n > 0;

-- name: function_argument
SELECT UPPER(:text) AS t, CONCAT(name, :suffix) AS s, SUBSTRING(name, :start, :len) AS p FROM person;

-- name: function_compared
SELECT id FROM person WHERE UPPER(name) = :name AND YEAR(born) = :year AND LENGTH(name) > :len;

-- name: round_digits
SELECT ROUND(balance, :digits) AS r FROM person;

-- name: coalesce
-- params: otherwise: decimal(10,2)?
SELECT COALESCE(credit, :otherwise) AS c FROM person;

-- name: coalesce_first
-- params: credit: decimal(10,2)?
SELECT COALESCE(:credit, balance) AS c FROM person;

-- name: coalesce_filter
-- params: name: varchar(60)?
SELECT id FROM person WHERE name = COALESCE(:name, name);

-- name: ifnull
SELECT IFNULL(:nick, name) AS n, IFNULL(nick, :fallback) AS m FROM person;

-- name: is_null_filter
-- @param name: Option<String>
SELECT id FROM person WHERE (:name IS NULL OR name = :name);

-- name: nullable_by_mark
SELECT id FROM person WHERE name = :name?;

-- name: case_result
SELECT CASE WHEN id > 1 THEN :a ELSE name END AS c FROM person;

-- name: case_operand
SELECT CASE status WHEN :s THEN 1 ELSE 0 END AS c FROM person;

-- name: case_condition
SELECT CASE WHEN balance > :limit THEN 'rich' ELSE 'poor' END AS c FROM person;

-- name: if_condition_and_branches
SELECT IF(balance > :limit, :yes, name) AS c FROM person;

-- name: nullif
SELECT NULLIF(name, :empty) AS n FROM person;

-- name: not_parenthesised
-- params: id: int unsigned, name: varchar(60)
SELECT email FROM person WHERE NOT (id = :id AND name = :name);

-- name: not_in_not
-- params: id: int unsigned
SELECT email FROM person WHERE NOT id = :id;

-- name: xor
-- params: id: int unsigned, name: varchar(60)
SELECT email FROM person WHERE id = :id XOR name = :name;

-- name: collate
-- params: name: varchar(60)
SELECT id FROM person WHERE name = :name COLLATE utf8mb4_bin;

-- name: collate_column
-- params: name: varchar
SELECT id FROM person WHERE name COLLATE utf8mb4_bin = :name;

-- name: match_against
SELECT id FROM product WHERE MATCH (title) AGAINST (:words);

-- name: match_against_boolean
SELECT id, MATCH (title) AGAINST (:words) AS score FROM product WHERE MATCH (title) AGAINST (:words IN BOOLEAN MODE);

-- name: json_path
SELECT JSON_EXTRACT(attributes, :path) AS v FROM product;

-- name: json_contains
SELECT id FROM product WHERE JSON_CONTAINS(attributes, :document);

-- name: json_compared
SELECT id FROM product WHERE JSON_VALUE(attributes, '$.a') = :v;

-- name: group_by
SELECT stock > :n AS many, COUNT(*) AS c FROM product GROUP BY many;

-- name: having
-- params: n: bigint
SELECT person_id, COUNT(*) AS n FROM purchase GROUP BY person_id HAVING COUNT(*) > :n;

-- name: having_sum
SELECT person_id, SUM(total) AS s FROM purchase GROUP BY person_id HAVING SUM(total) BETWEEN :low AND :high;

-- name: order_by
SELECT id FROM product ORDER BY ABS(CAST(stock AS SIGNED) - :n);

-- name: order_by_field
SELECT id FROM person ORDER BY FIELD(status, :first, :second);

-- name: join_on
-- params: score: int
SELECT p.id FROM person p LEFT JOIN profile q ON q.person_id = p.id AND q.score > :score;

-- name: exists
-- params: total: decimal(10,2)
SELECT id FROM person p WHERE EXISTS (SELECT 1 FROM purchase u WHERE u.person_id = p.id AND u.total > :total);

-- name: scalar_subquery
-- params: total: decimal(10,2)
SELECT (SELECT COUNT(*) FROM purchase u WHERE u.total > :total) AS n;

-- name: compared_with_subquery
-- params: total: decimal(10,2)
SELECT id FROM person WHERE :total < (SELECT MAX(total) FROM purchase);

-- name: any_subquery
-- params: total: decimal(10,2)
SELECT id FROM person WHERE :total > ANY (SELECT total FROM purchase);

-- name: cte
-- params: low: decimal(10,2), id: int unsigned
WITH rich AS (SELECT id, name FROM person WHERE balance > :low) SELECT name FROM rich WHERE id = :id;

-- name: derived
-- params: low: decimal(10,2)
SELECT d.name FROM (SELECT name, balance + 0 AS b FROM person WHERE balance > :low) d;

-- name: union_sides
-- params: id: int unsigned, sku: char(6)
SELECT name FROM person WHERE id = :id UNION ALL SELECT title FROM product WHERE sku = :sku;

-- name: twice_same_column
-- params: id: int unsigned
SELECT p.name FROM person p WHERE p.id = :id OR p.referrer_id = :id;

-- name: view_column
-- params: email: varchar(120)
SELECT name FROM view_plain WHERE email = :email;

-- name: cast
SELECT CAST(:n AS SIGNED) AS i, CAST(:d AS DECIMAL(8, 3)) AS d, CAST(:t AS CHAR(10)) AS t, CAST(:a AS DATE) AS a;

-- name: convert
SELECT CONVERT(:n, UNSIGNED) AS n, CONVERT(:t USING utf8mb4) AS t;

-- name: window_partition
SELECT SUM(total) OVER (PARTITION BY person_id, total > :n) AS s FROM purchase;

-- name: date_functions
SELECT DATEDIFF(:until, born) AS days, DATE_FORMAT(born, :format) AS f, TIMESTAMPDIFF(DAY, :since, placed_at) AS t FROM person JOIN purchase ON TRUE;

-- name: enum_column
-- params: status: enum('active','suspended','closed')
SELECT id FROM person WHERE status = :status;

-- name: enum_not_equal
-- params: status: enum('active','suspended','closed')
SELECT id FROM person WHERE status <> :status;

-- name: set_column
SELECT id FROM w WHERE st = :st;

-- name: find_in_set
SELECT id FROM w WHERE FIND_IN_SET(:member, st);

-- name: every_number
-- params: flag: tinyint(1), ti: tinyint, tu: tinyint unsigned, si: smallint, su: smallint unsigned, mi: mediumint, mu: mediumint unsigned, i: int, u: int unsigned, bi: bigint, bu: bigint unsigned, d: decimal(10,2), du: decimal(12,4) unsigned, f: float, g: double
SELECT id FROM v WHERE flag = ? AND ti = ? AND tu = ? AND si = ? AND su = ? AND mi = ? AND mu = ? AND i = ? AND u = ? AND bi = ? AND bu = ? AND d = ? AND du = ? AND f = ? AND g = ?;

-- name: every_other
-- params: c: char(8), s: varchar(40), t: text, bin: binary(4), vb: varbinary(16), bl: blob, da: date, dt: datetime, dt6: datetime(6), ts: timestamp, ts3: timestamp(3), ti: time, ti2: time(2), y: year
SELECT id FROM w WHERE c = ? AND s = ? AND t = ? AND bin = ? AND vb = ? AND bl = ? AND da = ? AND dt = ? AND dt6 = ? AND ts = ? AND ts3 = ? AND ti = ? AND ti2 = ? AND y = ?;

-- name: bits
-- params: b1: bit(1), b9: bit(9)
SELECT id FROM v WHERE b1 = ? AND b9 = ?;

-- name: json_equal
SELECT id FROM w WHERE JSON_EXTRACT(j, '$.a') = :v;

-- name: promised_sum_with_integer
SELECT x + :n AS s FROM a;

-- name: promised_coalesce_integer
SELECT COALESCE(:n, x) AS s, COALESCE(y, :m) AS t FROM a;

-- name: promised_coalesce_text
SELECT COALESCE(:t, z) AS t FROM b;

-- name: promised_if
SELECT IF(x > 0, :n, x) AS v FROM a;

-- name: promised_greatest
SELECT GREATEST(x, :n) AS v FROM a;

-- name: promised_date
SELECT COALESCE(:day, w) AS d, IF(id > 0, :other, w) AS e FROM c;

-- name: promised_decimal
SELECT COALESCE(:d, balance) AS d, balance - :e AS e, balance * :f AS f FROM person;

-- name: select_item_typed
-- @param n: i64
SELECT :n AS n, x FROM a;

-- name: quoted_placeholders_do_not_count
SELECT id, '?' AS q, ':x' AS x, "?" AS r FROM a WHERE id = :id /* ? :y */;

-- name: compared_with_each_other_through_column
SELECT id FROM a WHERE x = :x AND :x > 0;

-- name: sqlc_arguments
-- params: name: varchar(60), born: date?, ids: [int unsigned]
SELECT id FROM person WHERE name = sqlc.arg(name) AND born = sqlc.narg(born) AND id IN (sqlc.slice(ids));

-- name: spaceship_with_expression
SELECT id FROM person WHERE (born <=> :born) = 1;

-- name: stored_function
SELECT add_tax(:amount) AS gross, add_tax(balance) AS mine FROM person;
