-- The same of cities that counted their claims themselves; what they withheld has nothing.
SELECT city, state, claims, amount, week, month, quarter, longer FROM ageing ORDER BY city, state
