-- Which cities have handed over what, of which days, at which level.
SELECT city, as_of, CAST(max(value) AS BIGINT) AS level, count(*) AS times
FROM every_total
WHERE measure = 'level'
GROUP BY city, as_of
ORDER BY city, as_of
