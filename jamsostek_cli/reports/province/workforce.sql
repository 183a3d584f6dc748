-- How many workers there are, who says so, of which year.
SELECT city, area_code, segment, year, workers, protected_elsewhere, source
FROM workforce
WHERE year <= :year AND workers > 0 AND segment IN ('all', 'rentan')
ORDER BY city, area_code, segment, year, workers
