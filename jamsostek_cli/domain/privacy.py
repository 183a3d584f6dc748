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


_KNOWN_BY: Final = frozenset(
    "name mother_name phone family_card contact contact_phone payee account guardian person".split()
)
_SAID_OF: Final = frozenset(
    "birth_place address rt rw said words payee_reason guardian_basis old new".split()
)

NAMING: Final = _KNOWN_BY | frozenset("nik kpj low high".split())
"""Facts by which somebody is known wherever they stand."""

TOLD: Final = (
    NAMING | _SAID_OF | frozenset("reason override decision confirmed_because bank basis question".split())
)
"""Under which names audit rows tell what names somebody, or what was said of them: what a purge takes out."""

PERSONAL: Final = _KNOWN_BY | _SAID_OF | frozenset("raw facts findings promise reasons before after".split())
"""Facts that a screen only hints at, because the person's own sheet shows them; NIK and card are masked."""

_ABOUT_NOBODY: Final = frozenset({"agency", "agency_heading", "area", "batch_sheet", "kelurahan", "setting"})
"""Tables that know no person."""


def is_personal(table: str, field: str | None) -> bool:
    """Tell whether a column holds what a screen only hints at."""
    return field in PERSONAL and table not in _ABOUT_NOBODY


def hinted(fact: str) -> str:
    """Return a personal fact as a screen hints at it."""
    return f"{fact[:1]}•••"
