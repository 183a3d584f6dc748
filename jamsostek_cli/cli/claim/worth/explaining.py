"""`jcli claim explain`: why a claim is worth what it is worth, line by line, and the same in one sentence."""

import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from jamsostek_cli.cli.claim.worth.circumstances import (
    ExpenseOption,
    HomeCareOption,
    LossOption,
    LostOption,
    TotalOption,
    UnableOption,
    a_loss,
    an_expense,
    once,
)
from jamsostek_cli.cli.frame.options import a_date, a_span, amount_option, choice_option, date_option, one_of
from jamsostek_cli.cli.frame.person import worker_argument
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import Session, session
from jamsostek_cli.domain.claim import ClaimKind, Component, Expense
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures, text
from jamsostek_cli.rules.claim.assessment import CUT
from jamsostek_cli.rules.claim.explanation import StepKind
from jamsostek_cli.rules.claim.scholarship import Child, Level
from jamsostek_cli.tables.wording import word

if TYPE_CHECKING:
    from jamsostek_cli.operations.claim.worth.explaining import Explained, Supposed
    from jamsostek_cli.rules.claim.assessment import BenefitLine, Reckoned
    from jamsostek_cli.rules.claim.explanation import Step

_RUPIAH: Final = frozenset({"amount", "reduced", "full", "between", "least", "most", "funeral"})


def _child(said: str) -> Child:
    """Read a child as it is typed: a day of birth, and after a colon what it attends."""
    born, _, level = said.partition(":")
    attends = one_of(Level)(level) if level else None
    return Child(born=a_date(born), level=None if attends is None else Level(attends))


def explain(
    ctx: typer.Context,
    who: Annotated[str | None, worker_argument("CLAIM|WORKER", "opt.explained")] = None,
    *,
    hypothetical: Annotated[bool, typer.Option("--hypothetical", help=text("opt.hypothetical"))] = False,
    kind: Annotated[ClaimKind | None, choice_option("--kind", ClaimKind, "opt.kind", "KIND")] = None,
    date: Annotated[datetime.date | None, date_option("--date", "opt.event")] = None,
    died: Annotated[datetime.date | None, date_option("--died", "opt.died")] = None,
    paid: Annotated[
        list[Span] | None,
        typer.Option("--paid", metavar="MONTH..MONTH", parser=a_span, help=text("opt.supposed_paid")),
    ] = None,
    income: Annotated[int | None, amount_option("--income", "opt.income")] = None,
    total: TotalOption = None,
    loss: LossOption = None,
    unable: UnableOption = None,
    expense: ExpenseOption = None,
    home_care: HomeCareOption = None,
    lost: LostOption = None,
    child: Annotated[
        list[Child] | None,
        typer.Option("--child", metavar="BORN:LEVEL", parser=_child, help=text("opt.supposed_child")),
    ] = None,
) -> None:
    """Say why a claim is worth what it is worth."""
    from jamsostek_cli.operations.claim.worth.explaining import NOTHING, Supposed

    supposed = Supposed(
        kind=kind,
        event_date=date,
        died_on=died,
        paid=paid or (),
        income=income,
        children=child or (),
        total_disability=total,
        losses=once("--loss", [a_loss(said) for said in loss or ()]),
        months_unable=unable,
        expenses=once("--expense", [an_expense(said) for said in expense or ()]),
        home_care_months=home_care,
        lost_at_sea=lost,
    )
    if hypothetical == (supposed == NOTHING):
        raise JcliError("E002", problem=text("usage.hypothetical"))
    current = session(ctx)
    explained = _explained(current, who, supposed, hypothetical=hypothetical)
    show(current, _answer(explained, hypothetical=hypothetical))


def _explained(current: Session, who: str | None, supposed: "Supposed", *, hypothetical: bool) -> "Explained":
    from jamsostek_cli.operations.claim.worth import explaining

    database = current.database()
    if who is not None and who.strip().upper().startswith("K-"):
        return explaining.claim(database, who, supposed)
    if not hypothetical or (who is None and not supposed.paid):
        raise JcliError("E002", problem=text("usage.explain"))
    kind = supposed.kind or ClaimKind.JKM
    if who is None:
        return explaining.nobody(database, kind, supposed, current.today)
    return explaining.worker(database, who, kind, supposed, current.today)


def _answer(explained: "Explained", *, hypothetical: bool) -> Answer:
    steps = explained.explanation.steps
    said = [_said(step) for step in steps]
    sentence = _sentence(explained)
    return Answer(
        data={
            "claim": None if explained.claim is None else explained.claim.number,
            "worker": None if explained.worker is None else explained.worker.number,
            "name": None if explained.worker is None else explained.worker.facts.name,
            "hypothetical": hypothetical,
            "kind": explained.facts.kind,
            "event_date": explained.facts.event_date,
            "sentence": sentence,
            "steps": [
                {
                    "step": step.kind,
                    "says": words,
                    "amount": None if step.line is None else step.line.amount,
                    "citation": step.citation,
                    "facts": {name: _plain(value) for name, value in step.facts.items()},
                }
                for step, words in zip(steps, said, strict=True)
            ],
            "decides": list(explained.decides),
        },
        lines=[
            *([text("say.hypothetical")] if hypothetical else []),
            sentence,
            *_settled(explained),
            *(
                f"{number}. {words}" + (f" ({step.citation})" if step.citation else "")
                for number, (step, words) in enumerate(zip(steps, said, strict=True), 1)
            ),
            *(text("say.decides", what=what) for what in explained.decides),
        ],
    )


def _settled(explained: "Explained") -> list[str]:
    """Say that a claim was verified: what it is worth does not change any more."""
    claim = explained.claim
    if claim is None or claim.verified_on is None:
        return []
    facts = {"day": figures.day(claim.verified_on.isoformat()), "actor": claim.verified_by}
    return [text("say.explain_settled", **facts, amount=figures.rupiah(claim.amount or 0))]


def _plain(value: object) -> object:
    return str(value) if isinstance(value, Month) else value


def _said(step: "Step") -> str:
    """Return a step in words."""
    if step.line is not None:
        component = word(Component(step.line.component))
        amount = figures.rupiah(step.line.amount)
        return text("step_kind.line", component=component, how=_how(step.line), amount=amount)
    facts = {name: _fact(name, value) for name, value in step.facts.items()}
    if step.facts.get("question"):
        facts["question"] = text(f"question.{step.facts['question']}")
    return text(f"step_kind.{step.kind}", **facts)


def _fact(name: str, value: Any) -> str:  # noqa: ANN401 - a step's facts are of many types
    if isinstance(value, datetime.date):
        return figures.day(value.isoformat())
    if isinstance(value, int):
        return figures.rupiah(value) if name in _RUPIAH else figures.count(value)
    return figures.period(str(value)) if isinstance(value, Month) else str(value)


def _how(line: "BenefitLine") -> str:
    """Return how an amount was reckoned, "" for one that the law names."""
    parts = " + ".join(_part(part) for part in line.reckoned if part.name != CUT)
    cut = [_part(part) for part in line.reckoned if part.name == CUT]
    if cut:
        parts = text("explain.cut", parts=parts, cut=cut[0])
    return f"{parts} = " if parts else ""


def _part(part: "Reckoned") -> str:
    # The whole of a share is not said; one month is.
    factors = [_factor(factor) for factor in part.factors if factor != 1 or isinstance(factor, int)]
    reckoned = " × ".join([*factors, figures.rupiah(part.rupiah)])
    if part.name in set(Expense):
        reckoned = f"{word(Expense(part.name))} {reckoned}"
    elif part.name not in {"", CUT}:
        reckoned = f"{text(f'part.{part.name}')} {reckoned}"
    if part.cap is not None:
        return text("explain.capped", bill=reckoned, cap=figures.rupiah(part.cap))
    return reckoned


def _factor(factor: Decimal | int) -> str:
    return figures.percent(factor) if isinstance(factor, Decimal) else figures.count(factor)


def _sentence(explained: "Explained") -> str:
    """Return the explanation in one sentence, as it is said on the telephone."""
    facts = {
        "who": text("say.the_family") if explained.worker is None else explained.worker.facts.name,
        "kind": word(explained.facts.kind),
        "day": figures.day(explained.facts.event_date.isoformat()),
    }
    steps = {step.kind: step for step in explained.explanation.steps}
    assessment = explained.explanation.assessment
    if assessment is None or (assessment.confirmation is None and not assessment.total):
        return text("phone.nothing", **facts)
    question = assessment.confirmation
    lost = steps.get(StepKind.LOST_AT_SEA)
    lower, higher = (assessment.total, assessment.total) if question is None else question.outcomes
    if lost is not None and question is None:
        lower = int(str(lost.facts["reduced"]))
    sums = {"reduced": figures.rupiah(lower), "full": figures.rupiah(higher)}
    if lower < higher:
        said = text("phone.question", **facts, **sums)
    else:
        certain = "phone.certain_but" if explained.undecided else "phone.certain"
        said = text(certain, **facts, amount=sums["full"])
    return said if lost is None else f"{said} {text('phone.lost_at_sea')}"
