"""Rosters in: rehearsed, registered, looked at, undone, and lists of people whom others cover."""
