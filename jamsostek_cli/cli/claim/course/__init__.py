"""The course of a claim on the screen."""
