"""Who may be paid, and who excludes whom."""

import datetime
from collections.abc import Sequence
from decimal import Decimal

import pytest

from jamsostek_cli.domain.claim import Component
from jamsostek_cli.domain.family import Capacity, Heir, Relation
from jamsostek_cli.rules.family import heirs
from jamsostek_cli.rules.family.heirs import GROUP_OF, PROVED, HeirGroup, HeirStanding, Pupil, Succession
from jamsostek_cli.rules.law.regulation import packaged

DIED = datetime.date(2025, 6, 11)
FULL: dict[str, int] = {
    Component.LUMP_SUM: 20_000_000,
    Component.PERIODIC: 12_000_000,
    Component.FUNERAL: 10_000_000,
}
ORDER = list(HeirGroup)


def heir(number: int, relation: Relation, **facts: object) -> Heir:
    known = {"basis": "akta"} if relation in PROVED else {}
    return Heir(number=number, name=f"ORANG {number}", relation=relation, **{**known, **facts})  # type: ignore[arg-type]


def found(family: Sequence[Heir], today: datetime.date = DIED) -> Succession:
    return heirs.succession(family, died_on=DIED, today=today, regulation=packaged())


def standing(family: Sequence[Heir], today: datetime.date = DIED) -> dict[int, HeirStanding]:
    return {one.heir.number: one.standing for one in found(family, today).ranked}


@pytest.mark.parametrize("one", Relation)
@pytest.mark.parametrize("other", Relation)
def test_the_nearer_group_excludes_the_one_behind_it(one: Relation, other: Relation) -> None:
    first, second = (ORDER.index(GROUP_OF[relation]) for relation in (one, other))
    got = standing([heir(1, one), heir(2, other)])
    assert got == {
        1: HeirStanding.ENTITLED if first <= second else HeirStanding.EXCLUDED,
        2: HeirStanding.ENTITLED if second <= first else HeirStanding.EXCLUDED,
    }


@pytest.mark.parametrize("relation", Relation)
def test_the_dead_are_no_heirs_and_exclude_nobody(relation: Relation) -> None:
    neighbour = heir(2, Relation.BURIAL)
    for died in (DIED - datetime.timedelta(days=1), DIED, DIED + datetime.timedelta(days=1)):
        result = found([heir(1, relation, died_on=died), neighbour])
        assert [one.standing for one in result.ranked if one.heir.number == 1] == [HeirStanding.DEAD]
        assert [one.heir.number for one in result.paid()] == [2]
        assert result.died_later == (died > DIED and relation is not Relation.BURIAL)


def test_who_outlived_the_member_raises_no_question_beside_a_living_one_of_the_group() -> None:
    later = DIED + datetime.timedelta(days=9)
    family = [heir(1, Relation.SPOUSE, died_on=later), heir(2, Relation.CHILD), heir(3, Relation.PARENT)]
    assert not found(family).died_later
    assert found([family[0], family[2]]).died_later
    assert found(family[:1]).died_later


@pytest.mark.parametrize("relation", sorted(PROVED))
def test_a_will_and_heirs_outside_the_list_need_a_paper(relation: Relation) -> None:
    family = [heir(1, relation, basis=None), heir(2, Relation.BURIAL)]
    assert standing(family) == {1: HeirStanding.NEEDS_BASIS, 2: HeirStanding.ENTITLED}
    dead = heir(1, relation, basis=None, died_on=DIED + datetime.timedelta(days=1))
    assert not found([dead, heir(2, Relation.BURIAL)]).died_later


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, HeirStanding.NEEDS_GUARDIAN),
        ({"guardian": "BIBI"}, HeirStanding.NEEDS_GUARDIAN),
        ({"guardian_basis": "penetapan"}, HeirStanding.NEEDS_GUARDIAN),
        ({"guardian": "BIBI", "guardian_basis": "penetapan"}, HeirStanding.ENTITLED),
    ],
)
def test_who_is_under_age_is_paid_through_a_guardian_of_the_court(
    facts: dict[str, object], expected: HeirStanding
) -> None:
    child = heir(1, Relation.CHILD, birth_date=datetime.date(2008, 6, 12), **facts)
    assert standing([child, heir(2, Relation.SIBLING)]) == {1: expected, 2: HeirStanding.EXCLUDED}
    assert standing([child], datetime.date(2026, 6, 11)) == {1: expected}
    assert found([child]).ranked[0].minor
    assert standing([child], datetime.date(2026, 6, 12)) == {1: HeirStanding.ENTITLED}
    assert not found([child], datetime.date(2026, 6, 12)).ranked[0].minor


def test_the_order_is_that_of_the_law_whatever_was_recorded_first() -> None:
    family = [heir(number, relation) for number, relation in enumerate(reversed(Relation), 1)]
    groups = [one.group for one in found(family).ranked]
    assert groups == sorted(groups, key=ORDER.index)
    assert set(groups) == set(HeirGroup)


@pytest.mark.parametrize(
    ("shares", "amounts"),
    [
        ((None,), [42_000_000]),
        ((None, None), [21_000_000, 21_000_000]),
        ((None,) * 4, [10_500_000] * 4),
        (("0.3333333333",) * 3, [14_000_000] * 3),
        (("0.5", "0.25"), [21_000_000, 10_500_000]),
        (("1", None), [42_000_000, 0]),
        (("0.5", None, None), [21_000_000, 10_500_000, 10_500_000]),
    ],
)
def test_parts_are_equal_where_the_family_has_not_agreed(
    shares: Sequence[str | None], amounts: list[int]
) -> None:
    family = [
        heir(number, Relation.CHILD, share=None if share is None else Decimal(share))
        for number, share in enumerate(shares, 1)
    ]
    assert list(heirs.inheritance(found(family), FULL).amounts.values()) == amounts


@pytest.mark.parametrize("total", [42_000_001, 10_000_003, 1, 41_999_998])
@pytest.mark.parametrize("people", [1, 3, 7])
def test_no_rupiah_is_lost_between_equal_parts(total: int, people: int) -> None:
    family = [heir(number, Relation.SIBLING) for number in range(1, people + 1)]
    amounts = heirs.inheritance(found(family), {Component.LUMP_SUM: total}).amounts
    assert sum(amounts.values()) == total
    assert max(amounts.values()) - min(amounts.values()) < people


def test_without_heirs_the_rest_is_the_fund_s_and_the_funeral_part_waits_for_who_buried() -> None:
    nobody = heirs.inheritance(found([]), FULL)
    assert (nobody.amounts, nobody.fund, nobody.unclaimed) == ({}, 32_000_000, 10_000_000)
    two = heirs.inheritance(found([heir(1, Relation.BURIAL), heir(2, Relation.BURIAL)]), FULL)
    assert (two.amounts, two.fund, two.unclaimed) == ({1: 5_000_000, 2: 5_000_000}, 32_000_000, 0)


COURT = {"guardian": "BIBI", "guardian_basis": "penetapan"}
GONE = {"died_on": DIED}


@pytest.mark.parametrize(
    ("born", "child", "spouse", "paid"),
    [
        ("2015-01-01", None, None, {}),
        ("2015-01-01", None, {}, {"ORANG 2": Capacity.GUARDIAN}),
        ("2015-01-01", {}, None, {}),
        ("2015-01-01", {"guardian": "BIBI"}, None, {}),
        ("2015-01-01", COURT, None, {"BIBI": Capacity.GUARDIAN}),
        ("2015-01-01", COURT, {}, {"BIBI": Capacity.GUARDIAN, "ORANG 2": Capacity.GUARDIAN}),
        ("2015-01-01", COURT, GONE, {"BIBI": Capacity.GUARDIAN}),
        ("2015-01-01", {**COURT, **GONE}, None, {}),
        ("2007-06-12", COURT, None, {"BIBI": Capacity.GUARDIAN}),
        ("2007-06-11", COURT, None, {"ANDI": Capacity.HEIR}),
        ("2007-06-11", None, {}, {"ANDI": Capacity.HEIR, "ORANG 2": Capacity.GUARDIAN}),
        ("2007-06-11", GONE, None, {}),
    ],
)
def test_a_scholarship_goes_to_the_child_of_age_a_parent_or_the_guardian_of_the_court(
    born: str,
    child: dict[str, object] | None,
    spouse: dict[str, object] | None,
    paid: dict[str, Capacity],
) -> None:
    record = None if child is None else heir(1, Relation.CHILD, **child)
    parents = [] if spouse is None else [heir(2, Relation.SPOUSE, **spouse)]
    got = heirs.school_payees(
        [Pupil("ANDI", datetime.date.fromisoformat(born), record)],
        [*parents, heir(3, Relation.SIBLING), heir(4, Relation.PARENT)],
        event_date=DIED,
        today=DIED,
        regulation=packaged(),
    )
    assert {one.name: one.capacity for one in got} == paid
