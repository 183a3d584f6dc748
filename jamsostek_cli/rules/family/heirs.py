"""Who is paid after a death: the legal order, and what keeps somebody from being paid.

PP 44/2015 art. 40(2) for JKM, art. 37(5) for JKK, in the same order. The regulation does not part the money
inside a group: the family agrees, and one of them is paid for all.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from jamsostek_cli.domain.claim import Component
from jamsostek_cli.domain.family import Capacity, Heir, Relation
from jamsostek_cli.domain.month import age_on
from jamsostek_cli.rules.law.regulation import Regulation

_OF_AGE: Final = "claim.heir_of_age"
_WHOLE: Final = Fraction(999_999, 1_000_000)
"""From here on parts make a whole: thirds are written as decimals."""


class HeirGroup(StrEnum):
    """The groups of the legal order, the nearest first: whoever is in one excludes all behind it."""

    SPOUSE_AND_CHILDREN = "spouse-and-children"
    DIRECT_LINE = "direct-line"
    SIBLINGS = "siblings"
    PARENTS_IN_LAW = "parents-in-law"
    WILL = "will"
    COURT = "court"
    BURIAL = "burial"


GROUP_OF: Final[Mapping[Relation, HeirGroup]] = MappingProxyType(
    {
        Relation.SPOUSE: HeirGroup.SPOUSE_AND_CHILDREN,
        Relation.CHILD: HeirGroup.SPOUSE_AND_CHILDREN,
        Relation.PARENT: HeirGroup.DIRECT_LINE,
        Relation.GRANDPARENT: HeirGroup.DIRECT_LINE,
        Relation.GRANDCHILD: HeirGroup.DIRECT_LINE,
        Relation.SIBLING: HeirGroup.SIBLINGS,
        Relation.PARENT_IN_LAW: HeirGroup.PARENTS_IN_LAW,
        Relation.WILL: HeirGroup.WILL,
        Relation.COURT: HeirGroup.COURT,
        Relation.BURIAL: HeirGroup.BURIAL,
    }
)
_ORDER: Final = tuple(HeirGroup)
PROVED: Final = frozenset({Relation.WILL, Relation.COURT})
"""Who is an heir by a paper alone: a notary's deed of the will, a court's determination of heirs."""


class HeirStanding(StrEnum):
    """Whether somebody may be paid, and what is in the way if not."""

    ENTITLED = "entitled"
    NEEDS_GUARDIAN = "needs-guardian"
    NEEDS_BASIS = "needs-basis"
    EXCLUDED = "excluded"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class RankedHeir:
    """An heir, where they stand, and their part of the whole (1); 0 for whoever inherits nothing.

    `minor` tells whether they are paid through a guardian.
    """

    heir: Heir
    standing: HeirStanding
    group: HeirGroup
    part: Fraction = Fraction(0)
    minor: bool = False


@dataclass(frozen=True, slots=True)
class Succession:
    """All heirs of a member in the legal order.

    `group` is the one that is paid, None where nobody is known who may be. `died_later` tells that somebody
    of a nearer group outlived the member and has died since: whether their own heirs come in is not in the
    regulation.
    """

    ranked: tuple[RankedHeir, ...]
    group: HeirGroup | None
    died_later: bool

    def paid(self) -> tuple[RankedHeir, ...]:
        """Return those of the group that is paid, those without a guardian as yet included."""
        inheriting = {HeirStanding.ENTITLED, HeirStanding.NEEDS_GUARDIAN}
        return tuple(one for one in self.ranked if one.standing in inheriting)


def succession(
    heirs: Sequence[Heir], *, died_on: datetime.date, today: datetime.date, regulation: Regulation
) -> Succession:
    """Return who may be paid after a death on a day, as of today; E601 as in `Regulation.on`.

    The dead are none. A will counts as a notary's deed, anybody else as a court's determination. Without an
    agreement the parts are equal; who has no share of their own takes an equal part of what shares leave.
    """
    years = regulation.count(_OF_AGE, died_on)
    claiming = [one for one in heirs if one.died_on is None and not _lacks_basis(one)]
    groups = {GROUP_OF[one.relation] for one in claiming}
    group = next((each for each in _ORDER if each in groups), None)
    parts = _parts([one for one in claiming if GROUP_OF[one.relation] is group])
    ranked = [_ranked(one, group, parts.get(one.number), minor=_is_minor(one, today, years)) for one in heirs]
    behind = len(_ORDER) if group is None else _ORDER.index(group)
    died_later = any(
        one.died_on is not None
        and one.died_on > died_on
        and not _lacks_basis(one)
        and _ORDER.index(GROUP_OF[one.relation]) < behind
        for one in heirs
    )
    ranked.sort(key=lambda one: (_ORDER.index(one.group), one.heir.number))
    return Succession(tuple(ranked), group, died_later)


def _lacks_basis(heir: Heir) -> bool:
    return heir.relation in PROVED and heir.basis is None


def _is_minor(heir: Heir, today: datetime.date, years: int) -> bool:
    """Tell whether somebody is under age; whose birth date nobody has recorded is taken for grown up."""
    return heir.birth_date is not None and age_on(heir.birth_date, today) < years


def _ranked(heir: Heir, group: HeirGroup | None, part: Fraction | None, *, minor: bool) -> RankedHeir:
    own = GROUP_OF[heir.relation]
    if heir.died_on is not None:
        return RankedHeir(heir, HeirStanding.DEAD, own)
    if _lacks_basis(heir):
        return RankedHeir(heir, HeirStanding.NEEDS_BASIS, own)
    if own is not group or part is None:
        return RankedHeir(heir, HeirStanding.EXCLUDED, own)
    unguarded = minor and (heir.guardian is None or heir.guardian_basis is None)
    standing = HeirStanding.NEEDS_GUARDIAN if unguarded else HeirStanding.ENTITLED
    return RankedHeir(heir, standing, own, part, minor)


def _parts(heirs: Sequence[Heir]) -> dict[int, Fraction]:
    """Return the part of each heir of a group by number."""
    agreed = {one.number: Fraction(one.share) for one in heirs if one.share is not None}
    left = max(1 - sum(agreed.values()), Fraction(0))
    equal = Fraction(left, max(len(heirs) - len(agreed), 1))
    return {one.number: agreed.get(one.number, equal) for one in heirs}


@dataclass(frozen=True, slots=True)
class SchoolPayee:
    """Somebody to whom a scholarship may be paid, and as what; `heir` is their record, or their ward's."""

    name: str
    capacity: Capacity
    heir: Heir | None = None


@dataclass(frozen=True, slots=True)
class Pupil:
    """A child for whom a scholarship is paid, and its record among the heirs, if it has one."""

    name: str
    born: datetime.date
    record: Heir | None = None


def school_payees(
    pupils: Sequence[Pupil],
    heirs: Sequence[Heir],
    *,
    event_date: datetime.date,
    today: datetime.date,
    regulation: Regulation,
) -> tuple[SchoolPayee, ...]:
    """Return to whom a scholarship may be paid: a child of age, the other parent, the guardian of a minor.

    The account is the child's or its guardian's
    (Permenaker 5/2021); a guardian other than a parent is appointed by a court (PP 44/2015). E601 as in
    `Regulation.on`.
    """
    years = regulation.count(_OF_AGE, event_date)
    found: list[SchoolPayee] = []
    for one in pupils:
        record = one.record
        if record is not None and record.died_on is not None:
            continue
        if age_on(one.born, today) >= years:
            found.append(SchoolPayee(one.name, Capacity.HEIR, record))
        elif record is not None and record.guardian is not None and record.guardian_basis is not None:
            found.append(SchoolPayee(record.guardian, Capacity.GUARDIAN, record))
    parents = (one for one in heirs if one.relation is Relation.SPOUSE and one.died_on is None)
    return (*found, *(SchoolPayee(one.name, Capacity.GUARDIAN, one) for one in parents))


@dataclass(frozen=True, slots=True)
class Inheritance:
    """What each heir takes of a benefit in rupiah, by number, and what falls to the Dana Jaminan Sosial.

    `unclaimed` is the funeral part as long as nobody is known who arranged the burial.
    """

    amounts: Mapping[int, int]
    fund: int = 0
    unclaimed: int = 0


def inheritance(found: Succession, lines: Mapping[str, int]) -> Inheritance:
    """Part the lines of a death benefit (rupiah by component) among those who are paid.

    Without any heir the funeral part goes to who arranged the burial and the rest to the Dana Jaminan Sosial.
    """
    total, funeral = sum(lines.values()), lines.get(Component.FUNERAL, 0)
    if found.group is None:
        return Inheritance({}, total - funeral, funeral)
    if found.group is HeirGroup.BURIAL:
        return Inheritance(_in_rupiah(found.paid(), funeral), total - funeral)
    return Inheritance(_in_rupiah(found.paid(), total))


def _in_rupiah(ranked: Sequence[RankedHeir], total: int) -> dict[int, int]:
    """Return whole rupiah by number; of parts that make a whole, what rounding leaves is the first one's."""
    amounts = {one.heir.number: round(one.part * total) for one in ranked}
    if sum(one.part for one in ranked) > _WHOLE:
        amounts[ranked[0].heir.number] += total - sum(amounts.values())
    return amounts
