"""BPJS's own list of claims: what a row says, and what it does to what is on record here."""

from enum import Enum, StrEnum, auto
from typing import Final

BPJS: Final = "BPJS"
"""Who counts as the verifier of a claim that BPJS paid before the office had verified it."""


class Said(Enum):
    """What a row of the list says of a claim; `unclear` is for a person to read."""

    PAID = auto()
    REFUSED = auto()
    WAITING = auto()
    UNCLEAR = auto()


class ListUse(Enum):
    """What a list of claims is read for: everything it says, only its payments, or what is to be verified."""

    EVERYTHING = auto()
    PAYMENTS = auto()
    VERIFY = auto()


class ListReply(StrEnum):
    """What a row of the list does: every row is counted under one of these.

    `paid-otherwise` records a payment of another amount than is owed, `on-word` one of a claim that the
    office had not verified. `filed` notes that a claim is at BPJS, `known` was recorded before, `repeated`
    says the same as another row, and a `problem` is not carried out.
    """

    PAID = "paid"
    PAID_OTHERWISE = "paid-otherwise"
    ON_WORD = "on-word"
    REFUSED = "refused"
    VERIFIED = "verified"
    OPENED = "opened"
    FILED = "filed"
    KNOWN = "known"
    REPEATED = "repeated"
    PROBLEM = "problem"


CHANGING: Final = frozenset(
    {
        ListReply.PAID,
        ListReply.PAID_OTHERWISE,
        ListReply.ON_WORD,
        ListReply.REFUSED,
        ListReply.VERIFIED,
        ListReply.OPENED,
        ListReply.FILED,
    }
)
"""The replies of rows that change something."""
