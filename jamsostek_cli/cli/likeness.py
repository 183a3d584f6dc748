"""Why two records may be one person, in words: what speaks for it, and what against."""

from collections.abc import Iterable
from typing import Final

from jamsostek_cli.messages import text

_AGAINST: Final = frozenset({"kelurahan_differs", "sex_differs", "mother_differs", "birth_date_differs"})


def likeness(reasons: Iterable[str]) -> str:
    """Return reasons of `roster.people.likeness` in words, `+` before what speaks for one person."""
    return ", ".join(f"{'−' if reason in _AGAINST else '+'} {text(f'like.{reason}')}" for reason in reasons)
