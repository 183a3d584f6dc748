-- What each city says of itself.
SELECT city, measure, value FROM totals ORDER BY city, measure, value NULLS LAST
