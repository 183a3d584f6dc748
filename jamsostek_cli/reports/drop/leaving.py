"""What leaves with a drop, said by the questions themselves: what is read for each table."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from jamsostek_cli.domain.drop import DropLevel
from jamsostek_cli.reports.drop import beside, counts, persons, register

_QUERIES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "areas": (beside.AREAS,),
        "workforce": (beside.WORKFORCE,),
        "people": (register.WORKERS, register.PERIODS),
        "paid": (register.PERIODS, register.SUPPLEMENTS),
        "elsewhere": (persons.ELSEWHERE,),
        "claims": (persons.CLAIMS,),
        "counts": (register.WORKERS, register.PERIODS),
        "ageing": (counts.WAITING,),
    }
)
_TOTALS: Final[Mapping[DropLevel, tuple[str, ...]]] = MappingProxyType(
    {
        DropLevel.COUNTS: (beside.CLAIMED, counts.WAITING),
        DropLevel.PERSONS: (beside.CLAIMED, beside.BILLED, beside.TAKEN_BACK),
    }
)
IN_WORDS: Final = frozenset({"totals", "paid"})
"""The tables for which figures are asked of other parts of the program, too: those are told in words."""


def queries(level: DropLevel, table: str) -> tuple[str, ...]:
    """Return the questions of a table; of NIKs, birth dates and terms nothing leaves but what a column is."""
    return _TOTALS[level] if table == "totals" else _QUERIES[table]
