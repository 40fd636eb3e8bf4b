-- One row with every column family, there and back.

-- name: insert :execlastid
INSERT INTO every_type (
  tiny, tiny_unsigned, small, small_unsigned, medium, medium_unsigned, plain, plain_unsigned, big, big_unsigned,
  flag, bit_one, bit_all, money, precise, widest, single, wide, day, moment, instant, span, season,
  letters, words, prose, fixed_bytes, some_bytes, many_bytes, mood, colors, document, place
) VALUES (
  :tiny, :tiny_unsigned, :small, :small_unsigned, :medium, :medium_unsigned, :plain, :plain_unsigned, :big,
  :big_unsigned, :flag, :bit_one, :bit_all, :money, :precise, :widest, :single, :wide, :day, :moment, :instant,
  :span, :season, :letters, :words, :prose, :fixed_bytes, :some_bytes, :many_bytes, :mood, :colors, :document, :place
);

-- name: insert_many :batch
INSERT INTO every_type (
  tiny, tiny_unsigned, small, small_unsigned, medium, medium_unsigned, plain, plain_unsigned, big, big_unsigned,
  flag, bit_one, bit_all, money, precise, widest, single, wide, day, moment, instant, span, season,
  letters, words, prose, fixed_bytes, some_bytes, many_bytes, mood, colors, document, place
) VALUES (
  :tiny, :tiny_unsigned, :small, :small_unsigned, :medium, :medium_unsigned, :plain, :plain_unsigned, :big,
  :big_unsigned, :flag, :bit_one, :bit_all, :money, :precise, :widest, :single, :wide, :day, :moment, :instant,
  :span, :season, :letters, :words, :prose, :fixed_bytes, :some_bytes, :many_bytes, :mood, :colors, :document, :place
);

-- name: load :copyfrom
INSERT INTO every_type (
  tiny, tiny_unsigned, small, small_unsigned, medium, medium_unsigned, plain, plain_unsigned, big, big_unsigned,
  flag, bit_one, bit_all, money, precise, widest, single, wide, day, moment, instant, span, season,
  letters, words, prose, fixed_bytes, some_bytes, many_bytes, mood, colors, document, place
) VALUES (
  :tiny, :tiny_unsigned, :small, :small_unsigned, :medium, :medium_unsigned, :plain, :plain_unsigned, :big,
  :big_unsigned, :flag, :bit_one, :bit_all, :money, :precise, :widest, :single, :wide, :day, :moment, :instant,
  :span, :season, :letters, :words, :prose, :fixed_bytes, :some_bytes, :many_bytes, :mood, :colors, :document, :place
);

-- name: find
SELECT * FROM every_type WHERE id = :id;

-- name: find_equal
-- Every type as something to compare with, so that a parameter that loses a digit finds nothing.
SELECT id
FROM every_type
WHERE tiny = :tiny AND big = :big AND big_unsigned = :big_unsigned AND bit_all = :bit_all AND money = :money
  AND widest = :widest AND day = :day AND moment = :moment AND instant = :instant AND span = :span
  AND season = :season AND words = :words AND some_bytes = :some_bytes AND mood = :mood AND colors = :colors;
