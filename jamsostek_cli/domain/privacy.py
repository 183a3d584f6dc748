"""Personal data: of which kind, and as what somebody stands in the file."""

from enum import StrEnum
from typing import Final


class DataKind(StrEnum):
    """A kind of personal data; the last three are those of special kind (UU 27/2022 Pasal 4 ayat 2)."""

    IDENTITY = "identity"
    CONTACT = "contact"
    FAMILY = "family"
    CARD = "card"
    ACCOUNT = "account"
    HEALTH = "health"
    CHILD = "child"


class PersonRole(StrEnum):
    """As what somebody stands in the file."""

    WORKER = "worker"
    HEIR = "heir"
    CHILD = "child"
    CONTACT = "contact"
    ELSEWHERE = "elsewhere"
    REFUSED = "refused"


PERSONAL: Final = frozenset(
    """
    name mother_name birth_place family_card phone address rt rw raw facts findings old new said promise
    person payee account contact contact_phone guardian guardian_basis words payee_reason reasons before after
    """.split()
)
_ABOUT_NOBODY: Final = frozenset({"agency", "agency_heading", "area", "kelurahan", "setting"})
"""Facts that a screen only hints at: the person's sheet shows them; tables that know no person."""


def is_personal(table: str, field: str | None) -> bool:
    """Tell whether a column holds what a screen only hints at."""
    return field in PERSONAL and table not in _ABOUT_NOBODY


def hinted(fact: str) -> str:
    """Return a personal fact as a screen hints at it."""
    return f"{fact[:1]}•••"
