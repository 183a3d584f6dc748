"""What the office does: each call is one transaction with one audit row and returns a frozen result."""
