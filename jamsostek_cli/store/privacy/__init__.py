"""Personal data in the file: whose time is up, pseudonyms, what left the office, who was in it when."""
