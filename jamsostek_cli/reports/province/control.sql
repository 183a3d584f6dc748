-- The rows that are there, those that lack what they must have left out. What the cities told stands in `totals`.
SELECT city, 'rows.people' AS measure, count(CASE WHEN person IS NOT NULL AND sex IS NOT NULL
  AND age_band IS NOT NULL AND status IS NOT NULL AND enrolled IS NOT NULL THEN 1 END) AS value
FROM people GROUP BY city
UNION ALL SELECT city, 'rows.paid', count(CASE WHEN person IS NOT NULL AND payer IS NOT NULL
  AND programmes IS NOT NULL AND first_month IS NOT NULL AND last_month IS NOT NULL
  AND monthly IS NOT NULL THEN 1 END)
FROM paid GROUP BY city
UNION ALL SELECT city, 'rows.elsewhere', count(CASE WHEN person IS NOT NULL AND first_month IS NOT NULL
  AND last_month IS NOT NULL THEN 1 END)
FROM elsewhere GROUP BY city
UNION ALL SELECT city, 'rows.claims', count(CASE WHEN claim IS NOT NULL AND person IS NOT NULL
  AND kind IS NOT NULL AND state IS NOT NULL AND waited_days IS NOT NULL THEN 1 END)
FROM claims GROUP BY city
UNION ALL SELECT city, 'rows.counts', count(dimension) FROM counts GROUP BY city
UNION ALL SELECT city, 'rows.ageing', count(state) FROM ageing GROUP BY city
UNION ALL SELECT city, 'rows.areas', count(CASE WHEN kelurahan_code IS NOT NULL AND kelurahan IS NOT NULL
  AND kecamatan_code IS NOT NULL AND kecamatan IS NOT NULL THEN 1 END)
FROM areas GROUP BY city
UNION ALL SELECT city, 'rows.workforce', count(CASE WHEN year IS NOT NULL AND area_code IS NOT NULL
  AND segment IS NOT NULL THEN 1 END)
FROM workforce GROUP BY city
ORDER BY city, measure
