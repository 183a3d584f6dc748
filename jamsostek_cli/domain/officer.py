"""The officers of the office: who may do what, and who has to be a second person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Role(StrEnum):
    """What an officer answers for; an officer may have several."""

    RECORDER = "recorder"
    VERIFIER = "verifier"
    CASHIER = "cashier"
    HEAD = "head"


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """An officer by name; `login` is the computer account that may act under it, None for any.

    `ended_on` is the day from which the name counts no more, None while it does.
    """

    name: str
    roles: tuple[Role, ...]
    login: str | None
    added_on: date
    ended_on: date | None


_VERIFIES: Final = frozenset({Role.VERIFIER, Role.HEAD})
_PAYS: Final = frozenset({Role.CASHIER, Role.HEAD})
_LEADS: Final = frozenset({Role.HEAD})

DUTIES: Final[Mapping[str, frozenset[Role]]] = MappingProxyType(
    {
        **dict.fromkeys(
            ("claim.verify", "claim.return", "claim.reject", "claim.sample", "claim.look"), _VERIFIES
        ),
        **dict.fromkeys(("claim.pay", "claim.close", "claim.void", "iuran.pay", "iuran.void"), _PAYS),
        **dict.fromkeys(
            (
                "claim.approve",
                "officer.add",
                "officer.end",
                "office.setting",
                "db.restore",
                "privacy.purge",
                "month.reopen",
            ),
            _LEADS,
        ),
    }
)
"""Who may do what, by the action of the audit trail; what is not named every officer may do."""


def written_roles(roles: tuple[Role, ...]) -> str:
    """Return roles as they are stored, in the order in which they are declared."""
    return ",".join(role for role in Role if role in roles)


def read_roles(stored: str) -> tuple[Role, ...]:
    """Return roles from how they are stored."""
    return tuple(Role(role) for role in stored.split(","))
