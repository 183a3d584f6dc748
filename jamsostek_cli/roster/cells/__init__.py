"""What stands in one cell, or in one field of a person: read as people write it, made clean once."""
