-- Functions on strings and bytes.

-- name: ascii
SELECT ASCII(s) AS c1, ASCII(s_n) AS c2, ASCII(bl) AS c3, ASCII(e) AS c4
FROM w;

-- name: bin
SELECT BIN(i) AS c1, BIN(u_n) AS c2, BIN(d) AS c3
FROM v;

-- name: bit_length
SELECT BIT_LENGTH(s) AS c1, BIT_LENGTH(s_n) AS c2, BIT_LENGTH(bl) AS c3
FROM w;

-- name: char_codes
SELECT CHAR(65, 66) AS c1, CHAR(i) AS c2, CHAR(u_n) AS c3
FROM v;

-- name: char_using
SELECT CHAR(65, 66 USING utf8mb4) AS c1, CHAR(65 USING latin1) AS c2
FROM v;

-- name: char_length
SELECT CHAR_LENGTH(s) AS c1, CHARACTER_LENGTH(s_n) AS c2, CHAR_LENGTH(t) AS c3, CHAR_LENGTH(lt) AS c4,
       CHAR_LENGTH(la) AS c5
FROM w;

-- name: chr
-- only: mariadb
SELECT CHR(65) AS c1, CHR(u) AS c2, CHR(i_n) AS c3
FROM v;

-- name: concat
SELECT CONCAT(s, c) AS c1, CONCAT(s, s_n) AS c2, CONCAT(s, bl) AS c3, CONCAT(s, 1) AS c4,
       CONCAT(da, dt) AS c5, CONCAT(e, st) AS c6, CONCAT('a', 'b') AS c7, CONCAT(t, lt) AS c8
FROM w;

-- name: concat_numbers
SELECT CONCAT(i, d) AS c1, CONCAT(g) AS c2, CONCAT(i_n) AS c3, CONCAT(u, 'x') AS c4
FROM v;

-- name: concat_ws
SELECT CONCAT_WS(',', s, s_n) AS c1, CONCAT_WS(s_n, s, c) AS c2, CONCAT_WS(',', s_n, t_n) AS c3,
       CONCAT_WS(',', bl, s) AS c4
FROM w;

-- name: elt
SELECT ELT(1, s, c) AS c1, ELT(2, s, c) AS c2, ELT(id, s, c) AS c3, ELT(1, s_n) AS c4
FROM w;

-- name: export_set
SELECT EXPORT_SET(5, 'Y', 'N') AS c1, EXPORT_SET(u, 'Y', 'N', ',', 4) AS c2,
       EXPORT_SET(u_n, 'Y', 'N', ',') AS c3
FROM v;

-- name: field
SELECT FIELD(s, 'a', 'b') AS c1, FIELD(s_n, c, s) AS c2, FIELD(id, 1, 2, 3) AS c3
FROM w;

-- name: find_in_set
SELECT FIND_IN_SET(s, 'a,b') AS c1, FIND_IN_SET('a', st) AS c2, FIND_IN_SET(s_n, 'a,b') AS c3
FROM w;

-- name: format
SELECT FORMAT(d, 2) AS c1, FORMAT(g, 0) AS c2, FORMAT(i_n, 1) AS c3, FORMAT(d, 2, 'de_DE') AS c4
FROM v;

-- name: from_base64
SELECT FROM_BASE64(s) AS c1, FROM_BASE64('YWJj') AS c2, FROM_BASE64(s_n) AS c3
FROM w;

-- name: to_base64
SELECT TO_BASE64(s) AS c1, TO_BASE64(bl) AS c2, TO_BASE64(s_n) AS c3
FROM w;

-- name: hex
SELECT HEX(s) AS c1, HEX(s_n) AS c2, HEX(bl) AS c3, HEX(id) AS c4, HEX(t) AS c5
FROM w;

-- name: hex_numbers
SELECT HEX(u) AS c1, HEX(i) AS c2, HEX(d) AS c3, HEX(g) AS c4
FROM v;

-- name: unhex
SELECT UNHEX(s) AS c1, UNHEX('4D7953514C') AS c2, UNHEX(s_n) AS c3
FROM w;

-- name: insert
SELECT INSERT(s, 1, 2, 'xy') AS c1, INSERT(s_n, 1, 1, c) AS c2, INSERT(bl, 1, 1, 'x') AS c3,
       INSERT(t, 1, 1, '') AS c4
FROM w;

-- name: instr
SELECT INSTR(s, 'a') AS c1, INSTR(s_n, c) AS c2, INSTR(bl, 'a') AS c3
FROM w;

-- name: lower_upper
SELECT LOWER(s) AS c1, LCASE(s_n) AS c2, UPPER(c) AS c3, UCASE(t) AS c4, LOWER(bl) AS c5, UPPER(e) AS c6,
       UPPER(la) AS c7
FROM w;

-- name: left_right
SELECT LEFT(s, 2) AS c1, RIGHT(s_n, 2) AS c2, LEFT(t, 300) AS c3, LEFT(bl, 2) AS c4, RIGHT(lt, 3) AS c5,
       LEFT(s, -1) AS c6, LEFT(da, 4) AS c7
FROM w;

-- name: length
SELECT LENGTH(s) AS c1, OCTET_LENGTH(s_n) AS c2, LENGTH(bl) AS c3, LENGTH(j) AS c4, LENGTH(da) AS c5
FROM w;

-- name: locate
SELECT LOCATE('a', s) AS c1, LOCATE('a', s, 2) AS c2, LOCATE(s_n, s) AS c3, POSITION('a' IN s) AS c4,
       POSITION(s_n IN c) AS c5
FROM w;

-- name: pads
SELECT LPAD(s, 5, 'x') AS c1, RPAD(s, 5, 'x') AS c2, LPAD(s_n, 5, '') AS c3, RPAD(c, -1, 'x') AS c4,
       LPAD(bl, 5, 'x') AS c5
FROM w;

-- name: pads_short
-- only: mariadb
SELECT LPAD(s, 5) AS c1, RPAD(s, 5) AS c2
FROM w;

-- name: trims
SELECT LTRIM(s) AS c1, RTRIM(s_n) AS c2, TRIM(s) AS c3, TRIM(BOTH 'x' FROM s) AS c4,
       TRIM(LEADING 'x' FROM s_n) AS c5, TRIM(TRAILING FROM s) AS c6, TRIM('x' FROM c) AS c7, TRIM(bl) AS c8
FROM w;

-- name: make_set
SELECT MAKE_SET(5, 'a', 'b', 'c') AS c1, MAKE_SET(u, 'a', 'b') AS c2, MAKE_SET(u_n, 'a', 'b') AS c3,
       MAKE_SET(1, NULL, 'b') AS c4
FROM v;

-- name: substring
SELECT SUBSTRING(s, 2) AS c1, SUBSTR(s, 2, 3) AS c2, MID(s_n, 1, 2) AS c3, SUBSTRING(s FROM 2 FOR 1) AS c4,
       SUBSTRING(bl, 1, 2) AS c5, SUBSTR(t, -3) AS c6, SUBSTRING(lt FROM 2) AS c7
FROM w;

-- name: substring_index
SELECT SUBSTRING_INDEX(s, '.', 1) AS c1, SUBSTRING_INDEX(s_n, '.', -1) AS c2,
       SUBSTRING_INDEX(t, ' ', 2) AS c3
FROM w;

-- name: oct
SELECT OCT(i) AS c1, OCT(u_n) AS c2, OCT(12) AS c3
FROM v;

-- name: ord
SELECT ORD(s) AS c1, ORD(s_n) AS c2, ORD(bl) AS c3
FROM w;

-- name: quote
SELECT QUOTE(s) AS c1, QUOTE(s_n) AS c2, QUOTE(NULL) AS c3
FROM w;

-- name: repeat
SELECT REPEAT(s, 2) AS c1, REPEAT(s_n, 2) AS c2, REPEAT('ab', id) AS c3, REPEAT(bl, 2) AS c4,
       REPEAT(s, 0) AS c5
FROM w;

-- name: replace
SELECT REPLACE(s, 'a', 'b') AS c1, REPLACE(s_n, 'a', c) AS c2, REPLACE(t, 'a', '') AS c3,
       REPLACE(bl, 'a', 'b') AS c4
FROM w;

-- name: reverse
SELECT REVERSE(s) AS c1, REVERSE(s_n) AS c2, REVERSE(bl) AS c3, REVERSE(t) AS c4
FROM w;

-- name: soundex
SELECT SOUNDEX(s) AS c1, SOUNDEX(s_n) AS c2
FROM w;

-- name: sounds_like
SELECT s SOUNDS LIKE c AS c1, s_n SOUNDS LIKE 'x' AS c2
FROM w;

-- name: space
SELECT SPACE(2) AS c1, SPACE(id) AS c2, SPACE(CHAR_LENGTH(s_n)) AS c3
FROM w;

-- name: strcmp
SELECT STRCMP(s, c) AS c1, STRCMP(s_n, s) AS c2, STRCMP(bl, s) AS c3
FROM w;

-- name: regexp
SELECT s REGEXP 'a' AS c1, s_n REGEXP '^a' AS c2, s RLIKE 'b$' AS c3, s NOT REGEXP 'x' AS c4,
       s REGEXP c AS c5
FROM w;

-- name: regexp_functions
SELECT REGEXP_INSTR(s, 'a') AS c1, REGEXP_SUBSTR(s, 'a') AS c2, REGEXP_REPLACE(s, 'a', 'b') AS c3,
       REGEXP_INSTR(s_n, 'a') AS c4, REGEXP_SUBSTR(s_n, 'a') AS c5, REGEXP_REPLACE(s_n, 'a', 'b') AS c6
FROM w;

-- name: regexp_of_text
SELECT REGEXP_SUBSTR(t, 'a') AS c1, REGEXP_REPLACE(lt, 'a', 'b') AS c2
FROM w;

-- name: regexp_like
-- only: mysql
SELECT REGEXP_LIKE(s, 'a') AS c1, REGEXP_LIKE(s_n, 'a', 'i') AS c2
FROM w;

-- name: regexp_more
-- only: mysql
SELECT REGEXP_INSTR(s, 'a', 1, 1, 0, 'i') AS c1, REGEXP_SUBSTR(s, 'a', 1, 1, 'c') AS c2,
       REGEXP_REPLACE(s, 'a', 'b', 1, 0, 'i') AS c3
FROM w;

-- name: like
SELECT s LIKE 'a%' AS c1, s_n LIKE '_' AS c2, s NOT LIKE c AS c3, t LIKE 'x!%' ESCAPE '!' AS c4,
       bl LIKE 'a%' AS c5, da LIKE '2024%' AS c6
FROM w;

-- name: like_number
SELECT i LIKE '1%' AS c1, d_n LIKE '%.5' AS c2
FROM v;

-- name: match_against
SELECT MATCH (title) AGAINST ('word') AS c1, MATCH (title) AGAINST ('+word' IN BOOLEAN MODE) AS c2
FROM product;

-- name: weight_string
SELECT WEIGHT_STRING(s) AS c1, WEIGHT_STRING(s_n) AS c2, WEIGHT_STRING(c AS CHAR(3)) AS c3,
       WEIGHT_STRING(bl) AS c4
FROM w;

-- name: charset_of
SELECT CHARSET(s) AS c1, COLLATION(s) AS c2, COERCIBILITY(s) AS c3, CHARSET(s_n) AS c4, COLLATION(1) AS c5,
       COERCIBILITY(NULL) AS c6
FROM w;

-- name: crc32
SELECT CRC32(s) AS c1, CRC32(s_n) AS c2, CRC32(bl) AS c3
FROM w;

-- name: crc32c
-- only: mariadb
SELECT CRC32C(s) AS c1, CRC32C(s_n) AS c2, CRC32C(1, s) AS c3
FROM w;

-- name: digests
SELECT SHA2(s, 256) AS c1, SHA2(s_n, 0) AS c2, SHA2(s, 7) AS c3
FROM w;

-- name: digests_old
-- only: mariadb
SELECT MD5(s) AS c1, MD5(s_n) AS c2, SHA1(s) AS c3, SHA(s_n) AS c4
FROM w;

-- name: compress
SELECT COMPRESS(s) AS c1, COMPRESS(s_n) AS c2, UNCOMPRESS(COMPRESS(s)) AS c3, UNCOMPRESS(bl) AS c4,
       UNCOMPRESSED_LENGTH(COMPRESS(s)) AS c5, UNCOMPRESSED_LENGTH(bl_n) AS c6
FROM w;

-- name: aes
SELECT AES_ENCRYPT(s, 'key') AS c1, AES_DECRYPT(bl, 'key') AS c2,
       AES_DECRYPT(AES_ENCRYPT(s, 'key'), 'key') AS c3, AES_ENCRYPT(s_n, 'key') AS c4,
       AES_ENCRYPT(s, c_n) AS c5
FROM w;

-- name: encrypt_old
-- only: mariadb
SELECT ENCODE(s, 'p') AS c1, DECODE(bl, 'p') AS c2, ENCODE(s_n, 'p') AS c3, OLD_PASSWORD(s) AS c4,
       OLD_PASSWORD(s_n) AS c5, DES_DECRYPT(bl) AS c6, DES_ENCRYPT(s, 'key') AS c7
FROM w;

-- name: encrypt
-- only: mariadb
SELECT ENCRYPT(s) AS c1, ENCRYPT(s_n) AS c2, ENCRYPT(s, 'ab') AS c3
FROM w;

-- name: random_bytes
SELECT RANDOM_BYTES(4) AS c1, RANDOM_BYTES(1024) AS c2;

-- name: uuid
SELECT UUID() AS c1, UUID_SHORT() AS c2;

-- name: sys_guid
-- only: mariadb
SELECT SYS_GUID() AS c1;

-- name: uuid_functions
-- only: mysql
SELECT UUID_TO_BIN(UUID()) AS c1, BIN_TO_UUID(UUID_TO_BIN(UUID())) AS c2, IS_UUID('x') AS c3,
       IS_UUID(UUID()) AS c4, UUID_TO_BIN(UUID(), 1) AS c5;

-- name: is_uuid_of
-- only: mysql
SELECT IS_UUID(s) AS c1, IS_UUID(s_n) AS c2
FROM w;

-- name: lengthb
-- only: mariadb
SELECT LENGTHB(s) AS c1, LENGTHB(s_n) AS c2
FROM w;

-- name: natural_sort_key
-- only: mariadb
SELECT NATURAL_SORT_KEY(s) AS c1, NATURAL_SORT_KEY(s_n) AS c2, NATURAL_SORT_KEY(c) AS c3
FROM w;

-- name: sformat
-- only: mariadb
SELECT SFORMAT('{} is {}', s, id) AS c1, SFORMAT('{}', s_n) AS c2, SFORMAT(s_n, id) AS c3, SFORMAT('x') AS c4
FROM w;

-- name: to_char
-- only: mariadb
SELECT TO_CHAR(da) AS c1, TO_CHAR(dt, 'YYYY-MM-DD') AS c2, TO_CHAR(dt_n, 'YYYY') AS c3, TO_CHAR(ts) AS c4
FROM w;

-- name: oracle_variants
-- only: mariadb
SELECT CONCAT_OPERATOR_ORACLE(s, s_n) AS c1, LPAD_ORACLE(s, 3) AS c2, RPAD_ORACLE(s, 3, 'x') AS c3,
       LTRIM_ORACLE(s) AS c4, RTRIM_ORACLE(s_n) AS c5, REPLACE_ORACLE(s, 'a', 'b') AS c6,
       SUBSTR_ORACLE(s, 1, 2) AS c7, TRIM_ORACLE(s) AS c8
FROM w;

-- name: decode_oracle
-- only: mariadb
SELECT DECODE_ORACLE(id, 1, 'a', 2, 'b') AS c1, DECODE_ORACLE(id, 1, s, c) AS c2,
       DECODE_ORACLE(s, 'a', 1, 2) AS c3
FROM w;

-- name: load_file
SELECT LOAD_FILE('/nowhere/at/all') AS c1;

-- name: updatexml
SELECT UPDATEXML('<a>x</a>', '/a', '<b/>') AS c1, UPDATEXML(s_n, '/a', '<b/>') AS c2,
       EXTRACTVALUE('<a>x</a>', '/a') AS c3, EXTRACTVALUE(s_n, '/a') AS c4
FROM w;

-- name: xml_of_text
SELECT EXTRACTVALUE(s, '/a') AS c1, UPDATEXML(s, '/a', c) AS c2
FROM w;

-- name: collate
SELECT s COLLATE utf8mb4_bin AS c1, s_n COLLATE utf8mb4_general_ci AS c2, CONVERT(s USING latin1) AS c3,
       CONVERT(s_n USING utf8mb4) AS c4, CONVERT(s USING binary) AS c5, CONVERT(bl USING utf8mb4) AS c6,
       BINARY s AS c7
FROM w;

-- name: introducers
SELECT _utf8mb4'x' AS c1, _latin1'x' AS c2, _binary'x' AS c3, N'x' AS c4, X'4D' AS c5, 0x4D AS c6,
       b'01000001' AS c7, 'a' 'b' AS c8;

-- name: validate_password
-- only: mysql
SELECT VALIDATE_PASSWORD_STRENGTH(s) AS c1, VALIDATE_PASSWORD_STRENGTH('secret') AS c2,
       VALIDATE_PASSWORD_STRENGTH(s_n) AS c3
FROM w;

-- name: statement_digest
-- only: mysql
SELECT STATEMENT_DIGEST('SELECT 1') AS c1, STATEMENT_DIGEST_TEXT('SELECT 1') AS c2;

-- name: vectors
-- only: mysql
SELECT STRING_TO_VECTOR('[1,2]') AS c1, VECTOR_TO_STRING(STRING_TO_VECTOR('[1,2]')) AS c2,
       VECTOR_DIM(STRING_TO_VECTOR('[1,2]')) AS c3, TO_VECTOR('[1]') AS c4,
       FROM_VECTOR(TO_VECTOR('[1]')) AS c5;

-- name: dynamic_columns
-- only: mariadb
SELECT COLUMN_CREATE('a', 1) AS c1, COLUMN_JSON(COLUMN_CREATE('a', 1)) AS c2,
       COLUMN_LIST(COLUMN_CREATE('a', 1)) AS c3, COLUMN_EXISTS(COLUMN_CREATE('a', 1), 'a') AS c4,
       COLUMN_CHECK(COLUMN_CREATE('a', 1)) AS c5, COLUMN_ADD(COLUMN_CREATE('a', 1), 'b', 2) AS c6,
       COLUMN_DELETE(COLUMN_CREATE('a', 1), 'a') AS c7;

-- name: dynamic_columns_of
-- only: mariadb
SELECT COLUMN_EXISTS(bl, 'a') AS c1, COLUMN_CHECK(bl_n) AS c2, COLUMN_LIST(bl_n) AS c3
FROM w;

-- name: password
-- only: mariadb
SELECT PASSWORD(s) AS c1, PASSWORD(s_n) AS c2 FROM w;
