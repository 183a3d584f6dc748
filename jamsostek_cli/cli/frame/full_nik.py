"""`--full-nik --reason TEXT`: lists that go to BPJS with whole NIKs, on record."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

import typer

from jamsostek_cli.cli.frame.report_answer import Output
from jamsostek_cli.cli.frame.session import Session
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import text
from jamsostek_cli.tables.table import Report

FullNikOption = Annotated[bool, typer.Option("--full-nik", help=text("opt.full_nik"))]
_ENDINGS: Final = frozenset({".xlsx", ".csv"})
"""What goes to BPJS: no screen, no page, nothing for programs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeNiks(Output):
    """Files with whole NIKs, written by an officer who says why."""

    reason: str

    def write(self, report: Report) -> list[str]:
        """Write the report to every file with one audit row for all, and return what to say of it."""
        from jamsostek_cli.operations.reporting import report_file as operation

        operation.write_audited(
            self.current.database(),
            self.current.act(),
            report,
            self.files,
            reason=self.reason,
            force=self.force,
            machine=self.machine,
        )
        return [text("say.written", path=path) for path in self.files]


def output_of(
    current: Session,
    files: Sequence[Path] | None,
    *,
    full_nik: bool,
    reason: str | None,
    force: bool,
    machine: bool,
) -> Output:
    """Return where a list goes, with whole NIKs where they are asked for; E002 without reason or file."""
    asked = Output.of(current, files, force=force, machine=machine)
    if not full_nik and reason is None:
        return asked
    fits = asked.files and all(path.suffix.lower() in _ENDINGS for path in asked.files)
    if not full_nik or reason is None or not fits:
        raise JcliError("E002", problem=text("usage.full_nik"))
    return WholeNiks(files=asked.files, force=force, machine=machine, current=current, reason=reason)


def warning(output: Output) -> list[str]:
    """Say what to do with a file that holds whole NIKs."""
    return [text("say.full_niks")] if isinstance(output, WholeNiks) else []
