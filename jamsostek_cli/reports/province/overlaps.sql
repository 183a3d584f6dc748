-- Months from :first to :last that two cities paid for one person, at the lower of the two amounts: by cities
-- and payers, by cities (no payer), and in all (no city).
WITH suspect AS (
  SELECT person FROM paid GROUP BY person HAVING min(city) <> max(city)
), run AS (
  SELECT paid.city, paid.person, paid.payer, paid.monthly,
    CAST(substr(greatest(paid.first_month, :first), 1, 4) AS INT) * 12
      + CAST(substr(greatest(paid.first_month, :first), 6, 2) AS INT) AS head,
    CAST(substr(least(paid.last_month, :last), 1, 4) AS INT) * 12
      + CAST(substr(least(paid.last_month, :last), 6, 2) AS INT) AS tail
  FROM paid JOIN suspect ON suspect.person = paid.person
  WHERE paid.first_month <= :last AND paid.last_month >= :first
), pair AS (
  SELECT one.city, other.city AS other_city, one.payer, other.payer AS other_payer, one.person,
    least(one.tail, other.tail) - greatest(one.head, other.head) + 1 AS months,
    least(one.monthly, other.monthly) AS monthly
  FROM run AS one JOIN run AS other ON other.person = one.person AND other.city > one.city
    AND other.head <= one.tail AND other.tail >= one.head
)
SELECT city, other_city, payer, other_payer, count(DISTINCT person) AS people,
  CAST(sum(months) AS BIGINT) AS months, CAST(sum(CAST(months AS BIGINT) * monthly) AS BIGINT) AS amount
FROM pair
GROUP BY GROUPING SETS ((city, other_city, payer, other_payer), (city, other_city), ())
ORDER BY city NULLS LAST, other_city NULLS LAST, payer NULLS LAST, other_payer NULLS LAST
