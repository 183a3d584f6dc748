"""Which rows speak of one person: in the file, in the register, and under two NIKs."""
