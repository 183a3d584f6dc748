"""What a file holds: its kind told by its bytes, its sheets, and their rows of typed cells.

All of it runs in a process of its own (`child`), which a hostile file may end without ending the program.
"""
