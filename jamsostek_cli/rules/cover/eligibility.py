"""Who may be enrolled: the age, and what an office asks besides the law."""

import datetime
import re
from typing import Final, NamedTuple

from jamsostek_cli.domain.enrolment import RefusalRule
from jamsostek_cli.domain.month import age_on
from jamsostek_cli.rules.law.provision import Provision
from jamsostek_cli.rules.law.regulation import Regulation

_EMPLOYED: Final = "reg.employed"
_LIMITS: Final = {RefusalRule.TOO_YOUNG: "reg.min_age", RefusalRule.TOO_OLD: "reg.max_age_exclusive"}


class Asked(NamedTuple):
    """What an office asks besides the law, nothing until it says so.

    `residence`: a kelurahan of the office's area. `occupation`: one that is known and no employee's; where
    the office names `occupations`, one of these.
    """

    residence: bool = False
    occupation: bool = False
    occupations: tuple[str, ...] = ()


def refusal(
    *, born: datetime.date, registered_on: datetime.date, regulation: Regulation
) -> RefusalRule | None:
    """Return the rule that keeps somebody out, or None; the age is that in completed years.

    Source: Permenaker 5/2021 (younger than 65) and local practice (18 or older). Cover goes on past the
    highest age for whoever was enrolled before. E601 before the rule's first day.
    """
    age = age_on(born, registered_on)
    if age < regulation.count(_LIMITS[RefusalRule.TOO_YOUNG], registered_on):
        return RefusalRule.TOO_YOUNG
    if age >= regulation.count(_LIMITS[RefusalRule.TOO_OLD], registered_on):
        return RefusalRule.TOO_OLD
    return None


def limit(rule: RefusalRule, registered_on: datetime.date, regulation: Regulation) -> Provision:
    """Return the age, in years, that a rule of `refusal` holds somebody to; E601 before its first day."""
    return regulation.on(_LIMITS[rule], registered_on)


def unasked(
    asked: Asked,
    *,
    kelurahan: str | None,
    occupation: str | None,
    registered_on: datetime.date,
    regulation: Regulation,
) -> RefusalRule | None:
    """Return what somebody lacks of that which the office asks, or None; E601 before a rule's first day.

    `kelurahan` is the code of one of the office's own area: the register knows no other. The area in a NIK is
    where it was given out, and decides nothing.
    """
    if asked.residence and kelurahan is None:
        return RefusalRule.NOT_RESIDENT
    if not asked.occupation:
        return None
    said = _spaced(occupation or "")
    if not said.strip():
        return RefusalRule.NO_OCCUPATION
    if asked.occupations:
        counts = any(_spaced(one) in said for one in asked.occupations)
    else:
        counts = not said.startswith(tuple(map(_spaced, employed(registered_on, regulation))))
    return None if counts else RefusalRule.OTHER_OCCUPATION


def employed(registered_on: datetime.date, regulation: Regulation) -> tuple[str, ...]:
    """Return how the occupations begin of those who have an employer; E601 before the list's first day."""
    return regulation.words(_EMPLOYED, registered_on)


def employed_source(registered_on: datetime.date, regulation: Regulation) -> str:
    """Return where it stands that they are insured by their employer; E601 before the list's first day."""
    return regulation.on(_EMPLOYED, registered_on).citation


def _spaced(text: str) -> str:
    """Return the words of a text with a blank around each, so that no word is found within another.

    >>> _spaced("Nelayan/Perikanan")
    ' nelayan perikanan '
    """
    return f" {' '.join(re.findall(r'[a-z0-9]+', text.casefold()))} "
