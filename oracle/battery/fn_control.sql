-- Functions that choose, and casts.

-- name: coalesce_numbers
SELECT COALESCE(i_n, 0) AS c1, COALESCE(i_n, u) AS c2, COALESCE(d_n, i) AS c3, COALESCE(g_n, d) AS c4,
       COALESCE(i_n, u_n) AS c5, COALESCE(bu_n, bi) AS c6, COALESCE(flag_n, 0) AS c7, COALESCE(f_n, 1) AS c8,
       COALESCE(NULL, i_n) AS c9, COALESCE(tu_n, 0) AS c10, COALESCE(d_n, 1.25) AS c11
FROM v;

-- name: coalesce_text
SELECT COALESCE(s_n, '') AS c1, COALESCE(s_n, t) AS c2, COALESCE(s_n, bl) AS c3, COALESCE(da_n, dt) AS c4,
       COALESCE(e_n, 'x') AS c5, COALESCE(e_n, e) AS c6, COALESCE(j_n, '{}') AS c7,
       COALESCE(ti_n, ti2) AS c8, COALESCE(y_n, 2000) AS c9, COALESCE(s_n, 1) AS c10,
       COALESCE(da_n, '2024-01-01') AS c11, COALESCE(st_n, s) AS c12, COALESCE(ts_n, dt) AS c13
FROM w;

-- name: ifnull
SELECT IFNULL(i_n, 0) AS c1, IFNULL(i_n, d) AS c2, IFNULL(NULL, u) AS c3, IFNULL(i, NULL) AS c4,
       IFNULL(tu_n, ti) AS c5, IFNULL(d_n, g) AS c6
FROM v;

-- name: ifnull_text
SELECT IFNULL(s_n, c) AS c1, IFNULL(da_n, CURDATE()) AS c2, IFNULL(bl_n, s) AS c3, IFNULL(dt_n, da) AS c4,
       IFNULL(j_n, j) AS c5
FROM w;

-- name: nvl
-- only: mariadb
SELECT NVL(i_n, 0) AS c1, NVL2(i_n, d, 1) AS c2, NVL2(i_n, i, NULL) AS c3, NVL(d_n, g) AS c4
FROM v;

-- name: nullif
SELECT NULLIF(i, 0) AS c1, NULLIF(i, i) AS c2, NULLIF(d, 1) AS c3, NULLIF(u, 'x') AS c4, NULLIF(g, i) AS c5
FROM v;

-- name: nullif_text
SELECT NULLIF(s, '') AS c1, NULLIF(s_n, s) AS c2, NULLIF(da, dt) AS c3, NULLIF(e, 'red') AS c4,
       NULLIF(bl, '') AS c5, NULLIF(j, '{}') AS c6, NULLIF(ti, ti2) AS c7, NULLIF(y, 2000) AS c8
FROM w;

-- name: if_numbers
SELECT IF(flag, 1, 2) AS c1, IF(i > 0, i, u) AS c2, IF(flag, d, i) AS c3, IF(flag_n, i, NULL) AS c4,
       IF(i_n IS NULL, 0, i_n) AS c5, IF(flag, g, d) AS c6, IF(flag, 1, 'x') AS c7, IF(flag, tu, -1) AS c8,
       IF(flag, NULL, NULL) AS c9
FROM v;

-- name: if_text
SELECT IF(id > 1, s, c) AS c1, IF(id > 1, da, dt) AS c2, IF(id > 1, s, bl) AS c3, IF(id > 1, e, st) AS c4,
       IF(id > 1, j, 'x') AS c5, IF(id > 1, ti, da) AS c6, IF(s_n IS NOT NULL, s_n, s) AS c7,
       IF(id > 1, y, 1) AS c8, IF(id, t, NULL) AS c9, IF(id > 1, da, 'x') AS c10
FROM w;

-- name: case_numbers
SELECT CASE WHEN i > 0 THEN i END AS c1, CASE WHEN i > 0 THEN i ELSE 0 END AS c2,
       CASE i WHEN 1 THEN 'a' WHEN 2 THEN 'b' ELSE 'c' END AS c3,
       CASE WHEN i_n IS NULL THEN 0 ELSE i_n END AS c4, CASE flag WHEN 1 THEN d ELSE g END AS c5,
       CASE WHEN flag THEN u ELSE i END AS c6, CASE WHEN flag THEN bu ELSE bi END AS c7,
       CASE WHEN flag THEN 1 WHEN i THEN 2.5 ELSE NULL END AS c8
FROM v;

-- name: case_text
SELECT CASE WHEN id = 1 THEN s ELSE t END AS c1, CASE e WHEN 'red' THEN 1 ELSE 0 END AS c2,
       CASE WHEN id = 1 THEN da ELSE dt END AS c3,
       CASE WHEN id = 1 THEN s WHEN id = 2 THEN bl ELSE '' END AS c4,
       CASE WHEN id = 1 THEN ti ELSE NULL END AS c5, CASE WHEN id = 1 THEN e ELSE e END AS c6,
       CASE WHEN id = 1 THEN j ELSE j END AS c7
FROM w;

-- name: isnull
SELECT ISNULL(i) AS c1, ISNULL(i_n) AS c2, ISNULL(i_n + 1) AS c3
FROM v;

-- name: any_value
-- only: mysql
SELECT ANY_VALUE(i) AS c1, ANY_VALUE(i_n) AS c2, ANY_VALUE(d) AS c3
FROM v;

-- name: cast_numbers
SELECT CAST(i AS SIGNED) AS c1, CAST(i AS UNSIGNED) AS c2, CAST(d AS SIGNED) AS c3,
       CAST(g AS DECIMAL(10,2)) AS c4, CAST(i AS CHAR) AS c5, CAST(i_n AS DECIMAL(5,1)) AS c6,
       CAST(i AS DOUBLE) AS c7, CAST(i AS DECIMAL) AS c8, CAST(bu AS SIGNED) AS c9,
       CAST(d AS CHAR(3)) AS c10, CAST(i AS BINARY) AS c11, CAST(u AS CHAR CHARACTER SET latin1) AS c12,
       CAST(i AS FLOAT) AS c13
FROM v;

-- name: cast_to_dates
SELECT CAST(da AS DATETIME) AS c1, CAST(dt AS DATE) AS c2, CAST(dt6 AS TIME) AS c3, CAST(s AS DATE) AS c4,
       CAST(s AS DATETIME(3)) AS c5, CAST(ti AS DATETIME) AS c6, CAST(da AS CHAR) AS c7,
       CAST(id AS DATE) AS c8, CAST(da AS TIME) AS c9, CAST(ts AS DATETIME) AS c10, CAST(ts AS DATE) AS c11,
       CAST(ti2 AS TIME) AS c12, CAST(dt6 AS DATETIME(2)) AS c13
FROM w;

-- name: cast_texts
SELECT CAST(s AS SIGNED) AS c1, CAST(s AS UNSIGNED) AS c2, CAST(s AS DECIMAL(10,2)) AS c3,
       CAST(s AS BINARY) AS c4, CAST(s AS BINARY(3)) AS c5, CAST(bl AS CHAR) AS c6, CAST(e AS CHAR) AS c7,
       CAST(e AS UNSIGNED) AS c8, CAST(s_n AS CHAR(2)) AS c9, CAST(s AS CHAR(300)) AS c10,
       CAST(t AS CHAR) AS c11, CAST(s AS DOUBLE) AS c12, CAST(j AS CHAR) AS c13, CAST(st AS UNSIGNED) AS c14
FROM w;

-- name: cast_from_dates
SELECT CAST(da AS SIGNED) AS c1, CAST(dt AS UNSIGNED) AS c2, CAST(dt6 AS DECIMAL(30,6)) AS c3,
       CAST(ti AS SIGNED) AS c4, CAST(y AS SIGNED) AS c5, CAST(y AS CHAR) AS c6, CAST(ts3 AS CHAR) AS c7,
       CAST(ti2 AS DECIMAL(10,2)) AS c8
FROM w;

-- name: cast_json
-- only: mysql
SELECT CAST(j AS JSON) AS c1, CAST('1' AS JSON) AS c2, CAST(j_n AS JSON) AS c3, CAST(id AS JSON) AS c4,
       CAST(da AS JSON) AS c5, CAST(j AS UNSIGNED) AS c6
FROM w;

-- name: cast_year
-- only: mysql
SELECT CAST(da AS YEAR) AS c1, CAST(id AS YEAR) AS c2, CAST(s_n AS YEAR) AS c3, CAST(dt AS YEAR) AS c4
FROM w;

-- name: cast_float_real
-- only: mysql
SELECT CAST(i AS REAL) AS c1, CAST(d AS FLOAT(20)) AS c2, CAST(d AS FLOAT(40)) AS c3
FROM v;

-- name: cast_inet
-- only: mariadb
SELECT CAST(ip4 AS CHAR) AS c1, CAST('1.2.3.4' AS INET6) AS c2, CAST('::1' AS INET6) AS c3,
       CAST(ip4 AS INET6) AS c4, CAST(uid AS CHAR) AS c5, CAST('x' AS UUID) AS c6
FROM net;

-- name: cast_interval
-- only: mariadb
SELECT CAST(s AS INTERVAL DAY_SECOND(6)) AS c1
FROM w;

-- name: convert
SELECT CONVERT(i, CHAR) AS c1, CONVERT(d, SIGNED) AS c2, CONVERT(i_n, DECIMAL(10,2)) AS c3,
       CONVERT(i, BINARY(4)) AS c4, CONVERT(g, UNSIGNED) AS c5
FROM v;

-- name: values_net
-- only: mariadb
SELECT uid AS c1, ip4 AS c2, ip6 AS c3, uid_n AS c4, ip4_n AS c5, ip6_n AS c6, COALESCE(ip4_n, ip4) AS c7,
       HEX(ip6) AS c8, CONCAT(uid, '') AS c9, LENGTH(ip4) AS c10
FROM net;

-- name: inet
SELECT INET_ATON('1.2.3.4') AS c1, INET_ATON(s) AS c2, INET_NTOA(id) AS c3, INET6_ATON('::1') AS c4,
       INET6_ATON(s_n) AS c5, INET6_NTOA(INET6_ATON('::1')) AS c6, INET6_NTOA(bl) AS c7, IS_IPV4(s) AS c8,
       IS_IPV6(s_n) AS c9, IS_IPV4_COMPAT(bl) AS c10, IS_IPV4_MAPPED(bl_n) AS c11,
       IS_IPV4_COMPAT(INET6_ATON('::1')) AS c12
FROM w;

-- name: session
SELECT CONNECTION_ID() AS c1, CURRENT_USER() AS c2, CURRENT_USER AS c3, USER() AS c4, SESSION_USER() AS c5,
       SYSTEM_USER() AS c6, DATABASE() AS c7, SCHEMA() AS c8, VERSION() AS c9, FOUND_ROWS() AS c10,
       ROW_COUNT() AS c11, CURRENT_ROLE() AS c12, LAST_INSERT_ID() AS c13;

-- name: variables
SELECT @@version AS c1, @@global.max_connections AS c2, @@session.sql_mode AS c3, @@autocommit AS c4,
       @@timestamp AS c5;

-- name: locks
SELECT GET_LOCK('porpoise_oracle', 0) AS c1, IS_FREE_LOCK('porpoise_oracle') AS c2,
       IS_USED_LOCK('porpoise_oracle') AS c3, RELEASE_LOCK('porpoise_oracle') AS c4,
       RELEASE_ALL_LOCKS() AS c5;

-- name: sleep
SELECT SLEEP(0) AS c1, BENCHMARK(1, 1 + 1) AS c2;

-- name: name_const
SELECT NAME_CONST('a', 1) AS c1, NAME_CONST('b', 'x') AS c2;

-- name: mysql_only
-- only: mysql
SELECT ICU_VERSION() AS c1, PS_CURRENT_THREAD_ID() AS c2, PS_THREAD_ID(1) AS c3, ROLES_GRAPHML() AS c4,
       GTID_SUBSET('', '') AS c5, GTID_SUBTRACT('', '') AS c6;

-- name: mariadb_only
-- only: mariadb
SELECT ROWNUM() AS c1, DECODE_HISTOGRAM('SINGLE_PREC_HB', x'00') AS c2, LASTVAL(numbers) AS c3,
       NEXTVAL(numbers) AS c4, SETVAL(numbers, 5) AS c5, PREVIOUS VALUE FOR numbers AS c6,
       NEXT VALUE FOR numbers AS c7;

-- name: waits
-- only: mariadb
SELECT MASTER_POS_WAIT('x', 4, 1) AS c1;

-- name: waits_gtid
-- only: mariadb
SELECT MASTER_GTID_WAIT('', 0) AS c1;

-- name: waits_mysql
-- only: mysql
SELECT SOURCE_POS_WAIT('x', 4, 1) AS c1, WAIT_FOR_EXECUTED_GTID_SET('', 1) AS c2;

-- name: stored_function
SELECT add_tax(d) AS c1, add_tax(d_n) AS c2, add_tax(1) AS c3
FROM v;

-- name: default_of
SELECT DEFAULT(status) AS c1, DEFAULT(balance) AS c2, DEFAULT(nick) AS c3
FROM person;
