"""Showing a report, or writing it to files: one way for every command that has `-o`."""

import datetime
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from jamsostek_cli.cli.frame.screen import Answer
from jamsostek_cli.cli.frame.session import Session
from jamsostek_cli.messages import figures, text
from jamsostek_cli.reports.registry import REPORTS
from jamsostek_cli.store.file import doubt
from jamsostek_cli.tables.table import Figure, Note, Report, Table
from jamsostek_cli.tables.wording import note_text, of_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """Where a report goes: the files asked for, whether to replace others, whether for programs.

    `current` is who writes them: files that name people are noted in the audit trail.
    """

    current: Session
    files: Sequence[Path]
    force: bool
    machine: bool

    @classmethod
    def of(
        cls, current: Session, files: Sequence[Path] | None, *, force: bool, machine: bool = False
    ) -> "Output":
        """Return what the options say."""
        return cls(current=current, files=tuple(files or ()), force=force, machine=machine)

    @classmethod
    def ready(
        cls, current: Session, name: str, files: Sequence[Path] | None, *, force: bool, machine: bool
    ) -> "Output":
        """Return what the options say, once the places are free: for a command that changes something.

        Raises E120, E502, E503.
        """
        asked = cls.of(current, files, force=force, machine=machine)
        if asked.files:
            from jamsostek_cli.operations.reporting import report_file as operation

            operation.demand_place(name, asked.files, force=force)
        return asked

    def write(self, report: Report) -> list[str]:
        """Write the report to every file, and return what to say of it; errors as `report.write`."""
        if not self.files:
            return []
        from jamsostek_cli.operations.reporting import report_file as operation

        people = sum(map(operation.people_in, self._leaving(report)))
        unnoted: list[str] = []

        def note(files: Mapping[str, str]) -> None:
            """Note that files with people's names leave, before they do."""
            from jamsostek_cli.operations import departure

            place, act = self.current.database_as_it_is(), self.current.act()
            if people and not departure.note(place, act, report.name, files, people=people):
                unnoted.append(text("say.file_not_noted"))

        written = self._put(report, note)
        said = [text("say.written", path=path) for path in written]
        if people and written and not unnoted:
            said.append(text("say.names_left", file=written[0].name))
        return [*said, *unnoted] or [text("say.unchanged")]

    def _leaving(self, report: Report) -> Sequence[Report]:
        """Return whatever the files hold, for the people whom they name."""
        return (report,)

    def _put(self, report: Report, first: Callable[[Mapping[str, str]], None]) -> list[Path]:
        """Write the files, `first` before any of them gets its place, and return those that changed."""
        from jamsostek_cli.operations.reporting import report_file as operation

        place = self.current.database_as_it_is()
        return operation.write(place, report, self.files, force=self.force, machine=self.machine, first=first)


Line = TypeVar("Line")
PAGE: Final = 50
"""So many of a long list stand on a terminal."""


@dataclass(frozen=True, slots=True)
class Page:
    """How much of a list is asked for: `most` lines, everything where that is None."""

    most: int | None

    @classmethod
    def of(cls, current: Session, limit: int | None, output: Output, usual: int = PAGE) -> "Page":
        """Return what `--limit` says; without it a terminal gets the usual page, all others everything."""
        everything = output.files or current.json or not sys.stdout.isatty()
        return cls(limit if limit is not None or everything else usual)

    @property
    def asked(self) -> int:
        """How many lines to ask for: one more, so that it is known whether the list goes on; -1 for all."""
        return -1 if self.most is None else self.most + 1

    def cut(self, lines: Sequence[Line]) -> tuple[Sequence[Line], bool]:
        """Return the lines of the page, and whether the list goes on."""
        if self.most is None:
            return lines, False
        return lines[: self.most], len(lines) > self.most


def list_answer(
    current: Session,
    name: str,
    tables: Sequence[Table],
    output: Output,
    *,
    data: object,
    lines: Sequence[str] = (),
    shown: Sequence[Table] | None = None,
    hints: Sequence[str] = (),
    findings: Sequence[Mapping[str, object]] = (),
    review: bool = False,
    beside: bool = False,
    as_of: datetime.date | None = None,
) -> Answer:
    """Return a list as an answer, written to the files asked for: the first table is what is listed.

    `shown` takes the place of the tables on the screen; `data` is the JSON, on the screen and in a file.
    """
    rows, day = len(tables[0].rows), as_of or current.today
    report = Report(
        name=name,
        period="",
        as_of=day,
        subtitle=_under_title(current, rows, day) if output.files else "",
        figures=(Figure("listed", rows),),
        tables=tuple(tables),
        notes=(Note(key="list"),),
        data=data,
    )
    return answered(
        report,
        output,
        data=data,
        lines=lines,
        shown=(),
        tables=tables if shown is None else shown,
        hints=(),
        steps=hints,
        findings=findings,
        review=review,
        beside=beside,
    )


def _under_title(current: Session, rows: int, day: datetime.date) -> str:
    """Return what stands under the title of a list; how that is said loads only where a file is asked for."""
    from jamsostek_cli.cli.frame import list_heading

    return list_heading.under_title(current, rows, day)


def heading(report: Report) -> str:
    """Return what a report is, of which period, as of which day."""
    name = text(f"report.{report.name}", period=figures.period(report.period))
    return f"{name} · {of_day(report)}"


def answered(
    report: Report,
    output: Output,
    *,
    data: object = None,
    lines: Sequence[str] | None = None,
    shown: Sequence[Figure] | None = None,
    tables: Sequence[Table] | None = None,
    hints: Sequence[str] | None = None,
    steps: Sequence[str] = (),
    findings: Sequence[Mapping[str, object]] = (),
    review: bool = False,
    beside: bool = False,
) -> Answer:
    """Write a report where files are asked for, and return the answer: the whole report, or what was written.

    `data`, `lines`, `shown` (figures), `tables` and `hints` take the place of the report's own where a
    command shows less, or more, than the files hold; `steps` are said in any case. `beside` shows
    it beside the files, too.
    """
    written = output.write(report)
    if report.name in REPORTS:
        doubt.look()
    quiet = bool(written) and not beside
    names = [report.names_table()] if report.names else []
    shown_tables = [*report.tables, *names] if tables is None else tables
    notes = [note_text(note) for note in report.notes] if hints is None else hints
    spoken = [heading(report)] if lines is None else lines
    return Answer(
        data=_as_data(report) if data is None else data,
        lines=[*(() if quiet and lines is None else spoken), *written],
        figures=() if quiet else report.figures if shown is None else shown,
        tables=() if quiet else shown_tables,
        hints=[*(() if quiet else notes), *steps],
        findings=findings,
        as_of=report.as_of,
        review=review,
    )


def _as_data(report: Report) -> object:
    """Return a report for programs; what makes all reports loads only where one is asked for."""
    from jamsostek_cli.operations.reporting import report_file as operation

    return operation.as_data(report)
