"""What a claim rests on and is worth, on the screen."""
