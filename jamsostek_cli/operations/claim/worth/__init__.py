"""What a claim is worth, what it rests on, and why."""
