"""A roster judged against a register that is a list of people."""

from collections.abc import Callable, Iterable, Mapping
from itertools import count
from typing import NamedTuple

from jamsostek_cli.domain.worker import KnownWorker, MatchedRow, RosterRow, RowOutcome, Sharing
from jamsostek_cli.roster.pages import Pages
from jamsostek_cli.roster.people import lookalikes
from jamsostek_cli.roster.people.lookalikes import Pair, Register
from jamsostek_cli.roster.people.matching import Judge, Rules, groups

FIRST_NEW = 1_000
RULES = Rules()


class Matches(NamedTuple):
    """Every row with its outcome, and the pairs of people who may be one."""

    rows: list[MatchedRow]
    pairs: list[Pair]


def match(
    rows: Iterable[RosterRow],
    known: Mapping[str, KnownWorker] | None = None,
    others: Iterable[KnownWorker] = (),
    *,
    rules: Rules = RULES,
) -> Matches:
    """Judge rows against the workers `known` by their NIKs, and seek lookalikes among these and `others`."""
    workers = known or {}
    pages = Pages(list(rows))
    judge = Judge(groups(pages.repeated(), rules), rules, count(FIRST_NEW))
    matched = [one for page in pages.pages() for one in judge.page(page, workers)]
    entered = [
        KnownWorker(one.worker_id, one.row.nik, "active", one.row.facts)
        for one in matched
        if one.outcome is RowOutcome.NEW and one.worker_id and one.row.nik
    ]
    pairs = lookalikes.find(
        register([*workers.values(), *others, *entered]), rules.thresholds, rules.different
    )
    places = {
        one.worker_id: one.row.place
        for one in matched
        if one.worker_id and one.outcome in {RowOutcome.NEW, RowOutcome.CHANGED, RowOutcome.UNCHANGED}
    }
    notes = lookalikes.notes(pairs, places)
    for one in matched:
        one.row.findings += notes.get(one.row.place, [])
    return Matches(matched, pairs)


def register(
    people: Iterable[KnownWorker],
    first_new: int = FIRST_NEW,
) -> Register:
    """Return people as lookalikes are sought among them."""
    there = [one for one in people if one.merged_into is None]

    def shared(by: Callable[[KnownWorker], str | None]) -> list[Sharing]:
        keyed = [(of, one.id, one) for one in there if (of := by(one))]
        telling = {of for of, each, _ in keyed if each >= first_new}
        return [
            Sharing(each, one.nik, one.facts.name, of) for of, each, one in sorted(keyed) if of in telling
        ]

    def born(one: KnownWorker) -> str:
        return f"{one.facts.birth_date}{one.facts.sex}"

    def alike() -> list[Sharing]:
        return shared(born)

    by_id = {one.id: one for one in there}
    return Register(
        new_ids=range(first_new, 2**62),
        how_many=lambda: (sum(one.id >= first_new for one in there), len(there)),
        born_alike=lambda some: [one for one in alike() if some is None or one.shared in some],
        of_one_card=lambda: shared(lambda one: one.facts.family_card),
        new=lambda: [
            Sharing(one.id, one.nik, one.facts.name, born(one)) for one in there if one.id >= first_new
        ],
        old=lambda niks: [
            (int(one.nik), one.facts.name, born(one))
            for one in there
            if one.id < first_new and (niks is None or int(one.nik) in niks)
        ],
        bearers=lambda niks: [
            Sharing(one.id, one.nik, one.facts.name, "") for one in there if one.nik in niks
        ],
        known=lambda ids: {each: by_id[each] for each in ids},
    )
