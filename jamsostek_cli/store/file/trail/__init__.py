"""The audit trail: what was done, what it changed, and whether the tables are what it says."""
