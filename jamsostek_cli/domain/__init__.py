"""The nouns and value types of the office; standard library only."""
