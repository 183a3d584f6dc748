"""What is counted of the whole register and kept beside it (`counts.sql`), and what the same comes to anew.

The triggers of the schema keep the counts; here they are counted a second time from the tables themselves.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from jamsostek_cli.domain.month import Month

if TYPE_CHECKING:
    from jamsostek_cli.connection import Connection

RECOUNTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "batch_count": "batch_recount",
        "enrolment_count": "enrolment_recount",
        "enrolled_batch": "enrolled_batch_recount",
        "enrolled_twice": "enrolled_twice_recount",
        "paid_count": "paid_recount",
    }
)
"""Every count, with the view that counts it from the tables."""

_OF_NOBODY: Final = frozenset({"enrolled_batch", "enrolled_twice"})
"""What is a set, and counts no heads."""


def count_anew(db: "Connection") -> None:
    """Write every count anew, from the tables."""
    for count, recount in RECOUNTS.items():
        db.execute(f"DELETE FROM {count}")
        db.execute(f"INSERT INTO {count} SELECT * FROM {recount}")


def last_months(db: "Connection") -> tuple[Month | None, Month | None]:
    """Return the last month that is paid for anybody, and the last one with which an enrolment ends."""
    paid, end = db.execute(
        "SELECT (SELECT max(last_month) FROM paid_span), (SELECT max(end_month) FROM enrolment)"
    ).fetchone()
    return paid and Month.parse(paid), end and Month.parse(end)


def differing(db: "Connection") -> tuple[str, ...]:
    """Return the counts that are not what a second count from the tables comes to."""
    return tuple(count for count, recount in RECOUNTS.items() if _differs(db, count, recount))


def _differs(db: "Connection", count: str, recount: str) -> bool:
    kept = f"SELECT * FROM {count}{'' if count in _OF_NOBODY else ' WHERE heads <> 0'}"
    both = "SELECT * FROM kept INTERSECT SELECT * FROM anew"
    (same,) = db.execute(
        f"""
        WITH kept AS MATERIALIZED ({kept}), anew AS MATERIALIZED (SELECT * FROM {recount})
        SELECT (SELECT count(*) FROM kept) = (SELECT count(*) FROM ({both}))
          AND (SELECT count(*) FROM anew) = (SELECT count(*) FROM ({both}))
        """
    ).fetchone()
    return not same
