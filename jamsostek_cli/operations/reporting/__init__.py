"""Reports: what is computed, known on a day, closed, restated, published and written."""
