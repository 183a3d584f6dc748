"""`jcli claim visits`: whom to visit, on paper, and what was written into the list."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, NamedTuple

import typer

from jamsostek_cli.cli.claim.papers import shown_paper
from jamsostek_cli.cli.frame.options import DryRunOption, ForceOption, KelurahanOption
from jamsostek_cli.cli.frame.refusal import hint, sentence
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import Session, confirmed, is_asked, session
from jamsostek_cli.domain.claim import ClaimKind
from jamsostek_cli.domain.worker import concealed
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.table import Coded, Column, Kind, Table

if TYPE_CHECKING:
    from jamsostek_cli.operations.claim.family.visiting import VisitsTaken


class _Refused(NamedTuple):
    """A row that cannot be taken, as it is shown."""

    row: int
    claim: str
    problem: Coded


_VISIT: Final = (
    Column("row", Kind.COUNT),
    Column("claim", of=lambda one: one.claim.number),
    Column("name", of=lambda one: one.claim.name),
    Column("visited_on", Kind.DATE, of=lambda one: one.visited.visited_on),
    Column("person", of=lambda one: one.visited.person),
    Column("said", of=lambda one: one.visited.said),
    Column("next_on", Kind.DATE, of=lambda one: one.visited.next_on),
    Column("state"),
)
_CONTACT: Final = (
    Column("row", Kind.COUNT),
    Column("claim", of=lambda one: one.claim.number),
    Column("name", of=lambda one: one.claim.name),
    Column("contact"),
    Column("phone", of=lambda one: concealed("phone", one.phone)),
    Column("state"),
)
_FAMILY: Final = (
    Column("kelurahan", of=lambda one: one.family.kelurahan),
    Column("rt", of=lambda one: one.family.rt),
    Column("number", of=lambda one: one.family.number),
    Column("name", of=lambda one: one.family.name),
    Column("kind", of=lambda one: ClaimKind(one.family.kind)),
    Column("contact", of=lambda one: one.family.contact),
    Column("phone", of=lambda one: concealed("phone", one.family.phone)),
    Column("missing", of=lambda one: _missing(one.missing)),
    Column("visited_on", Kind.DATE, of=lambda one: one.family.last and one.family.last.visited_on),
    Column("said", of=lambda one: one.family.last and one.family.last.said),
    Column("next_on", Kind.DATE, of=lambda one: one.family.next_on),
)


def _missing(names: tuple[str, ...]) -> Coded:
    return Coded(",".join(names), ", ".join(shown_paper(name).words for name in names))


def visits(
    ctx: typer.Context,
    *,
    output: Annotated[
        list[Path] | None, typer.Option("-o", "--output", metavar="FILE", help=text("opt.visit_list"))
    ] = None,
    back: Annotated[Path | None, typer.Option("--from", metavar="FILE", help=text("opt.visits_back"))] = None,
    kelurahan: KelurahanOption = None,
    dry_run: DryRunOption = False,
    force: ForceOption = False,
) -> None:
    """List the families to visit, on paper if asked for, or record what came back."""
    current = session(ctx)
    if back is not None:
        if output or kelurahan is not None or force:
            raise JcliError("E002", problem=text("usage.visits_back"))
        _record(current, back, dry_run=dry_run)
        return
    if dry_run or (force and not output):
        raise JcliError("E002", problem=text("usage.visits"))
    from jamsostek_cli.operations.claim.family import visiting

    if output:
        paths = list(dict.fromkeys(output))
        count = visiting.write(current.database(), current.act(), paths, kelurahan, force=force)
        lines = [text("say.visit_list", path=path, count=figures.count(count)) for path in paths]
        step = [text("next.label", step=text("next.visits_back"))]
        hints = step if any(path.suffix.lower() == ".xlsx" for path in paths) else []
        data = {"families": count, "files": [path.name for path in paths]}
        show(current, Answer(part="written", data=data, lines=lines, hints=hints))
        return
    families = visiting.listed(current.database(), kelurahan)
    table = Table.of("visits", families, _FAMILY, lead=("number", "name", "kelurahan", "rt", "next_on"))
    show(current, Answer(data=table.records(), tables=[table]))


def _record(current: Session, path: Path, *, dry_run: bool) -> None:
    from jamsostek_cli.operations.claim.family import visiting

    database, act = current.database(), current.act()
    if is_asked(current) and not dry_run:
        tried = visiting.take(database, act, path, dry_run=True)
        if (tried.news or tried.changed) and not tried.refused:
            counted = {"count": figures.count(len(tried.news)), "contacts": figures.count(len(tried.changed))}
            confirmed(current, text("ask.visits", file=tried.file, **counted))
    show(current, _answer(visiting.take(database, act, path, dry_run=dry_run), dry_run=dry_run))


def _answer(done: "VisitsTaken", *, dry_run: bool) -> Answer:
    taken = Table.of("visits_taken", done.taken, _VISIT, lead=("claim", "visited_on", "said", "state"))
    rows = [
        _Refused(one.row, one.claim, Coded(one.error.code, f"{sentence(one.error)} ({hint(one.error)})"))
        for one in done.refused
    ]
    columns = (Column("row", Kind.COUNT), Column("claim"), Column("problem"))
    refused = Table.of("visits_refused", rows, columns, lead=("row", "claim", "problem"))
    contacts = Table.of(
        "visit_contacts", done.contacts, _CONTACT, lead=("claim", "contact", "phone", "state")
    )
    news, known = len(done.news), len(done.taken) - len(done.news)
    facts = {"file": done.file, "count": figures.count(news), "known": figures.count(known)}
    facts["contacts"] = figures.count(len(done.changed))
    has_news = bool(done.news or done.changed)
    said = "say.visits_refused" if done.refused else "say.visits_taken" if has_news else "say.visits_known"
    return Answer(
        part="back",
        data={
            "dry_run": dry_run,
            "file": done.file,
            "stored": done.stored,
            "visits": taken.records(),
            "contacts": contacts.records(),
            "refused": refused.records(),
        },
        lines=[
            *([text("say.dry_run")] if dry_run else []),
            text(said, **{**facts, "refused": figures.count(len(done.refused))}),
        ],
        tables=[table for table in (taken, contacts, refused) if table.rows],
        hints=[text("next.label", step=text("next.visits_mend"))] if done.refused else [],
        review=bool(done.refused),
    )
