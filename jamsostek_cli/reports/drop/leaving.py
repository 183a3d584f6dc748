"""What leaves with a drop, said by the questions themselves: all that is read for each table."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from jamsostek_cli.reports.drop import beside, counts, persons, register

QUERIES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "areas": (beside.AREAS,),
        "workforce": (beside.WORKFORCE,),
        "totals": (beside.BILLED, beside.TAKEN_BACK, beside.CLAIMED),
        "people": (register.WORKERS,),
        "paid": (register.PERIODS, register.SUPPLEMENTS),
        "elsewhere": (persons.ELSEWHERE,),
        "claims": (persons.CLAIMS,),
        "counts": (register.WORKERS, register.PERIODS),
        "ageing": (counts.WAITING,),
    }
)
"""The questions of each table; of NIKs, birth dates and terms nothing leaves but what a column is made of."""
