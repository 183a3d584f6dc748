-- People living at the end of :month, who of them is enrolled and who paid for, as each city counts them.
WITH cover AS (
  SELECT city, person
  FROM paid
  WHERE first_month <= :month AND last_month >= :month AND programmes LIKE 'jkk,jkm%'
  GROUP BY city, person
)
SELECT people.city, people.kelurahan_code, people.sex, people.age_band, people.payer, count(*) AS registered,
  CAST(sum(people.enrolled) AS BIGINT) AS enrolled, count(cover.person) AS protected
FROM people LEFT JOIN cover ON cover.city = people.city AND cover.person = people.person
WHERE (people.died_month IS NULL OR people.died_month > :month)
  AND (people.status <> 'moved' OR people.enrolled = 1 OR cover.person IS NOT NULL)
GROUP BY people.city, people.kelurahan_code, people.sex, people.age_band, people.payer
ORDER BY people.city, people.kelurahan_code NULLS LAST, people.sex, people.age_band, people.payer NULLS LAST
