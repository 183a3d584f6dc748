"""What an officer asks of an import; light, so that it is there before the file is open."""

from collections.abc import Callable
from dataclasses import dataclass, field

from jamsostek_cli.operations.roster.plan import Plan
from jamsostek_cli.roster.sheets.hints import Hints

Progress = Callable[[int, int], None]
"""Told how many rows of how many are read; 0 where nobody knows how many there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRequest:
    """What an officer asked for: who sent it, how to read it, and whether it is rehearsed or planned.

    `dry_run` goes all the way and stores nothing; with a `plan` exactly that happens, or nothing; `whole`
    takes a roster only if each of its rows gets in.
    """

    agency: str | None = None
    hints: Hints = field(default_factory=Hints)
    dry_run: bool = False
    whole: bool = False
    plan: Plan | None = None
    progress: Progress | None = None

    @property
    def is_planned(self) -> bool:
        """Whether a plan is made, or carried out."""
        return self.dry_run or self.plan is not None
