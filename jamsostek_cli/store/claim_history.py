"""What was done to a claim, as the audit tells it."""

from typing import NamedTuple

from jamsostek_cli.connection import Connection


class ClaimStep(NamedTuple):
    """What was done to a claim: the number of its audit row, when, by whom, what, why."""

    seq: int
    at: str
    actor: str
    action: str
    reason: str


def history(db: Connection, number: str) -> list[ClaimStep]:
    """Return what was done to a claim, in order."""
    rows = db.query(
        """
        SELECT seq, at, actor, action, reason FROM audit
        WHERE action GLOB 'claim.*' AND instr(' ' || subject || ' ', ' ' || ? || ' ') > 0
        ORDER BY seq
        """,
        (number,),
    )
    return [ClaimStep(**row) for row in rows]
