"""Claims of a province: how many, in which state, how long families have waited or had waited."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from jamsostek_cli.domain.claim import ClaimState
from jamsostek_cli.reports.engine.question import Engine
from jamsostek_cli.reports.province.control import HandedProvince, demand_told, question_of
from jamsostek_cli.reports.province.notes import about
from jamsostek_cli.reports.province.withheld import SummedLine, determined, enough, withheld
from jamsostek_cli.reports.publication.withholding import is_small
from jamsostek_cli.tables.table import Column, Figure, Kind, Note, Report, Table

_FIRST_BAND: Final = 2
_TOLD: Final = ("claims", "claims_amount")
"""What a city tells of the first two numbers."""
_KINDS: Final = (
    ("claims", Kind.COUNT),
    ("amount", Kind.RUPIAH),
    ("waited_week", Kind.COUNT),
    ("waited_month", Kind.COUNT),
    ("waited_quarter", Kind.COUNT),
    ("waited_longer", Kind.COUNT),
)


_ALL_CITIES, _ALL_STATES = "cities", "states"
_OPEN: Final = (ClaimState.REPORTED, ClaimState.SUBMITTED, ClaimState.VERIFIED)
_HEADLINES: Final = (
    (_OPEN, Figure("claims_open", 0, family="province")),
    (_OPEN, Figure("claims_open_amount", 0, Kind.RUPIAH, family="province")),
    ((ClaimState.PAID,), Figure("claims_paid", 0, family="province")),
    ((ClaimState.PAID,), Figure("claims_paid_amount", 0, Kind.RUPIAH, family="province")),
)
"""What is added up; a claim that was turned down, and the one that opens it again, are one death."""


class Waiting(NamedTuple):
    """The claims of a city in a state: how many, rupiah, and by the days waited; None where withheld."""

    city: str
    state: str
    numbers: tuple[int | None, ...]


class PublicClaims(NamedTuple):
    """Claims as everybody may see them, and the cities of which not even the sum is seen."""

    by_city: Sequence[Waiting]
    by_state: Sequence[Waiting]
    hidden: frozenset[str]


def _measure(at: int, key: str, kind: Kind) -> Column:
    return Column(key, kind, of=lambda one: one.numbers[at])


_MEASURES: Final = tuple(_measure(at, key, kind) for at, (key, kind) in enumerate(_KINDS))


def claims(engine: Engine, province: HandedProvince, *, exact: bool) -> Report:
    """Return the claims of each city by state and by the days waited; E668."""
    found = counted(engine, province)
    for one in province.cities:
        for measure, number in of_city(found, one.city).items():
            demand_told(province, one.city, measure, number)
    states = by_state(found)
    public = None if exact else public_claims(found)
    by_city, seen = (found, states) if public is None else (public.by_city, public.by_state)
    figures = headlines(states, seen)
    state = Column("state", of=lambda one: _state(one.state))
    return Report(
        name="province_claims",
        period=province.as_of[:7],
        as_of=datetime.date.fromisoformat(province.as_of),
        figures=(Figure("cities", len(province.cities)), *figures),
        tables=(
            Table.of(
                "province_claims_states",
                seen,
                (state, *_MEASURES),
                chart=("state", "claims"),
                lead=("state", "claims", "amount"),
            ),
            Table.of(
                "province_claims",
                by_city,
                (
                    Column("city", coded=True, heading="col.city_code"),
                    Column("area", heading="col.city", of=lambda one: province.name(one.city)),
                    state,
                    *_MEASURES,
                ),
                lead=("area", "state", "claims", "amount"),
            ),
        ),
        notes=(
            Note(key="province_claims"),
            *([] if len(figures) == len(_HEADLINES) else [Note(key="province_no_sum")]),
            *about(province, exact=exact, withheld=sum(one.numbers[0] is None for one in by_city)),
        ),
    )


def counted(engine: Engine, province: HandedProvince) -> list[Waiting]:
    """Return the claims of each city by state, as they are or as the city handed them over."""
    rows = [
        *(engine.rows(question_of("claims")) if province.persons else ()),
        *(engine.rows(question_of("ageing")) if province.counts else ()),
    ]
    found = [
        Waiting(str(city), str(state), tuple(None if each is None else int(str(each)) for each in numbers))
        for city, state, *numbers in rows
    ]
    return sorted(found, key=lambda one: (one.city, _place(one.state)))


def of_city(found: Sequence[Waiting], city: str) -> Mapping[str, int | None]:
    """Return the claims of a city and their rupiah by measure, None where a part was withheld."""
    mine = [one.numbers for one in found if one.city == city]
    return {measure: _sum([numbers[at] for numbers in mine]) for at, measure in enumerate(_TOLD)}


def _place(state: str) -> tuple[int, str]:
    """Return where a state stands in the life of a claim."""
    states = [each.value for each in ClaimState]
    return states.index(state) if state in states else len(states), state


def _state(code: str) -> ClaimState | str:
    return ClaimState(code) if code in set(ClaimState) else code


def _sum(parts: Sequence[int | None]) -> int | None:
    return None if None in parts else sum(part for part in parts if part is not None)


def headlines(states: Sequence[Waiting], seen: Sequence[Waiting]) -> Sequence[Figure]:
    """Return the claims that are open and those that were paid, with their rupiah.

    Nothing where a part of it is withheld: with the sums of the cities it would tell of it.
    """
    shown = {one.state for one in seen if one.numbers[0] is not None}
    figures = []
    for of, figure in _HEADLINES:
        there = [one for one in states if one.state in of]
        number = _sum([one.numbers[figure.kind is Kind.RUPIAH] for one in there])
        if number is not None and all(one.state in shown for one in there):
            figures.append(replace(figure, value=number))
    return figures


def public_claims(found: Sequence[Waiting]) -> PublicClaims:
    """Return the claims by city, and by state, as everybody may see them.

    No one to four claims, nor what would give them away; the sum of a city, or of a state, is not seen where
    too few of its claims are withheld to hide behind it. The days are shown by city where those of every city
    can be, else for all of them together.
    """
    states = by_state(found)
    known = {(one.city, one.state): (one.numbers[0],) for one in found if one.numbers[0] is not None}
    missing = {part for one in found if one.numbers[0] is None for part in (one.city, one.state)}
    lines: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for key in known:
        for part in key:
            lines[part].append(key)
    sums = {part: (_all(known, keys),) for part, keys in lines.items() if part not in missing}
    cities = {one.city for one in found}
    margins = [SummedLine([part for part in sums if (part in cities) is side]) for side in (True, False)]
    hidden, grown = frozenset[str](), True
    while grown:
        before = hidden
        hidden = withheld(sums, margins, before)
        gone = withheld(known, [SummedLine(keys, part in missing | hidden) for part, keys in lines.items()])
        hidden |= _too_few(known, lines, gone, hidden | missing) - missing
        grown = hidden != before
    few = {one.state for one in found if _has_few(one) or (one.city, one.state) in gone}
    return PublicClaims(
        [_seen(one, hidden=(one.city, one.state) in gone, days=one.state not in few) for one in found],
        [_seen(one, hidden=one.state in hidden, days=not _has_few(one)) for one in states],
        hidden & cities | missing & cities,
    )


def _all(known: Mapping[tuple[str, str], tuple[int]], keys: Sequence[tuple[str, str]]) -> int:
    return sum(known[key][0] for key in keys)


def _too_few(
    known: Mapping[tuple[str, str], tuple[int]],
    lines: Mapping[str, Sequence[tuple[str, str]]],
    gone: Collection[tuple[str, str]],
    hidden: Collection[str],
) -> frozenset[str]:
    """Return the cities and states whose sums would tell of a few claims, with what else is shown."""
    found = set()
    for part in lines.keys() - hidden:
        away = [known[key] for key in lines[part] if key in gone]
        found |= {part} if away and not enough(away) else set()
    cities = {city for city, _ in known}
    sums = [
        (part, _ALL_STATES) if part in cities else (_ALL_CITIES, part) for part in lines if part in hidden
    ]
    edges = [*gone, *sums, (_ALL_CITIES, _ALL_STATES)]  # all claims together are in no report
    for cell in determined(edges, [key for key in gone if is_small(known[key][0])]):
        found |= {*cell}
    for margin in determined(edges, sums):
        keys = [key for part in margin for key in lines.get(part, ())]
        found |= {part for key in keys for part in key} if is_small(_all(known, keys)) else set()
    return frozenset(found)


def _has_few(one: Waiting) -> bool:
    return any(band is None or is_small(band) for band in one.numbers[_FIRST_BAND:])


def _seen(one: Waiting, *, hidden: bool, days: bool) -> Waiting:
    shown = 0 if hidden else len(one.numbers) if days else _FIRST_BAND
    return one._replace(numbers=(*one.numbers[:shown], *(None,) * (len(one.numbers) - shown)))


def by_state(found: Sequence[Waiting]) -> list[Waiting]:
    """Return the claims of all cities by state; a sum of what is withheld is none."""
    groups: dict[str, list[Waiting]] = defaultdict(list)
    for one in found:
        groups[one.state].append(one)
    return [
        Waiting("", state, tuple(_sum(parts) for parts in zip(*(one.numbers for one in group), strict=True)))
        for state, group in sorted(groups.items(), key=lambda each: _place(each[0]))
    ]
