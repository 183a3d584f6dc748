"""Claims: reported, documented, verified, decided, paid."""
