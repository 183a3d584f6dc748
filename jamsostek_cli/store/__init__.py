"""The SQLite file: the only room that writes it."""
