"""The file itself: its one door, its schema, its audit trail, its settings, and the facts of the city."""
