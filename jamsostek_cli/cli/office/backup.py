"""`jcli db backup` and `jcli db restore`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jamsostek_cli.cli.frame.options import DryRunOption, count_option, words
from jamsostek_cli.cli.frame.refusal import sentence
from jamsostek_cli.cli.frame.screen import Answer, show, tell
from jamsostek_cli.cli.frame.session import confirmed, is_asked, session
from jamsostek_cli.cli.office.trail_words import about
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.table import Column, Kind, Table
from jamsostek_cli.tables.wording import done

if TYPE_CHECKING:
    from jamsostek_cli.operations.office.backup import BackupMade
    from jamsostek_cli.operations.office.restore import Restorable, Restored
    from jamsostek_cli.store.file.backup import FileState, LostAct

_NAMED = 10
_LISTED = 50
"""So many of the acts that a restore would lose are named in the question, and listed in the answer."""


def backup(
    ctx: typer.Context,
    *,
    folder: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FOLDER", help=text("opt.backup_folder"))
    ] = None,
    age: Annotated[
        str | None, typer.Option("--age", metavar="RECIPIENT", help=text("opt.backup_age"))
    ] = None,
    keep: Annotated[int | None, count_option("--keep", "opt.backup_keep")] = None,
) -> None:
    """Back the database up, and prove the backup before saying so."""
    from jamsostek_cli.operations.office import backup as operation

    if keep == 0:
        raise JcliError("E002", problem=text("usage.keep"))
    current = session(ctx)
    request = operation.BackupRequest(folder=folder, recipient=age, keep=keep)
    made = operation.make(current.database(), current.act(), request)
    show(
        current,
        Answer(
            data={
                "path": str(made.path),
                "sha256": made.sha256,
                "size": made.size,
                "audit_rows": made.state.rows,
                "audit_head": made.state.head,
                "recipient": made.recipient,
                "removed": list(made.removed),
                "noted": made.unnoted is None,
            },
            lines=_lines(made),
            hints=_hints(made),
        ),
    )


def _lines(made: "BackupMade") -> list[str]:
    said = [
        text("say.backup", path=made.path),
        text("say.backup_holds", rows=figures.count(made.state.rows), head=made.state.head),
        text("say.backup_sha256", sha256=made.sha256),
    ]
    if made.recipient is not None:
        said.append(text("say.backup_encrypted", recipient=made.recipient))
    if made.removed:
        said.append(text("say.backup_removed", files=figures.count(len(made.removed))))
    return said


def _hints(made: "BackupMade") -> list[str]:
    said = [] if made.unnoted is None else [text("say.backup_unnoted", why=sentence(made.unnoted))]
    return [*said, text("say.backup_same_disk")] if made.same_disk else said


def restore(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=text("opt.restore_file"))],
    *,
    identity: Annotated[
        Path | None, typer.Option("--identity", metavar="KEY", help=text("opt.restore_identity"))
    ] = None,
    dry_run: DryRunOption = False,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="TEXT", parser=words, help=text("opt.restore_reason"))
    ] = None,
) -> None:
    """Put a backup in the place of the database, which is kept beside."""
    from jamsostek_cli.operations.office import restore as operation

    if reason is None and not dry_run:
        raise JcliError("E002", problem=text("usage.restore_reason"))
    current = session(ctx)
    with operation.prepared(current.database_as_it_is(), file, identity) as found:
        lines = _compared(found)
        if dry_run or reason is None:
            show(current, _answer(found, None, [text("say.dry_run"), *lines]))
            return
        if is_asked(current):
            for line in [*lines, *map(_line, found.lost[:_NAMED]), *_more(found, _NAMED)]:
                tell(line)
            confirmed(current, text("ask.restore", path=found.target))
        restored = found.put(current.act(), reason=reason)
    said = [*_compared(found, done=True), text("say.restored", path=found.target)]
    if restored.kept is not None:
        said.append(text("say.restore_kept", path=restored.kept))
    show(current, _answer(found, restored, said))


def _compared(found: "Restorable", *, done: bool = False) -> list[str]:
    """Return what the backup holds, what it would replace, or has, and how much of it is lost then."""
    said = [text("say.restore_holds", file=found.source.name, city=found.held.city, **_facts(found.held))]
    if found.current is not None:
        said.append(text("say.restore_current", **_facts(found.current)))
    else:
        key = "say.restore_unreadable" if found.occupied else "say.no_database"
        said.append(text(key, path=found.target))
    if found.other_origin:
        said.append(text("say.restore_other"))
    if found.current is not None:
        key = "say.restore_gave_up" if done else "say.restore_lost"
        lost = figures.count(len(found.lost))
        said.append(text(key if found.lost else "say.restore_lost_none", acts=lost))
    return said


def _more(found: "Restorable", named: int) -> list[str]:
    """Say how many of the acts that are lost are not named."""
    rest = len(found.lost) - named
    return [text("say.restore_more", acts=figures.count(rest))] if rest > 0 else []


def _facts(state: "FileState") -> dict[str, object]:
    return {
        "rows": figures.count(state.rows),
        "moment": figures.moment(state.last_at),
        "head": state.head[:16],
    }


def _line(act: "LostAct") -> str:
    what = done(act.action).words
    return text("say.restore_act", moment=figures.moment(act.at), actor=act.actor, what=what)


def _answer(found: "Restorable", restored: "Restored | None", lines: list[str]) -> Answer:
    acts = Table.of(
        "lost",
        found.lost[:_LISTED],
        (
            Column("seq", Kind.COUNT),
            Column("at", Kind.MOMENT),
            Column("actor"),
            Column("action", of=lambda act: done(act.action)),
            Column("subject", of=lambda act: about(act.subject)),
        ),
        lead=("seq", "at", "actor", "action"),
    )
    return Answer(
        data={
            "path": str(found.target),
            "backup": _data(found.held),
            "current": None if found.current is None else _data(found.current),
            "other_database": found.other_origin,
            "lost": len(found.lost),
            "lost_acts": acts.records(),
            "restored": restored is not None,
            "kept": None if restored is None or restored.kept is None else str(restored.kept),
            "audit_head": None if restored is None else restored.now.head,
        },
        lines=lines,
        tables=[acts] if found.lost else [],
        hints=_more(found, _LISTED),
    )


def _data(state: "FileState") -> dict[str, object]:
    return {
        "city": state.city,
        "schema": state.version,
        "audit_rows": state.rows,
        "audit_head": state.head,
        "last_at": state.last_at,
    }
