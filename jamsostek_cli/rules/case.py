"""Worked cases: situations and outcomes as data, so that the law can be tested without reading code.

A file holds `[[case]]` tables; they run through the very rules that price real claims.
"""

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from jamsostek_cli import strict
from jamsostek_cli.domain.claim import ClaimKind
from jamsostek_cli.domain.enrolment import Segment
from jamsostek_cli.domain.iuran import Payer, Programme, Sector, Terms
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.errors import JcliError
from jamsostek_cli.rules import clocks
from jamsostek_cli.rules.claim import memberships
from jamsostek_cli.rules.claim.assessment import ClaimFacts, Loss
from jamsostek_cli.rules.claim.scholarship import Child, Level, Work
from jamsostek_cli.rules.cover import eligibility
from jamsostek_cli.rules.family import heir_case
from jamsostek_cli.rules.iuran import contribution
from jamsostek_cli.rules.law.regulation import Regulation

Case = Mapping[str, Any]
Workday = Callable[[datetime.date], bool]

_CLAIMS: Final = frozenset(ClaimKind)
_OPENING: Final = (ClaimKind.JKM, ClaimKind.JKK_DEATH, ClaimKind.JKK_DISABILITY)
_COHORT: Final = Month(2023, 10)
"""Where the paid months of a case begin that names none: the first cohort of the city."""

_BELOW_SCHOOL: Final = "none"
_OUTCOMES: Final = ("outcomes", "scholarship_outcomes")
_QUIET: Final = {"refused": False, "needs_confirmation": False}

_DATE, _NUMBER, _WORD, _SWITCH, _LIST, _TABLE = (datetime.date,), (int,), (str,), (bool,), (list,), (dict,)
_CASE: Final[strict.Types] = (
    dict.fromkeys(("name", "source", "kind", "opened_by", "month", "segment", "payer", "sector"), _WORD)
    | dict.fromkeys(("event_date", "died_on", "reported_on", "complete_on", "paid_on"), _DATE)
    | dict.fromkeys(("born", "registered_on"), _DATE)
    | dict.fromkeys(("basis", "income", "months_unable", "home_care_months"), _NUMBER)
    | dict.fromkeys(("paid", "programmes", "children", "losses", "heirs", "memberships"), _LIST)
    | {"total_disability": _SWITCH, "expenses": _TABLE, "expect": _TABLE}
)
_EXPECT: Final[strict.Types] = (
    dict.fromkeys(("total", "scholarship_year", "penalty", "fund"), _NUMBER)
    | dict.fromkeys(("needs_confirmation", "eligible"), _SWITCH)
    | {"lines": _TABLE, "outcomes": _LIST, "scholarship_outcomes": _LIST, "due_on": _DATE, "question": _WORD}
    | {"refused": (str, bool), "paid_to": _TABLE}
)
_CHILD: Final[strict.Types] = {
    "born": _DATE,
    "level": _WORD,
    "school_year": _NUMBER,
    "working": _SWITCH,
    "work": _WORD,
    "work_months": _NUMBER,
    "married": _SWITCH,
    "registered": _SWITCH,
    "chosen": _SWITCH,
    "used": _TABLE,
}
_LOSS: Final[strict.Types] = {"part": _WORD, "share": (int, Decimal)}
_COMPONENTS: Final = (
    *("santunan", "berkala", "pemakaman", "cacat", "stmb", "transport", "home_care", "aids", "beasiswa"),
    *("jkk", "jkm", "jht"),
)
_LINES: Final[strict.Types] = dict.fromkeys(_COMPONENTS, _NUMBER)
_EXPENSES: Final[strict.Types] = dict.fromkeys(
    ("transport_land", "transport_sea", "transport_air", "home_care", "dentures", "hearing_aid", "glasses"),
    _NUMBER,
)
_USED: Final[strict.Types] = dict.fromkeys(Level, _NUMBER)
_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "kind": (*sorted(_CLAIMS), "iuran", "enrol"),
    "opened_by": _OPENING,
    "segment": tuple(Segment),
    "payer": tuple(Payer),
    "sector": (Sector.TRANSPORT, Sector.OTHER),
}
_NEEDS: Final[Mapping[str, tuple[str, ...]]] = {"iuran": ("month",), "enrol": ("born", "registered_on")}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResult:
    """What became of a case; each difference is a line such as `total: expected 42, got 10`."""

    name: str
    source: str
    right: bool
    differences: tuple[str, ...]


def read(text: str, place: str) -> list[Case]:
    """Return the cases of a file; E602, with the case's name, for anything that is not as it should be."""
    tables = strict.table(strict.toml(text, place), {"case": _LIST}, place, required=("case",))
    return [_checked(case, f"{place}: case {number}") for number, case in enumerate(tables["case"], 1)]


def _checked(case: object, place: str) -> Case:
    if isinstance(case, dict) and "name" in case:
        place = f"{place} ({case['name']})"
    known = strict.table(case, _CASE, place, required=("name", "kind", "expect"))
    dated = ("complete_on",) if "complete_on" in known else ("event_date",)
    for key, words in _WORDS.items():
        value = known.get(key, words[0])
        strict.demand(value in words, place, f"{key}: {value}; known: {', '.join(words)}")
    strict.table(case, _CASE, place, required=_NEEDS.get(known["kind"], dated))
    expect = strict.table(known["expect"], _EXPECT, place)
    strict.demand(expect, place, "expect: empty")
    strict.table(expect.get("lines", {}), _LINES, place)
    strict.table(known.get("expenses", {}), _EXPENSES, place)
    for key in _OUTCOMES:
        whole = all(type(amount) is int for amount in expect.get(key, ()))
        strict.demand(whole, place, f"{key}: not int")
    unknown = ", ".join(str(word) for word in known.get("programmes", ()) if word not in tuple(Programme))
    strict.demand(not unknown, place, f"unknown programme: {unknown}")
    for child in known.get("children", ()):
        strict.table(child, _CHILD, place, required=("born",))
        strict.table(child.get("used", {}), _USED, place)
    heir_case.checked(known.get("heirs", ()), place)
    strict.table(expect.get("paid_to", {}), dict.fromkeys(expect.get("paid_to", ()), _NUMBER), place)
    for loss in known.get("losses", ()):
        strict.table(loss, _LOSS, place, required=("part",))
    try:
        if known["kind"] in _CLAIMS:
            _facts(known, basis=0)
        memberships.checked(known.get("memberships", ()), known["kind"], place)
        Month.parse(known.get("month", str(_COHORT)))
    except (ArithmeticError, TypeError, ValueError) as error:
        raise JcliError("E602", place=place, problem=str(error)) from error
    return known


def run(case: Case, regulation: Regulation, is_workday: Workday) -> CaseResult:
    """Return what becomes of a case that `read` has read; a refusal is an outcome, never an error."""
    got: dict[str, object] = {}
    try:
        got.update(_outcome(case, regulation, is_workday))  # keeps what came before a refusal
    except JcliError as error:
        got["refused"] = error.code
    # A refusal or an open question that nobody expected is wrong, whatever else is compared.
    silent = {"refused": False} if case["expect"].keys() & set(_OUTCOMES) else _QUIET
    differences = tuple(
        line
        for key, wanted in {**silent, **case["expect"]}.items()
        for line in _differences(key, wanted, got.get(key, _QUIET.get(key)))
    )
    return CaseResult(
        name=case["name"], source=case.get("source", ""), right=not differences, differences=differences
    )


def _outcome(case: Case, regulation: Regulation, is_workday: Workday) -> Iterator[tuple[str, object]]:
    """Yield what a case comes to, key by key, until a rule refuses."""
    if case["kind"] == "enrol":
        born, registered_on = case["born"], case["registered_on"]
        reason = eligibility.refusal(born=born, registered_on=registered_on, regulation=regulation)
        yield "eligible", reason is None
    elif case["kind"] == "iuran":
        lines = _contribution(case, regulation)
        yield "lines", lines
        yield "total", sum(lines.values())
    else:
        yield from _claim(case, regulation, is_workday)


def _contribution(case: Case, regulation: Regulation) -> dict[Programme, int]:
    month = Month.parse(case["month"])
    # Other segments are not priced: their contributions have no value in force.
    regulation.on(f"iuran.{case.get('segment', Segment.BPU)}.jkm", month)
    terms = Terms(
        payer=Payer(case.get("payer", Payer.CITY)),
        sector=Sector(case.get("sector", Sector.OTHER)),
        basis=_basis(case, month, regulation),
        programmes=tuple(map(Programme, case.get("programmes", (Programme.JKK, Programme.JKM)))),
    )
    return contribution.monthly(terms, month, regulation)


def _claim(case: Case, regulation: Regulation, is_workday: Workday) -> Iterator[tuple[str, object]]:
    kind = ClaimKind(case["kind"])
    complete_on, paid_on = case.get("complete_on"), case.get("paid_on")
    if complete_on:
        yield "due_on", clocks.due_on(kind, complete_on, is_workday, regulation)
    facts = _facts(case, basis=_basis(case, Month.of(_event_date(case)), regulation))
    assessment = memberships.assess(facts, case.get("memberships", ()), regulation)
    yield "lines", {line.component: line.amount for line in assessment.lines}
    yield "total", assessment.total
    yield "scholarship_year", assessment.scholarship_year
    if "heirs" in case:
        amounts = {line.component: line.amount for line in assessment.lines}
        died_on = facts.died_on or facts.event_date
        paid_to, parted = heir_case.inheritance(case["heirs"], amounts, died_on, regulation)
        yield "paid_to", paid_to
        yield "fund", parted.fund
    if assessment.scholarship.question:
        year = assessment.scholarship
        yield "needs_confirmation", True
        yield "question", year.question
        yield "scholarship_outcomes", (year.least, year.most)
    if assessment.confirmation:
        yield "needs_confirmation", True
        yield "question", assessment.confirmation.question
        yield "outcomes", assessment.confirmation.outcomes
    if complete_on and paid_on:
        owed = clocks.penalty(kind, assessment.total, complete_on, paid_on, is_workday, regulation)
        yield "penalty", owed


def _event_date(case: Case) -> datetime.date:
    event_date: datetime.date = case.get("event_date") or case["complete_on"]
    return event_date


def _basis(case: Case, month: Month, regulation: Regulation) -> int:
    """Return the wage basis of a case: named, else from the income, else that of the lowest bracket."""
    if case.get("segment", Segment.BPU) != Segment.BPU and "basis" in case:
        return int(case["basis"])
    if "basis" in case:
        return contribution.known_basis(case["basis"], month, regulation)
    return contribution.basis_for_income(case.get("income", 0), month, regulation)


def _facts(case: Case, basis: int) -> ClaimFacts:
    """Return the facts of a claim; `TypeError` or `ValueError` for months, levels, shares that are none."""
    event_date = _event_date(case)
    event = Month.of(event_date)
    paid = case.get("paid", [[str(min(_COHORT, event)), str(event)]])
    return ClaimFacts(
        kind=ClaimKind(case["kind"]),
        event_date=event_date,
        died_on=case.get("died_on"),
        reported_on=case.get("reported_on"),
        segment=Segment(case.get("segment", Segment.BPU)),
        basis=basis,
        spans=tuple(Span(*(Month.parse(month) for month in span)) for span in paid),
        children=tuple(_child(child) for child in case.get("children", ())),
        losses=tuple(Loss(**loss) for loss in case.get("losses", ())),
        total_disability=case.get("total_disability", False),
        months_unable=case.get("months_unable", 0),
        expenses=case.get("expenses", {}),
        home_care_months=case.get("home_care_months", 0),
        opened_by=ClaimKind(case.get("opened_by", ClaimKind.JKM)),
    )


def _child(child: Mapping[str, Any]) -> Child:
    level = child.get("level", _BELOW_SCHOOL)
    used = {Level(name): years for name, years in child.get("used", {}).items()}
    known: dict[str, object] = {"level": None if level == _BELOW_SCHOOL else Level(level), "used": used}
    if "work" in child:
        known["work"] = Work(child["work"])
    return Child(**{**child, **known})


def _differences(key: str, wanted: object, got: object) -> Iterator[str]:
    match key, wanted:
        case (("lines" | "paid_to"), dict()):
            found = got if isinstance(got, dict) else {}
            for line in sorted({*wanted, *found}):
                yield from _differences(f"{key}.{line}", wanted.get(line, 0), found.get(line, 0))
            return
        case (("outcomes" | "scholarship_outcomes"), list()):
            right = isinstance(got, tuple) and sorted(got) == sorted(wanted)
        case "refused", True:
            right = got is not False
        case _:
            right = got == wanted
    if not right:
        yield f"{key}: expected {_shown(wanted)}, got {_shown(got)}"


def _shown(value: object) -> str:
    match value:
        case None:
            return "nothing"
        case bool():
            return "yes" if value else "no"
        case tuple() | list():
            return " or ".join(str(amount) for amount in sorted(value))
        case _:
            return str(value)
