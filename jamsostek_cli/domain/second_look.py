"""Second looks at verified claims: why one is drawn, and what is found."""

from enum import StrEnum


class ClaimRisk(StrEnum):
    """What makes a verified claim worth a second look, the gravest first."""

    PAYEE_NO_HEIR = "payee-no-heir"
    SHARED_ACCOUNT = "shared-account"
    OVERRIDE = "override"
    SAME_DAY = "same-day"


class LookFound(StrEnum):
    """What somebody found who looked at a claim a second time."""

    IN_ORDER = "in-order"
    NOT_IN_ORDER = "not-in-order"
