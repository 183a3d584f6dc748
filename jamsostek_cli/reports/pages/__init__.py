"""Reports on pages: laid out as papers with the office's letterhead, and the month on one of them."""
