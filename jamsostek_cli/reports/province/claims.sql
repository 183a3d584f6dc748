-- Claims by city and state: how long families have waited to the day of the drop, or had waited for the money.
SELECT city, state, count(*) AS claims, CAST(sum(coalesce(amount, 0)) AS BIGINT) AS amount,
  count(CASE WHEN waited_days <= 7 THEN 1 END) AS week,
  count(CASE WHEN waited_days > 7 AND waited_days <= 30 THEN 1 END) AS month,
  count(CASE WHEN waited_days > 30 AND waited_days <= 90 THEN 1 END) AS quarter,
  count(CASE WHEN waited_days > 90 THEN 1 END) AS longer
FROM claims
GROUP BY city, state
ORDER BY city, state
