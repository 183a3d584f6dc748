"""Lines of coverage: the people a figure counts, and how the protected came to be so many."""

from enum import StrEnum
from typing import Final


class CoverageLine(StrEnum):
    """What somebody is counted in; the codes are stable, and are what the figures are called in JSON.

    Opening + joined - died - lapsed = closing. Whoever joined is in one of `JOINED_PARTS`, whoever lapsed in
    one of `LAPSED_PARTS`; closing is the same as protected.
    """

    REGISTERED = "registered"
    EVER = "enrolled_ever"
    ENROLLED = "enrolled"
    PROTECTED = "protected"
    OPENING = "opening"
    JOINED = "joined"
    NEW = "joined_new"
    RETURNED = "joined_returned"
    MOVED_BACK = "joined_moved_back"
    FROM_OTHER = "joined_from_other_payer"
    DIED = "died"
    LAPSED = "lapsed"
    AGED_OUT = "lapsed_over_age"
    MOVED_AWAY = "lapsed_moved_away"
    UNPAID = "lapsed_unpaid"
    ENDED = "lapsed_ended"
    TO_OTHER = "lapsed_to_other_payer"
    CLOSING = "closing"


JOINED_PARTS: Final = (
    CoverageLine.NEW,
    CoverageLine.RETURNED,
    CoverageLine.MOVED_BACK,
    CoverageLine.FROM_OTHER,
)
LAPSED_PARTS: Final = (
    CoverageLine.AGED_OUT,
    CoverageLine.MOVED_AWAY,
    CoverageLine.UNPAID,
    CoverageLine.ENDED,
    CoverageLine.TO_OTHER,
)
FLOWS: Final = frozenset(
    {CoverageLine.JOINED, *JOINED_PARTS, CoverageLine.DIED, CoverageLine.LAPSED, *LAPSED_PARTS}
)
"""Lines that count who came and went between two days; the others count who is there on a day."""
MOVEMENT: Final = (
    CoverageLine.OPENING,
    CoverageLine.JOINED,
    *JOINED_PARTS,
    CoverageLine.DIED,
    CoverageLine.LAPSED,
    *LAPSED_PARTS,
    CoverageLine.CLOSING,
)
"""The movement from opening to closing, in the order in which it is read."""
