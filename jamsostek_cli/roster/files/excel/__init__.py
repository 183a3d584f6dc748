"""Workbooks of Excel: those of today, the binary ones, and the old ones since Excel 2."""
