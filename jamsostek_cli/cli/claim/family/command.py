"""`jcli claim contact`, `payee`, `visit` and `family`: a family accompanied until it is paid."""

import datetime
from typing import Annotated

import typer

from jamsostek_cli.cli.claim.family import tables as family_tables
from jamsostek_cli.cli.claim.family.heirs import PhoneOption
from jamsostek_cli.cli.claim.settling import ClaimArgument
from jamsostek_cli.cli.frame.options import OptionalReason, date_option, words, words_option
from jamsostek_cli.cli.frame.session import session
from jamsostek_cli.messages import figures, text

_LENGTHS = range(5, 21)
"""So many digits a bank account may have."""


def an_account(value: str) -> str:
    """Read the number of a bank account: its digits, whatever stands between them."""
    digits = "".join(sign for sign in value if sign not in " .-")
    if not (digits.isascii() and digits.isdigit() and len(digits) in _LENGTHS):
        raise typer.BadParameter(text("usage.account"))
    return digits


def contact(
    ctx: typer.Context,
    claim: ClaimArgument,
    name: Annotated[str, typer.Argument(metavar="NAME", parser=words, help=text("opt.contact"))],
    *,
    phone: PhoneOption = None,
) -> None:
    """Record with whom the office speaks about a claim."""
    from jamsostek_cli.operations.claim.family import contact as family

    current = session(ctx)
    sheet = family.contact(current.database(), current.act(), claim, name, phone=phone)
    family_tables.changed(current, sheet, "say.contact", name=name)


def payee(
    ctx: typer.Context,
    claim: ClaimArgument,
    who: Annotated[str, typer.Argument(metavar="WHO", parser=words, help=text("opt.payee_who"))],
    *,
    attorney: Annotated[str | None, words_option("--attorney", "opt.attorney")] = None,
    bank: Annotated[str | None, words_option("--bank", "opt.bank", "NAME")] = None,
    account: Annotated[
        str | None, typer.Option("--account", metavar="NO", parser=an_account, help=text("opt.account"))
    ] = None,
    reason: OptionalReason = None,
) -> None:
    """Record who is to be paid, and on which account."""
    from jamsostek_cli.operations.claim.family import contact as family

    choice = family.PayeeChoice(who=who, attorney=attorney, reason=reason, bank=bank, account=account)
    current = session(ctx)
    sheet = family.payee(current.database(), current.act(), claim, choice)
    family_tables.changed(current, sheet, "say.payee", **family_tables.payee_said(sheet))


def visit(
    ctx: typer.Context,
    claim: ClaimArgument,
    said: Annotated[str, typer.Argument(metavar="TEXT", parser=words, help=text("opt.visit_said"))],
    *,
    date: Annotated[datetime.date | None, date_option("--date", "opt.visited_on")] = None,
    person: Annotated[str | None, words_option("--person", "opt.visit_person", "NAME")] = None,
    next_on: Annotated[datetime.date | None, date_option("--next", "opt.next_on")] = None,
) -> None:
    """Record a visit or a call: whom the office spoke to, what was promised, when it looks again."""
    from jamsostek_cli.operations.claim.family import contact as family

    current = session(ctx)
    sheet = family.visit(
        current.database(), current.act(), claim, said, on=date, person=person, next_on=next_on
    )
    again = sheet.family.next_on
    key = "say.visit" if again is None else "say.visit_next"
    family_tables.changed(current, sheet, key, next=again and figures.day(again.isoformat()))


def family_(ctx: typer.Context, claim: ClaimArgument) -> None:
    """Show the case sheet of a family."""
    from jamsostek_cli.operations.claim.family import sheet as family_sheet

    current = session(ctx)
    family_tables.whole(current, family_sheet.show(current.database(), claim, current.today))
