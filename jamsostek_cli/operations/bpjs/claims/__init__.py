"""BPJS's list of claims, read back."""
