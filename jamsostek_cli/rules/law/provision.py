"""One legal value with its dates and its source, and the strict reading of a parameter file."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Final

from jamsostek_cli import strict
from jamsostek_cli.errors import JcliError

Value = int | Decimal | Mapping[str, Decimal] | tuple[str, ...]
"""Rupiah and counts are whole, shares decimal; tables give numbers by word, steps by lower bound."""


class Confidence(StrEnum):
    """How sure we are of a value: read in the official text, reported by others, or from memory."""

    READ = "read"
    REPORTED = "reported"
    MEMORY = "memory"


class Unit(StrEnum):
    """What a value counts; a table gives numbers by word, steps by lower bound, a list names things."""

    RUPIAH = "IDR"
    TIMES = "times"
    PERSONS = "persons"
    DAYS = "days"
    WORKDAYS = "workdays"
    MONTHS = "months"
    YEARS = "years"
    SHARE = "share"
    TABLE = "table"
    STEPS = "steps"
    LIST = "list"


LOOKED_UP_BY: Final = (
    "event date",
    "month",
    "registration date",
    "complete date",
    "signing date",
    "purge date",
)
UNITS: Final = tuple(Unit)
_COUNTS: Final = frozenset(Unit) - {Unit.SHARE, Unit.TABLE, Unit.STEPS, Unit.LIST}

_HEADING: Final[strict.Types] = {
    "title": (str,),
    "title_en": (str,),
    "unit": (str,),
    "looked_up_by": (str,),
    "checked_on": (datetime.date,),
}
_DATED: Final[strict.Types] = {
    "from": (datetime.date,),
    "value": (int, Decimal, dict, list),
    "citation": (str,),
    "confidence": (str,),
    "doubt": (str,),
    "note": (str,),
}
_DATED_NEEDS: Final = ("from", "value", "citation", "confidence")


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """A legal value in force from `since` (included) to `until` (not included; None: open).

    `doubt` names the question that keeps the value from being certain. `checked_on` is the day on which
    somebody last compared the value with its source. `overridden` marks a value the city has set.
    """

    name: str
    title: str
    title_en: str
    unit: Unit
    looked_up_by: str
    value: Value
    since: datetime.date
    until: datetime.date | None = None
    citation: str
    confidence: Confidence
    checked_on: datetime.date
    doubt: str | None = None
    note: str | None = None
    overridden: bool = False


History = tuple[Provision, ...]
"""The values of one name, oldest first."""


def read(text: str, place: str, known: Mapping[str, History] | None = None) -> dict[str, History]:
    """Read a parameter file; E602 with the place for whatever is not as it should be.

    With `known` the file is a city's own: its values replace those of the same day or join the others,
    and a name that is known keeps its unit for good and its other headings unless the file changes them.
    """
    histories: dict[str, History] = {}
    for name, entry in strict.toml(text, place).items():
        old = (known or {}).get(name, ())
        new = _history(name, entry, f"{place}: {name}", old)
        if known is not None:
            new = tuple(replace(provision, overridden=True) for provision in new)
        histories[name] = _joined(old, new)
        words = _words(old[0]) if old else set()
        for provision in histories[name]:
            lost = ", ".join(sorted(words - _words(provision)))
            strict.demand(not lost, f"{place}: {name} {provision.since}", f"missing key: {lost}")
            words |= _words(provision)
    return histories


def _history(name: str, entry: object, place: str, old: History) -> History:
    types: strict.Types = {**_HEADING, "values": (list,)}
    needs = ("values",) if old else types
    heading = strict.table(entry, types, place, required=tuple(needs))
    if old:
        heading = {key: getattr(old[-1], key) for key in _HEADING} | heading
        strict.demand(heading["unit"] == old[-1].unit, place, f"unit: not {old[-1].unit}")
    strict.demand(heading["unit"] in UNITS, place, f"unknown unit: {heading['unit']}")
    strict.demand(heading["looked_up_by"] in LOOKED_UP_BY, place, f"unknown date: {heading['looked_up_by']}")
    strict.demand(heading["values"], place, "no values")
    history = tuple(_provision(name, heading, dated, place) for dated in heading["values"])
    rising = all(earlier.since < later.since for earlier, later in pairwise(history))
    strict.demand(rising, place, "values do not rise by date")
    return history


def _provision(name: str, heading: Mapping[str, Any], entry: object, place: str) -> Provision:
    dated = strict.table(entry, _DATED, place, required=_DATED_NEEDS)
    place = f"{place} {dated['from']}"
    strict.demand(dated["citation"].strip(), place, "citation: empty")
    strict.demand(
        dated["confidence"] in tuple(Confidence), place, f"unknown confidence: {dated['confidence']}"
    )
    return Provision(
        name=name,
        **{**{key: heading[key] for key in _HEADING}, "unit": Unit(heading["unit"])},
        value=_value(heading["unit"], dated["value"], place),
        since=dated["from"],
        citation=dated["citation"],
        confidence=Confidence(dated["confidence"]),
        doubt=dated.get("doubt"),
        note=dated.get("note"),
    )


def _value(unit: str, value: object, place: str) -> Value:
    """Return the value in the type of its unit; E602 where it has another."""
    match unit, value:
        case "table", dict() if value and all(_is_number(number) for number in value.values()):
            return MappingProxyType({key: Decimal(number) for key, number in value.items()})
        case "steps", dict() if "0" in value and all(map(str.isdecimal, value)):
            return _value("table", value, place)
        case "list", list() if all(isinstance(word, str) for word in value):
            return tuple(value)
        case "share", int() | Decimal() if _is_number(value):
            return Decimal(value)
        case _, int() if unit in _COUNTS:
            return value
        case _:
            raise JcliError("E602", place=place, problem=f"value: no {unit}")


def _is_number(value: object) -> bool:
    """Tell whether a value is an exact number, not negative; a switch is none."""
    return (type(value) is int or (isinstance(value, Decimal) and value.is_finite())) and value >= 0


def _words(provision: Provision) -> set[str]:
    """Return the words of a table, which a later table has to know too."""
    value = provision.value
    return set(value) if isinstance(value, Mapping) and provision.unit == "table" else set()


def _joined(old: History, new: History) -> History:
    """Return both histories as one: a new value takes the place of an old one of the same day."""
    by_day = {provision.since: provision for provision in (*old, *new)}
    days = sorted(by_day)
    return tuple(
        replace(by_day[day], until=until) for day, until in zip(days, [*days[1:], None], strict=True)
    )
