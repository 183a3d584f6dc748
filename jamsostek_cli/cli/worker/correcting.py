"""`jcli worker set` and `jcli worker add`: what an officer knows of a person, written by hand."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from jamsostek_cli.cli.frame.options import ReasonOption, words_option
from jamsostek_cli.cli.frame.person import WorkerArgument, asked_about, named_person, one_worker
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import confirmed, is_asked, session
from jamsostek_cli.domain.finding import Finding
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.table import Coded, Column, Table

if TYPE_CHECKING:
    from jamsostek_cli.operations.correction import FactsCorrected

NikValue = Annotated[str | None, words_option("--nik", "opt.new_nik", "NIK")]
NameValue = Annotated[str | None, words_option("--name", "opt.new_name", "NAME")]
BirthPlaceValue = Annotated[str | None, words_option("--birth-place", "opt.new_birth_place", "TEXT")]
BirthDateValue = Annotated[str | None, words_option("--birth-date", "opt.new_birth_date", "DATE")]
SexValue = Annotated[str | None, words_option("--sex", "opt.new_sex", "L|P")]
MotherValue = Annotated[str | None, words_option("--mother", "opt.new_mother", "NAME")]
FamilyCardValue = Annotated[str | None, words_option("--family-card", "opt.new_family_card", "NO")]
PhoneValue = Annotated[str | None, words_option("--phone", "opt.new_phone", "NO")]
AddressValue = Annotated[str | None, words_option("--address", "opt.new_address", "TEXT")]
RtValue = Annotated[str | None, words_option("--rt", "opt.new_rt", "N")]
RwValue = Annotated[str | None, words_option("--rw", "opt.new_rw", "N")]
KelurahanValue = Annotated[str | None, words_option("--kelurahan", "opt.new_kelurahan", "NAME")]
OccupationValue = Annotated[str | None, words_option("--occupation", "opt.new_occupation", "TEXT")]
AgencyValue = Annotated[str | None, words_option("--agency", "opt.new_agency", "OPD")]
KpjValue = Annotated[str | None, words_option("--kpj", "opt.new_kpj", "NO")]


def add(
    ctx: typer.Context,
    *,
    nik: Annotated[str, words_option("--nik", "opt.new_nik", "NIK")],
    name: Annotated[str, words_option("--name", "opt.new_name", "NAME")],
    birth_place: BirthPlaceValue = None,
    birth_date: BirthDateValue = None,
    sex: SexValue = None,
    mother: MotherValue = None,
    family_card: FamilyCardValue = None,
    phone: PhoneValue = None,
    address: AddressValue = None,
    rt: RtValue = None,
    rw: RwValue = None,
    kelurahan: KelurahanValue = None,
    occupation: OccupationValue = None,
    agency: AgencyValue = None,
    anyway: Annotated[bool, typer.Option("--anyway", help=text("opt.anyway"))] = False,
) -> None:
    """Take somebody in who comes to the counter, with every check of a roster."""
    from jamsostek_cli.operations import walk_in

    typed = {
        "nik": nik, "name": name, "birth_place": birth_place, "birth_date": birth_date, "sex": sex,
        "mother_name": mother, "family_card": family_card, "phone": phone, "address": address, "rt": rt,
        "rw": rw, "kelurahan": kelurahan, "occupation": occupation, "agency": agency,
    }  # fmt: skip
    said = {field: value for field, value in typed.items() if value is not None}
    current = session(ctx)
    database, act = current.database(), current.act()
    try:
        done = walk_in.add(database, act, said, anyway=anyway)
    except JcliError as refusal:
        if refusal.code != "E529" or not is_asked(current):
            raise
        confirmed(current, text("ask.add_anyway", others=refusal.facts["others"]))
        done = walk_in.add(database, act, said, anyway=True)
    number = done.worker.number
    show(
        current,
        Answer(
            data={
                "worker": number,
                "batch": done.batch,
                "alike": list(done.alike),
                "findings": [one.code for one in done.findings],
            },
            lines=[text("say.added", person=named_person(done.worker), batch=done.batch)],
            hints=[*findings_said(done.findings), text("next.label", step=text("next.added", worker=number))],
        ),
    )


def set_(
    ctx: typer.Context,
    who: WorkerArgument,
    *,
    nik: NikValue = None,
    name: NameValue = None,
    birth_place: BirthPlaceValue = None,
    birth_date: BirthDateValue = None,
    sex: SexValue = None,
    mother: MotherValue = None,
    family_card: FamilyCardValue = None,
    phone: PhoneValue = None,
    address: AddressValue = None,
    rt: RtValue = None,
    rw: RwValue = None,
    kelurahan: KelurahanValue = None,
    occupation: OccupationValue = None,
    agency: AgencyValue = None,
    kpj: KpjValue = None,
    reason: ReasonOption,
) -> None:
    """Put facts of a worker right; a dash says that one is not known."""
    from jamsostek_cli.operations import correction

    typed = {
        "nik": nik, "name": name, "birth_place": birth_place, "birth_date": birth_date, "sex": sex,
        "mother_name": mother, "family_card": family_card, "phone": phone, "address": address, "rt": rt,
        "rw": rw, "kelurahan": kelurahan, "occupation": occupation, "agency": agency, "kpj": kpj,
    }  # fmt: skip
    said = {field: value for field, value in typed.items() if value is not None}
    if not said:
        raise JcliError("E002", problem=text("usage.nothing_said"))
    current = session(ctx)
    fields = ", ".join(text(f"col.{field}") for field in said)
    number = asked_about(current, one_worker(who, None), "ask.correct", fields=fields)
    done = correction.correct(current.database(), current.act(), number, said, reason=reason)
    show(current, _answer(done))


def _answer(done: "FactsCorrected") -> Answer:
    from jamsostek_cli.operations import correction

    table = Table.of(
        "corrections",
        done.corrections,
        (
            Column("field", of=lambda one: Coded(one.field, text(f"col.{_called(one.field)}"))),
            Column("old", of=lambda one: correction.shown(one.field, one.old)),
            Column("new", of=lambda one: correction.shown(one.field, one.new)),
        ),
    )
    hints = findings_said(done.findings)
    if done.proposed_again:
        hints.append(text("next.label", step="jcli bpjs submit"))
    if done.pairs:
        hints.append(text("say.corrected_pairs", pairs=figures.count(done.pairs)))
    if done.waits:
        hints.append(text("say.corrected_waits"))
    return Answer(
        data={
            "worker": done.worker.number,
            "changes": table.records(),
            "findings": [one.code for one in done.findings],
            "proposed_again": done.proposed_again,
            "pairs": done.pairs,
            "waits": done.waits,
        },
        lines=[text("say.corrected", worker=done.worker.number, name=done.worker.facts.name)],
        tables=[table],
        hints=hints,
    )


def _called(field: str) -> str:
    return "kelurahan" if field == "kelurahan_code" else field


def findings_said(findings: Sequence[Finding]) -> list[str]:
    """Return what the checks of a roster say of a person, a line each."""
    from jamsostek_cli.roster.findings import FINDINGS

    return [f"{FINDINGS[one.code].title()}. {FINDINGS[one.code].remedy()}" for one in findings]
