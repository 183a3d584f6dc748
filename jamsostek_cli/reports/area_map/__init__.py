"""Coverage as a map of the city's kelurahan: by their boundaries where somebody has them, else as tiles."""
