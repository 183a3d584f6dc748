"""The money and the people of a year: what is paid, what is still to be paid, and what follows."""
