"""The month on one page for the head of the area, and what is attached to it."""
