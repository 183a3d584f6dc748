"""Why somebody is not on a bill, as a table: a row for each combination that matters."""

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamsostek_cli.domain.enrolment import EndReason, EnrolmentStatus
from jamsostek_cli.domain.iuran import LeavingReason as Why
from jamsostek_cli.domain.iuran import Payer
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.domain.worker import WorkerStatus
from jamsostek_cli.rules.cover.leaving import Leaving, Membership, PersonFacts, why, whys
from jamsostek_cli.rules.law.regulation import packaged

_LAW = packaged()
_MARCH = Month(2025, 3)
_OLD = datetime.date(1960, 3, 1)
"""Who was born on this day is 65 on the first day of March 2025."""

_CITY, _COMPANY = Payer.CITY, Payer.COMPANY
_ENDED = EnrolmentStatus.ENDED


def _member(
    first: str,
    last: str,
    payer: Payer = _CITY,
    reason: EndReason | None = None,
    status: EnrolmentStatus = EnrolmentStatus.ACTIVE,
) -> Membership:
    return Membership(1, payer, Span.parse(first, last), _ENDED if reason else status, reason)


def _ran(last: str, payer: Payer = _CITY) -> Membership:
    return _member("2025-01", last, payer)


def _ended(reason: EndReason, payer: Payer = _CITY) -> Membership:
    return _member("2025-01", "2025-02", payer, reason)


_RUNS = _ran("2025-12")
_EXPIRED = _ran("2025-02")
_MOVED = _ended(EndReason.MOVED)
_EMPLOYED = _ended(EndReason.EMPLOYED)
_COMPANY_NOW = _member("2025-03", "2025-12", _COMPANY)
_PROVINCE = ("apbd-provinsi", Span.parse("2025-03", "2025-12"))
_DEAD = {"status": WorkerStatus.DECEASED, "died_on": datetime.date(2025, 2, 28)}
_AWAY = {"status": WorkerStatus.MOVED}


@pytest.mark.parametrize(
    ("facts", "reason", "detail"),
    [
        # The record: merged before anything else, a death only before the month.
        ({"merged_into": 7, **_DEAD, "memberships": (_MOVED, _COMPANY_NOW)}, Why.MERGED, "P-000007"),
        ({**_DEAD, "memberships": (_MOVED, _COMPANY_NOW)}, Why.DECEASED, "2025-02-28"),
        ({**_DEAD, "died_on": datetime.date(2025, 3, 1), "memberships": (_RUNS,)}, Why.NOT_BILLED, ""),
        ({**_DEAD, "died_on": datetime.date(2025, 3, 1), "memberships": (_EMPLOYED,)}, Why.ENDED, "employed"),
        # Moved: by the register, or by the last enrolment as long as nobody pays again.
        ({**_AWAY, "memberships": (_MOVED,)}, Why.MOVED, "2025-02"),
        ({**_AWAY, "memberships": (_MOVED, _COMPANY_NOW)}, Why.MOVED, "2025-02"),
        ({**_AWAY, "listed": (_PROVINCE,)}, Why.MOVED, ""),
        ({**_AWAY, "memberships": (_EXPIRED,), "born": _OLD}, Why.MOVED, "2025-02"),
        ({"memberships": (_MOVED,)}, Why.MOVED, "2025-02"),
        ({"memberships": (_ended(EndReason.MOVED, _COMPANY),)}, Why.MOVED, "2025-02"),
        ({"memberships": (_MOVED, _COMPANY_NOW)}, Why.OTHER_PAYER, "csr"),
        ({"memberships": (_MOVED,), "listed": (_PROVINCE,)}, Why.OTHER_PAYER, "apbd-provinsi"),
        ({"memberships": (_MOVED, _member("2025-03", "2025-04"))}, Why.NOT_BILLED, ""),
        (
            {
                "memberships": (
                    _member("2024-01", "2024-06", reason=EndReason.MOVED),
                    _member("2024-08", "2024-12", _COMPANY),
                )
            },
            Why.ENDED,
            "moved",
        ),
        # Who pays: another payer here, another by a list, ours after all.
        ({"memberships": (_EMPLOYED, _COMPANY_NOW)}, Why.OTHER_PAYER, "csr"),
        ({"memberships": (_EMPLOYED, _COMPANY_NOW), "listed": (_PROVINCE,)}, Why.OTHER_PAYER, "csr"),
        ({"memberships": (_RUNS,), "listed": (_PROVINCE,)}, Why.OTHER_PAYER, "apbd-provinsi"),
        ({"memberships": (_RUNS,), "listed": (("apbd-kota", _PROVINCE[1]),)}, Why.NOT_BILLED, ""),
        ({"listed": (("BPJS PMI", _PROVINCE[1]),)}, Why.OTHER_PAYER, "BPJS PMI"),
        ({"memberships": (_EMPLOYED, _RUNS), "born": _OLD}, Why.NOT_BILLED, ""),
        # Why nobody pays: ended by the office, over age, expired, never enrolled.
        ({"memberships": (_EMPLOYED,)}, Why.ENDED, "employed"),
        ({"memberships": (_EMPLOYED,), "born": _OLD}, Why.ENDED, "employed"),
        ({"memberships": (_ended(EndReason.ELSEWHERE),)}, Why.ENDED, "elsewhere"),
        ({"memberships": (_member("2025-01", "2025-02", status=_ENDED),)}, Why.ENDED, "2025-02"),
        ({"memberships": (_EMPLOYED, _member("2025-01", "2025-02", _COMPANY))}, Why.ENDED, "employed"),
        ({"memberships": (_EXPIRED, _ended(EndReason.EMPLOYED, _COMPANY))}, Why.EXPIRED, "2025-02"),
        ({"memberships": (_ended(EndReason.EMPLOYED, _COMPANY),)}, Why.ENDED, "employed"),
        ({"memberships": (_EXPIRED,), "born": _OLD}, Why.OVER_AGE, "1960-03-01"),
        ({"born": _OLD}, Why.OVER_AGE, "1960-03-01"),
        ({"memberships": (_EXPIRED,), "born": datetime.date(1960, 3, 2)}, Why.EXPIRED, "2025-02"),
        ({"memberships": (_member("2024-01", "2024-12"), _EXPIRED)}, Why.EXPIRED, "2025-02"),
        ({"memberships": (_member("2025-04", "2025-12"),)}, Why.NOT_ENROLLED, ""),
        ({}, Why.NOT_ENROLLED, ""),
    ],
)
def test_the_first_reason_that_holds(facts: dict[str, Any], reason: Why, detail: str) -> None:
    person = _person(**facts)
    leaving = why(person, _CITY, _MARCH, _LAW)
    assert (leaving.reason, leaving.detail) == (reason, detail)


def _person(**facts: Any) -> PersonFacts:
    usual = {"status": WorkerStatus.ACTIVE, "born": datetime.date(1980, 5, 1)}
    return PersonFacts(worker_id=1, nik="6474010105800001", name="SITI", **{**usual, **facts})


def test_the_offices_own_reason_stays_an_enumeration() -> None:
    leaving = why(_person(memberships=(_EMPLOYED,)), _CITY, _MARCH, _LAW)
    assert leaving.detail is EndReason.EMPLOYED
    assert why(_person(memberships=(_EXPIRED,)), _CITY, _MARCH, _LAW) == Leaving(Why.EXPIRED, Month(2025, 2))


_DAYS = st.dates(datetime.date(1958, 1, 1), datetime.date(1962, 12, 31))
_SPANS = st.tuples(st.integers(0, 30), st.integers(0, 12)).map(
    lambda pair: Span(Month(2023, 1).plus(pair[0]), Month(2023, 1).plus(sum(pair)))
)
_MEMBERSHIPS = st.lists(
    st.builds(
        Membership,
        st.just(1),
        st.sampled_from([Payer.CITY, Payer.COMPANY]),
        _SPANS,
        st.sampled_from([EnrolmentStatus.ACTIVE, EnrolmentStatus.ENDED]),
        st.sampled_from([None, EndReason.MOVED, EndReason.EMPLOYED]),
    ),
    max_size=3,
)
_PERSONS = st.builds(
    PersonFacts,
    worker_id=st.just(1),
    nik=st.just("6474010105800001"),
    name=st.just("SITI"),
    status=st.sampled_from(WorkerStatus),
    born=_DAYS,
    died_on=st.none() | st.dates(datetime.date(2023, 1, 1), datetime.date(2026, 6, 1)),
    memberships=_MEMBERSHIPS.map(tuple),
    listed=st.lists(st.tuples(st.just("apbd-provinsi"), _SPANS), max_size=2).map(tuple),
)


@given(_PERSONS, st.lists(st.integers(0, 48), unique=True, max_size=40).map(sorted))
def test_asked_for_many_months_it_says_what_it_says_of_each(person: PersonFacts, numbers: list[int]) -> None:
    months = [Month(2023, 1).plus(number) for number in numbers]
    assert whys(person, _CITY, months, _LAW) == [why(person, _CITY, month, _LAW) for month in months]


def test_of_one_enrolment_the_others_of_its_payer_do_not_count() -> None:
    later = _RUNS._replace(enrolment_id=2)
    person = _person(memberships=(_EMPLOYED, later))
    assert why(person, _CITY, _MARCH, _LAW).reason is Why.NOT_BILLED
    assert why(person.by(_CITY, 1), _CITY, _MARCH, _LAW).reason is Why.ENDED
    assert person.by(_COMPANY, 1) == person
