-- Whom :city paid for in months that another city paid for as well: for that city alone, to look into.
WITH own AS (
  SELECT person, payer, monthly, greatest(first_month, :first) AS first_month,
    least(last_month, :last) AS last_month
  FROM paid
  WHERE city = :city AND first_month <= :last AND last_month >= :first
)
SELECT DISTINCT own.person, other.city AS other_city, own.payer, other.payer AS other_payer,
  greatest(own.first_month, other.first_month) AS first_month,
  least(own.last_month, other.last_month) AS last_month, own.monthly
FROM own JOIN paid AS other ON other.person = own.person AND other.city <> :city
  AND other.first_month <= own.last_month AND other.last_month >= own.first_month
ORDER BY own.person, first_month, other_city, payer, other_payer, last_month, monthly
