"""Who of the register somebody in a list of the dead may be: scored as two records of one person are."""

import datetime
from collections.abc import Iterator
from typing import Final

from jamsostek_cli.domain.worker import KnownWorker
from jamsostek_cli.roster.cells.names import Name
from jamsostek_cli.roster.cells.nik import FromNik
from jamsostek_cli.roster.lists.deaths import ListedDeath
from jamsostek_cli.roster.people.likeness import (
    NEAR,
    POINTS,
    ComparedPerson,
    Likeness,
    Thresholds,
    score,
    slip,
)

SAME: Final = ("nik", "kpj")
"""The reasons that come first where the NIK, or the card, of a row is somebody's."""
_SURE: Final = 100
_WITHOUT_BIRTH: Final = 50
_NAME_ALONE: Final = 45
"""The least score of a row without birth date, and of one that has nothing but a name."""
_LENGTH: Final = 16
_ABOUT: Final = 1


def likeness(
    row: ListedDeath, known: KnownWorker, thresholds: Thresholds, *, same_nik: bool, same_card: bool
) -> Likeness:
    """Weigh how likely a row speaks of a record: the same NIK or card is always worth a look."""
    written = row.digits if len(row.digits) == _LENGTH else ""  # of no calendar day, and perhaps a slip away
    facts = row.facts
    if row.nik and slip(row.nik, known.nik):  # what was read off a NIK with a slip in it says nothing more
        born, sex = (None if type(fact) is FromNik else fact for fact in (facts.birth_date, facts.sex))
        facts = facts._replace(birth_date=born, sex=sex)
    one = ComparedPerson(row.nik or written, facts, Name(facts.name))
    other = ComparedPerson(known.nik, known.facts, Name(known.facts.name))
    points, reasons = score(one, other, thresholds)
    added = []
    if reasons and row.nik is None and _dropped(row.digits, known.nik):
        added.append("nik_slip")
    if reasons and row.facts.birth_date is None and row.age is not None and row.died_on is not None:
        added.append(_aged(row.age, row.died_on, str(known.facts.birth_date)))
    points = max(0, min(100, points + sum(POINTS[reason] for reason in added)))
    same = [code for code, holds in zip(SAME, (same_nik, same_card), strict=True) if holds]
    if same and not reasons:
        return Likeness(thresholds.score, (*same, "name_differs"))
    return Likeness(_SURE if same else points, (*same, *sorted((*reasons, *added), key=lambda r: -POINTS[r])))


def least(row: ListedDeath, thresholds: Thresholds) -> int:
    """Return from which score on an officer is asked: what a row does not say cannot speak for it."""
    if row.facts.birth_date is not None:
        return thresholds.score
    bare = row.facts.kelurahan_code is None and row.age is None
    return _NAME_ALONE if bare else _WITHOUT_BIRTH


def is_near(name: Name, other: str, thresholds: Thresholds) -> bool:
    """Tell whether a name is near enough to another to be weighed at all."""
    return name.like(Name(other), thresholds.name - NEAR)


def niks_near(row: ListedDeath) -> Iterator[str]:
    """Yield the NIKs that are one slip from what a row has: a digit mistaken, swapped, dropped or doubled."""
    written = row.nik or row.digits
    for at, digit in enumerate(written):
        before, after = written[:at], written[at + 1 :]
        if len(written) == _LENGTH:
            yield from (f"{before}{other}{after}" for other in "0123456789" if other != digit)
            if after and after[0] != digit:
                yield f"{before}{after[0]}{digit}{after[1:]}"
        elif len(written) < _LENGTH:
            yield from (f"{before}{other}{written[at:]}" for other in "0123456789")
        else:
            yield before + after
    if written and len(written) < _LENGTH:
        yield from (f"{written}{other}" for other in "0123456789")


def births_near(born: str) -> Iterator[str]:
    """Yield the days that are one slip from a birth date (ISO), with day and month swapped first."""
    digits = born.replace("-", "")
    turned = f"{born[:4]}-{born[8:]}-{born[5:7]}"
    if turned != born and _is_day(turned):
        yield turned
    for at, digit in enumerate(digits):
        for other in "0123456789":
            day = f"{digits[:at]}{other}{digits[at + 1 :]}"
            iso = f"{day[:4]}-{day[4:6]}-{day[6:]}"
            if other != digit and _is_day(iso) and slip(iso, born):
                yield iso


def _is_day(iso: str) -> bool:
    try:
        datetime.date.fromisoformat(iso)
    except ValueError:
        return False
    return True


def _dropped(written: str, nik: str) -> bool:
    """Tell whether a number is a NIK with one digit too few or too many."""
    longer, shorter = sorted((written, nik), key=len, reverse=True)
    return len(longer) == len(shorter) + 1 and any(
        longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer))
    )


def _aged(age: int, died_on: datetime.date, born: str) -> str:
    """Compare an age at the death with a birth date (ISO); a year more or less is how people count."""
    day = datetime.date.fromisoformat(born)
    years = died_on.year - day.year - ((died_on.month, died_on.day) < (day.month, day.day))
    return "age" if abs(years - age) <= _ABOUT else "age_differs"
