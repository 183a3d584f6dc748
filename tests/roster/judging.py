"""A roster judged against a register that is a list of people."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import count
from typing import NamedTuple

from jamsostek_cli.domain.worker import KnownWorker, MatchedRow, RosterRow, RowOutcome
from jamsostek_cli.roster import lookalikes
from jamsostek_cli.roster.lookalikes import Pair, Register, Someone
from jamsostek_cli.roster.matching import Judge, Rules, groups
from jamsostek_cli.roster.pages import Pages

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


def register(people: Iterable[KnownWorker], first_new: int = FIRST_NEW) -> Register:
    """Return people as lookalikes are sought among them."""
    there = [one for one in people if one.merged_into is None]

    def shared(key: Callable[[KnownWorker], str | None]) -> list[Someone]:
        keyed = [Someone(one.id, one.nik, one.facts.name, of) for one in there if (of := key(one))]
        counts = Counter(one.shares for one in keyed)
        return sorted((one for one in keyed if counts[one.shares] > 1), key=lambda one: (one.shares, one.id))

    def born(one: KnownWorker) -> str | None:
        return one.facts.birth_date and f"{one.facts.birth_date}{one.facts.sex}"

    everybody = [Someone(one.id, one.nik, one.facts.name) for one in there]
    by_id = {one.id: one for one in there}
    return Register(
        first_new=first_new,
        born_alike=lambda: shared(born),
        of_one_card=lambda: shared(lambda one: one.facts.family_card),
        prints=lambda: [
            (one.id, one.nik[:6] + one.nik[12:] + one.name.replace(" ", ""), one.nik)
            for one in everybody
            if one.id >= first_new
        ],
        new=lambda: [one for one in everybody if one.id >= first_new],
        old=lambda: [one for one in everybody if one.id < first_new],
        known=lambda ids: {each: by_id[each] for each in ids},
    )
