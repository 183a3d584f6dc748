"""Coverage: people protected over a named, dated denominator."""
