"""The papers that belong to the file of a claim, from its facts (Permenaker 5/2021; PP 44/2015 art. 40).

Where a list names papers with "|" between them, each does in place of the others.
"""

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, NamedTuple

from jamsostek_cli.domain.claim import Cause, ClaimKind
from jamsostek_cli.domain.family import Heir, Relation
from jamsostek_cli.domain.papers import Circumstance
from jamsostek_cli.rules.family import heirs
from jamsostek_cli.rules.family.heirs import HeirGroup, HeirStanding, Succession
from jamsostek_cli.rules.law.regulation import Regulation

_OF_FAMILY: Final = (
    Circumstance.SPOUSE,
    Circumstance.SEVERAL_HEIRS,
    Circumstance.MINOR,
    Circumstance.WILL,
    Circumstance.COURT,
    Circumstance.NO_HEIR,
)
_ASKED: Final[Mapping[ClaimKind, tuple[Circumstance, ...]]] = MappingProxyType(
    {
        ClaimKind.JKM: (*_OF_FAMILY, Circumstance.LARGE),
        ClaimKind.JKK_DEATH: (
            *_OF_FAMILY,
            Circumstance.LOST_AT_SEA,
            Circumstance.TRAFFIC,
            Circumstance.WITNESSED,
            Circumstance.DISEASE,
            Circumstance.EXPENSES,
            Circumstance.LARGE,
        ),
        ClaimKind.JKK_DISABILITY: (
            Circumstance.TRAFFIC,
            Circumstance.DISEASE,
            Circumstance.EXPENSES,
            Circumstance.LARGE,
        ),
        ClaimKind.JKK_TREATMENT: (Circumstance.TRAFFIC, Circumstance.DISEASE, Circumstance.LARGE),
        ClaimKind.SCHOLARSHIP: (Circumstance.MINOR, Circumstance.LARGE),
        ClaimKind.SANTUNAN: (Circumstance.LARGE,),
    }
)
"""Which facts ask for papers in a claim of each kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFacts:
    """What the papers of a claim hang on.

    `amount` in rupiah, None where nobody can tell it yet. `heirs` has nobody who lives where nothing is known
    of the family; who was under age on the day of the event counts as such.
    """

    kind: ClaimKind
    cause: Cause
    event_date: datetime.date
    amount: int | None
    traffic: bool = False
    lost_at_sea: bool = False
    expenses: bool = False
    heirs: tuple[Heir, ...] = ()


class AskedPaper(NamedTuple):
    """A line of the checklist: a paper, what does in its place, and the fact that asks for it, if any."""

    name: str
    others: tuple[str, ...]
    why: Circumstance | None

    @property
    def any_of(self) -> tuple[str, ...]:
        """Every paper that settles this line."""
        return (self.name, *self.others)


@dataclass(frozen=True, slots=True)
class Checklist:
    """What a claim needs, and what it would need if a fact were so of which nothing is known yet."""

    needed: tuple[AskedPaper, ...]
    depends: tuple[AskedPaper, ...]

    def missing(self, have: Collection[str]) -> tuple[AskedPaper, ...]:
        """Return the lines that no paper settles."""
        return tuple(asked for asked in self.needed if not set(asked.any_of) & set(have))

    def open_questions(self, have: Collection[str]) -> tuple[AskedPaper, ...]:
        """Return the lines that hang on an unknown fact and that no paper settles."""
        return tuple(asked for asked in self.depends if not set(asked.any_of) & set(have))


def checklist(facts: PaperFacts, regulation: Regulation) -> Checklist:
    """Return the papers without which a claim cannot be verified, and those that hang on unknown facts.

    Both are empty for a kind nobody has set papers for (the city's own santunan, until the city does).
    """
    kind, day = facts.kind, facts.event_date
    base = _listed(f"documents.{kind}", day, regulation)
    if not base:
        return Checklist((), ())
    applying = _applying(facts, regulation)
    without = (f"documents.without.{each}" for each, so in applying.items() if so)
    unneeded = {paper for name in without for paper in _listed(name, day, regulation)}
    needed = [*_asked((paper for paper in base if paper not in unneeded), None)]
    depends: list[AskedPaper] = []
    for each in _ASKED[kind]:
        if each in applying:
            papers = _listed(f"documents.when.{each}", day, regulation)
            (needed if applying[each] else depends).extend(_asked(papers, each))
    once = _once(needed)
    return Checklist(once, _once(asked for asked in depends if asked.name not in {one.name for one in once}))


def least(kind: ClaimKind, day: datetime.date, regulation: Regulation) -> tuple[frozenset[str], ...]:
    """Return what every claim of a kind needs whatever its facts, each with what does in its place."""
    unneeded = {
        paper for each in _ASKED[kind] for paper in _listed(f"documents.without.{each}", day, regulation)
    }
    base = (paper for paper in _listed(f"documents.{kind}", day, regulation) if paper not in unneeded)
    return tuple(frozenset(asked.any_of) for asked in _asked(base, None))


def known(kind: ClaimKind, day: datetime.date, regulation: Regulation) -> tuple[str, ...]:
    """Return every paper that can be recorded with a claim of a kind, whatever its facts, in order."""
    lists = (
        f"documents.{kind}",
        *(f"documents.when.{each}" for each in _ASKED[kind]),
        f"documents.{kind}.optional",
    )
    papers = (paper for name in lists for paper in _listed(name, day, regulation))
    return tuple(dict.fromkeys(name for asked in _asked(papers, None) for name in asked.any_of))


def _applying(facts: PaperFacts, regulation: Regulation) -> dict[Circumstance, bool]:
    """Return by fact whether it is so: True; False where nobody knows. A fact that is not so is left out."""
    disease = facts.cause is Cause.OCCUPATIONAL_DISEASE
    day = facts.event_date
    found = heirs.succession(facts.heirs, died_on=day, today=day, regulation=regulation)
    threshold = regulation.rupiah("claim.npwp_threshold", day)
    so = {
        Circumstance.LOST_AT_SEA: facts.lost_at_sea,
        Circumstance.TRAFFIC: facts.traffic,
        Circumstance.WITNESSED: not (facts.traffic or facts.lost_at_sea or disease),
        Circumstance.DISEASE: disease,
        Circumstance.EXPENSES: facts.expenses,
        Circumstance.LARGE: facts.amount is not None and facts.amount > threshold,
        **_family(found),
    }
    unknown = all(one.standing is HeirStanding.DEAD for one in found.ranked)
    perhaps = {
        Circumstance.LOST_AT_SEA: not (facts.traffic or disease),
        Circumstance.TRAFFIC: not (facts.lost_at_sea or disease),
        Circumstance.EXPENSES: True,
        **dict.fromkeys(_OF_FAMILY, unknown),
        Circumstance.MINOR: unknown or any(one.minor for one in found.paid()),
    }
    return {each: so[each] for each in _ASKED[facts.kind] if so[each] or perhaps.get(each, False)}


def _family(found: Succession) -> dict[Circumstance, bool]:
    """Tell what the family's papers hang on, of the group of heirs that is paid.

    A child under age is represented by its living parent (UU 1/1974 art. 47): only where there is none among
    the heirs, or somebody else is named its guardian, is a court's decision asked for. Whoever is of age and
    is not paid signs a power of attorney. A will or a court's determination that nobody has shown yet is
    asked for where no nearer group is paid.
    """
    paid = found.paid()
    relations = {one.heir.relation for one in paid}
    minors = [one.heir for one in paid if one.minor]
    has_parent = Relation.SPOUSE in relations
    unshown = {one.heir.relation for one in found.ranked if one.standing is HeirStanding.NEEDS_BASIS}
    if found.group in {None, HeirGroup.WILL, HeirGroup.COURT, HeirGroup.BURIAL}:
        relations |= unshown
    inheriting = found.group not in {None, HeirGroup.BURIAL}
    return {
        Circumstance.SPOUSE: has_parent,
        Circumstance.SEVERAL_HEIRS: inheriting and len(paid) - len(minors) > 1,
        Circumstance.MINOR: any(one.guardian is not None or not has_parent for one in minors),
        Circumstance.WILL: Relation.WILL in relations,
        Circumstance.COURT: Relation.COURT in relations,
        Circumstance.NO_HEIR: found.group is HeirGroup.BURIAL and not unshown,
    }


def _asked(papers: Iterable[str], why: Circumstance | None) -> Iterator[AskedPaper]:
    for paper in papers:
        name, *others = paper.split("|")
        yield AskedPaper(name, tuple(others), why)


def _once(asked: Iterable[AskedPaper]) -> tuple[AskedPaper, ...]:
    """Return each line once, as it is asked for first."""
    lines: dict[str, AskedPaper] = {}
    for one in asked:
        lines.setdefault(one.name, one)
    return tuple(lines.values())


def _listed(name: str, day: datetime.date, regulation: Regulation) -> tuple[str, ...]:
    return regulation.words(name, day) if name in regulation.histories else ()
