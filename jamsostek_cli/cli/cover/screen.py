"""How cover looks on a screen and in JSON: one person's history, and what was ended."""

from typing import TYPE_CHECKING

from jamsostek_cli.cli.cover.timeline import timeline
from jamsostek_cli.cli.frame.screen import Answer, for_screen
from jamsostek_cli.domain.month import Span
from jamsostek_cli.domain.nik import masked
from jamsostek_cli.domain.worker import number_of
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.table import Column, Figure, Kind, Table
from jamsostek_cli.tables.wording import word

if TYPE_CHECKING:
    from jamsostek_cli.domain.enrolment import Enrolment
    from jamsostek_cli.operations.cover.end import CoverEnded
    from jamsostek_cli.operations.cover.ledger import CoverHistory
    from jamsostek_cli.store.register.covered_elsewhere import Elsewhere


_NARROW = ("payer", "start", "end", "status", "end_reason", "decree", "name", "batch", "row")


def history_answer(history: "CoverHistory") -> Answer:
    """Return a person's cover as it is drawn, and as scripts read it."""
    person, answer = history.worker, history.cover
    return Answer(
        schema="cover",
        data={
            "worker": person.number,
            "asked": history.asked,
            "nik": masked(person.nik),
            "name": person.facts.name,
            "worker_status": person.status.value,
            "died_on": person.died_on,
            "merged_from": [number_of(record) for record in history.merged_from],
            "on": history.on.isoformat(),
            "status": answer.status.value,
            "reason": answer.reason.value,
            "months_in_row": answer.months_in_row,
            "paid_run": None if answer.span is None else _span(answer.span),
            "lapses_on": None if history.lapses_on is None else history.lapses_on.isoformat(),
            "elsewhere_on": list(history.others),
            "enrolments": [_enrolment(one) for one in history.enrolments],
            "elsewhere": [_elsewhere(one) for one in history.elsewhere],
        },
        lines=[*_said(history), *timeline(history)],
        figures=_facts(history),
        tables=[for_screen(table, _NARROW) for table in (_enrolled(history), _listed(history)) if table.rows],
        as_of=history.on,
    )


def _span(span: Span) -> dict[str, str]:
    return {"first_month": str(span.first), "last_month": str(span.last)}


def _runs(spans: tuple[Span, ...]) -> str:
    return " ".join(f"{span.first}..{span.last}" for span in spans)


def _enrolment(one: "Enrolment") -> dict[str, object]:
    return {
        "id": one.id,
        "worker": number_of(one.worker_id),
        "segment": one.segment,
        "programmes": list(one.programmes),
        "payer": one.payer,
        "decree": one.decree,
        "basis": one.basis,
        "sector": one.sector,
        "kpj": one.kpj,
        "start_month": str(one.start),
        "end_month": str(one.end),
        "status": one.status.value,
        "end_reason": one.end_reason,
        "paid": [_span(span) for span in one.paid],
    }


def _elsewhere(one: "Elsewhere") -> dict[str, object]:
    return {
        "payer": one.payer,
        **_span(one.span),
        "name": one.name,
        "nik": masked(one.nik),
        "batch": one.batch,
        "sheet": one.sheet,
        "row": one.row,
    }


def _said(history: "CoverHistory") -> list[str]:
    """Say in words whether the person is covered, why, and until when."""
    answer = history.cover
    lapses = "" if history.lapses_on is None else figures.day(history.lapses_on.isoformat())
    facts = {
        "worker": history.worker.number,
        "day": figures.day(history.on.isoformat()),
        "reason": word(answer.reason.value),
        "months": answer.months_in_row,
        "lapses": lapses,
    }
    lines = [text(f"say.cover_{answer.status.value}", **facts)]
    if history.asked != history.worker.number:
        lines.insert(0, text("say.cover_merged", asked=history.asked, worker=history.worker.number))
    if history.others:
        lines.append(text("say.cover_elsewhere", payers=", ".join(map(word, history.others))))
    return lines


def _facts(history: "CoverHistory") -> list[Figure]:
    person = history.worker
    cards = dict.fromkeys(one.kpj for one in history.enrolments if one.kpj)
    facts = {
        "worker": person.number,
        "nik": masked(person.nik),
        "name": person.facts.name,
        "status": person.status.value,
        "died_on": None if person.died_on is None else person.died_on.isoformat(),
        "merged_from": " ".join(map(number_of, history.merged_from)) or None,
        "kpj": " ".join(cards) or None,
    }
    return [
        Figure(key, value, Kind.DATE if key == "died_on" else Kind.TEXT, "col")
        for key, value in facts.items()
        if value is not None
    ]


def _enrolled(history: "CoverHistory") -> Table:
    return Table(
        key="enrolments",
        columns=(
            Column("payer"),
            Column("programmes"),
            Column("start"),
            Column("end"),
            Column("status"),
            Column("end_reason"),
            Column("paid_months"),
            Column("decree"),
        ),
        rows=[
            (
                one.payer,
                ",".join(one.programmes),
                str(one.start),
                str(one.end),
                one.status.value,
                None if one.end_reason is None else f"end-{one.end_reason}",
                _runs(one.paid),
                one.decree,
            )
            for one in history.enrolments
        ],
    )


def _listed(history: "CoverHistory") -> Table:
    return Table(
        key="elsewhere",
        columns=(
            Column("payer"),
            Column("start"),
            Column("end"),
            Column("name"),
            Column("batch"),
            Column("sheet"),
            Column("row"),
        ),
        rows=[
            (one.payer, str(one.span.first), str(one.span.last), one.name, one.batch, one.sheet, one.row)
            for one in history.elsewhere
        ],
    )


def ended_answer(ended: "CoverEnded") -> Answer:
    """Return what was ended, and what is paid beyond the end."""
    number, month = ended.worker.number, str(ended.month)
    lines = []
    for one in ended.enrolments:
        facts = {"worker": number, "payer": word(one.enrolment.payer), "start": one.enrolment.start}
        if one.last is None:
            lines.append(text("say.cover_never_began", **facts))
        else:
            lines.append(text("say.cover_ended", **facts, month=month, before=one.enrolment.end))
    for listed in ended.elsewhere:
        facts = {"worker": number, "payer": word(listed.payer), "start": listed.span.first}
        began = listed.span.first <= ended.month
        key = "say.cover_list_ended" if began else "say.cover_list_removed"
        lines.append(text(key, **facts, month=month, before=listed.span.last))
    if ended.moved:
        lines.append(text("say.cover_moved", worker=number))
    if ended.months_after:
        amount = figures.rupiah(ended.amount_after)
        lines.append(text("say.cover_paid_after", months=ended.months_after, amount=amount))
    return Answer(
        schema="cover-end",
        data={
            "worker": number,
            "month": month,
            "reason": ended.reason.value,
            "worker_status": "moved" if ended.moved else ended.worker.status.value,
            "enrolments": [
                {
                    "id": one.enrolment.id,
                    "payer": one.enrolment.payer,
                    "start_month": str(one.enrolment.start),
                    "end_month_before": str(one.enrolment.end),
                    "end_month": None if one.last is None else str(one.last),
                    "status": "refused" if one.last is None else "ended",
                    "paid_after": [_span(span) for span in one.after],
                    "amount_after": one.amount,
                }
                for one in ended.enrolments
            ],
            "elsewhere": [
                {
                    "payer": one.payer,
                    "first_month": str(one.span.first),
                    "last_month_before": str(one.span.last),
                    "last_month": month if one.span.first <= ended.month else None,
                }
                for one in ended.elsewhere
            ],
            "months_after": ended.months_after,
            "amount_after": ended.amount_after,
        },
        lines=lines,
        hints=[text("next.label", step=text("next.cover_show", worker=number))],
    )
