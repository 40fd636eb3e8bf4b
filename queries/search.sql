-- Searches: conditions and orders that the caller chooses. Each text that can come of it is checked.

-- name: products
-- Products by whatever is known of them; without anything it is all of them.
SELECT p.*
FROM product p
/* @if :moved_since */
JOIN (SELECT DISTINCT product_id FROM stock_movement WHERE moved_at >= :moved_since) m ON m.product_id = p.id
/* @end */
WHERE TRUE
  AND p.name LIKE CONCAT('%', :name, '%') -- @if :name
  AND p.price >= :min_price -- @if :min_price
  AND p.sku IN (:skus) -- @if :skus
  AND NOT p.discontinued -- @if :only_current
-- @order :sort (p.sku, p.price, p.price DESC, (p.quantity DESC, p.id) AS most_in_stock)
LIMIT :limit -- @if :limit
;
