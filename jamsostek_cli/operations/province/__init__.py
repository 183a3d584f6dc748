"""What goes to the province, and what the province asks."""
