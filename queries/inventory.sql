-- An inventory: add, restock, sell, and what is left.

-- name: add :execlastid
-- Adds a product and answers its id.
INSERT INTO product (sku, name, description, quantity, price)
VALUES (:sku, :name, :description, :quantity, :price);

-- name: find_by_sku
SELECT * FROM product WHERE sku = :sku;

-- name: restock :execrows
UPDATE product SET quantity = quantity + :amount WHERE id = :id AND NOT discontinued;

-- name: lock_stock
-- The stock of a product, locked until the transaction ends. Reading with a lock takes an executor for writing.
SELECT quantity, price FROM product WHERE id = :id FOR UPDATE;

-- name: take :exec
UPDATE product SET quantity = quantity - :amount WHERE id = :id;

-- name: record_movement
-- Without an annotation an INSERT into a table with AUTO_INCREMENT answers the id.
INSERT INTO stock_movement (product_id, kind, amount) VALUES (:product_id, :kind, :amount);

-- name: movements
SELECT kind, amount FROM stock_movement WHERE product_id = :product_id ORDER BY id;

-- name: low_stock
-- What should be ordered.
SELECT sku, name, quantity, reorder_level - quantity AS missing
FROM product
WHERE quantity < reorder_level AND NOT discontinued
ORDER BY missing DESC, sku;

-- name: total_value :one
-- What all stock is worth. The alias ends in `!`: an empty inventory is worth 0, not NULL.
SELECT COALESCE(SUM(stock_value), 0) AS `total!` FROM product;

-- name: prices
-- Prices with a tax on top, to the last digit: `rate` is 0.0825 for 8.25 %.
SELECT sku, price * (1 + :rate) AS gross FROM product WHERE price + price * :rate >= :least ORDER BY sku;

-- name: search :many
-- Products with a word in their name or description. One argument, though it stands twice.
-- @param keyword: String
SELECT sku, name, price
FROM product
WHERE name LIKE CONCAT('%', :keyword, '%') OR description LIKE CONCAT('%', :keyword, '%')
ORDER BY name;

-- name: set_prices :batch
-- Many prices in one call.
UPDATE product SET price = :price WHERE sku = :sku;

-- name: discontinue :execrows
UPDATE product SET discontinued = TRUE WHERE sku IN (sqlc.slice(skus));

-- name: upsert :exec
-- Adds a product, or adds to the stock of the one that is there.
INSERT INTO product (sku, name, quantity, price) VALUES (:sku, :name, :quantity, :price)
ON DUPLICATE KEY UPDATE quantity = quantity + :quantity, price = :price;
