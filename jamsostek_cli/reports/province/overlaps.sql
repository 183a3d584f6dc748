-- Months from :head to :tail (counted from the year 0) that two cities paid for one person, at the lower of the two
-- amounts: by cities and payers, by cities (no payer), and in all (no city). What a city paid twice itself is one month.
WITH digit AS (
  SELECT 0 AS n UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4
  UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9
), calendar AS (
  SELECT :head + one.n + ten.n * 10 + hundred.n * 100 AS at
  FROM digit AS one CROSS JOIN digit AS ten CROSS JOIN digit AS hundred
  WHERE :head + one.n + ten.n * 10 + hundred.n * 100 <= :tail
), suspect AS (
  SELECT person FROM paid GROUP BY person HAVING min(city) <> max(city)
), run AS (
  SELECT paid.city, paid.person, paid.payer, paid.monthly,
    CAST(substr(first_month, 1, 4) AS INT) * 12 + CAST(substr(first_month, 6, 2) AS INT) AS head,
    CAST(substr(last_month, 1, 4) AS INT) * 12 + CAST(substr(last_month, 6, 2) AS INT) AS tail
  FROM paid JOIN suspect ON suspect.person = paid.person
), paid_month AS (
  SELECT run.city, run.person, calendar.at, min(run.payer) AS payer, max(run.monthly) AS monthly
  FROM run JOIN calendar ON calendar.at >= run.head AND calendar.at <= run.tail
  GROUP BY run.city, run.person, calendar.at
), pair AS (
  SELECT one.city, other.city AS other_city, one.payer, other.payer AS other_payer, one.person,
    least(one.monthly, other.monthly) AS monthly
  FROM paid_month AS one JOIN paid_month AS other ON other.person = one.person AND other.at = one.at
    AND other.city > one.city
)
SELECT city, other_city, payer, other_payer, count(DISTINCT person) AS people, count(*) AS months,
  CAST(sum(monthly) AS BIGINT) AS amount
FROM pair
GROUP BY GROUPING SETS ((city, other_city, payer, other_payer), (city, other_city), ())
ORDER BY city NULLS LAST, other_city NULLS LAST, payer NULLS LAST, other_payer NULLS LAST
