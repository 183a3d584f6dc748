"""Plans: what an import would do, row by row, bound to the file's bytes and to the state of the database."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from jamsostek_cli import safe_file, strict
from jamsostek_cli.domain.finding import LOOKALIKE
from jamsostek_cli.domain.worker import MatchedRow, Place, RowOutcome, concealed, number_of
from jamsostek_cli.errors import JcliError

if TYPE_CHECKING:
    from jamsostek_cli.roster.files.parent import Workbook
    from jamsostek_cli.roster.reading import Roster
    from jamsostek_cli.roster.sheets.hints import Hints

_SCHEMA: Final = "jcli.plan/1"
_TEXT: Final = (str,)
_FIELDS: Final[strict.Types] = {
    **dict.fromkeys(("schema", "file", "sha256", "state"), _TEXT),
    "agency": (str, type(None)),
    "occupation": (str, type(None)),
    "headings": (dict,),
    "columns": (dict,),
    "sheets": (list,),
    "large": (bool,),
    "elsewhere": (dict, type(None)),
    "rows": (list,),
}
_NOT_YET: Final = frozenset({RowOutcome.NEW, RowOutcome.DUPLICATE})
"""Rows that need not have a worker before the plan is carried out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an import would do.

    `state` is the last change on which the plan rests; `rows` say of every row its sheet, number,
    outcome and, where they apply, the worker, the row it repeats, what changes, and the finding codes.
    `headings`, `columns` (field by place, from 0), `sheets` and `large` say how the file was to be read;
    a password is never kept; `occupation` is that of everybody whose row says none. `elsewhere` holds payer,
    first and last month of a list of people covered elsewhere.
    """

    file: str
    sha256: str
    state: str
    agency: str | None
    rows: Sequence[Mapping[str, object]]
    headings: Mapping[str, str]
    columns: Mapping[str, str]
    sheets: Sequence[str]
    large: bool
    elsewhere: Mapping[str, str] | None = None
    occupation: str | None = None


class Draft:
    """A plan in the making, page by page."""

    def __init__(self, roster: "Roster") -> None:
        self._roster = roster
        self._rows: list[dict[str, object]] = []

    def add(self, page: Sequence[MatchedRow]) -> None:
        """Add the rows of a page as they were judged."""
        self._rows += [self._row(one) for one in page]

    def made(
        self,
        workbook: "Workbook",
        state: str,
        agency: str | None,
        noted: Collection[Place],
        *,
        hints: "Hints",
    ) -> Plan:
        """Return the plan of an import that was only tried; `noted` rows have gained findings since."""
        names = {(self._roster.sheets[at.sheet].name, at.row) for at in noted}
        for entry in self._rows if names else ():
            if (entry["sheet"], entry["row"]) in names:
                entry["findings"] = sorted({*cast("list[str]", entry.get("findings", [])), LOOKALIKE})
        return Plan(
            file=str(workbook.path.resolve()),
            sha256=self._roster.sha256,
            state=state,
            agency=agency,
            rows=self._rows,
            headings=dict(hints.headings),
            columns={str(at): field for at, field in hints.columns.items()},
            sheets=list(workbook.opening.sheets),
            large=workbook.opening.large,
            occupation=hints.occupation,
        )

    def _row(self, one: MatchedRow) -> dict[str, object]:
        sheets = self._roster.sheets
        entry: dict[str, object] = {
            "sheet": sheets[one.row.sheet].name,
            "row": one.row.row,
            "outcome": one.outcome.value,
        }
        if one.worker_id is not None and one.outcome not in _NOT_YET:
            entry["worker"] = number_of(one.worker_id)
        if one.same_as is not None:
            entry["same_as"] = {"sheet": sheets[one.same_as.sheet].name, "row": one.same_as.row}
        if one.changes:
            entry["changes"] = [
                {"field": field, "old": concealed(field, old), "new": concealed(field, new)}
                for field, old, new in one.changes
            ]
        if one.row.findings:
            entry["findings"] = sorted({finding.code for finding in one.row.findings})
        return entry


def save(plan: Plan, path: Path, *, force: bool = False) -> None:
    """Write a plan, private to its owner because it names what changes; E502, E106, E108."""
    content = {
        "schema": _SCHEMA,
        "file": plan.file,
        "sha256": plan.sha256,
        "state": plan.state,
        "agency": plan.agency,
        "occupation": plan.occupation,
        "headings": dict(plan.headings),
        "columns": dict(plan.columns),
        "sheets": list(plan.sheets),
        "large": plan.large,
        "elsewhere": None if plan.elsewhere is None else dict(plan.elsewhere),
        "rows": list(plan.rows),
    }
    written = json.dumps(content, indent=1) + "\n"

    def fill(part: Path) -> None:
        part.write_text(written, encoding="utf-8")

    safe_file.write(path, fill, force=force)


def load(path: Path) -> Plan:
    """Read a plan; E201 when it is missing, E215 when it is none."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise JcliError("E201", path=path.name) from None
    except OSError:
        raise JcliError("E215", path=path.name) from None
    with strict.refusing_with("E215", path=path.name):
        plan = strict.json_object(strict.decoded(content, path.name), path.name, _FIELDS)
        strict.demand(plan.pop("schema") == _SCHEMA, path.name, "schema")
    return Plan(**plan)


def refuse_drift(plan: Plan, now: Plan) -> None:
    """Raise E216 when the file has changed since the plan was made, E217 when the database has."""
    if plan.sha256 != now.sha256:
        raise JcliError("E216", path=Path(plan.file).name)
    if plan.state != now.state or list(plan.rows) != list(now.rows):
        raise JcliError("E217", path=Path(plan.file).name)
