"""How second looks are shown: what was drawn, why, and what was found."""

from typing import TYPE_CHECKING, Final

from jamsostek_cli.domain.nik import hidden
from jamsostek_cli.tables.table import Coded, Column, Kind, Table
from jamsostek_cli.tables.wording import word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jamsostek_cli.store.claim.second_looks import SecondLook

_CLAIM: Final = (
    Column("number"),
    Column("name"),
    Column("kind"),
    Column("amount", Kind.RUPIAH),
    Column("verified_by"),
    Column("verified_on", Kind.DATE),
)
_LOOK: Final = (
    Column("risks", of=lambda look: Coded(" ".join(look.risks), ", ".join(map(word, look.risks)))),
    Column("found"),
    Column("words", of=lambda look: look.words and hidden(look.words)),
    Column("looked_by"),
    Column("looked_on", Kind.DATE),
)
_DRAW: Final = (
    Column("month"),
    Column("seed", Kind.COUNT),
    Column("drawn_by"),
    Column("drawn_on", Kind.DATE),
)


def drawn(looks: "Iterable[SecondLook]") -> Table:
    """Return the claims that were drawn, each with what was found."""
    lead = ("number", "name", "risks", "verified_by", "found")
    return Table.of("sample", looks, (*_CLAIM, *_LOOK), lead=lead)


def of_claim(looks: "Iterable[SecondLook]") -> Table:
    """Return the draws of one claim, each with what was found."""
    return Table.of("second_looks", looks, (*_DRAW, *_LOOK))
