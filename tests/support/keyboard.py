"""Somebody at a keyboard: what is typed, on a standard input that calls itself a terminal."""

import io


class Keyboard(io.StringIO):
    """Answers that are read line by line, as from a terminal."""

    def isatty(self) -> bool:
        return True
