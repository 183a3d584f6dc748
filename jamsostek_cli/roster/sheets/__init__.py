"""What a sheet is: its header, columns and lines, told apart from titles, totals and signatures."""
