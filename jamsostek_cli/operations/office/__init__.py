"""The office itself: its file, its law, its calendar, its denominators, and where it stands."""
