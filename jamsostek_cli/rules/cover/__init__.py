"""Who may be enrolled, who is protected on a day, and why somebody no longer is."""
