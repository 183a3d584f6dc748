"""The legal values, their sources, and worked cases run against them."""

from dataclasses import dataclass
from pathlib import Path

from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations import calendar
from jamsostek_cli.rules import case, regulation
from jamsostek_cli.rules.case import CaseResult
from jamsostek_cli.rules.regulation import Provision


@dataclass(frozen=True, slots=True)
class Checked:
    """Worked cases, each right or wrong."""

    results: tuple[CaseResult, ...]

    @property
    def wrong(self) -> int:
        """How many cases came out differently."""
        return sum(not result.right for result in self.results)


def check(path: Path) -> Checked:
    """Run the cases of a TOML file through the rules that price real claims.

    E201 when the file is missing, E602 when it is no file of cases.
    """
    cases = case.read(_text(path), path.name)
    law, is_workday = regulation.packaged(), calendar.workdays()
    return Checked(tuple(case.run(one, law, is_workday) for one in cases))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise JcliError("E201", path=path.name) from None
    except (OSError, UnicodeDecodeError):
        raise JcliError("E602", place=path.name, problem="not a text file") from None


def history(name: str | None) -> list[Provision]:
    """Return every value of one provision, or of all whose name starts so; E603 when there is none."""
    law = regulation.packaged()
    chosen = [known for known in law.names() if name is None or known == name or known.startswith(f"{name}.")]
    if not chosen:
        raise JcliError("E603", name=name)
    return [value for known in chosen for value in law.history(known)]
