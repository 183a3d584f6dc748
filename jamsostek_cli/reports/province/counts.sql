-- What cities counted themselves, by one dimension at a time; a cell that they withheld has nothing.
SELECT city, dimension, code, registered, enrolled, protected
FROM counts
ORDER BY city, dimension, code NULLS LAST
