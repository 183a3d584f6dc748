"""`jcli import --as covered-elsewhere`: what a list of people covered by somebody else is taken to say."""

import datetime
import re
from typing import TYPE_CHECKING, Annotated, Final

import typer

from jamsostek_cli.cli.frame.options import a_payer_or_own, choice_option, month_option
from jamsostek_cli.domain.iuran import Payer
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures, text
from jamsostek_cli.store.register.batches import Purpose
from jamsostek_cli.tables.wording import payer_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jamsostek_cli.operations.roster.incoming import CoverageList, RosterImported

_PAYER: Final = re.compile(r"[a-z][a-z0-9-]{0,39}", re.ASCII)

AsOption = Annotated[
    Purpose | None,
    choice_option("--as", Purpose, "opt.as", "PURPOSE"),
]
ListedPayerOption = Annotated[
    str | None,
    typer.Option("--payer", metavar="PAYER", parser=a_payer_or_own, help=text("opt.listed_payer")),
]
FromOption = Annotated[Month | None, month_option("--from", "opt.listed_from")]
ToOption = Annotated[Month | None, month_option("--to", "opt.listed_to")]


def listing_of(
    purpose: Purpose | None,
    payer: str | None,
    first: Month | None,
    last: Month | None,
    *,
    today: datetime.date,
    alone: bool,
) -> "CoverageList | None":
    """Return what a list says, None for a roster of the register; without months it speaks of this year.

    `alone` is whether rosters are imported here and now, and not looked at or applied from a plan. Raises
    E002, and E324 for a payer code that cannot be somebody else's.
    """
    if purpose is not Purpose.COVERED_ELSEWHERE:
        if payer or first or last:
            raise JcliError("E002", problem=text("usage.listed_only"))
        return None
    if not alone or payer is None:
        raise JcliError("E002", problem=text("usage.listed" if alone else "usage.listed_plan"))
    if payer == Payer.CITY or _PAYER.fullmatch(payer) is None:
        raise JcliError("E324", payer=payer_name(payer), city=Payer.CITY)
    from jamsostek_cli.operations.roster.incoming import CoverageList

    year = (first or last or Month.of(today)).year
    try:
        span = Span(first or Month(year, 1), last or Month(year, 12))
    except ValueError:
        raise JcliError("E002", problem=text("usage.span", value=f"{first}..{last}")) from None
    return CoverageList(payer, span)


def lines_of(result: "RosterImported", *, default: bool) -> list[str]:
    """Say what a list was taken to say, and how many of its people are ours."""
    if result.listed is None:
        return []
    listing = result.listed.listing
    facts = {"payer": payer_name(listing.payer), "first": listing.span.first, "last": listing.span.last}
    return [
        text("say.listed_default" if default else "say.listed", **facts),
        text(
            "say.listed_here",
            here=figures.count(result.listed.here),
            paid=figures.count(result.listed.paid_here),
        ),
    ]


def hints_of(results: "Sequence[RosterImported]") -> list[str]:
    """Point to the months that two payers paid, where a list names somebody we paid for."""
    lists = (result.listed for result in results)
    listed = next((listed for listed in lists if listed is not None and listed.paid_here), None)
    if listed is None:
        return []
    span = listed.listing.span
    return [text("next.label", step=text("next.overlaps", first=span.first, last=span.last))]


def record_of(result: "RosterImported") -> dict[str, object] | None:
    """Return what scripts read of a list, None for a roster of the register."""
    if result.listed is None:
        return None
    return {
        **result.listed.listing.for_plan(),
        "in_register": result.listed.here,
        "paid_here": result.listed.paid_here,
    }
