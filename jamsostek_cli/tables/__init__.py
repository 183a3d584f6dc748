"""What an answer is, a table, a figure, a note or a whole report, and how it is written."""
