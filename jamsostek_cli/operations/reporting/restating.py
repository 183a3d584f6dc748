"""What came to be known of closed months: each state at its closing held against what is known now."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.closing import ClosedMonth
from jamsostek_cli.domain.month import Month
from jamsostek_cli.domain.restatement import FactChange, Restated, Restatement, RestatingAct
from jamsostek_cli.domain.worker import number_of
from jamsostek_cli.messages import figures
from jamsostek_cli.operations.office import law as office_law
from jamsostek_cli.reports import claim_standing, restated
from jamsostek_cli.reports.coverage.report import age_limit
from jamsostek_cli.reports.restated import PersonInMonth, difference
from jamsostek_cli.store.file.trail import audit, entries, past, since
from jamsostek_cli.store.file.trail.since import Touched


class _Compared(NamedTuple):
    """A closed month, two states of the file, and what the acts between them touched.

    `trail` is the file as it is, which has the acts.
    """

    month: Month
    old: Connection
    new: Connection
    trail: Connection
    touched: Touched


def of_report(
    live: Connection, now: Connection, month: Month, closed: Mapping[Month, ClosedMonth]
) -> list[Restatement]:
    """Return what the report of a month has to tell of the months closed before it.

    What the report of an earlier closed month told already is not told again. `now` is the state that the
    report speaks of, `live` the file with its whole journal.
    """
    last = entries.last_seq(now)
    bases: dict[int, list[Month]] = {}
    for earlier in (one for one in closed if one < month):
        base = max(closed[one].seq for one in closed if earlier <= one < month)
        bases.setdefault(base, []).append(earlier)
    found: list[Restatement] = []
    for base, months in bases.items():
        with past.after(live, base, past.FIGURES) as old:
            touched = since.touched(live, base, last, old, now)
            for earlier in months if any(touched) else ():
                found += _of_month(_Compared(earlier, old, now, live, touched))
    return sorted(found, key=lambda one: (one.month, one.act.seq))


def _of_month(compared: _Compared) -> Iterator[Restatement]:
    old, new = (restated.bills(state, compared.month) for state in (compared.old, compared.new))
    others = [
        (old.get(number), new.get(number), acts)
        for number, acts in compared.touched.bills.items()
        if old.get(number) != new.get(number)
    ]
    by_bill = {act for _, _, acts in others for act in acts}
    brought: dict[int, dict[str, int]] = {act: {} for act in by_bill}
    for act, who, changed, facts in _people(compared):
        if act in by_bill:  # what a bill brought to many is told with the bill
            sums = brought[act]
            sums.update({key: sums.get(key, 0) + change for key, change in changed.items()})
        else:
            yield _restated(compared, Restated.PERSON, who, changed, act, facts)
    for before, after, acts in others:
        act = next((one for one in reversed(acts) if brought.get(one)), acts[-1])
        changed = restated.of_bill(before, after)
        states = restated.of_state(before, after)
        payer = (after or before or restated.NO_BILL).payer
        yield _restated(compared, Restated.BILL, payer, {**brought.pop(act, {}), **changed}, act, states)
    yield from _claims(compared)
    yield from _others(compared)


def _restated(
    compared: _Compared,
    about: Restated,
    who: str,
    changed: Mapping[str, int],
    seq: int,
    facts: Sequence[FactChange] = (),
) -> Restatement:
    entry = entries.entry(compared.trail, seq)
    assert entry is not None  # noqa: S101 - the journal has no rows without their act
    on = audit.reckoned_on(entry.command) or figures.local_day(entry.at)
    act = RestatingAct(seq, entry.action, entry.actor, on)
    return Restatement(compared.month, about, who, changed, tuple(facts), act)


def _people(
    compared: _Compared,
) -> Iterator[tuple[int, str, dict[str, int], tuple[FactChange, ...]]]:
    """Yield who counts otherwise now, or counted under another fact: act, number, differences, facts."""
    acts = compared.touched.people
    limit = age_limit(office_law.in_force(compared.trail), compared.month.last_day)
    old, new = (restated.people(state, compared.month, acts, limit) for state in (compared.old, compared.new))
    nobody = PersonInMonth({}, {})
    for worker in sorted(acts):
        before, after = old.get(worker, nobody), new.get(worker, nobody)
        changed = difference(before.figures, after.figures)
        facts = restated.changes(before, after)
        other = any(fact.field in restated.IDENTITY for fact in facts)
        if changed or (other and before.counted):
            yield acts[worker][-1], number_of(worker), changed, facts


def _claims(compared: _Compared) -> Iterator[Restatement]:
    """Yield the claims that count otherwise now."""
    first, last = compared.month.first_day, compared.month.last_day
    acts = compared.touched.claims
    numbers = {
        number: at for state in (compared.old, compared.new) for at, number in restated.claims(state, acts)
    }
    old, new = (claim_standing.figures_of(state, first, last, acts) for state in (compared.old, compared.new))
    for number, at in sorted(numbers.items()):
        changed = difference(old.get(number, {}), new.get(number, {}))
        if changed:
            yield _restated(compared, Restated.CLAIM, number, changed, acts[at][-1])


def _others(compared: _Compared) -> Iterator[Restatement]:
    """Yield the denominator, and what other payers list, where acts touched them and they differ."""
    asked = {Restated.TARGET: compared.touched.targets, Restated.ELSEWHERE: compared.touched.elsewhere}
    if not any(asked.values()):
        return
    old, new = (restated.others(state, compared.month) for state in (compared.old, compared.new))
    changed = difference(old, new)
    for about, acts in asked.items():
        own = {
            key: change for key, change in changed.items() if (key == "target") == (about is Restated.TARGET)
        }
        if acts and own:
            yield _restated(compared, about, "", own, max(act for each in acts.values() for act in each))
