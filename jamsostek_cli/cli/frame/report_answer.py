"""Showing a report, or writing it to files: one way for every command that has `-o`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jamsostek_cli.cli.frame.screen import Answer
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.table import Figure, Report, Table
from jamsostek_cli.tables.wording import note_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """Where a report goes: the files asked for, whether to replace others, whether for programs."""

    files: Sequence[Path]
    force: bool
    machine: bool

    @classmethod
    def of(cls, files: Sequence[Path] | None, *, force: bool, machine: bool = False) -> "Output":
        """Return what the options say."""
        return cls(files=tuple(files or ()), force=force, machine=machine)

    def write(self, report: Report) -> list[str]:
        """Write the report to every file, and return what to say of it; errors as `report.write`."""
        from jamsostek_cli.operations import report as operation

        written = [
            text("say.written", path=path)
            for path in self.files
            if operation.write(report, path, force=self.force, machine=self.machine)
        ]
        return written or ([text("say.unchanged")] if self.files else [])


def heading(report: Report) -> str:
    """Return what a report is, of which period, as of which day."""
    name = text(f"report.{report.name}", period=figures.period(report.period))
    return f"{name} · {text('report.as_of', day=figures.day(report.as_of.isoformat()))}"


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
    from jamsostek_cli.operations import report as operation

    written = output.write(report)
    quiet = bool(written) and not beside
    names = [report.names_table()] if report.names else []
    shown_tables = [*report.tables, *names] if tables is None else tables
    notes = [note_text(note) for note in report.notes] if hints is None else hints
    spoken = [heading(report)] if lines is None else lines
    return Answer(
        data=operation.as_data(report) if data is None else data,
        lines=[*(() if quiet and lines is None else spoken), *written],
        figures=() if quiet else report.figures if shown is None else shown,
        tables=() if quiet else shown_tables,
        hints=[*(() if quiet else notes), *steps],
        findings=findings,
        as_of=report.as_of,
        review=review,
    )
