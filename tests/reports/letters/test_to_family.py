"""The letter to somebody who lives: to the member, without condolences or promises that nobody can keep."""

import datetime
from dataclasses import replace
from pathlib import Path

import docx

from jamsostek_cli.domain.claim import DEATH_KINDS, Cause, ClaimKind, ClaimState
from jamsostek_cli.reports.letterhead import Letterhead
from jamsostek_cli.reports.letters import pdf, sheet, to_family, word
from jamsostek_cli.reports.letters.facts import LetterFacts
from jamsostek_cli.reports.letters.paper import Block, FactLines, PartHeading, Signatures, Steps, Ticks, Words
from tests.support import papers

DAY = datetime.date(2025, 8, 4)
HEAD = dict.fromkeys(("office", "address", "phone", "signer", "signer_title", "signer_nip"), "")


def facts(kind: ClaimKind, *missing: str, lapses_on: datetime.date | None = None) -> LetterFacts:
    return LetterFacts(
        letterhead=Letterhead(city="Kota Bontang", place="Bontang", **HEAD),
        today=DAY,
        number="K-2025-0001",
        kind=kind,
        kind_words="Beasiswa",
        cause=Cause.WORK_ACCIDENT,
        cause_words="kecelakaan kerja",
        state=ClaimState.REPORTED,
        state_words="dilaporkan",
        event_date=DAY,
        reported_on=DAY,
        worker="P-000001",
        name="RUDI HARTONO",
        sex=None,
        nik="6474011708857001",
        kpj=None,
        birth_place=None,
        birth_date=None,
        died_on=None if kind is ClaimKind.JKK_DISABILITY else DAY,
        address=None,
        rt="003",
        rw=None,
        kelurahan=None,
        occupation=None,
        lines=(("Santunan cacat", "PP 82/2019", 1_000_000),),
        outcomes=None,
        question="",
        decides=(),
        have=(),
        missing=missing,
        asked=missing,
        heirs=(),
        contact=None,
        contact_phone=None,
        payee=None,
        account=None,
        payments=(),
        owed=None,
        history=(),
        most_children=2 if kind in DEATH_KINDS else None,
        too_few=None,
        filed=False,
        lapses_on=lapses_on,
        stamp_above=5_000_000,
        stamp=10_000,
    )


def blocks(of: LetterFacts) -> tuple[Block, ...]:
    return to_family.compose(of).blocks


def words(of: LetterFacts) -> str:
    return " ".join(block.said for block in blocks(of) if isinstance(block, Words | PartHeading))


def test_a_member_who_lives_is_written_to_by_name() -> None:
    said = words(facts(ClaimKind.JKK_DISABILITY, lapses_on=datetime.date(2030, 8, 3)))
    assert "Yth. RUDI HARTONO, RT 003" in said
    assert "terdaftar sebagai peserta" in said
    assert "Yang menjadi hak Bapak/Ibu" in said
    assert "paling lambat 3 Agustus 2030" in said
    for condolence in ("almarhum", "berdukacita", "anak yang bersekolah"):
        assert condolence not in said


def test_a_right_of_which_no_limit_is_known_is_promised_nothing() -> None:
    said = words(facts(ClaimKind.SCHOLARSHIP))
    assert "hangus" not in said
    assert "Sampai kapan" not in said


def test_only_stations_are_named_at_which_something_is_missing() -> None:
    steps = [
        block for block in blocks(facts(ClaimKind.JKK_DISABILITY, "rekening")) if isinstance(block, Steps)
    ]
    assert [said.split(":")[0].split()[0] for said in steps[0].said] == ["Bank", "Serahkan"]


def test_whose_sex_is_not_known_is_called_both_ways() -> None:
    first = blocks(facts(ClaimKind.JKM))[0]
    assert isinstance(first, FactLines)
    assert ("Hal", "Hak keluarga almarhum/almarhumah RUDI HARTONO") in first.rows


LOST = replace(
    facts(ClaimKind.JKK_DEATH, "akta-kematian", "surat-basarnas", "penetapan-kematian"),
    lost_at_sea=True,
    lines=(("Santunan", "PP", 48_000_000), ("Biaya pemakaman", "PP", 10_000_000)),
    funeral=10_000_000,
)


def test_the_family_of_somebody_lost_at_sea_is_sent_to_basarnas_and_the_court_first() -> None:
    said = words(LOST)
    assert "turut prihatin atas hilangnya RUDI HARTONO di laut" in said
    assert "belum pasti ikut dibayar" in said
    assert "Tanpa itu jumlahnya Rp48.000.000" in said
    assert "tiga sampai empat bulan" in said
    assert "almarhum" not in said
    [steps] = [block.said for block in blocks(LOST) if isinstance(block, Steps)]
    assert [step.split()[0].strip(":") for step in steps] == ["Basarnas", "Pengadilan", "Dinas", "Serahkan"]
    unpriced = words(replace(LOST, lines=(), outcomes=(0, 70_000_000)))
    assert "surat asli Basarnas" in unpriced
    assert "Tanpa itu" not in unpriced


def test_the_sheet_asks_whether_the_funeral_is_paid_of_somebody_lost_at_sea() -> None:
    ticks = [block.rows for block in sheet.compose(LOST).blocks if isinstance(block, Ticks)]
    assert ((False, "ikut dibayar: Rp58.000.000"), (False, "tidak dibayar: Rp48.000.000")) in ticks


def test_an_office_that_has_named_nobody_leaves_room_for_a_name() -> None:
    last = blocks(facts(ClaimKind.JKM))[-1]
    assert isinstance(last, Signatures)
    assert last.signers[0].above == ("Petugas Kota Bontang",)
    assert last.signers[0].name.startswith("....")


def test_who_signs_a_sheet_signs_on_the_page_of_what_was_found(tmp_path: Path) -> None:
    for steps in range(22, 30, 2):
        long = replace(facts(ClaimKind.JKM), history=(("4 Agustus 2025", "rina", "dicatat"),) * steps)
        pdf.write(sheet.compose(long), tmp_path / "lembar.pdf")
        last = papers.pages(tmp_path / "lembar.pdf")[-1]
        assert last.index("Benar dan lengkap") < last.index("Mengetahui"), steps
    word.write(sheet.compose(long), tmp_path / "lembar.docx")
    found, signed = docx.Document(str(tmp_path / "lembar.docx")).tables[-2:]
    assert "Benar dan lengkap" in found.cell(0, 1).text
    assert all(cell.paragraphs[0].paragraph_format.keep_with_next for cell in found._cells)
    assert "Mengetahui" in signed.cell(0, 1).text
