"""The checklist as a table: which facts ask for which papers."""

import datetime
from itertools import count
from typing import Any

import pytest

from jamsostek_cli.domain.claim import Cause, ClaimKind
from jamsostek_cli.domain.family import Heir, Relation
from jamsostek_cli.domain.papers import Circumstance, PaperName
from jamsostek_cli.rules.claim import documents
from jamsostek_cli.rules.claim.documents import Checklist, PaperFacts
from jamsostek_cli.rules.law.regulation import packaged

_LAW = packaged()
_DAY = datetime.date(2025, 6, 1)
_NUMBERS = count(1)
_KK = {"formulir-kk1", "formulir-kk2", "formulir-kk3"}
_JKM = {
    *("formulir-4", "kartu-peserta", "ktp-almarhum", "ktp-ahli-waris", "kartu-keluarga", "akta-kematian"),
    *("surat-ahli-waris", "rekening"),
}
_AT_WORK: dict[str, Any] = {"kind": ClaimKind.JKK_DEATH, "cause": Cause.WORK_ACCIDENT, "amount": 0}


def heir(relation: str, born: str | None = None, **more: Any) -> Heir:
    day = None if born is None else datetime.date.fromisoformat(born)
    return Heir(number=next(_NUMBERS), name="SITI", relation=Relation(relation), birth_date=day, **more)


def asked(**facts: Any) -> Checklist:
    known: dict[str, Any] = {"kind": ClaimKind.JKM, "cause": Cause.ILLNESS, "amount": 42_000_000} | facts
    return documents.checklist(PaperFacts(event_date=_DAY, **known), _LAW)


def names(**facts: Any) -> set[str]:
    return {one.name for one in asked(**facts).needed}


def later(**facts: Any) -> set[Circumstance | None]:
    return {one.why for one in asked(**facts).depends}


def test_of_a_family_nobody_knows_the_list_says_what_would_be_asked_for() -> None:
    assert names() == _JKM
    assert later() == {"spouse", "several-heirs", "minor", "will", "court", "no-heir"}


@pytest.mark.parametrize(
    ("family", "more"),
    [
        ([heir("spouse")], {"buku-nikah"}),
        ([heir("spouse"), heir("child", "1999-05-05")], {"buku-nikah", "surat-kuasa"}),
        ([heir("child", "2007-06-01")], set()),
        ([heir("child", "2007-06-02")], {"penetapan-wali"}),
        ([heir("child", "2010-01-01"), heir("child", "2012-01-01")], {"penetapan-wali"}),
        ([heir("child", "2010-01-01"), heir("child", "1999-01-01")], {"penetapan-wali"}),
        ([heir("child", "1999-01-01"), heir("child", "1998-01-01")], {"surat-kuasa"}),
        ([heir("spouse"), heir("child", "2015-01-01")], {"buku-nikah"}),
        ([heir("spouse"), heir("child", "2015-01-01", guardian="PAMAN")], {"buku-nikah", "penetapan-wali"}),
        ([heir("spouse"), heir("parent"), heir("sibling")], {"buku-nikah"}),
        ([heir("parent"), heir("grandchild", "2015-01-01"), heir("sibling")], {"penetapan-wali"}),
        ([heir("parent"), heir("parent"), heir("sibling")], {"surat-kuasa"}),
        ([heir("sibling"), heir("parent-in-law")], set()),
        ([heir("parent-in-law"), heir("will")], set()),
        ([heir("will"), heir("burial")], {"akta-wasiat"}),
        ([heir("will", basis="12"), heir("court", basis="PA 1/2025")], {"akta-wasiat"}),
        ([heir("spouse"), heir("will")], {"buku-nikah"}),
        ([heir("court", basis="PA 1"), heir("court", basis="PA 1")], {"penetapan-ahli-waris", "surat-kuasa"}),
        ([heir("burial"), heir("burial")], {"surat-pemakaman"}),
        ([heir("spouse", died_on=_DAY), heir("sibling")], set()),
        ([heir("burial")], {"surat-pemakaman"}),
    ],
)
def test_the_first_group_of_heirs_decides(family: list[Heir], more: set[str]) -> None:
    assert names(heirs=tuple(family)) == _JKM | more


def test_of_a_known_family_only_a_guardian_beside_a_parent_stays_a_question() -> None:
    assert later(heirs=(heir("spouse"),)) == set()
    assert later(heirs=(heir("spouse"), heir("child", "2015-01-01"))) == {"minor"}
    assert later(heirs=(heir("child", "2015-01-01"),)) == set()
    assert later(heirs=(heir("spouse", died_on=_DAY),)) == later()


@pytest.mark.parametrize(("amount", "needed"), [(None, 0), (50_000_000, 0), (50_000_001, 1), (70_000_000, 1)])
@pytest.mark.parametrize("kind", sorted(set(ClaimKind) - {ClaimKind.SANTUNAN}))
def test_a_tax_number_above_the_threshold(kind: ClaimKind, amount: int | None, needed: int) -> None:
    assert ("npwp" in names(kind=kind, amount=amount)) is bool(needed)


def test_an_accident_on_the_road_has_a_report_or_a_letter_or_two_witnesses() -> None:
    on_the_road = asked(**_AT_WORK, traffic=True)
    [proof] = [one for one in on_the_road.needed if one.why is Circumstance.TRAFFIC]
    assert proof.any_of == ("laporan-polisi", "surat-jasa-raharja", "keterangan-saksi")
    for paper in proof.any_of:
        assert proof not in on_the_road.missing([paper])
    assert proof in on_the_road.missing(["kronologi"])
    elsewhere = asked(**_AT_WORK)
    assert "keterangan-saksi" in {one.name for one in elsewhere.needed}
    assert Circumstance.TRAFFIC in {one.why for one in elsewhere.open_questions([])}
    assert Circumstance.TRAFFIC not in {one.why for one in elsewhere.open_questions(["laporan-polisi"])}


def test_who_was_lost_at_sea_needs_basarnas_and_a_court_and_no_doctor() -> None:
    lost = names(**_AT_WORK, lost_at_sea=True)
    assert {"surat-basarnas", "penetapan-kematian", "formulir-kk1", "akta-kematian"} <= lost
    assert not {"formulir-kk3", "keterangan-saksi", "laporan-polisi"} & lost
    assert later(**_AT_WORK, lost_at_sea=True) >= {"expenses", "spouse"}
    assert "lost-at-sea" in later(**_AT_WORK)
    assert "lost-at-sea" not in later(**_AT_WORK, traffic=True)


def test_an_occupational_disease_has_forms_of_its_own() -> None:
    ill = asked(**{**_AT_WORK, "cause": Cause.OCCUPATIONAL_DISEASE})
    forms = {one.name for one in ill.needed if one.name.startswith("formulir")}
    assert forms == {"formulir-pak1", "formulir-pak2", "formulir-pak3"}
    assert not {"traffic", "lost-at-sea", "witnessed"} & {one.why for one in (*ill.needed, *ill.depends)}
    assert names(**_AT_WORK) >= _KK


def test_expenses_have_receipts() -> None:
    assert "kuitansi" in names(**_AT_WORK, expenses=True)
    assert "kuitansi" not in names(**_AT_WORK)
    treatment = {**_AT_WORK, "kind": ClaimKind.JKK_TREATMENT}
    assert [one.name for one in asked(**treatment, expenses=True).needed].count("kuitansi") == 1


def test_a_letter_of_death_does_in_place_of_the_certificate() -> None:
    [certificate] = [one for one in asked().needed if one.name == "akta-kematian"]
    assert certificate not in asked().missing(["surat-kematian"])


@pytest.mark.parametrize("kind", ClaimKind)
def test_what_always_belongs_to_a_claim_is_part_of_every_list_of_it(kind: ClaimKind) -> None:
    least = {frozenset(any_of) for any_of in documents.least(kind, _DAY, _LAW)}
    circumstances: list[dict[str, Any]] = [
        {},
        {"lost_at_sea": True},
        {"traffic": True},
        {"cause": Cause.OCCUPATIONAL_DISEASE},
    ]
    for facts in circumstances:
        told = asked(**{"kind": kind, "cause": Cause.WORK_ACCIDENT} | facts)
        assert least <= {frozenset(one.any_of) for one in told.needed}
        can_be_recorded = documents.known(kind, _DAY, _LAW)
        assert {paper for one in (*told.needed, *told.depends) for paper in one.any_of} <= {*can_be_recorded}
    assert bool(least) is (kind is not ClaimKind.SANTUNAN)


def test_every_paper_has_a_word_and_every_word_a_paper() -> None:
    asked_for = {paper for kind in ClaimKind for paper in documents.known(kind, _DAY, _LAW)}
    assert asked_for == set(PaperName)
