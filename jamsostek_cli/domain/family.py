"""The family of a claim: who its people are to the member, and as what one of them is paid."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final


class Relation(StrEnum):
    """What somebody is to a member who has died: a relative, or why else they may be paid."""

    SPOUSE = "spouse"
    CHILD = "child"
    PARENT = "parent"
    GRANDPARENT = "grandparent"
    GRANDCHILD = "grandchild"
    SIBLING = "sibling"
    PARENT_IN_LAW = "parent-in-law"
    WILL = "will"
    COURT = "court"
    BURIAL = "burial"


class Capacity(StrEnum):
    """As what somebody is paid."""

    MEMBER = "member"
    HEIR = "heir"
    GUARDIAN = "guardian"
    ATTORNEY = "attorney"
    FUNERAL = "funeral"
    OTHER = "other"


class SharedFact(StrEnum):
    """What several families have in common."""

    ACCOUNT = "account"
    PHONE = "phone"


FUND: Final = "Dana Jaminan Sosial"
"""To whom goes what nobody inherits, the funeral part aside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heir:
    """Somebody who may be paid after a member's death.

    `number` counts within the family and stays. `share` is the part of the whole (1) that the family agreed
    on, None without an agreement. `basis` is the notary's deed of a will or the court's determination of an
    heir; `guardian` who acts for an heir under age, by the court's decision `guardian_basis`.
    """

    number: int
    name: str
    relation: Relation
    id: int = 0
    nik: str | None = None
    birth_date: datetime.date | None = None
    died_on: datetime.date | None = None
    phone: str | None = None
    share: Decimal | None = None
    basis: str | None = None
    guardian: str | None = None
    guardian_basis: str | None = None


def masked_account(account: str | None) -> str | None:
    """Return the number of a bank account as lists show it: its last four digits.

    >>> masked_account("002101012345501"), masked_account(None)
    ('•••5501', None)
    """
    return None if account is None else f"•••{account[-4:]}"
