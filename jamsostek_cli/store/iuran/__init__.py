"""Contributions: bills, what is owed, what is paid, what comes back, and the budgets."""
