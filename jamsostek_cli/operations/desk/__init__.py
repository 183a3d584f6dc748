"""The month for the desk: gathered, proven, written to a folder."""
