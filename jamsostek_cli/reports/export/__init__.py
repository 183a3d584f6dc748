"""Reports as files: each appears whole or not at all, private to its owner, inert in a spreadsheet."""
