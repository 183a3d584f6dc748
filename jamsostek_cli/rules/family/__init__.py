"""Who is paid after a death."""
