"""The legal values, their sources, and worked cases run against them."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations.office import calendar
from jamsostek_cli.operations.office import law as office_law
from jamsostek_cli.rules import case
from jamsostek_cli.rules.case import CaseResult
from jamsostek_cli.rules.law import regulation
from jamsostek_cli.rules.law.provision import Confidence
from jamsostek_cli.rules.law.regulation import Provision, Regulation
from jamsostek_cli.store.file.database import Database


@dataclass(frozen=True, slots=True)
class CasesChecked:
    """Worked cases, each right or wrong."""

    results: tuple[CaseResult, ...]

    @property
    def wrong(self) -> int:
        """How many cases came out differently."""
        return sum(not result.right for result in self.results)


def check(db: Database, path: Path) -> CasesChecked:
    """Run the cases of a TOML file through the rules that price real claims, the city's own values included.

    E201 when the file is missing, E602 when it is no file of cases; errors as in `law.of_office`.
    """
    cases = case.read(_text(path), path.name)
    law, is_workday = office_law.of_office(db), calendar.workdays()
    return CasesChecked(tuple(case.run(one, law, is_workday) for one in cases))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise JcliError("E201", path=path.name) from None
    except (OSError, UnicodeDecodeError):
        raise JcliError("E602", place=path.name, problem="not a text file") from None


class ValueOrigin(StrEnum):
    """Whose a legal value is: the law's, the city's own, or the law's where the city has its own."""

    LAW = "law"
    OWN = "own"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class ListedProvision:
    """A legal value as an officer sees it, and whose it is."""

    value: Provision
    origin: ValueOrigin

    @property
    def unread(self) -> bool:
        """Whether it counts and nobody has read it in the official text."""
        return self.origin is not ValueOrigin.REPLACED and self.value.confidence is not Confidence.READ


def history(db: Database, name: str | None, *, unread: bool = False) -> list[ListedProvision]:
    """Return every value of one provision, or of all whose name starts so; E603 when there is none.

    Where the city has a value of its own, the one it replaces stands before it. With `unread` only the values
    nobody has read in the official text.
    """
    law, shipped = office_law.of_office(db), regulation.packaged()
    chosen = [known for known in law.names() if name is None or known == name or known.startswith(f"{name}.")]
    if not chosen:
        raise JcliError("E603", name=name)
    listed = [one for known in chosen for one in _listed(law, shipped, known)]
    return [one for one in listed if one.unread or not unread]


def _listed(law: Regulation, shipped: Regulation, name: str) -> Iterator[ListedProvision]:
    before = {value.since: value for value in shipped.histories.get(name, ())}
    for value in law.history(name):
        if value.overridden and value.since in before:
            yield ListedProvision(before[value.since], ValueOrigin.REPLACED)
        yield ListedProvision(value, ValueOrigin.OWN if value.overridden else ValueOrigin.LAW)
