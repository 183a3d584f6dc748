"""What a province asks over its cities: one text of SQL a question, which every engine runs as it stands."""
