"""`jcli worker death --match`: a list of the dead held against the register."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jamsostek_cli.cli.frame.refusal import sentence
from jamsostek_cli.cli.frame.report_answer import Output, list_answer
from jamsostek_cli.cli.frame.screen import show
from jamsostek_cli.cli.frame.session import Session, confirmed, is_asked
from jamsostek_cli.cli.likeness import likeness
from jamsostek_cli.domain.death_match import MatchState
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.table import Coded, Column, Kind, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jamsostek_cli.operations.death_match.outcome import DeathsMatched, MatchedDeath

MatchFile = Annotated[Path | None, typer.Option("--match", metavar="FILE", help=text("opt.match"))]
DecideFile = Annotated[Path | None, typer.Option("--decide", metavar="FILE", help=text("opt.match_decide"))]


def match(current: Session, file: Path, decide: Path | None, place: Output, *, dry_run: bool) -> None:
    """Hold a list of the dead against the register; asked first at a terminal, in one transaction."""
    from jamsostek_cli.operations.death_match import matching as operation

    database, act = current.database(), current.act()
    if is_asked(current) and not dry_run:
        tried = operation.match(database, act, file, decided_in=decide, dry_run=True)
        confirmed(current, text("ask.death_match", **_counts(tried)))
    _answer(
        current,
        operation.match(database, act, file, decided_in=decide, dry_run=dry_run),
        place,
        path=file,
        dry_run=dry_run,
    )


def _counts(done: "DeathsMatched") -> dict[str, str]:
    counted = {state.value: figures.count(count) for state, count in done.states.items()}
    return {"file": done.file, "rows": figures.count(done.rows), **counted}


def _answer(current: Session, done: "DeathsMatched", place: Output, *, path: Path, dry_run: bool) -> None:
    """Show whom the list speaks of, what their families are owed, and what is left to be decided."""
    table = _table(current, done)
    owed = [one for one in done.matches if one.is_owed]
    paid = [one for one in done.matches if one.months_after and one.stands]
    waiting = [one for one in done.matches if one.waits]
    least = sum(one.worth.least or 0 for one in owed if one.worth)
    most = sum(one.worth.most or 0 for one in owed if one.worth)
    after = sum(one.amount_after for one in paid)
    lines = [
        *([text("say.dry_run")] if dry_run else []),
        text("say.death_match", strangers=figures.count(done.strangers), **_counts(done)),
        *(
            [text("say.owed", families=figures.count(len(owed)), amount=figures.rupiah(least))]
            if owed
            else []
        ),
        *(
            [text("say.owed_most", amount=figures.rupiah(most), between=figures.rupiah(most - least))]
            if most > least
            else []
        ),
        *(
            [text("say.paid_dead", people=figures.count(len(paid)), amount=figures.rupiah(after))]
            if paid
            else []
        ),
    ]
    steps = []
    if done.states[MatchState.DOUBTFUL]:
        steps.append(text("next.death_match", file=path))
    if owed and not dry_run:
        steps.append(text("next.do_claim_owed"))
    answer = list_answer(
        current,
        "death_match",
        [table],
        place,
        data={
            "dry_run": dry_run,
            "file": done.file,
            "rows": done.rows,
            "strangers": done.strangers,
            "states": {state.value: count for state, count in done.states.items()},
            "families": len(owed),
            "least": least,
            "most": most,
            "paid_dead": len(paid),
            "amount_after": after,
            "matches": table.records(),
        },
        lines=lines,
        shown=[*([table] if done.matches else []), *([_open(waiting)] if waiting else [])],
        hints=[text("next.label", step=step) for step in steps],
        review=done.needs_a_person,
        beside=True,
    )
    show(current, replace(answer, part="match"))


def _table(current: Session, done: "DeathsMatched") -> Table:
    from jamsostek_cli.operations.review.queue import Decision

    said = {MatchState.RECORDED: Decision.SAME, MatchState.DIFFERENT: Decision.DIFFERENT}
    return Table.of(
        "death_match",
        done.matches,
        (
            Column("item"),
            Column("decision", of=lambda one: said.get(one.state)),
            Column("state"),
            Column("listed"),
            Column("worker"),
            Column("name"),
            Column("nik"),
            Column("kelurahan"),
            Column("died_on", Kind.DATE),
            Column(
                "days_since_death",
                Kind.COUNT,
                of=lambda one: one.died_on and max(0, (current.today - one.died_on).days),
            ),
            Column("score", Kind.COUNT),
            Column("reasons", of=_reasons),
            Column(
                "cover_reason", of=lambda one: one.worth and one.worth.cover, heading="col.cover_at_death"
            ),
            Column("kind", of=lambda one: one.worth and one.worth.kind),
            Column("least", Kind.RUPIAH, of=lambda one: one.worth and one.worth.least),
            Column("most", Kind.RUPIAH, of=lambda one: one.worth and one.worth.most),
            Column("question", of=_question),
            Column("claim"),
            Column("months_after", Kind.COUNT),
            Column("amount_after", Kind.RUPIAH),
            Column("problem", of=_why),
            Column("sheet"),
            Column("row", Kind.COUNT),
        ),
        lead=("state", "listed", "worker", "name", "died_on", "least"),
    )


def _open(waiting: "Sequence[MatchedDeath]") -> Table:
    """Return what waits for somebody, with what speaks for and against each, and what keeps it."""
    return Table.of(
        "death_match_open",
        waiting,
        (
            Column("row", Kind.COUNT),
            Column("listed"),
            Column("worker"),
            Column("reasons", of=_reasons),
            Column("problem", of=_why),
        ),
        lead=("row", "worker", "reasons", "problem"),
    )


def _reasons(one: "MatchedDeath") -> Coded:
    return Coded(",".join(one.reasons), likeness(one.reasons))


def _question(one: "MatchedDeath") -> Coded | None:
    asked = one.worth and one.worth.question
    return Coded(asked, text(f"question.{asked}")) if asked else None


def _why(one: "MatchedDeath") -> Coded | None:
    """Return what keeps a death from being recorded: a rule's refusal, a finding, or the burial's day."""
    from jamsostek_cli.roster.findings import FINDINGS

    if one.error is not None:
        return Coded(one.error.code, f"{one.error.code}: {sentence(one.error)}")
    if one.problem is not None:
        return Coded(one.problem, FINDINGS[one.problem].title())
    return Coded("by_burial", text("problem.by_burial")) if one.by_burial else None
