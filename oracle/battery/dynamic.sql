-- Statements whose text depends on arguments. Each that it can be is analysed and run by itself.

-- name: filters
SELECT p.id, p.email, p.balance
FROM person p
/* @if :coupon */
JOIN purchase q ON q.person_id = p.id AND q.coupon = :coupon
/* @end */
WHERE TRUE
  AND p.email IS NOT NULL -- @if :with_email
  AND p.balance >= :low -- @if :low
  AND p.id IN (:ids) -- @if :ids
-- @order :sort (p.id, p.balance DESC, (p.email, p.id))
LIMIT :most -- @if :most
;

-- name: outer_join_that_a_condition_makes_inner
SELECT p.id, q.total
FROM person p
LEFT JOIN purchase q ON q.person_id = p.id
WHERE q.coupon LIKE :coupon -- @if :coupon
;

-- name: summed
SELECT q.coupon, COUNT(*) AS purchases, MAX(q.shipped_at) AS latest
FROM purchase q
WHERE q.coupon IS NOT NULL -- @if :with_coupon
GROUP BY q.coupon
HAVING COUNT(*) > :more -- @if :more
;
