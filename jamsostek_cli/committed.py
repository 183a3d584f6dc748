"""Whether this run has changed anything for good: what an interrupt or a mistake may say of it."""

_changes: list[None] = []


def begin() -> None:
    """Begin a run: nothing is changed yet, or not any more."""
    _changes.clear()


def note() -> None:
    """Note that something is about to be changed for good.

    Before it, not after: a Ctrl-C that is pressed during the change is heard as soon as it is done.
    """
    _changes.append(None)


def take_back() -> None:
    """Take back the last note: the change has failed."""
    _changes.pop()


def so_far() -> int:
    """Return how often this run has changed something for good."""
    return len(_changes)
