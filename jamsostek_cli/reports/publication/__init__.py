"""What of the office may be seen by everybody: counts, from which nobody can be worked out."""
