"""The files that an import means: a folder stands for the rosters in it, and what is not read is named."""

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from jamsostek_cli.cli.frame.plain_text import pasted
from jamsostek_cli.cli.frame.screen import Answer
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures, text
from jamsostek_cli.roster.files import folder
from jamsostek_cli.roster.files.folder import NotRead, Unread
from jamsostek_cli.tables.wording import word

_LONGEST_NAME = 255
_MOST = 20


def chosen(named: Sequence[Path]) -> tuple[list[Path], list[NotRead]]:
    """Return the files meant, those of a folder in order of name, and what of it is not read.

    Raises E201 for a file that is not there or a folder that may not be read, E202 for one without rosters.
    """
    files: list[Path] = []
    left_out: list[NotRead] = []
    for path in named:
        if len(os.fsencode(path.name)) > _LONGEST_NAME:
            raise JcliError("E201", path=f"{path.name[:50]}…")
        if path.is_dir():
            found = _found(path)
            files += found.rosters
            left_out += found.left_out
        elif path.exists():
            files.append(path)
        else:
            raise JcliError("E201", path=path.name)
    return files, left_out


def _found(path: Path) -> folder.Found:
    try:
        found = folder.look_into(path)
    except OSError:
        raise JcliError("E201", path=path.name) from None
    if not found.rosters:
        names = ", ".join(left.path.name for left in found.left_out[:_MOST])
        raise JcliError("E202", path=path, left=names or "-").at(path)
    return found


def lines(left_out: Sequence[NotRead]) -> list[str]:
    """Name what is not read and why, what looks like a table first; of very many the first."""
    ordered = sorted(left_out, key=lambda left: not left.table)
    said = [_line(left) for left in ordered[:_MOST]]
    more = len(ordered) - _MOST
    return [*said, text("say.not_read_more", count=figures.count(more))] if more > 0 else said


def _line(left: NotRead) -> str:
    if left.why is Unread.FOLDER and left.table:
        return text("say.not_read_folder", path=left.path, step=f"jcli import {pasted(left.path)}")
    return text("say.not_read", path=left.path, why=word(left.why))


def named(said: Answer, left_out: Sequence[NotRead]) -> Answer:
    """Return the answer of an import with what was not read; a table among it needs a person."""
    records = [{"path": str(left.path), "why": left.why.value, "table": left.table} for left in left_out]
    return replace(
        said,
        data={**cast("dict[str, Any]", said.data), "not_read": records},
        lines=[*said.lines, *lines(left_out)],
        review=said.review or any(left.table for left in left_out),
    )
