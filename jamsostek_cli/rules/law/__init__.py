"""The legal values: what is in force on a day, and who says so."""
