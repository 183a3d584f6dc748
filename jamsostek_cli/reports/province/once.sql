-- Each person once, however many cities count them: who died anywhere is dead.
WITH paying AS (
  SELECT city, person
  FROM paid
  WHERE first_month <= :month AND last_month >= :month AND programmes LIKE 'jkk,jkm%'
  GROUP BY city, person
), counted AS (
  SELECT people.person, max(people.died_month) AS died_month, min(people.city) AS first_city,
    max(people.city) AS last_city, count(paying.person) AS payers
  FROM people LEFT JOIN paying ON paying.city = people.city AND paying.person = people.person
  WHERE people.status <> 'moved' OR people.enrolled = 1 OR paying.person IS NOT NULL
  GROUP BY people.person
)
SELECT count(*) AS people, count(CASE WHEN first_city <> last_city THEN 1 END) AS in_two,
  count(CASE WHEN payers > 0 THEN 1 END) AS protected, count(CASE WHEN payers > 1 THEN 1 END) AS paid_by_two
FROM counted
WHERE died_month IS NULL OR died_month > :month
