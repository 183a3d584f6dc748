"""`jcli claim document`: papers come in, go to somebody, are replaced, are taken back."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jamsostek_cli.cli.claim import papers, screen
from jamsostek_cli.cli.claim.settling import ClaimArgument
from jamsostek_cli.cli.frame.options import ForceOption, OptionalReason, choice_option
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import Session, session
from jamsostek_cli.domain.papers import Holder
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures, text

if TYPE_CHECKING:
    from jamsostek_cli.operations.claim.papers import Recorded


def document(
    ctx: typer.Context,
    claim: ClaimArgument,
    names: Annotated[list[str] | None, typer.Argument(metavar="NAME...", help=text("opt.document"))] = None,
    everything: Annotated[bool, typer.Option("--all", help=text("opt.all_documents"))] = False,
    file: Annotated[Path | None, typer.Option("--file", metavar="FILE", help=text("opt.scan"))] = None,
    held: Annotated[Holder | None, choice_option("--held", Holder, "opt.held", "HOLDER")] = None,
    replace: Annotated[bool, typer.Option("--replace", help=text("opt.replace_document"))] = False,
    take_back: Annotated[bool, typer.Option("--take-back", help=text("opt.take_back_document"))] = False,
    *,
    reason: OptionalReason = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help=text("opt.scan_out"))
    ] = None,
    force: ForceOption = False,
) -> None:
    """Tick papers off, say who holds them, replace them, take or give them back, or show the list."""
    from jamsostek_cli.operations.claim import papers as operation

    current = session(ctx)
    chosen = [papers.paper(name) for name in names or []]
    if output is not None or force:
        others = any((everything, file, held, replace, take_back, reason))
        _given_back(current, claim, chosen, output, force=force, alone=not others)
        return
    if file is not None and (everything or len(chosen) != 1):
        raise JcliError("E002", problem=text("usage.scan"))
    if replace or take_back or reason is not None:
        _changed(current, claim, chosen, file, held, reason, everything=everything, ways=(replace, take_back))
        return
    if not chosen and not everything and held is None:
        _listed(current, claim)
        return
    recorded = operation.record(
        current.database(), current.act(), claim, chosen, everything=everything, held_by=held, file=file
    )
    _show(current, recorded, "say.documents" if chosen or everything else "say.documents_held")


def _given_back(
    current: Session, claim: str, names: Sequence[str], output: Path | None, *, force: bool, alone: bool
) -> None:
    """Write the scan of one paper to a file; E002 unless it is `alone` what is asked for."""
    from jamsostek_cli.operations.claim import scans

    if output is None or len(names) != 1 or not alone:
        raise JcliError("E002", problem=text("usage.scan_out"))
    given = scans.give_back(current.database(), current.act(), claim, names[0], output, force=force)
    shown = papers.shown_paper(given.paper).words
    said = text("say.scan_given", claim=given.number, paper=shown, path=output)
    data = {"number": given.number, "document": given.paper, "scan": given.name}
    show(
        current, Answer(part="scan", data={**data, "file": given.file, "sha256": given.sha256}, lines=[said])
    )


def _listed(current: Session, claim: str) -> None:
    from jamsostek_cli.operations.claim import detail as claim_detail

    detail = claim_detail.show(current.database(), claim)
    show(current, Answer(part="list", data=papers.facts(detail), tables=papers.tables(detail)))


def _changed(
    current: Session,
    claim: str,
    names: Sequence[str],
    file: Path | None,
    held: Holder | None,
    reason: str | None,
    *,
    everything: bool,
    ways: tuple[bool, bool],
) -> None:
    """Replace a paper or take some back, each with a reason; E002 for anything else."""
    from jamsostek_cli.operations.claim import papers as operation

    if reason is None or everything or not names:
        raise JcliError("E002", problem=text("usage.papers"))
    if ways == (True, False) and file is not None:
        recorded = operation.replace(
            current.database(), current.act(), claim, names[0], file=file, reason=reason, held_by=held
        )
        _show(current, recorded, "say.document_replaced")
    elif ways == (False, True) and file is None and held is None:
        recorded = operation.take_back(current.database(), current.act(), claim, names, reason=reason)
        _show(current, recorded, "say.documents_taken_back")
    else:
        raise JcliError("E002", problem=text("usage.papers"))


def _show(current: Session, recorded: "Recorded", said: str) -> None:
    detail = recorded.detail
    lines = [text(said, claim=detail.claim.number, have=figures.count(len(detail.have)))]
    if recorded.copy is not None:
        lines.append(text("say.document_copied", path=recorded.copy))
    lines += [
        text("say.same_scan", claim=number, paper=papers.shown_paper(name).words)
        for number, name in recorded.same_scan
    ]
    screen.changed(
        current,
        detail,
        lines,
        copy=None if recorded.copy is None else str(recorded.copy),
        same_scan=[{"claim": number, "document": name} for number, name in recorded.same_scan],
    )
