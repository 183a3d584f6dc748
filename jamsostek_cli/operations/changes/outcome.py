"""What a list of changes is taken for, and what became of each of its rows."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from jamsostek_cli.domain.change import ChangeKind
from jamsostek_cli.domain.enrolment import EndReason
from jamsostek_cli.domain.month import Month
from jamsostek_cli.domain.worker import RowOutcome
from jamsostek_cli.errors import JcliError


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeTerms:
    """What a command takes a list for: `only` that kind of change; `month` and `reason` where a row has none.

    `strangers` says whether people who are not in the register need somebody to look at them.
    """

    only: ChangeKind | None = None
    month: Month | None = None
    reason: EndReason | None = None
    strangers: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedRow:
    """What became of a row; `nik` is masked, `changes` are (field, before, after) as they may be shown.

    `problem` is the finding that kept the row from being carried out, `error` the refusal behind it.
    """

    sheet: str
    row: int
    outcome: RowOutcome
    kind: ChangeKind | None
    worker: str | None
    nik: str | None
    name: str | None
    kelurahan: str | None
    changes: tuple[tuple[str, str | None, str | None], ...] = ()
    problem: str | None = None
    error: JcliError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesDone:
    """What a list of changes did, or would do: `batch` is None of one that was only tried."""

    file: str
    batch: str | None
    rows: tuple[ChangedRow, ...]
    strangers: bool

    def count(self, kind: ChangeKind) -> int:
        """Return how many rows of a kind were carried out."""
        return sum(row.kind is kind and row.outcome is RowOutcome.CHANGED for row in self.rows)

    @property
    def problems(self) -> tuple[ChangedRow, ...]:
        """The rows that were not carried out."""
        return tuple(row for row in self.rows if row.outcome is RowOutcome.REJECTED)

    @property
    def needs_a_person(self) -> bool:
        """Whether somebody has to look at a row."""
        unknown = "change_person_unknown"
        return any(self.strangers or row.problem != unknown for row in self.problems)

    @property
    def outcomes(self) -> Mapping[str, int]:
        """The rows by what became of them; they add up."""
        return Counter(row.outcome.value for row in self.rows)
