-- Functions on dates and times.

-- name: now
SELECT NOW() AS c1, NOW(3) AS c2, CURRENT_TIMESTAMP AS c3, CURRENT_TIMESTAMP(6) AS c4, LOCALTIME() AS c5,
       LOCALTIMESTAMP(2) AS c6, SYSDATE() AS c7, SYSDATE(6) AS c8, UTC_TIMESTAMP() AS c9,
       UTC_TIMESTAMP(3) AS c10;

-- name: today
SELECT CURDATE() AS c1, CURRENT_DATE AS c2, CURRENT_DATE() AS c3, CURTIME() AS c4, CURTIME(3) AS c5,
       CURRENT_TIME AS c6, UTC_DATE() AS c7, UTC_TIME() AS c8, UTC_TIME(2) AS c9;

-- name: literals
SELECT DATE'2024-01-31' AS c1, TIME'10:11:12' AS c2, TIMESTAMP'2024-01-31 10:11:12' AS c3,
       TIMESTAMP'2024-01-31 10:11:12.125' AS c4, TIME'10:11:12.5' AS c5;

-- name: parts
SELECT YEAR(da) AS c1, MONTH(da) AS c2, DAY(da) AS c3, DAYOFMONTH(dt) AS c4, DAYOFWEEK(da) AS c5,
       DAYOFYEAR(da) AS c6, WEEKDAY(da) AS c7, WEEK(da) AS c8, WEEK(da, 1) AS c9, WEEKOFYEAR(da) AS c10,
       QUARTER(da) AS c11, YEARWEEK(da) AS c12, YEARWEEK(da, 1) AS c13
FROM w;

-- name: parts_null
SELECT YEAR(da_n) AS c1, MONTH(dt_n) AS c2, DAY(s) AS c3, QUARTER(ts_n) AS c4, YEAR(s_n) AS c5, WEEK(s) AS c6
FROM w;

-- name: times
SELECT HOUR(ti) AS c1, MINUTE(ti) AS c2, SECOND(ti) AS c3, MICROSECOND(ti2) AS c4, HOUR(dt) AS c5,
       MINUTE(dt6) AS c6, SECOND(ts) AS c7, MICROSECOND(dt6) AS c8, HOUR(ti_n) AS c9, HOUR(s) AS c10,
       TIME_TO_SEC(ti) AS c11, TIME_TO_SEC(dt) AS c12, TIME_TO_SEC(ti_n) AS c13
FROM w;

-- name: names
SELECT DAYNAME(da) AS c1, MONTHNAME(da) AS c2, DAYNAME(dt_n) AS c3, MONTHNAME(s) AS c4
FROM w;

-- name: extract
SELECT EXTRACT(YEAR FROM da) AS c1, EXTRACT(DAY_HOUR FROM dt) AS c2, EXTRACT(HOUR FROM ti) AS c3,
       EXTRACT(YEAR_MONTH FROM da_n) AS c4, EXTRACT(MICROSECOND FROM dt6) AS c5,
       EXTRACT(SECOND_MICROSECOND FROM dt6) AS c6, EXTRACT(WEEK FROM da) AS c7,
       EXTRACT(QUARTER FROM da) AS c8, EXTRACT(DAY_MICROSECOND FROM dt6) AS c9
FROM w;

-- name: extract_more
SELECT EXTRACT(HOUR_MINUTE FROM ti) AS c1, EXTRACT(HOUR_SECOND FROM ti) AS c2,
       EXTRACT(MINUTE_SECOND FROM ti) AS c3, EXTRACT(DAY_MINUTE FROM dt) AS c4,
       EXTRACT(DAY_SECOND FROM dt) AS c5, EXTRACT(HOUR_MICROSECOND FROM ti2) AS c6,
       EXTRACT(MINUTE_MICROSECOND FROM ti2) AS c7
FROM w;

-- name: date
SELECT DATE(dt) AS c1, DATE(dt_n) AS c2, DATE(s) AS c3, DATE(ts) AS c4, LAST_DAY(da) AS c5,
       LAST_DAY(s) AS c6, LAST_DAY(dt_n) AS c7
FROM w;

-- name: time
SELECT TIME(dt) AS c1, TIME(dt6) AS c2, TIME(s) AS c3, TIME(ti_n) AS c4, TIME(ts3) AS c5
FROM w;

-- name: timestamp
SELECT TIMESTAMP(da) AS c1, TIMESTAMP(dt) AS c2, TIMESTAMP(s) AS c3, TIMESTAMP(da, ti) AS c4,
       TIMESTAMP(dt_n) AS c5, TIMESTAMP(da, ti2) AS c6, TIMESTAMP('2024-01-31') AS c7
FROM w;

-- name: date_add
SELECT DATE_ADD(da, INTERVAL 1 DAY) AS c1, DATE_ADD(dt, INTERVAL 1 HOUR) AS c2,
       DATE_ADD(da, INTERVAL 1 HOUR) AS c3, DATE_ADD(s, INTERVAL 1 DAY) AS c4,
       DATE_ADD(da_n, INTERVAL 1 MONTH) AS c5, DATE_ADD(dt6, INTERVAL 1 SECOND) AS c6,
       DATE_ADD(ti, INTERVAL 1 HOUR) AS c7, DATE_ADD(ts, INTERVAL 1 DAY) AS c8
FROM w;

-- name: date_sub
SELECT DATE_SUB(da, INTERVAL 1 YEAR) AS c1, DATE_SUB(dt, INTERVAL '1:30' HOUR_MINUTE) AS c2,
       SUBDATE(da, 3) AS c3, ADDDATE(da, 3) AS c4, ADDDATE(dt_n, INTERVAL 2 WEEK) AS c5,
       DATE_SUB(dt, INTERVAL 1 MICROSECOND) AS c6, DATE_SUB(da, INTERVAL 1 MICROSECOND) AS c7
FROM w;

-- name: plus_interval
SELECT da + INTERVAL 1 DAY AS c1, dt - INTERVAL 1 MONTH AS c2, INTERVAL 1 DAY + da AS c3,
       NOW() - INTERVAL 30 MINUTE AS c4, CURDATE() + INTERVAL 1 DAY AS c5, CURDATE() - INTERVAL id DAY AS c6,
       dt + INTERVAL 1.5 SECOND AS c7, dt + INTERVAL id QUARTER AS c8, da + INTERVAL '1-2' YEAR_MONTH AS c9
FROM w;

-- name: date_string_interval
SELECT DATE_ADD('2024-01-31', INTERVAL 1 DAY) AS c1, '2024-01-31' + INTERVAL 1 HOUR AS c2,
       DATE_ADD('x', INTERVAL 1 DAY) AS c3, DATE'2024-01-31' + INTERVAL 1 DAY AS c4;

-- name: addtime
SELECT ADDTIME(ti, '01:00:00') AS c1, ADDTIME(dt, '01:00:00') AS c2, SUBTIME(ti, ti2) AS c3,
       SUBTIME(s, '1:00') AS c4, ADDTIME(dt_n, ti) AS c5, ADDTIME('10:00:00', '01:00:00') AS c6,
       ADDTIME(dt6, '0:0:1') AS c7
FROM w;

-- name: diffs
SELECT DATEDIFF(da, dt) AS c1, DATEDIFF(da_n, da) AS c2, TIMEDIFF(ti, ti2) AS c3, TIMEDIFF(dt, dt6) AS c4,
       TIMESTAMPDIFF(DAY, da, dt) AS c5, TIMESTAMPDIFF(MONTH, da, NOW()) AS c6,
       TIMESTAMPDIFF(SECOND, dt_n, dt) AS c7, DATEDIFF(NOW(), da) AS c8,
       DATEDIFF('2024-01-31', '2024-01-01') AS c9
FROM w;

-- name: timestampadd
SELECT TIMESTAMPADD(DAY, 1, da) AS c1, TIMESTAMPADD(HOUR, 1, da) AS c2, TIMESTAMPADD(MINUTE, 1, dt) AS c3,
       TIMESTAMPADD(MONTH, id, dt6) AS c4, TIMESTAMPADD(SECOND, 1, s) AS c5,
       TIMESTAMPADD(DAY, 1, da_n) AS c6, TIMESTAMPADD(MICROSECOND, 1, dt) AS c7
FROM w;

-- name: date_format
SELECT DATE_FORMAT(da, '%Y-%m') AS c1, DATE_FORMAT(dt_n, '%H') AS c2, TIME_FORMAT(ti, '%H:%i') AS c3,
       TIME_FORMAT(ti_n, '%H') AS c4, DATE_FORMAT(s, '%Y') AS c5, DATE_FORMAT(NOW(), '%W') AS c6
FROM w;

-- name: get_format
SELECT GET_FORMAT(DATE, 'EUR') AS c1, GET_FORMAT(DATETIME, 'ISO') AS c2, GET_FORMAT(TIME, 'USA') AS c3;

-- name: str_to_date
SELECT STR_TO_DATE(s, '%Y-%m-%d') AS c1, STR_TO_DATE(s, '%H:%i') AS c2,
       STR_TO_DATE(s, '%Y-%m-%d %H:%i:%s') AS c3, STR_TO_DATE(s, '%H:%i:%s.%f') AS c4,
       STR_TO_DATE(s, c) AS c5, STR_TO_DATE('2024-01-31', '%Y-%m-%d') AS c6
FROM w;

-- name: from_days
SELECT FROM_DAYS(738000) AS c1, FROM_DAYS(id) AS c2, TO_DAYS(da) AS c3, TO_DAYS(da_n) AS c4,
       TO_SECONDS(dt) AS c5, TO_SECONDS(da_n) AS c6, TO_DAYS('2024-01-31') AS c7
FROM w;

-- name: from_unixtime
SELECT FROM_UNIXTIME(id) AS c1, FROM_UNIXTIME(1.5) AS c2, FROM_UNIXTIME(id, '%Y') AS c3,
       FROM_UNIXTIME(0) AS c4
FROM w;

-- name: from_unixtime_numbers
SELECT FROM_UNIXTIME(i) AS c1, FROM_UNIXTIME(d) AS c2, FROM_UNIXTIME(g) AS c3, FROM_UNIXTIME(u_n) AS c4
FROM v;

-- name: unix_timestamp
SELECT UNIX_TIMESTAMP() AS c1, UNIX_TIMESTAMP(dt) AS c2, UNIX_TIMESTAMP(da) AS c3, UNIX_TIMESTAMP(dt6) AS c4,
       UNIX_TIMESTAMP(ts) AS c5, UNIX_TIMESTAMP(ts_n) AS c6, UNIX_TIMESTAMP(ts3) AS c7,
       UNIX_TIMESTAMP(s) AS c8, UNIX_TIMESTAMP('2024-01-31') AS c9, UNIX_TIMESTAMP(NOW()) AS c10
FROM w;

-- name: make
SELECT MAKEDATE(2024, 100) AS c1, MAKEDATE(si, 1) AS c2, MAKETIME(10, 11, 12) AS c3, MAKETIME(i, 1, 1) AS c4,
       MAKETIME(1, 2, 3.5) AS c5, MAKETIME(10, 11, d) AS c6, SEC_TO_TIME(i) AS c7, SEC_TO_TIME(100) AS c8,
       SEC_TO_TIME(1.5) AS c9, SEC_TO_TIME(d) AS c10, SEC_TO_TIME(g_n) AS c11
FROM v;

-- name: period
SELECT PERIOD_ADD(202401, 2) AS c1, PERIOD_DIFF(202405, 202401) AS c2
FROM v;

-- name: period_of
SELECT PERIOD_ADD(i, 1) AS c1, PERIOD_DIFF(u_n, 202401) AS c2
FROM v;

-- name: convert_tz
SELECT CONVERT_TZ(dt, '+00:00', '+02:00') AS c1, CONVERT_TZ(dt6, '+00:00', 'nowhere') AS c2,
       CONVERT_TZ(dt_n, '+00:00', '+01:00') AS c3, CONVERT_TZ(da, '+00:00', '+01:00') AS c4,
       CONVERT_TZ('2024-01-31 10:00:00', '+00:00', '+01:00') AS c5
FROM w;

-- name: add_months
-- only: mariadb
SELECT ADD_MONTHS(da, 1) AS c1, ADD_MONTHS(dt, id) AS c2, ADD_MONTHS(dt_n, 1) AS c3,
       ADD_MONTHS('2024-01-31', 1) AS c4
FROM w;

-- name: at_time_zone
-- only: mysql
SELECT CAST(ts AT TIME ZONE '+00:00' AS DATETIME) AS c1,
       CAST(ts_n AT TIME ZONE INTERVAL '+00:00' AS DATETIME(3)) AS c2
FROM w;

-- name: compare
SELECT da = '2024-01-31' AS c1, dt > da AS c2, ti < '10:00' AS c3, ts >= dt AS c4, da_n = da AS c5,
       dt BETWEEN da AND NOW() AS c6, y = 2024 AS c7, da IN ('2024-01-31', '2024-02-01') AS c8
FROM w;
