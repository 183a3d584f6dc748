"""The course of a claim: handed in, waiting, late, looked at again."""
