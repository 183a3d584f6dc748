"""How clean each agency's rosters are."""
