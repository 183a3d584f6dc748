"""What waits for an officer: doubtful rows, and pairs of records that may be one person."""
