"""Lists of changes: who died, moved or stopped, and whose facts are others now."""
