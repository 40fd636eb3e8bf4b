-- What NULL in an argument makes of a function. Each argument in turn is NULL in some rows, which a condition then
-- shuts out or lets through: a function that is taken to reject NULL and does not makes a false claim of the column.

-- name: abs_1
SELECT y_n FROM w WHERE ABS(1.5 + 0 * y_n) IS NOT NULL;

-- name: addtime_1
SELECT s_n FROM w WHERE ADDTIME(CONCAT('1:00', LEFT(s_n, 0)), '2:00') IS NOT NULL;

-- name: addtime_2
SELECT s_n FROM w WHERE ADDTIME('1:00', CONCAT('2:00', LEFT(s_n, 0))) IS NOT NULL;

-- name: add_months_2
-- only: mariadb
SELECT y_n FROM w WHERE ADD_MONTHS(NOW(), 1 + 0 * y_n) IS NOT NULL;

-- name: aes_decrypt_1
-- only: mysql
SELECT s_n FROM w WHERE AES_DECRYPT(CONCAT('a', LEFT(s_n, 0)), 'b', 'cccccccccccccccc') IS NOT NULL;

-- name: aes_decrypt_2
-- only: mysql
SELECT s_n FROM w WHERE AES_DECRYPT('a', CONCAT('b', LEFT(s_n, 0)), 'cccccccccccccccc') IS NOT NULL;

-- name: aes_decrypt_3
-- only: mysql
SELECT s_n FROM w WHERE AES_DECRYPT('a', 'b', CONCAT('cccccccccccccccc', LEFT(s_n, 0))) IS NOT NULL;

-- name: aes_encrypt_1
-- only: mysql
SELECT s_n FROM w WHERE AES_ENCRYPT(CONCAT('a', LEFT(s_n, 0)), 'b', 'cccccccccccccccc') IS NOT NULL;

-- name: aes_encrypt_2
-- only: mysql
SELECT s_n FROM w WHERE AES_ENCRYPT('a', CONCAT('b', LEFT(s_n, 0)), 'cccccccccccccccc') IS NOT NULL;

-- name: aes_encrypt_3
-- only: mysql
SELECT s_n FROM w WHERE AES_ENCRYPT('a', 'b', CONCAT('cccccccccccccccc', LEFT(s_n, 0))) IS NOT NULL;

-- name: any_value_1
-- only: mysql
SELECT y_n FROM w WHERE ANY_VALUE(1 + 0 * y_n) IS NOT NULL;

-- name: ascii_1
SELECT s_n FROM w WHERE ASCII(CONCAT('a', LEFT(s_n, 0))) IS NOT NULL;

-- name: atan_1
SELECT y_n FROM w WHERE ATAN(1 + 0 * y_n, 2) IS NOT NULL;

-- name: atan_2
SELECT y_n FROM w WHERE ATAN(1, 2 + 0 * y_n) IS NOT NULL;

-- name: bin_1
SELECT y_n FROM w WHERE BIN(5 + 0 * y_n) IS NOT NULL;

-- name: bin_to_uuid_2
-- only: mysql
SELECT y_n FROM w WHERE BIN_TO_UUID(UUID_TO_BIN(UUID()), 1 + 0 * y_n) IS NOT NULL;

-- name: ceil_1
SELECT y_n FROM w WHERE CEIL(1.5 + 0 * y_n) IS NOT NULL;

-- name: char_1
SELECT y_n FROM w WHERE CHAR(65 + 0 * y_n) IS NOT NULL;

-- name: char_length_1
SELECT s_n FROM w WHERE CHAR_LENGTH(CONCAT('a', LEFT(s_n, 0))) IS NOT NULL;

-- name: coalesce_1
SELECT s_n FROM w WHERE COALESCE(CONCAT('a', LEFT(s_n, 0)), 'b') IS NOT NULL;

-- name: coalesce_2
SELECT s_n FROM w WHERE COALESCE('a', CONCAT('b', LEFT(s_n, 0))) IS NOT NULL;

-- name: coercibility_1
SELECT s_n FROM w WHERE COERCIBILITY(CONCAT('a', LEFT(s_n, 0))) IS NOT NULL;

-- name: column_add_2
-- only: mariadb
SELECT s_n FROM w WHERE COLUMN_ADD(COLUMN_CREATE('a',1), CONCAT('b', LEFT(s_n, 0)), 'c') IS NOT NULL;

-- name: column_add_3
-- only: mariadb
SELECT s_n FROM w WHERE COLUMN_ADD(COLUMN_CREATE('a',1), 'b', CONCAT('c', LEFT(s_n, 0))) IS NOT NULL;

-- name: column_create_1
-- only: mariadb
SELECT s_n FROM w WHERE COLUMN_CREATE(CONCAT('a', LEFT(s_n, 0)), 1) IS NOT NULL;

-- name: column_create_2
-- only: mariadb
SELECT y_n FROM w WHERE COLUMN_CREATE('a', 1 + 0 * y_n) IS NOT NULL;

-- name: column_delete_2
-- only: mariadb
SELECT s_n FROM w WHERE COLUMN_DELETE(COLUMN_CREATE('a',1), CONCAT('a', LEFT(s_n, 0))) IS NOT NULL;

-- name: column_exists_2
-- only: mariadb
SELECT s_n FROM w WHERE COLUMN_EXISTS(COLUMN_CREATE('a',1), CONCAT('a', LEFT(s_n, 0))) IS NOT NULL;

-- name: compress_1
SELECT s_n FROM w WHERE COMPRESS(CONCAT('a', LEFT(s_n, 0))) IS NOT NULL;

-- name: concat_1
SELECT s_n FROM w WHERE CONCAT(CONCAT('a', LEFT(s_n, 0)), 'b') IS NOT NULL;

-- name: concat_2
SELECT s_n FROM w WHERE CONCAT('a', CONCAT('b', LEFT(s_n, 0))) IS NOT NULL;

-- name: concat_operator_oracle_1
-- only: mariadb
SELECT s_n FROM w WHERE CONCAT_OPERATOR_ORACLE(CONCAT('a', LEFT(s_n, 0)), 'b') IS NOT NULL;

-- name: concat_operator_oracle_2
-- only: mariadb
SELECT s_n FROM w WHERE CONCAT_OPERATOR_ORACLE('a', CONCAT('b', LEFT(s_n, 0))) IS NOT NULL;

-- name: concat_ws_1
SELECT s_n FROM w WHERE CONCAT_WS(CONCAT(',', LEFT(s_n, 0)), 'a', 'b') IS NOT NULL;

-- name: concat_ws_2
SELECT s_n FROM w WHERE CONCAT_WS(',', CONCAT('a', LEFT(s_n, 0)), 'b') IS NOT NULL;

-- name: concat_ws_3
SELECT s_n FROM w WHERE CONCAT_WS(',', 'a', CONCAT('b', LEFT(s_n, 0))) IS NOT NULL;

-- name: conv_1
SELECT s_n FROM w WHERE CONV(CONCAT('ff', LEFT(s_n, 0)), 16, 10) IS NOT NULL;

-- name: conv_2
SELECT y_n FROM w WHERE CONV('ff', 16 + 0 * y_n, 10) IS NOT NULL;

-- name: conv_3
SELECT y_n FROM w WHERE CONV('ff', 16, 10 + 0 * y_n) IS NOT NULL;

-- name: convert_tz_1
SELECT s_n FROM w WHERE CONVERT_TZ(CONCAT('2024-01-01', LEFT(s_n, 0)), '+00:00', '+01:00') IS NOT NULL;

-- name: convert_tz_2
SELECT s_n FROM w WHERE CONVERT_TZ('2024-01-01', CONCAT('+00:00', LEFT(s_n, 0)), '+01:00') IS NOT NULL;

-- name: convert_tz_3
SELECT s_n FROM w WHERE CONVERT_TZ('2024-01-01', '+00:00', CONCAT('+01:00', LEFT(s_n, 0))) IS NOT NULL;

-- name: crc32_1
SELECT s_n FROM w WHERE CRC32(CONCAT('a', LEFT(s_n, 0))) IS NOT NULL;

-- name: crc32c_1
-- only: mariadb
SELECT y_n FROM w WHERE CRC32C(1 + 0 * y_n, 'a') IS NOT NULL;

-- name: crc32c_2
-- only: mariadb
SELECT s_n FROM w WHERE CRC32C(1, CONCAT('a', LEFT(s_n, 0))) IS NOT NULL;

-- name: datediff_1
SELECT s_n FROM w WHERE DATEDIFF(CONCAT('2024-01-01', LEFT(s_n, 0)), '2024-01-01') IS NOT NULL;

-- name: datediff_2
SELECT s_n FROM w WHERE DATEDIFF('2024-01-01', CONCAT('2024-01-01', LEFT(s_n, 0))) IS NOT NULL;

-- name: date_format_1
SELECT s_n FROM w WHERE DATE_FORMAT(CONCAT('2024-01-01', LEFT(s_n, 0)), '%Y') IS NOT NULL;

-- name: date_format_2
SELECT s_n FROM w WHERE DATE_FORMAT('2024-01-01', CONCAT('%Y', LEFT(s_n, 0))) IS NOT NULL;

-- name: dayname_1
SELECT s_n FROM w WHERE DAYNAME(CONCAT('2024-01-31', LEFT(s_n, 0))) IS NOT NULL;

-- name: decode_histogram_1
-- only: mariadb
SELECT s_n FROM w WHERE DECODE_HISTOGRAM(CONCAT('SINGLE_PREC_HB', LEFT(s_n, 0)), x'00') IS NOT NULL;

-- name: decode_oracle_1
-- only: mariadb
SELECT s_n FROM w WHERE DECODE_ORACLE(CONCAT('a', LEFT(s_n, 0)), 'b', 'c', 'd') IS NOT NULL;

-- name: decode_oracle_2
-- only: mariadb
SELECT s_n FROM w WHERE DECODE_ORACLE('a', CONCAT('b', LEFT(s_n, 0)), 'c', 'd') IS NOT NULL;

-- name: decode_oracle_3
-- only: mariadb
SELECT s_n FROM w WHERE DECODE_ORACLE('a', 'b', CONCAT('c', LEFT(s_n, 0)), 'd') IS NOT NULL;

-- name: decode_oracle_4
-- only: mariadb
SELECT s_n FROM w WHERE DECODE_ORACLE('a', 'b', 'c', CONCAT('d', LEFT(s_n, 0))) IS NOT NULL;

-- name: des_encrypt_1
-- only: mariadb
SELECT s_n FROM w WHERE DES_ENCRYPT(CONCAT('a', LEFT(s_n, 0)), 'b') IS NOT NULL;

-- name: des_encrypt_2
-- only: mariadb
SELECT s_n FROM w WHERE DES_ENCRYPT('a', CONCAT('b', LEFT(s_n, 0))) IS NOT NULL;

-- name: elt_1
SELECT y_n FROM w WHERE ELT(1 + 0 * y_n, 'a', 'b') IS NOT NULL;

-- name: elt_2
SELECT s_n FROM w WHERE ELT(1, CONCAT('a', LEFT(s_n, 0)), 'b') IS NOT NULL;

-- name: elt_3
SELECT s_n FROM w WHERE ELT(1, 'a', CONCAT('b', LEFT(s_n, 0))) IS NOT NULL;

-- name: elt_1x
SELECT y_n FROM w WHERE ELT(2 + 0 * y_n, 'a', 'b') IS NOT NULL;

-- name: elt_2x
SELECT s_n FROM w WHERE ELT(2, CONCAT('a', LEFT(s_n, 0)), 'b') IS NOT NULL;

-- name: elt_3x
SELECT s_n FROM w WHERE ELT(2, 'a', CONCAT('b', LEFT(s_n, 0))) IS NOT NULL;

-- name: encode_1
-- only: mariadb
SELECT s_n FROM w WHERE ENCODE(CONCAT('a', LEFT(s_n, 0)), 'b') IS NOT NULL;

-- name: encode_2
-- only: mariadb
SELECT s_n FROM w WHERE ENCODE('a', CONCAT('b', LEFT(s_n, 0))) IS NOT NULL;

-- name: encrypt_1
-- only: mariadb
SELECT s_n FROM w WHERE ENCRYPT(CONCAT('a', LEFT(s_n, 0)), 'ab') IS NOT NULL;

-- name: encrypt_2
-- only: mariadb
SELECT s_n FROM w WHERE ENCRYPT('a', CONCAT('ab', LEFT(s_n, 0))) IS NOT NULL;

-- name: export_set_1
SELECT y_n FROM w WHERE EXPORT_SET(5 + 0 * y_n, 'Y', 'N', ',', 4) IS NOT NULL;

-- name: export_set_2
SELECT s_n FROM w WHERE EXPORT_SET(5, CONCAT('Y', LEFT(s_n, 0)), 'N', ',', 4) IS NOT NULL;

-- name: export_set_3
SELECT s_n FROM w WHERE EXPORT_SET(5, 'Y', CONCAT('N', LEFT(s_n, 0)), ',', 4) IS NOT NULL;

-- name: export_set_4
SELECT s_n FROM w WHERE EXPORT_SET(5, 'Y', 'N', CONCAT(',', LEFT(s_n, 0)), 4) IS NOT NULL;

-- name: export_set_5
SELECT y_n FROM w WHERE EXPORT_SET(5, 'Y', 'N', ',', 4 + 0 * y_n) IS NOT NULL;

-- name: extractvalue_1
SELECT s_n FROM w WHERE EXTRACTVALUE(CONCAT('<a>x</a>', LEFT(s_n, 0)), '/a') IS NOT NULL;

-- name: field_1
SELECT s_n FROM w WHERE FIELD(CONCAT('a', LEFT(s_n, 0)), 'b') IS NOT NULL;

-- name: field_2
SELECT s_n FROM w WHERE FIELD('a', CONCAT('b', LEFT(s_n, 0))) IS NOT NULL;

-- name: find_in_set_1
SELECT s_n FROM w WHERE FIND_IN_SET(CONCAT('a', LEFT(s_n, 0)), 'a,b') IS NOT NULL;

-- name: find_in_set_2
SELECT s_n FROM w WHERE FIND_IN_SET('a', CONCAT('a,b', LEFT(s_n, 0))) IS NOT NULL;

-- name: format_1
SELECT y_n FROM w WHERE FORMAT(1 + 0 * y_n, 2, 'en_US') IS NOT NULL;

-- name: format_2
SELECT y_n FROM w WHERE FORMAT(1, 2 + 0 * y_n, 'en_US') IS NOT NULL;

-- name: format_3
SELECT s_n FROM w WHERE FORMAT(1, 2, CONCAT('en_US', LEFT(s_n, 0))) IS NOT NULL;

-- name: format_1x
SELECT y_n FROM w WHERE FORMAT(1.5 + 0 * y_n, 1) IS NOT NULL;

-- name: format_2x
SELECT y_n FROM w WHERE FORMAT(1.5, 1 + 0 * y_n) IS NOT NULL;

-- name: format_bytes_1
-- only: mysql
SELECT y_n FROM w WHERE FORMAT_BYTES(100 + 0 * y_n) IS NOT NULL;

-- name: from_base64_1
SELECT s_n FROM w WHERE FROM_BASE64(CONCAT('YWJj', LEFT(s_n, 0))) IS NOT NULL;

-- name: from_days_1
SELECT y_n FROM w WHERE FROM_DAYS(738000 + 0 * y_n) IS NOT NULL;

-- name: from_unixtime_1
SELECT y_n FROM w WHERE FROM_UNIXTIME(1 + 0 * y_n, '%Y') IS NOT NULL;

-- name: from_unixtime_2
SELECT s_n FROM w WHERE FROM_UNIXTIME(1, CONCAT('%Y', LEFT(s_n, 0))) IS NOT NULL;

-- name: get_format_2
SELECT s_n FROM w WHERE GET_FORMAT(DATE, CONCAT('USA', LEFT(s_n, 0))) IS NOT NULL;

-- name: greatest_1
SELECT y_n FROM w WHERE GREATEST(1 + 0 * y_n, 2) IS NOT NULL;

-- name: greatest_2
SELECT y_n FROM w WHERE GREATEST(1, 2 + 0 * y_n) IS NOT NULL;

-- name: gtid_subset_1
-- only: mysql
SELECT s_n FROM w WHERE GTID_SUBSET(CONCAT('', LEFT(s_n, 0)), '') IS NOT NULL;

-- name: gtid_subset_2
-- only: mysql
SELECT s_n FROM w WHERE GTID_SUBSET('', CONCAT('', LEFT(s_n, 0))) IS NOT NULL;

-- name: gtid_subtract_1
-- only: mysql
SELECT s_n FROM w WHERE GTID_SUBTRACT(CONCAT('', LEFT(s_n, 0)), '') IS NOT NULL;

-- name: gtid_subtract_2
-- only: mysql
SELECT s_n FROM w WHERE GTID_SUBTRACT('', CONCAT('', LEFT(s_n, 0))) IS NOT NULL;

-- name: hex_1
SELECT s_n FROM w WHERE HEX(CONCAT('a', LEFT(s_n, 0))) IS NOT NULL;

-- name: hour_1
SELECT s_n FROM w WHERE HOUR(CONCAT('10:00:00', LEFT(s_n, 0))) IS NOT NULL;

-- name: if_1
SELECT y_n FROM w WHERE IF(1 + 0 * y_n, 'a', 'b') IS NOT NULL;

-- name: if_2
SELECT s_n FROM w WHERE IF(1, CONCAT('a', LEFT(s_n, 0)), 'b') IS NOT NULL;

-- name: if_3
SELECT s_n FROM w WHERE IF(1, 'a', CONCAT('b', LEFT(s_n, 0))) IS NOT NULL;

-- name: ifnull_1
SELECT s_n FROM w WHERE IFNULL(CONCAT('a', LEFT(s_n, 0)), 'b') IS NOT NULL;

-- name: ifnull_2
SELECT s_n FROM w WHERE IFNULL('a', CONCAT('b', LEFT(s_n, 0))) IS NOT NULL;

-- name: inet6_aton_1
SELECT s_n FROM w WHERE INET6_ATON(CONCAT('::1', LEFT(s_n, 0))) IS NOT NULL;

-- name: inet_aton_1
SELECT s_n FROM w WHERE INET_ATON(CONCAT('1.2.3.4', LEFT(s_n, 0))) IS NOT NULL;

-- name: inet_ntoa_1
SELECT y_n FROM w WHERE INET_NTOA(1 + 0 * y_n) IS NOT NULL;

-- name: insert_1
SELECT s_n FROM w WHERE INSERT(CONCAT('abc', LEFT(s_n, 0)), 1, 1, 'x') IS NOT NULL;

-- name: insert_2
SELECT y_n FROM w WHERE INSERT('abc', 1 + 0 * y_n, 1, 'x') IS NOT NULL;

-- name: insert_3
SELECT y_n FROM w WHERE INSERT('abc', 1, 1 + 0 * y_n, 'x') IS NOT NULL;

-- name: insert_4
SELECT s_n FROM w WHERE INSERT('abc', 1, 1, CONCAT('x', LEFT(s_n, 0))) IS NOT NULL;

-- name: instr_1
SELECT s_n FROM w WHERE INSTR(CONCAT('abc', LEFT(s_n, 0)), 'b') IS NOT NULL;

-- name: instr_2
SELECT s_n FROM w WHERE INSTR('abc', CONCAT('b', LEFT(s_n, 0))) IS NOT NULL;

-- name: interval_1
SELECT y_n FROM w WHERE INTERVAL(1 + 0 * y_n, 2) IS NOT NULL;

-- name: interval_2
SELECT y_n FROM w WHERE INTERVAL(1, 2 + 0 * y_n) IS NOT NULL;

-- name: isnull_1
SELECT s_n FROM w WHERE ISNULL(CONCAT('a', LEFT(s_n, 0))) IS NOT NULL;

-- name: is_ipv4_1
SELECT s_n FROM w WHERE IS_IPV4(CONCAT('1.2.3.4', LEFT(s_n, 0))) IS NOT NULL;

-- name: is_ipv6_1
SELECT s_n FROM w WHERE IS_IPV6(CONCAT('::1', LEFT(s_n, 0))) IS NOT NULL;

-- name: is_uuid_1
-- only: mysql
SELECT s_n FROM w WHERE IS_UUID(CONCAT('x', LEFT(s_n, 0))) IS NOT NULL;

-- name: json_array_append_1
SELECT s_n FROM w WHERE JSON_ARRAY_APPEND(CONCAT('[1]', LEFT(s_n, 0)), '$', 1) IS NOT NULL;

-- name: json_array_append_2
SELECT s_n FROM w WHERE JSON_ARRAY_APPEND('[1]', CONCAT('$', LEFT(s_n, 0)), 1) IS NOT NULL;

-- name: json_array_append_3
SELECT y_n FROM w WHERE JSON_ARRAY_APPEND('[1]', '$', 1 + 0 * y_n) IS NOT NULL;

-- name: json_array_insert_1
SELECT s_n FROM w WHERE JSON_ARRAY_INSERT(CONCAT('[1]', LEFT(s_n, 0)), '$[0]', 1) IS NOT NULL;

-- name: json_array_insert_2
SELECT s_n FROM w WHERE JSON_ARRAY_INSERT('[1]', CONCAT('$[0]', LEFT(s_n, 0)), 1) IS NOT NULL;

-- name: json_array_insert_3
SELECT y_n FROM w WHERE JSON_ARRAY_INSERT('[1]', '$[0]', 1 + 0 * y_n) IS NOT NULL;

-- name: json_compact_1
-- only: mariadb
SELECT s_n FROM w WHERE JSON_COMPACT(CONCAT('1', LEFT(s_n, 0))) IS NOT NULL;

-- name: json_contains_1
SELECT s_n FROM w WHERE JSON_CONTAINS(CONCAT('{"a":1}', LEFT(s_n, 0)), '1', '$.a') IS NOT NULL;

-- name: json_contains_2
SELECT s_n FROM w WHERE JSON_CONTAINS('{"a":1}', CONCAT('1', LEFT(s_n, 0)), '$.a') IS NOT NULL;

-- name: json_contains_3
SELECT s_n FROM w WHERE JSON_CONTAINS('{"a":1}', '1', CONCAT('$.a', LEFT(s_n, 0))) IS NOT NULL;

-- name: json_contains_path_1
SELECT s_n FROM w WHERE JSON_CONTAINS_PATH(CONCAT('{"a":1}', LEFT(s_n, 0)), 'one', '$.a', '$.b') IS NOT NULL;

-- name: json_contains_path_2
SELECT s_n FROM w WHERE JSON_CONTAINS_PATH('{"a":1}', CONCAT('one', LEFT(s_n, 0)), '$.a', '$.b') IS NOT NULL;

-- name: json_contains_path_3
SELECT s_n FROM w WHERE JSON_CONTAINS_PATH('{"a":1}', 'one', CONCAT('$.a', LEFT(s_n, 0)), '$.b') IS NOT NULL;

-- name: json_contains_path_4
SELECT s_n FROM w WHERE JSON_CONTAINS_PATH('{"a":1}', 'one', '$.a', CONCAT('$.b', LEFT(s_n, 0))) IS NOT NULL;

-- name: json_depth_1
SELECT s_n FROM w WHERE JSON_DEPTH(CONCAT('1', LEFT(s_n, 0))) IS NOT NULL;

-- name: json_detailed_1
-- only: mariadb
SELECT s_n FROM w WHERE JSON_DETAILED(CONCAT('[1]', LEFT(s_n, 0)), 2) IS NOT NULL;

-- name: json_detailed_2
-- only: mariadb
SELECT y_n FROM w WHERE JSON_DETAILED('[1]', 2 + 0 * y_n) IS NOT NULL;

-- name: json_equals_1
-- only: mariadb
SELECT s_n FROM w WHERE JSON_EQUALS(CONCAT('[1]', LEFT(s_n, 0)), '[1]') IS NOT NULL;

-- name: json_equals_2
-- only: mariadb
SELECT s_n FROM w WHERE JSON_EQUALS('[1]', CONCAT('[1]', LEFT(s_n, 0))) IS NOT NULL;

-- name: json_exists_1
-- only: mariadb
SELECT s_n FROM w WHERE JSON_EXISTS(CONCAT('[1]', LEFT(s_n, 0)), '$') IS NOT NULL;

-- name: json_exists_2
-- only: mariadb
SELECT s_n FROM w WHERE JSON_EXISTS('[1]', CONCAT('$', LEFT(s_n, 0))) IS NOT NULL;

-- name: json_extract_1
SELECT s_n FROM w WHERE JSON_EXTRACT(CONCAT('{"a":1}', LEFT(s_n, 0)), '$.a', '$.b') IS NOT NULL;

-- name: json_extract_2
SELECT s_n FROM w WHERE JSON_EXTRACT('{"a":1}', CONCAT('$.a', LEFT(s_n, 0)), '$.b') IS NOT NULL;

-- name: json_extract_3
SELECT s_n FROM w WHERE JSON_EXTRACT('{"a":1}', '$.a', CONCAT('$.b', LEFT(s_n, 0))) IS NOT NULL;

-- name: json_insert_1
SELECT s_n FROM w WHERE JSON_INSERT(CONCAT('{"a":1}', LEFT(s_n, 0)), '$.b', 2) IS NOT NULL;

-- name: json_insert_2
SELECT s_n FROM w WHERE JSON_INSERT('{"a":1}', CONCAT('$.b', LEFT(s_n, 0)), 2) IS NOT NULL;

-- name: json_insert_3
SELECT y_n FROM w WHERE JSON_INSERT('{"a":1}', '$.b', 2 + 0 * y_n) IS NOT NULL;

-- name: json_keys_1
SELECT s_n FROM w WHERE JSON_KEYS(CONCAT('{"a":{"b":1}}', LEFT(s_n, 0)), '$.a') IS NOT NULL;

-- name: json_keys_2
SELECT s_n FROM w WHERE JSON_KEYS('{"a":{"b":1}}', CONCAT('$.a', LEFT(s_n, 0))) IS NOT NULL;

-- name: json_length_1
SELECT s_n FROM w WHERE JSON_LENGTH(CONCAT('{"a":1}', LEFT(s_n, 0)), '$.a') IS NOT NULL;

-- name: json_length_2
SELECT s_n FROM w WHERE JSON_LENGTH('{"a":1}', CONCAT('$.a', LEFT(s_n, 0))) IS NOT NULL;

-- name: json_loose_1
-- only: mariadb
SELECT s_n FROM w WHERE JSON_LOOSE(CONCAT('1', LEFT(s_n, 0))) IS NOT NULL;

-- name: json_merge_1
SELECT s_n FROM w WHERE JSON_MERGE(CONCAT('[1]', LEFT(s_n, 0)), '[2]') IS NOT NULL;

-- name: json_merge_2
SELECT s_n FROM w WHERE JSON_MERGE('[1]', CONCAT('[2]', LEFT(s_n, 0))) IS NOT NULL;

-- name: json_merge_patch_1
SELECT s_n FROM w WHERE JSON_MERGE_PATCH(CONCAT('{"a":1}', LEFT(s_n, 0)), '{"b":1}') IS NOT NULL;

-- name: json_merge_patch_2
SELECT s_n FROM w WHERE JSON_MERGE_PATCH('{"a":1}', CONCAT('{"b":1}', LEFT(s_n, 0))) IS NOT NULL;

-- name: json_merge_preserve_1
SELECT s_n FROM w WHERE JSON_MERGE_PRESERVE(CONCAT('[1]', LEFT(s_n, 0)), '[2]') IS NOT NULL;

-- name: json_merge_preserve_2
SELECT s_n FROM w WHERE JSON_MERGE_PRESERVE('[1]', CONCAT('[2]', LEFT(s_n, 0))) IS NOT NULL;

-- name: json_normalize_1
-- only: mariadb
SELECT s_n FROM w WHERE JSON_NORMALIZE(CONCAT('1', LEFT(s_n, 0))) IS NOT NULL;

-- name: json_object_1
SELECT s_n FROM w WHERE JSON_OBJECT(CONCAT('a', LEFT(s_n, 0)), 1) IS NOT NULL;

-- name: json_object_2
SELECT y_n FROM w WHERE JSON_OBJECT('a', 1 + 0 * y_n) IS NOT NULL;

-- name: json_object_1x
-- only: mysql
SELECT s_n FROM w WHERE JSON_OBJECT(CONCAT('a', LEFT(s_n, 0)), x'FF') IS NOT NULL;

-- name: json_object_2x
-- only: mariadb
SELECT y_n FROM w WHERE JSON_OBJECT(x'FF', 1 + 0 * y_n) IS NOT NULL;

-- name: json_overlaps_1
SELECT s_n FROM w WHERE JSON_OVERLAPS(CONCAT('[1]', LEFT(s_n, 0)), '[1]') IS NOT NULL;

-- name: json_overlaps_2
SELECT s_n FROM w WHERE JSON_OVERLAPS('[1]', CONCAT('[1]', LEFT(s_n, 0))) IS NOT NULL;

-- name: json_pretty_1
SELECT s_n FROM w WHERE JSON_PRETTY(CONCAT('1', LEFT(s_n, 0))) IS NOT NULL;

-- name: json_query_1
-- only: mariadb
SELECT s_n FROM w WHERE JSON_QUERY(CONCAT('{"a":{}}', LEFT(s_n, 0)), '$.a') IS NOT NULL;

-- name: json_query_2
-- only: mariadb
SELECT s_n FROM w WHERE JSON_QUERY('{"a":{}}', CONCAT('$.a', LEFT(s_n, 0))) IS NOT NULL;

-- name: json_quote_1
SELECT s_n FROM w WHERE JSON_QUOTE(CONCAT('a', LEFT(s_n, 0))) IS NOT NULL;

-- name: json_remove_1
SELECT s_n FROM w WHERE JSON_REMOVE(CONCAT('{"a":1}', LEFT(s_n, 0)), '$.a', '$.b') IS NOT NULL;

-- name: json_remove_2
SELECT s_n FROM w WHERE JSON_REMOVE('{"a":1}', CONCAT('$.a', LEFT(s_n, 0)), '$.b') IS NOT NULL;

-- name: json_remove_3
SELECT s_n FROM w WHERE JSON_REMOVE('{"a":1}', '$.a', CONCAT('$.b', LEFT(s_n, 0))) IS NOT NULL;

-- name: json_replace_1
SELECT s_n FROM w WHERE JSON_REPLACE(CONCAT('{"a":1}', LEFT(s_n, 0)), '$.a', 2) IS NOT NULL;

-- name: json_replace_2
SELECT s_n FROM w WHERE JSON_REPLACE('{"a":1}', CONCAT('$.a', LEFT(s_n, 0)), 2) IS NOT NULL;

-- name: json_replace_3
SELECT y_n FROM w WHERE JSON_REPLACE('{"a":1}', '$.a', 2 + 0 * y_n) IS NOT NULL;

-- name: json_schema_valid_1
-- only: mysql
SELECT s_n FROM w WHERE JSON_SCHEMA_VALID(CONCAT('{}', LEFT(s_n, 0)), '1') IS NOT NULL;

-- name: json_schema_valid_2
-- only: mysql
SELECT s_n FROM w WHERE JSON_SCHEMA_VALID('{}', CONCAT('1', LEFT(s_n, 0))) IS NOT NULL;

-- name: json_search_1
SELECT s_n FROM w WHERE JSON_SEARCH(CONCAT('["abc"]', LEFT(s_n, 0)), 'one', 'abc', '!', '$') IS NOT NULL;

-- name: json_search_2
SELECT s_n FROM w WHERE JSON_SEARCH('["abc"]', CONCAT('one', LEFT(s_n, 0)), 'abc', '!', '$') IS NOT NULL;

-- name: json_search_3
SELECT s_n FROM w WHERE JSON_SEARCH('["abc"]', 'one', CONCAT('abc', LEFT(s_n, 0)), '!', '$') IS NOT NULL;

-- name: json_search_5
SELECT s_n FROM w WHERE JSON_SEARCH('["abc"]', 'one', 'abc', '!', CONCAT('$', LEFT(s_n, 0))) IS NOT NULL;

-- name: json_set_1
SELECT s_n FROM w WHERE JSON_SET(CONCAT('{"a":1}', LEFT(s_n, 0)), '$.a', 2) IS NOT NULL;

-- name: json_set_2
SELECT s_n FROM w WHERE JSON_SET('{"a":1}', CONCAT('$.a', LEFT(s_n, 0)), 2) IS NOT NULL;

-- name: json_set_3
SELECT y_n FROM w WHERE JSON_SET('{"a":1}', '$.a', 2 + 0 * y_n) IS NOT NULL;

-- name: json_type_1
SELECT s_n FROM w WHERE JSON_TYPE(CONCAT('1', LEFT(s_n, 0))) IS NOT NULL;

-- name: json_unquote_1
SELECT s_n FROM w WHERE JSON_UNQUOTE(CONCAT('a', LEFT(s_n, 0))) IS NOT NULL;

-- name: json_valid_1
SELECT s_n FROM w WHERE JSON_VALID(CONCAT('1', LEFT(s_n, 0))) IS NOT NULL;

-- name: json_value_1
SELECT s_n FROM w WHERE JSON_VALUE(CONCAT('{"a":1}', LEFT(s_n, 0)), '$.a') IS NOT NULL;

-- name: json_value_2
-- only: mariadb
SELECT s_n FROM w WHERE JSON_VALUE('{"a":1}', CONCAT('$.a', LEFT(s_n, 0))) IS NOT NULL;

-- name: last_day_1
SELECT s_n FROM w WHERE LAST_DAY(CONCAT('2024-01-31', LEFT(s_n, 0))) IS NOT NULL;

-- name: least_1
SELECT y_n FROM w WHERE LEAST(1 + 0 * y_n, 2) IS NOT NULL;

-- name: least_2
SELECT y_n FROM w WHERE LEAST(1, 2 + 0 * y_n) IS NOT NULL;

-- name: left_1
SELECT s_n FROM w WHERE LEFT(CONCAT('a', LEFT(s_n, 0)), 1) IS NOT NULL;

-- name: left_2
SELECT y_n FROM w WHERE LEFT('a', 1 + 0 * y_n) IS NOT NULL;

-- name: locate_1
SELECT s_n FROM w WHERE LOCATE(CONCAT('a', LEFT(s_n, 0)), 'abc', 1) IS NOT NULL;

-- name: locate_2
SELECT s_n FROM w WHERE LOCATE('a', CONCAT('abc', LEFT(s_n, 0)), 1) IS NOT NULL;

-- name: locate_3
SELECT y_n FROM w WHERE LOCATE('a', 'abc', 1 + 0 * y_n) IS NOT NULL;

-- name: log_1
SELECT y_n FROM w WHERE LOG(2 + 0 * y_n, 8) IS NOT NULL;

-- name: log_2
SELECT y_n FROM w WHERE LOG(2, 8 + 0 * y_n) IS NOT NULL;

-- name: lower_1
SELECT s_n FROM w WHERE LOWER(CONCAT('A', LEFT(s_n, 0))) IS NOT NULL;

-- name: lpad_1
SELECT s_n FROM w WHERE LPAD(CONCAT('a', LEFT(s_n, 0)), 3, 'x') IS NOT NULL;

-- name: lpad_2
SELECT y_n FROM w WHERE LPAD('a', 3 + 0 * y_n, 'x') IS NOT NULL;

-- name: lpad_3
SELECT s_n FROM w WHERE LPAD('a', 3, CONCAT('x', LEFT(s_n, 0))) IS NOT NULL;

-- name: lpad_oracle_1
-- only: mariadb
SELECT s_n FROM w WHERE LPAD_ORACLE(CONCAT('a', LEFT(s_n, 0)), 3, 'x') IS NOT NULL;

-- name: lpad_oracle_2
-- only: mariadb
SELECT y_n FROM w WHERE LPAD_ORACLE('a', 3 + 0 * y_n, 'x') IS NOT NULL;

-- name: lpad_oracle_3
-- only: mariadb
SELECT s_n FROM w WHERE LPAD_ORACLE('a', 3, CONCAT('x', LEFT(s_n, 0))) IS NOT NULL;

-- name: ltrim_1
SELECT s_n FROM w WHERE LTRIM(CONCAT(' a', LEFT(s_n, 0))) IS NOT NULL;

-- name: makedate_1
SELECT y_n FROM w WHERE MAKEDATE(2024 + 0 * y_n, 1) IS NOT NULL;

-- name: makedate_2
SELECT y_n FROM w WHERE MAKEDATE(2024, 1 + 0 * y_n) IS NOT NULL;

-- name: maketime_1
SELECT y_n FROM w WHERE MAKETIME(1 + 0 * y_n, 2, 3) IS NOT NULL;

-- name: maketime_2
SELECT y_n FROM w WHERE MAKETIME(1, 2 + 0 * y_n, 3) IS NOT NULL;

-- name: maketime_3
SELECT y_n FROM w WHERE MAKETIME(1, 2, 3 + 0 * y_n) IS NOT NULL;

-- name: make_set_1
SELECT y_n FROM w WHERE MAKE_SET(1 + 0 * y_n, 'a', 'b') IS NOT NULL;

-- name: make_set_2
SELECT s_n FROM w WHERE MAKE_SET(1, CONCAT('a', LEFT(s_n, 0)), 'b') IS NOT NULL;

-- name: make_set_3
SELECT s_n FROM w WHERE MAKE_SET(1, 'a', CONCAT('b', LEFT(s_n, 0))) IS NOT NULL;

-- name: mod_1
SELECT y_n FROM w WHERE MOD(5 + 0 * y_n, 3) IS NOT NULL;

-- name: mod_2
SELECT y_n FROM w WHERE MOD(5, 3 + 0 * y_n) IS NOT NULL;

-- name: natural_sort_key_1
-- only: mariadb
SELECT s_n FROM w WHERE NATURAL_SORT_KEY(CONCAT('a', LEFT(s_n, 0))) IS NOT NULL;

-- name: nullif_1
SELECT s_n FROM w WHERE NULLIF(CONCAT('a', LEFT(s_n, 0)), 'b') IS NOT NULL;

-- name: nullif_2
SELECT s_n FROM w WHERE NULLIF('a', CONCAT('b', LEFT(s_n, 0))) IS NOT NULL;

-- name: nullif_1x
SELECT y_n FROM w WHERE NULLIF(1 + 0 * y_n, 2) IS NOT NULL;

-- name: nullif_2x
SELECT y_n FROM w WHERE NULLIF(1, 2 + 0 * y_n) IS NOT NULL;

-- name: nvl_1
-- only: mariadb
SELECT s_n FROM w WHERE NVL(CONCAT('a', LEFT(s_n, 0)), 'b') IS NOT NULL;

-- name: nvl_2
-- only: mariadb
SELECT s_n FROM w WHERE NVL('a', CONCAT('b', LEFT(s_n, 0))) IS NOT NULL;

-- name: nvl2_1
-- only: mariadb
SELECT s_n FROM w WHERE NVL2(CONCAT('a', LEFT(s_n, 0)), 'b', 'c') IS NOT NULL;

-- name: nvl2_2
-- only: mariadb
SELECT s_n FROM w WHERE NVL2('a', CONCAT('b', LEFT(s_n, 0)), 'c') IS NOT NULL;

-- name: nvl2_3
-- only: mariadb
SELECT s_n FROM w WHERE NVL2('a', 'b', CONCAT('c', LEFT(s_n, 0))) IS NOT NULL;

-- name: oct_1
SELECT y_n FROM w WHERE OCT(8 + 0 * y_n) IS NOT NULL;

-- name: old_password_1
-- only: mariadb
SELECT s_n FROM w WHERE OLD_PASSWORD(CONCAT('a', LEFT(s_n, 0))) IS NOT NULL;

-- name: ord_1
SELECT s_n FROM w WHERE ORD(CONCAT('a', LEFT(s_n, 0))) IS NOT NULL;

-- name: period_add_1
SELECT y_n FROM w WHERE PERIOD_ADD(202401 + 0 * y_n, 1) IS NOT NULL;

-- name: period_add_2
SELECT y_n FROM w WHERE PERIOD_ADD(202401, 1 + 0 * y_n) IS NOT NULL;

-- name: period_diff_1
SELECT y_n FROM w WHERE PERIOD_DIFF(202401 + 0 * y_n, 202402) IS NOT NULL;

-- name: period_diff_2
SELECT y_n FROM w WHERE PERIOD_DIFF(202401, 202402 + 0 * y_n) IS NOT NULL;

-- name: pow_1
SELECT y_n FROM w WHERE POW(2 + 0 * y_n, 2) IS NOT NULL;

-- name: pow_2
SELECT y_n FROM w WHERE POW(2, 2 + 0 * y_n) IS NOT NULL;

-- name: quote_1
SELECT s_n FROM w WHERE QUOTE(CONCAT('a', LEFT(s_n, 0))) IS NOT NULL;

-- name: regexp_instr_1
-- only: mysql
SELECT s_n FROM w WHERE REGEXP_INSTR(CONCAT('abc', LEFT(s_n, 0)), 'b', 1, 1, 0, 'c') IS NOT NULL;

-- name: regexp_instr_2
-- only: mysql
SELECT s_n FROM w WHERE REGEXP_INSTR('abc', CONCAT('b', LEFT(s_n, 0)), 1, 1, 0, 'c') IS NOT NULL;

-- name: regexp_instr_3
-- only: mysql
SELECT y_n FROM w WHERE REGEXP_INSTR('abc', 'b', 1 + 0 * y_n, 1, 0, 'c') IS NOT NULL;

-- name: regexp_instr_4
-- only: mysql
SELECT y_n FROM w WHERE REGEXP_INSTR('abc', 'b', 1, 1 + 0 * y_n, 0, 'c') IS NOT NULL;

-- name: regexp_instr_5
-- only: mysql
SELECT y_n FROM w WHERE REGEXP_INSTR('abc', 'b', 1, 1, 0 + 0 * y_n, 'c') IS NOT NULL;

-- name: regexp_instr_6
-- only: mysql
SELECT s_n FROM w WHERE REGEXP_INSTR('abc', 'b', 1, 1, 0, CONCAT('c', LEFT(s_n, 0))) IS NOT NULL;

-- name: regexp_like_1
-- only: mysql
SELECT s_n FROM w WHERE REGEXP_LIKE(CONCAT('abc', LEFT(s_n, 0)), 'b', 'c') IS NOT NULL;

-- name: regexp_like_2
-- only: mysql
SELECT s_n FROM w WHERE REGEXP_LIKE('abc', CONCAT('b', LEFT(s_n, 0)), 'c') IS NOT NULL;

-- name: regexp_like_3
-- only: mysql
SELECT s_n FROM w WHERE REGEXP_LIKE('abc', 'b', CONCAT('c', LEFT(s_n, 0))) IS NOT NULL;

-- name: regexp_replace_1
-- only: mysql
SELECT s_n FROM w WHERE REGEXP_REPLACE(CONCAT('abc', LEFT(s_n, 0)), 'b', 'x', 1, 0, 'c') IS NOT NULL;

-- name: regexp_replace_2
-- only: mysql
SELECT s_n FROM w WHERE REGEXP_REPLACE('abc', CONCAT('b', LEFT(s_n, 0)), 'x', 1, 0, 'c') IS NOT NULL;

-- name: regexp_replace_3
-- only: mysql
SELECT s_n FROM w WHERE REGEXP_REPLACE('abc', 'b', CONCAT('x', LEFT(s_n, 0)), 1, 0, 'c') IS NOT NULL;

-- name: regexp_replace_4
-- only: mysql
SELECT y_n FROM w WHERE REGEXP_REPLACE('abc', 'b', 'x', 1 + 0 * y_n, 0, 'c') IS NOT NULL;

-- name: regexp_replace_5
-- only: mysql
SELECT y_n FROM w WHERE REGEXP_REPLACE('abc', 'b', 'x', 1, 0 + 0 * y_n, 'c') IS NOT NULL;

-- name: regexp_replace_6
-- only: mysql
SELECT s_n FROM w WHERE REGEXP_REPLACE('abc', 'b', 'x', 1, 0, CONCAT('c', LEFT(s_n, 0))) IS NOT NULL;

-- name: regexp_substr_1
-- only: mysql
SELECT s_n FROM w WHERE REGEXP_SUBSTR(CONCAT('abc', LEFT(s_n, 0)), 'b', 1, 1, 'c') IS NOT NULL;

-- name: regexp_substr_2
-- only: mysql
SELECT s_n FROM w WHERE REGEXP_SUBSTR('abc', CONCAT('b', LEFT(s_n, 0)), 1, 1, 'c') IS NOT NULL;

-- name: regexp_substr_3
-- only: mysql
SELECT y_n FROM w WHERE REGEXP_SUBSTR('abc', 'b', 1 + 0 * y_n, 1, 'c') IS NOT NULL;

-- name: regexp_substr_4
-- only: mysql
SELECT y_n FROM w WHERE REGEXP_SUBSTR('abc', 'b', 1, 1 + 0 * y_n, 'c') IS NOT NULL;

-- name: regexp_substr_5
-- only: mysql
SELECT s_n FROM w WHERE REGEXP_SUBSTR('abc', 'b', 1, 1, CONCAT('c', LEFT(s_n, 0))) IS NOT NULL;

-- name: repeat_1
SELECT s_n FROM w WHERE REPEAT(CONCAT('a', LEFT(s_n, 0)), 2) IS NOT NULL;

-- name: repeat_2
SELECT y_n FROM w WHERE REPEAT('a', 2 + 0 * y_n) IS NOT NULL;

-- name: replace_1
SELECT s_n FROM w WHERE REPLACE(CONCAT('abc', LEFT(s_n, 0)), 'a', 'b') IS NOT NULL;

-- name: replace_2
SELECT s_n FROM w WHERE REPLACE('abc', CONCAT('a', LEFT(s_n, 0)), 'b') IS NOT NULL;

-- name: replace_3
SELECT s_n FROM w WHERE REPLACE('abc', 'a', CONCAT('b', LEFT(s_n, 0))) IS NOT NULL;

-- name: replace_oracle_1
-- only: mariadb
SELECT s_n FROM w WHERE REPLACE_ORACLE(CONCAT('abc', LEFT(s_n, 0)), 'a', 'b') IS NOT NULL;

-- name: replace_oracle_2
-- only: mariadb
SELECT s_n FROM w WHERE REPLACE_ORACLE('abc', CONCAT('a', LEFT(s_n, 0)), 'b') IS NOT NULL;

-- name: replace_oracle_3
-- only: mariadb
SELECT s_n FROM w WHERE REPLACE_ORACLE('abc', 'a', CONCAT('b', LEFT(s_n, 0))) IS NOT NULL;

-- name: reverse_1
SELECT s_n FROM w WHERE REVERSE(CONCAT('ab', LEFT(s_n, 0))) IS NOT NULL;

-- name: round_1
SELECT y_n FROM w WHERE ROUND(1.5 + 0 * y_n, 1) IS NOT NULL;

-- name: round_2
SELECT y_n FROM w WHERE ROUND(1.5, 1 + 0 * y_n) IS NOT NULL;

-- name: rpad_1
SELECT s_n FROM w WHERE RPAD(CONCAT('a', LEFT(s_n, 0)), 3, 'x') IS NOT NULL;

-- name: rpad_2
SELECT y_n FROM w WHERE RPAD('a', 3 + 0 * y_n, 'x') IS NOT NULL;

-- name: rpad_3
SELECT s_n FROM w WHERE RPAD('a', 3, CONCAT('x', LEFT(s_n, 0))) IS NOT NULL;

-- name: sec_to_time_1
SELECT y_n FROM w WHERE SEC_TO_TIME(1 + 0 * y_n) IS NOT NULL;

-- name: sformat_1
-- only: mariadb
SELECT s_n FROM w WHERE SFORMAT(CONCAT('{}', LEFT(s_n, 0)), 'a') IS NOT NULL;

-- name: sformat_2
-- only: mariadb
SELECT s_n FROM w WHERE SFORMAT('{}', CONCAT('a', LEFT(s_n, 0))) IS NOT NULL;

-- name: sha2_1
SELECT s_n FROM w WHERE SHA2(CONCAT('a', LEFT(s_n, 0)), 256) IS NOT NULL;

-- name: sha2_2
SELECT y_n FROM w WHERE SHA2('a', 256 + 0 * y_n) IS NOT NULL;

-- name: sin_1
SELECT y_n FROM w WHERE SIN(0.5 + 0 * y_n) IS NOT NULL;

-- name: soundex_1
SELECT s_n FROM w WHERE SOUNDEX(CONCAT('a', LEFT(s_n, 0))) IS NOT NULL;

-- name: space_1
SELECT y_n FROM w WHERE SPACE(2 + 0 * y_n) IS NOT NULL;

-- name: sqrt_1
SELECT y_n FROM w WHERE SQRT(4 + 0 * y_n) IS NOT NULL;

-- name: statement_digest_1
-- only: mysql
SELECT s_n FROM w WHERE STATEMENT_DIGEST(CONCAT('SELECT 1', LEFT(s_n, 0))) IS NOT NULL;

-- name: strcmp_1
SELECT s_n FROM w WHERE STRCMP(CONCAT('a', LEFT(s_n, 0)), 'b') IS NOT NULL;

-- name: strcmp_2
SELECT s_n FROM w WHERE STRCMP('a', CONCAT('b', LEFT(s_n, 0))) IS NOT NULL;

-- name: string_to_vector_1
-- only: mysql
SELECT s_n FROM w WHERE STRING_TO_VECTOR(CONCAT('[1]', LEFT(s_n, 0))) IS NOT NULL;

-- name: str_to_date_1
SELECT s_n FROM w WHERE STR_TO_DATE(CONCAT('2024', LEFT(s_n, 0)), '%Y') IS NOT NULL;

-- name: str_to_date_2
SELECT s_n FROM w WHERE STR_TO_DATE('2024', CONCAT('%Y', LEFT(s_n, 0))) IS NOT NULL;

-- name: substring_1
SELECT s_n FROM w WHERE SUBSTRING(CONCAT('abc', LEFT(s_n, 0)), 1, 2) IS NOT NULL;

-- name: substring_2
SELECT y_n FROM w WHERE SUBSTRING('abc', 1 + 0 * y_n, 2) IS NOT NULL;

-- name: substring_3
SELECT y_n FROM w WHERE SUBSTRING('abc', 1, 2 + 0 * y_n) IS NOT NULL;

-- name: substring_index_1
SELECT s_n FROM w WHERE SUBSTRING_INDEX(CONCAT('a.b', LEFT(s_n, 0)), '.', 1) IS NOT NULL;

-- name: substring_index_2
SELECT s_n FROM w WHERE SUBSTRING_INDEX('a.b', CONCAT('.', LEFT(s_n, 0)), 1) IS NOT NULL;

-- name: substring_index_3
SELECT y_n FROM w WHERE SUBSTRING_INDEX('a.b', '.', 1 + 0 * y_n) IS NOT NULL;

-- name: substr_oracle_1
-- only: mariadb
SELECT s_n FROM w WHERE SUBSTR_ORACLE(CONCAT('abc', LEFT(s_n, 0)), 1, 2) IS NOT NULL;

-- name: substr_oracle_2
-- only: mariadb
SELECT y_n FROM w WHERE SUBSTR_ORACLE('abc', 1 + 0 * y_n, 2) IS NOT NULL;

-- name: substr_oracle_3
-- only: mariadb
SELECT y_n FROM w WHERE SUBSTR_ORACLE('abc', 1, 2 + 0 * y_n) IS NOT NULL;

-- name: timediff_1
SELECT s_n FROM w WHERE TIMEDIFF(CONCAT('1:00', LEFT(s_n, 0)), '2:00') IS NOT NULL;

-- name: timediff_2
SELECT s_n FROM w WHERE TIMEDIFF('1:00', CONCAT('2:00', LEFT(s_n, 0))) IS NOT NULL;

-- name: timestamp_1
SELECT s_n FROM w WHERE TIMESTAMP(CONCAT('2024-01-01', LEFT(s_n, 0)), '1:00') IS NOT NULL;

-- name: timestamp_2
SELECT s_n FROM w WHERE TIMESTAMP('2024-01-01', CONCAT('1:00', LEFT(s_n, 0))) IS NOT NULL;

-- name: timestampadd_2
SELECT y_n FROM w WHERE TIMESTAMPADD(DAY, 1 + 0 * y_n, '2024-01-01') IS NOT NULL;

-- name: timestampadd_3
SELECT s_n FROM w WHERE TIMESTAMPADD(DAY, 1, CONCAT('2024-01-01', LEFT(s_n, 0))) IS NOT NULL;

-- name: timestampdiff_2
SELECT s_n FROM w WHERE TIMESTAMPDIFF(DAY, CONCAT('2024-01-01', LEFT(s_n, 0)), '2024-01-01') IS NOT NULL;

-- name: timestampdiff_3
SELECT s_n FROM w WHERE TIMESTAMPDIFF(DAY, '2024-01-01', CONCAT('2024-01-01', LEFT(s_n, 0))) IS NOT NULL;

-- name: time_format_1
SELECT s_n FROM w WHERE TIME_FORMAT(CONCAT('10:00', LEFT(s_n, 0)), '%H') IS NOT NULL;

-- name: time_format_2
SELECT s_n FROM w WHERE TIME_FORMAT('10:00', CONCAT('%H', LEFT(s_n, 0))) IS NOT NULL;

-- name: to_base64_1
SELECT s_n FROM w WHERE TO_BASE64(CONCAT('a', LEFT(s_n, 0))) IS NOT NULL;

-- name: to_char_2
-- only: mariadb
SELECT s_n FROM w WHERE TO_CHAR(NOW(), CONCAT('YYYY', LEFT(s_n, 0))) IS NOT NULL;

-- name: to_days_1
SELECT s_n FROM w WHERE TO_DAYS(CONCAT('2024-01-31', LEFT(s_n, 0))) IS NOT NULL;

-- name: trim_1
SELECT s_n FROM w WHERE TRIM(CONCAT('a', LEFT(s_n, 0))) IS NOT NULL;

-- name: truncate_1
SELECT y_n FROM w WHERE TRUNCATE(1.5 + 0 * y_n, 1) IS NOT NULL;

-- name: truncate_2
SELECT y_n FROM w WHERE TRUNCATE(1.5, 1 + 0 * y_n) IS NOT NULL;

-- name: uncompressed_length_1
SELECT s_n FROM w WHERE UNCOMPRESSED_LENGTH(CONCAT('a', LEFT(s_n, 0))) IS NOT NULL;

-- name: unhex_1
SELECT s_n FROM w WHERE UNHEX(CONCAT('41', LEFT(s_n, 0))) IS NOT NULL;

-- name: unix_timestamp_1
SELECT s_n FROM w WHERE UNIX_TIMESTAMP(CONCAT('2024-01-01', LEFT(s_n, 0))) IS NOT NULL;

-- name: updatexml_1
SELECT s_n FROM w WHERE UPDATEXML(CONCAT('<a>x</a>', LEFT(s_n, 0)), '/a', '<b/>') IS NOT NULL;

-- name: updatexml_3
SELECT s_n FROM w WHERE UPDATEXML('<a>x</a>', '/a', CONCAT('<b/>', LEFT(s_n, 0))) IS NOT NULL;

-- name: upper_1
SELECT s_n FROM w WHERE UPPER(CONCAT('a', LEFT(s_n, 0))) IS NOT NULL;

-- name: uuid_to_bin_1
-- only: mysql
SELECT s_n FROM w WHERE UUID_TO_BIN(CONCAT('6ccd780c-baba-1026-9564-5b8c656024db', LEFT(s_n, 0)), 1) IS NOT NULL;

-- name: uuid_to_bin_2
-- only: mysql
SELECT y_n FROM w WHERE UUID_TO_BIN('6ccd780c-baba-1026-9564-5b8c656024db', 1 + 0 * y_n) IS NOT NULL;

-- name: validate_password_strength_1
-- only: mysql
SELECT s_n FROM w WHERE VALIDATE_PASSWORD_STRENGTH(CONCAT('a', LEFT(s_n, 0))) IS NOT NULL;

-- name: week_1
SELECT s_n FROM w WHERE WEEK(CONCAT('2024-01-31', LEFT(s_n, 0)), 1) IS NOT NULL;

-- name: week_2
SELECT y_n FROM w WHERE WEEK('2024-01-31', 1 + 0 * y_n) IS NOT NULL;

-- name: weight_string_1
SELECT s_n FROM w WHERE WEIGHT_STRING(CONCAT('a', LEFT(s_n, 0))) IS NOT NULL;

-- name: year_1
SELECT s_n FROM w WHERE YEAR(CONCAT('2024-01-31', LEFT(s_n, 0))) IS NOT NULL;

-- name: yearweek_1
SELECT s_n FROM w WHERE YEARWEEK(CONCAT('2024-01-31', LEFT(s_n, 0)), 1) IS NOT NULL;

-- name: yearweek_2
SELECT y_n FROM w WHERE YEARWEEK('2024-01-31', 1 + 0 * y_n) IS NOT NULL;
