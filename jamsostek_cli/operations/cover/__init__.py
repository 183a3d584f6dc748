"""Who is covered, by whom, until when; and cover that ends before its time."""
