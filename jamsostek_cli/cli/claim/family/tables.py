"""How the family of a claim looks: its heirs in the legal order, its visits, what is to be said of it."""

import sys
from typing import TYPE_CHECKING, Final, cast

from jamsostek_cli.cli.claim.paid import shared_with
from jamsostek_cli.cli.claim.papers import shown_paper
from jamsostek_cli.cli.frame.looking import looked
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import Session
from jamsostek_cli.domain.claim import DocumentState
from jamsostek_cli.domain.family import FUND, masked_account
from jamsostek_cli.domain.nik import hidden, masked_beside_birth
from jamsostek_cli.domain.worker import concealed, number_of
from jamsostek_cli.messages import figures, text
from jamsostek_cli.rules.family.heirs import HeirStanding
from jamsostek_cli.tables.table import Column, Figure, Kind, Table
from jamsostek_cli.tables.wording import word

if TYPE_CHECKING:
    from jamsostek_cli.operations.claim.family.sheet import FamilySheet
    from jamsostek_cli.rules.family.heirs import RankedHeir
    from jamsostek_cli.tables.table import Value


_KINDS: Final = {"amount": Kind.RUPIAH, "owed": Kind.RUPIAH, "next_on": Kind.DATE}
_FACTS: Final = (
    *("number", "worker", "name", "state", "amount", "owed", "contact", "contact_phone"),
    *("payee", "capacity", "payee_reason", "bank", "account", "next_on"),
)


def heirs(sheet: "FamilySheet") -> Table:
    """Return the heirs in the legal order, each with what is theirs."""
    amounts = {} if sheet.inheritance is None else sheet.inheritance.amounts
    ranked: tuple[RankedHeir, ...] = () if sheet.succession is None else sheet.succession.ranked
    return Table.of(
        "claim_heirs",
        ranked,
        (
            Column("heir", Kind.COUNT, of=lambda one: one.heir.number),
            Column("name", of=lambda one: hidden(one.heir.name)),
            Column("relation", of=lambda one: one.heir.relation),
            Column("group"),
            Column("standing"),
            Column("share", Kind.SHARE, of=lambda one: float(one.part) if one.part else None),
            Column("amount", Kind.RUPIAH, of=lambda one: amounts.get(one.heir.number)),
            Column("birth_date", Kind.DATE, of=lambda one: one.heir.birth_date),
            Column("died_on", Kind.DATE, of=lambda one: one.heir.died_on),
            Column("nik", of=lambda one: None if one.heir.nik is None else masked_beside_birth(one.heir.nik)),
            Column("phone", of=lambda one: concealed("phone", one.heir.phone)),
            Column("basis", heading="col.heir_basis", of=lambda one: _hidden(one.heir.basis)),
            Column("guardian", of=lambda one: _hidden(one.heir.guardian)),
            Column("guardian_basis", of=lambda one: _hidden(one.heir.guardian_basis)),
        ),
        lead=("heir", "name", "relation", "standing", "amount"),
    )


def _hidden(said: str | None) -> str | None:
    return None if said is None else hidden(said)


def visits(sheet: "FamilySheet") -> Table:
    """Return the visits, oldest first."""
    return Table.of(
        "claim_visits",
        sheet.visits,
        (
            Column("visited_on", Kind.DATE),
            Column("person", of=lambda visit: _hidden(visit.person)),
            Column("said", of=lambda visit: hidden(visit.said)),
            Column("next_on", Kind.DATE),
            Column("recorded_by"),
        ),
    )


def papers(sheet: "FamilySheet") -> Table:
    """Return the papers by who holds them, and after them those that are missing."""
    held = [(paper.name, paper.held_by) for paper in sheet.detail.papers]
    missing = [(name, DocumentState.MISSING) for name in sheet.detail.missing]
    return Table.of(
        "claim_papers",
        [*held, *missing],
        (
            Column("document", of=lambda paper: shown_paper(paper[0])),
            Column("held_by", of=lambda paper: paper[1]),
        ),
    )


def notes(sheet: "FamilySheet") -> list[str]:
    """Say what is to be known of a family: what no law settles, whose turn it is, what others share."""
    number, said = sheet.detail.claim.number, []
    found, parted = sheet.succession, sheet.inheritance
    if found is not None and not found.ranked:
        said.append(text("say.no_heirs", claim=number))
    if found is not None and found.died_later:
        said.append(text("say.heir_died_later"))
    waiting = [] if found is None else found.paid()
    if waiting and all(one.standing is HeirStanding.NEEDS_GUARDIAN for one in waiting):
        names = hidden(", ".join(one.heir.name for one in waiting))
        said.append(text("say.needs_guardian", names=names, claim=number, heir=waiting[0].heir.number))
    if found is not None and found.ranked and parted is not None and parted.fund:
        said.append(text("say.fund", amount=figures.rupiah(parted.fund), fund=FUND))
    return [*said, *shared_with(sheet.shared)]


def record(sheet: "FamilySheet") -> dict[str, object]:
    """Return a family for JSON, NIK, phone and account masked."""
    claim, family, parted = sheet.detail.claim, sheet.family, sheet.inheritance
    return {
        "number": claim.number,
        "worker": number_of(claim.worker_id),
        "name": claim.name,
        "state": claim.state,
        "amount": claim.amount,
        "owed": claim.owed,
        "contact": _hidden(family.contact),
        "contact_phone": concealed("phone", family.contact_phone),
        "payee": _hidden(family.payee),
        "capacity": family.payee_capacity,
        "payee_reason": _hidden(family.payee_reason),
        "bank": _hidden(family.bank),
        "account": masked_account(family.account),
        "next_on": family.next_on,
        "fund": None if parted is None else parted.fund,
        "unclaimed": None if parted is None else parted.unclaimed,
        "heirs": heirs(sheet).records(),
        "papers": papers(sheet).records(),
        "visits": visits(sheet).records(),
        "shared": [one._asdict() for one in sheet.shared],
    }


def changed(current: Session, sheet: "FamilySheet", key: str, **facts: object) -> None:
    """Show a family after something of it was recorded: the sentence of that key, and what is to be known."""
    said = hidden(text(key, claim=sheet.detail.claim.number, **facts))
    table = heirs(sheet)
    show(
        current,
        Answer(
            data=record(sheet),
            lines=[said],
            tables=[table] if key.startswith("say.heir_") and table.rows else [],
            hints=notes(sheet),
        ),
    )


def whole(current: Session, sheet: "FamilySheet") -> None:
    """Show the case sheet of a family: facts, heirs, papers by who holds them, visits.

    The contact's phone is masked in a pipe and in JSON, not on the screen of the officer who wants to call.
    """
    data = record(sheet)
    phone = sheet.family.contact_phone if sys.stdout.isatty() else data["contact_phone"]
    facts = {**{key: data[key] for key in _FACTS}, "contact_phone": phone}
    drawn = [
        Figure(key, cast("Value", value), _KINDS.get(key, Kind.TEXT), "col")
        for key, value in facts.items()
        if value is not None or not sys.stdout.isatty()
    ]
    tables = [heirs(sheet), papers(sheet), visits(sheet)]
    show(
        current,
        Answer(
            data=data,
            figures=drawn,
            tables=[table for table in tables if table.rows],
            hints=[*notes(sheet), *looked(current, sheet.detail.claim.number)],
        ),
    )


def payee_said(sheet: "FamilySheet") -> dict[str, object]:
    """Return who is to be paid, as the sentence about it needs it."""
    family = sheet.family
    assert family.payee_capacity is not None  # noqa: S101 - it was recorded just now
    return {"name": family.payee, "capacity": word(family.payee_capacity)}
