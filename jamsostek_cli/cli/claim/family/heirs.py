"""`jcli claim heir`: the heirs of a member, and who arranged the burial."""

import datetime
import re
from decimal import Decimal
from typing import Annotated, Final

import typer

from jamsostek_cli.cli.claim.family import tables as family_tables
from jamsostek_cli.cli.claim.settling import ClaimArgument
from jamsostek_cli.cli.frame.group import group
from jamsostek_cli.cli.frame.options import ReasonOption, choice_option, date_option, words, words_option
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import session
from jamsostek_cli.domain.family import Heir, Relation
from jamsostek_cli.domain.nik import Nik
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import text
from jamsostek_cli.roster.cells import phones

app = group("help.claim_heir")
_SHARE: Final = re.compile(r"(\d{1,3})(?:[.,](\d{1,6}))?\s*%|0[.,](\d{1,10})|(\d{1,3})/(\d{1,3})", re.ASCII)
_WHOLE: Final = Decimal(100)


def a_share(value: str) -> Decimal:
    """Read a part of the whole as `50%`, `12,5%`, `0.5` or `1/3`; a bare number would be read two ways."""
    found = _SHARE.fullmatch(value.strip())
    share = Decimal(0)
    if found is not None and found[1]:
        share = Decimal(f"{found[1]}.{found[2] or 0}") / _WHOLE
    elif found is not None and found[3]:
        share = Decimal(f"0.{found[3]}")
    elif found is not None and int(found[5]):
        share = round(Decimal(found[4]) / Decimal(found[5]), 10)
    if share <= 0:
        raise typer.BadParameter(text("usage.share", value=value))
    return share.normalize()


def a_phone(value: str) -> str:
    """Read an Indonesian phone number, in whatever way it is written."""
    number = phones.international(value)
    if number is None:
        raise typer.BadParameter(text("usage.phone"))
    return number


def a_nik(value: str) -> str:
    """Read a NIK of 16 digits; E424 for anything else, which is not repeated."""
    try:
        return Nik.parse(value).digits
    except ValueError:
        raise JcliError("E424") from None


HeirArgument = Annotated[str, typer.Argument(metavar="HEIR", help=text("opt.heir"))]
NikOfHeir = Annotated[
    str | None, typer.Option("--nik", metavar="NIK", parser=a_nik, help=text("opt.heir_nik"))
]
BornOption = Annotated[datetime.date | None, date_option("--born", "opt.heir_born")]
DiedOption = Annotated[datetime.date | None, date_option("--died", "opt.heir_died")]
PhoneOption = Annotated[
    str | None, typer.Option("--phone", metavar="NO", parser=a_phone, help=text("opt.heir_phone"))
]
ShareOption = Annotated[
    Decimal | None, typer.Option("--share", metavar="SHARE", parser=a_share, help=text("opt.share"))
]
BasisOption = Annotated[str | None, words_option("--basis", "opt.heir_basis")]
GuardianOption = Annotated[str | None, words_option("--guardian", "opt.guardian", "NAME")]
GuardianBasisOption = Annotated[str | None, words_option("--guardian-basis", "opt.guardian_basis")]


@app.command("add", help=text("help.claim_heir_add"))
def add(
    ctx: typer.Context,
    claim: ClaimArgument,
    name: Annotated[str, typer.Argument(metavar="NAME", parser=words, help=text("opt.heir_name"))],
    *,
    relation: Annotated[Relation, choice_option("--relation", Relation, "opt.relation", "RELATION")],
    nik: NikOfHeir = None,
    born: BornOption = None,
    died: DiedOption = None,
    phone: PhoneOption = None,
    share: ShareOption = None,
    basis: BasisOption = None,
    guardian: GuardianOption = None,
    guardian_basis: GuardianBasisOption = None,
) -> None:
    """Record an heir."""
    from jamsostek_cli.operations.claim.family import heirs

    current = session(ctx)
    heir = Heir(
        number=0,
        name=name,
        relation=relation,
        nik=nik,
        birth_date=born,
        died_on=died,
        phone=phone,
        share=share,
        basis=basis,
        guardian=guardian,
        guardian_basis=guardian_basis,
    )
    family_tables.changed(
        current, heirs.add(current.database(), current.act(), claim, heir), "say.heir_added"
    )


@app.command("set", help=text("help.claim_heir_set"))
def set_(
    ctx: typer.Context,
    claim: ClaimArgument,
    heir: HeirArgument,
    *,
    reason: ReasonOption,
    name: Annotated[str | None, words_option("--name", "opt.heir_name", "NAME")] = None,
    relation: Annotated[
        Relation | None, choice_option("--relation", Relation, "opt.relation", "RELATION")
    ] = None,
    nik: NikOfHeir = None,
    born: BornOption = None,
    died: DiedOption = None,
    phone: PhoneOption = None,
    share: ShareOption = None,
    basis: BasisOption = None,
    guardian: GuardianOption = None,
    guardian_basis: GuardianBasisOption = None,
) -> None:
    """Put right what is known of an heir."""
    from jamsostek_cli.operations.claim.family import heirs

    typed = {
        "name": name, "relation": relation, "nik": nik, "birth_date": born, "died_on": died, "phone": phone,
        "share": share, "basis": basis, "guardian": guardian, "guardian_basis": guardian_basis,
    }  # fmt: skip
    facts = {fact: value for fact, value in typed.items() if value is not None}
    if not facts:
        raise JcliError("E002", problem=text("usage.heir_set"))
    current = session(ctx)
    sheet = heirs.change(current.database(), current.act(), claim, heir, facts, reason=reason)
    family_tables.changed(current, sheet, "say.heir_set")


@app.command("remove", help=text("help.claim_heir_remove"))
def remove(ctx: typer.Context, claim: ClaimArgument, heir: HeirArgument, *, reason: ReasonOption) -> None:
    """Take somebody off who is no heir."""
    from jamsostek_cli.operations.claim.family import heirs

    current = session(ctx)
    sheet = heirs.remove(current.database(), current.act(), claim, heir, reason=reason)
    family_tables.changed(current, sheet, "say.heir_removed")


@app.command("list", help=text("help.claim_heir_list"))
def list_(ctx: typer.Context, claim: ClaimArgument) -> None:
    """List the heirs in the legal order."""
    from jamsostek_cli.operations.claim.family import sheet as family_sheet

    current = session(ctx)
    sheet = family_sheet.show(current.database(), claim, current.today)
    table = family_tables.heirs(sheet)
    show(
        current,
        Answer(data=table.records(), tables=[table], hints=family_tables.notes(sheet)),
    )
