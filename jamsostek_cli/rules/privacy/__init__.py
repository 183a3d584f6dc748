"""What the office does with personal data, and how long it stays."""
