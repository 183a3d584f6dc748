"""The heirs of a worked case: who is paid how much of it."""

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from jamsostek_cli import strict
from jamsostek_cli.domain.family import Heir, Relation
from jamsostek_cli.rules.family import heirs
from jamsostek_cli.rules.family.heirs import Inheritance
from jamsostek_cli.rules.law.regulation import Regulation

_HEIR: Final[strict.Types] = {
    "name": (str,),
    "relation": (str,),
    "born": (datetime.date,),
    "died": (datetime.date,),
    "share": (int, Decimal),
    "basis": (str,),
    "guardian": (str,),
    "guardian_basis": (str,),
}


def checked(said: Sequence[object], place: str) -> None:
    """Refuse (E602) heirs of a case that are not as they should be."""
    names = [str(strict.table(each, _HEIR, place, required=("name", "relation"))["name"]) for each in said]
    strict.demand(len(set(names)) == len(names), place, "two heirs of one name")
    for each in said:
        assert isinstance(each, dict)  # noqa: S101 - strict.table has made sure
        relation, share = each["relation"], each.get("share", 1)
        known = ", ".join(Relation)
        strict.demand(relation in tuple(Relation), place, f"relation: {relation}; known: {known}")
        strict.demand(0 < share <= 1, place, "share: not above 0 and up to 1")


def inheritance(
    said: Sequence[Mapping[str, Any]],
    lines: Mapping[str, int],
    died_on: datetime.date,
    regulation: Regulation,
) -> tuple[dict[str, int], Inheritance]:
    """Return who takes how many rupiah of a case by name, and the whole of it."""
    family = [
        Heir(
            number=number,
            name=each["name"],
            relation=Relation(each["relation"]),
            birth_date=each.get("born"),
            died_on=each.get("died"),
            share=None if "share" not in each else Decimal(each["share"]),
            basis=each.get("basis"),
            guardian=each.get("guardian"),
            guardian_basis=each.get("guardian_basis"),
        )
        for number, each in enumerate(said, 1)
    ]
    found = heirs.succession(family, died_on=died_on, today=died_on, regulation=regulation)
    parted = heirs.inheritance(found, lines)
    return {one.name: parted.amounts.get(one.number, 0) for one in family}, parted
