-- Rupiah that were billed for :month.
SELECT city, CAST(sum(monthly) AS BIGINT) AS amount
FROM paid
WHERE first_month <= :month AND last_month >= :month
GROUP BY city
ORDER BY city
