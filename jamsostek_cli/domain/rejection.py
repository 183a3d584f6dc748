"""Why claims are rejected: a list of reasons, beside which an officer says it in words."""

from enum import StrEnum
from typing import Final


class RejectionReason(StrEnum):
    """Why a claim is rejected; the codes are stable."""

    NOT_COVERED = "not-covered"
    NOT_REGISTERED = "not-registered"
    OTHER_PAYER = "other-payer"
    PAID_ALREADY = "paid-already"
    DUPLICATE = "duplicate"
    WRONG_PERSON = "wrong-person"
    NO_EVENT = "no-event"
    NOT_AT_WORK = "not-at-work"
    LAPSED = "lapsed"
    PAPERS_MISSING = "papers-missing"
    PAPERS_FALSE = "papers-false"
    NO_HEIR = "no-heir"
    REFUSED_BY_BPJS = "refused-by-bpjs"
    OTHER = "other"


ONLY_AT_WORK: Final = frozenset({RejectionReason.NOT_AT_WORK, RejectionReason.LAPSED})
"""Reasons that only a claim for a work accident can have: nothing else has to happen at work, or lapses."""
