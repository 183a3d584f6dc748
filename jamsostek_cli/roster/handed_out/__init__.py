"""Workbooks that the office hands to departments, and that come back through the import."""
