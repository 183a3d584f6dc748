"""The legal values by name and date: what was in force when it happened."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib import resources
from typing import Final, Self

from jamsostek_cli import strict
from jamsostek_cli.domain.month import Month
from jamsostek_cli.errors import JcliError
from jamsostek_cli.rules.law import provision
from jamsostek_cli.rules.law.provision import History, Provision

__all__ = ["Provision", "Regulation", "packaged"]

_NEVER: Final = "-"


@dataclass(frozen=True, slots=True)
class Regulation:
    """Every legal value with its history. No value in force is an error, never zero."""

    histories: Mapping[str, History]

    @classmethod
    def from_toml(cls, texts: Mapping[str, str]) -> Self:
        """Read parameter files (place -> text); E602 for an error in one, or a name given by two."""
        histories: dict[str, History] = {}
        for place, text in texts.items():
            read = provision.read(text, place)
            twice = ", ".join(sorted(read.keys() & histories.keys()))
            strict.demand(not twice, place, f"given twice: {twice}")
            histories |= read
        return cls(histories)

    def overridden_by(self, text: str, place: str) -> "Regulation":
        """Return the regulation with a city's own values, each marked as overridden; E602 as above."""
        return Regulation({**self.histories, **provision.read(text, place, self.histories)})

    def names(self) -> tuple[str, ...]:
        """Return every name, in order."""
        return tuple(sorted(self.histories))

    def history(self, name: str) -> History:
        """Return the values of a name, oldest first; E603 for a name nobody knows."""
        if name not in self.histories:
            raise JcliError("E603", name=name)
        return self.histories[name]

    def on(self, name: str, day: datetime.date | Month) -> Provision:
        """Return the value in force on a day, or on the first day of a month.

        E601 before the first value (`first` is its day) and for a name without any (`first` is "-").
        """
        if isinstance(day, Month):
            day = day.first_day
        history = self.histories.get(name, ())
        for entry in reversed(history):
            if entry.since <= day:
                return entry
        raise JcliError("E601", name=name, date=day, first=history[0].since if history else _NEVER)

    def rupiah(self, name: str, day: datetime.date | Month) -> int:
        """Return an amount in rupiah; errors as in `on`."""
        return self.count(name, day)

    def count(self, name: str, day: datetime.date | Month) -> int:
        """Return a whole number: months, days, years, persons, times; errors as in `on`."""
        value = self.on(name, day).value
        if isinstance(value, int):
            return value
        raise TypeError(name)

    def number(self, name: str, day: datetime.date | Month) -> Decimal:
        """Return a share (1 is the whole) or a whole number, exact; errors as in `on`."""
        value = self.on(name, day).value
        if isinstance(value, int | Decimal):
            return Decimal(value)
        raise TypeError(name)

    def table(self, name: str, day: datetime.date | Month) -> Mapping[str, Decimal]:
        """Return a table of numbers by word; errors as in `on`."""
        value = self.on(name, day).value
        if isinstance(value, Mapping):
            return value
        raise TypeError(name)

    def words(self, name: str, day: datetime.date | Month) -> tuple[str, ...]:
        """Return a list of words; errors as in `on`."""
        value = self.on(name, day).value
        if isinstance(value, tuple):
            return value
        raise TypeError(name)

    def steps(self, name: str, day: datetime.date | Month) -> tuple[tuple[int, Decimal], ...]:
        """Return a table of lower bounds as pairs, the lowest (0) first; errors as in `on`."""
        return tuple(sorted((int(bound), number) for bound, number in self.table(name, day).items()))


@lru_cache(maxsize=1)
def packaged() -> Regulation:
    """Return the regulation as it is shipped, read once."""
    folder = resources.files("jamsostek_cli.rules") / "parameters"
    files = sorted(folder.iterdir(), key=lambda file: file.name)
    return Regulation.from_toml({file.name: file.read_text(encoding="utf-8") for file in files})
