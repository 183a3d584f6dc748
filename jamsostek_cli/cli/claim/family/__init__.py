"""The family of a claim on the screen."""
