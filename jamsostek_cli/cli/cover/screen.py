"""How cover looks on a screen and in JSON: a history, what was ended, as much of a list as fits."""

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from jamsostek_cli.cli.cover.enrolment_columns import DECREE, END_REASON, PAID_MONTHS, TERMS
from jamsostek_cli.cli.cover.timeline import timeline
from jamsostek_cli.cli.frame.screen import Answer
from jamsostek_cli.domain.enrolment import EnrolmentStatus
from jamsostek_cli.domain.iuran import payer_of
from jamsostek_cli.domain.month import Span
from jamsostek_cli.domain.nik import masked
from jamsostek_cli.domain.worker import WorkerStatus, number_of
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.table import Column, Figure, Kind, Table, Value
from jamsostek_cli.tables.wording import payer_name, word

if TYPE_CHECKING:
    from jamsostek_cli.domain.enrolment import Enrolment
    from jamsostek_cli.operations.cover.end import CoverEnded
    from jamsostek_cli.operations.cover.ledger import CoverHistory
    from jamsostek_cli.store.register.covered_elsewhere import Elsewhere


def history_answer(history: "CoverHistory") -> Answer:
    """Return a person's cover as it is drawn, and as scripts read it."""
    person, answer = history.worker, history.cover
    return Answer(
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
            "enrolments": list(map(_enrolment, history.enrolments)),
            "elsewhere": list(map(_elsewhere, history.elsewhere)),
        },
        lines=[*_sentences(history), *timeline(history)],
        figures=_facts(history),
        tables=[table for table in (_enrolled(history), _listed(history)) if table.rows],
        as_of=history.on,
    )


def _span(span: Span) -> dict[str, str]:
    return {"first_month": str(span.first), "last_month": str(span.last)}


def _enrolment(enrolment: "Enrolment") -> dict[str, object]:
    return {
        "id": enrolment.id,
        "worker": number_of(enrolment.worker_id),
        "segment": enrolment.segment,
        "programmes": list(enrolment.programmes),
        "payer": enrolment.payer,
        "decree": enrolment.decree,
        "basis": enrolment.basis,
        "sector": enrolment.sector,
        "kpj": enrolment.kpj,
        "start_month": str(enrolment.start),
        "end_month": str(enrolment.end),
        "status": enrolment.status.value,
        "end_reason": enrolment.end_reason,
        "paid": [_span(span) for span in enrolment.paid],
    }


def _elsewhere(listed: "Elsewhere") -> dict[str, object]:
    return {
        "payer": listed.payer,
        **_span(listed.span),
        "name": listed.name,
        "nik": masked(listed.nik),
        "batch": listed.batch,
        "sheet": listed.sheet,
        "row": listed.row,
    }


def _sentences(history: "CoverHistory") -> list[str]:
    """Say in words whether the person is covered, why, and until when."""
    answer = history.cover
    lapses = "" if history.lapses_on is None else figures.day(history.lapses_on.isoformat())
    facts = {
        "worker": history.worker.number,
        "day": figures.day(history.on.isoformat()),
        "reason": word(answer.reason),
        "months": figures.count(answer.months_in_row),
        "lapses": lapses,
    }
    lines = [text(f"say.cover_{answer.status.value}", **facts)]
    if history.asked != history.worker.number:
        lines.insert(0, text("say.cover_merged", asked=history.asked, worker=history.worker.number))
    if history.others:
        lines.append(text("say.cover_elsewhere", payers=", ".join(map(payer_name, history.others))))
    return lines


def _facts(history: "CoverHistory") -> list[Figure]:
    person = history.worker
    cards = dict.fromkeys(enrolment.kpj for enrolment in history.enrolments if enrolment.kpj)
    facts: dict[str, Value] = {
        "worker": person.number,
        "nik": masked(person.nik),
        "name": person.facts.name,
        "status": person.status,
        "died_on": person.died_on,
        "merged_from": " ".join(map(number_of, history.merged_from)) or None,
        "kpj": " ".join(cards) or None,
    }
    return [
        Figure(key, value, Kind.DATE if key == "died_on" else Kind.TEXT, "col")
        for key, value in facts.items()
        if value is not None
    ]


def _enrolled(history: "CoverHistory") -> Table:
    return Table.of(
        "enrolments",
        history.enrolments,
        (*TERMS, END_REASON, PAID_MONTHS, DECREE),
        lead=("payer", "start", "end", "status", "end_reason", "decree"),
    )


def _listed(history: "CoverHistory") -> Table:
    return Table.of(
        "elsewhere",
        history.elsewhere,
        (
            Column("payer", of=lambda listed: payer_of(listed.payer)),
            Column("start", of=lambda listed: listed.span.first),
            Column("end", of=lambda listed: listed.span.last),
            Column("name"),
            Column("batch"),
            Column("sheet"),
            Column("row"),
        ),
        lead=("payer", "start", "end", "name", "batch", "row"),
    )


def ended_answer(ended: "CoverEnded") -> Answer:
    """Return what was ended, and what is paid beyond the end."""
    number, month = ended.worker.number, str(ended.month)
    lines = []
    for cut in ended.enrolments:
        enrolment = cut.enrolment
        facts = {"worker": number, "payer": payer_name(enrolment.payer), "start": enrolment.start}
        if cut.last is None:
            lines.append(text("say.cover_never_began", **facts))
        else:
            lines.append(text("say.cover_ended", **facts, month=month, before=enrolment.end))
    for listed in ended.elsewhere:
        facts = {"worker": number, "payer": payer_name(listed.payer), "start": listed.span.first}
        began = listed.span.first <= ended.month
        key = "say.cover_list_ended" if began else "say.cover_list_removed"
        lines.append(text(key, **facts, month=month, before=listed.span.last))
    if ended.moved:
        lines.append(text("say.cover_moved", worker=number))
    if ended.months_after:
        amount = figures.rupiah(ended.amount_after)
        lines.append(text("say.cover_paid_after", months=figures.count(ended.months_after), amount=amount))
    return Answer(
        data={
            "worker": number,
            "month": month,
            "reason": ended.reason.value,
            "worker_status": WorkerStatus.MOVED if ended.moved else ended.worker.status.value,
            "enrolments": [
                {
                    "id": cut.enrolment.id,
                    "payer": cut.enrolment.payer,
                    "start_month": str(cut.enrolment.start),
                    "end_month_before": str(cut.enrolment.end),
                    "end_month": None if cut.last is None else str(cut.last),
                    "status": EnrolmentStatus.REFUSED if cut.last is None else EnrolmentStatus.ENDED,
                    "paid_after": [_span(span) for span in cut.after],
                    "amount_after": cut.amount,
                }
                for cut in ended.enrolments
            ],
            "elsewhere": [
                {
                    "payer": listed.payer,
                    "first_month": str(listed.span.first),
                    "last_month_before": str(listed.span.last),
                    "last_month": month if listed.span.first <= ended.month else None,
                }
                for listed in ended.elsewhere
            ],
            "months_after": ended.months_after,
            "amount_after": ended.amount_after,
        },
        lines=lines,
        hints=[text("next.label", step=text("next.cover_show", worker=number))],
    )


def of_long(table: Table, most: int) -> Table:
    """Return of a long list as many lines as stand on a screen; a pipe gets all of them."""
    return replace(table, rows=table.rows[:most]) if sys.stdout.isatty() else table


def rest(people: int, most: int) -> list[str]:
    """Return how many more people there are than a screen shows."""
    if people <= most or not sys.stdout.isatty():
        return []
    return [text("say.overlaps_more", count=figures.count(people - most))]
