"""A dict that works out what it does not hold yet."""

from collections.abc import Callable
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Memo(dict[K, V]):
    """Rosters repeat themselves: what was worked out before costs one look-up.

    >>> Memo(str.upper)["kanaan"]
    'KANAAN'
    """

    def __init__(self, work_out: Callable[[K], V]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, key: K) -> V:
        """Work the value out and keep it."""
        value = self[key] = self._work_out(key)
        return value
