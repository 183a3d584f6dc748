"""What a claim is worth, which papers it needs, and what decides it."""
