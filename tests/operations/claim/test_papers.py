"""Papers come in, change hands, are replaced and taken back; whoever verifies has recorded none of them."""

import json
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jamsostek_cli.cli.frame.main import main
from tests.conftest import Office, once, person
from tests.support.clerk import Window

TERMS = ("--payer", "apbd-kota", "--decree", "SK", "--months", 12, "--registered")
JKM = ("--kind", "jkm", "--date", "2025-05-20", "--reported", "2025-05-22")
AT_WORK = ("--kind", "jkk-death", "--date", "2025-05-20", "--reported", "2025-05-22")
ONE, TWO = "K-2025-0001", "K-2025-0002"
WHY = ("--reason", "salah orang")


@pytest.fixture
@once
def city(office: Office, roster: Callable[..., Path]) -> Office:
    """Two families with a claim each: a death benefit, and a death at work."""
    office.ok("import", roster([person(1), person(2)]), today="2025-01-02")
    office.ok("enrol", "--batch", "B-2025-001", "--from", "2025-01", *TERMS, today="2025-01-02")
    office.ok("iuran", "pay", "2025-01..2025-12", "--proof", "S-1", "--date", "2025-01-10")
    office.ok("claim", "add", "P-000001", *JKM)
    office.ok("claim", "add", "P-000002", *AT_WORK)
    return office


@pytest.fixture
def scan(tmp_path: Path) -> Callable[..., Path]:
    """Make a scan with bytes of its own."""

    def made(name: str = "Akta.PDF", content: bytes = b"%PDF one") -> Path:
        (tmp_path / "scans").mkdir(exist_ok=True)
        file = tmp_path / "scans" / name
        file.write_bytes(content)
        return file

    return made


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Return what a terminal shows of a command, blanks as one."""

    def shown(office: Office, *arguments: str) -> str:
        window = Window()
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", window)
            assert main(["--db", str(office.path), "--color", "never", *arguments]) == 0
        return " ".join(window.getvalue().split())

    return shown


def refused(office: Office, *arguments: object, actor: str = "rina") -> str | None:
    """Return the code with which a command is refused, after which nothing has changed."""
    before = office.path.read_bytes()
    ran = office(*arguments, actor=actor)
    assert ran.code != 0
    assert office.path.read_bytes() == before, "a refused command changed the file"
    return ran.error


def document(office: Office, claim: str, *more: object, actor: str = "rina") -> Any:
    return office.ok("claim", "document", claim, *more, actor=actor)


def papers(office: Office, claim: str = ONE) -> dict[str, tuple[Any, ...]]:
    """Return by name who holds a paper, who recorded it, and the first signs of its fingerprint."""
    listed = office.ok("claim", "document", claim)["papers"]
    return {one["name"]: (one["held_by"], one["recorded_by"], (one["sha256"] or "-")[:4]) for one in listed}


def heir(office: Office, name: str, relation: str, *more: str) -> None:
    """Put somebody of P-000001's family on record."""
    office.ok("claim", "heir", "add", ONE, name, "--relation", relation, *more)


def test_the_list_says_what_would_be_asked_for_while_the_family_is_unknown(
    city: Office, seen: Callable[..., str]
) -> None:
    listed = document(city, ONE)
    assert {one["why"] for one in listed["depends"]} >= {"spouse", "several-heirs", "minor", "will", "court"}
    assert {"any_of": ["akta-kematian", "surat-kematian"], "why": None} in listed["asked"]
    said = seen(city, "claim", "document", ONE)
    assert "Formulir 4" in said
    assert "buku nikah" in said
    assert "suami atau istri menjadi ahli waris" in said
    english = seen(city, "--lang", "en", "claim", "document", ONE)
    assert "marriage book" in english
    assert "the spouse is an heir" in english


def test_the_papers_follow_the_family_on_record(city: Office) -> None:
    heir(city, "SITI", "spouse")
    heir(city, "ADI", "child", "--born", "2015-02-02")
    heir(city, "BUDI", "child", "--born", "1999-02-02")
    heir(city, "SALMA", "parent")
    listed = document(city, ONE)
    assert {"buku-nikah", "surat-kuasa"} <= set(listed["missing"])
    assert [one["why"] for one in listed["asked"] if one["why"]] == ["spouse", "several-heirs"]
    assert [one["why"] for one in listed["depends"]] == ["minor"]
    heir(
        city, "CICI", "child", "--born", "2014-02-02", "--guardian", "PAMAN", "--guardian-basis", "PA 12/2025"
    )
    listed = document(city, ONE)
    assert "penetapan-wali" in listed["missing"]
    assert listed["depends"] == []
    other = document(city, TWO)["missing"]
    assert not {"buku-nikah", "surat-kuasa", "penetapan-wali"} & set(other), "another family"


def test_the_papers_follow_what_happened(city: Office) -> None:
    assert "keterangan-saksi" in document(city, TWO)["missing"]
    city.ok("claim", "set", TWO, "--lost-at-sea", "--expense", "transport_sea=1.000.000", *WHY)
    missing = set(document(city, TWO)["missing"])
    assert {"surat-basarnas", "penetapan-kematian", "kuitansi", "npwp"} <= missing
    assert not {"formulir-kk3", "keterangan-saksi"} & missing


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("formulir-4", "formulir-4"),
        ("Formulir 4", "formulir-4"),
        ("Form 4 (JKM claim)", "formulir-4"),
        ("BUKU NIKAH", "buku-nikah"),
        ("marriage book", "buku-nikah"),
        ("KK", "kartu-keluarga"),
        ("penetapan wali oleh pengadilan", "penetapan-wali"),
    ],
)
def test_a_paper_can_be_typed_as_it_is_shown(city: Office, said: str, name: str) -> None:
    assert document(city, ONE, said)["documents"]["have"] == [name]


def test_a_word_of_several_papers_and_a_paper_of_another_claim_are_refused(city: Office) -> None:
    ran = city("claim", "document", ONE, "KTP")
    assert (ran.code, "KTP ahli waris" in ran.err) == (2, True)
    assert refused(city, "claim", "document", ONE, "laporan polisi") == "E417"
    assert refused(city, "claim", "document", ONE, "laporan polisi", "--all") == "E417"
    assert "Formulir 4 (klaim JKM); " in city("claim", "document", ONE, "laporan polisi").err


def test_a_paper_in_place_of_another_settles_the_line(city: Office) -> None:
    document(city, ONE, "surat kematian")
    listed = document(city, ONE)
    assert "akta-kematian" not in listed["missing"]
    assert all("akta-kematian" not in one["any_of"] for one in listed["asked"])


def test_who_holds_a_paper_is_recorded_and_changes_nothing_else(
    city: Office, seen: Callable[..., str]
) -> None:
    document(city, ONE, "buku-nikah", "--held", "keluarga")
    document(city, ONE, "rekening")
    assert papers(city) == {"buku-nikah": ("family", "rina", "-"), "rekening": ("office", "rina", "-")}
    document(city, ONE, "--held", "bpjs", actor="budi")
    assert papers(city) == {"buku-nikah": ("bpjs", "rina", "-"), "rekening": ("bpjs", "rina", "-")}
    document(city, ONE, "rekening", actor="budi")
    assert papers(city)["rekening"] == ("bpjs", "rina", "-")
    history = [entry["action"] for entry in city.ok("claim", "show", ONE)["history"]]
    assert history == ["claim.add", "claim.document", "claim.document", "claim.held", "claim.document"]
    assert "sudah masuk BPJS" in seen(city, "claim", "show", ONE)
    city.ok("claim", "reject", ONE, "--reason", "bukan peserta", actor="budi")
    document(city, ONE, "--held", "family")
    assert papers(city)["buku-nikah"][0] == "family", "papers go back to the family of a rejected claim"


def test_nothing_changes_hands_where_nothing_is_in(city: Office) -> None:
    assert refused(city, "claim", "document", ONE, "--held", "family") == "E452"
    assert refused(city, "claim", "document", ONE, "--held", "nobody") == "E002"


def test_a_second_scan_replaces_the_first_with_a_reason_and_both_fingerprints_stay(
    city: Office, scan: Callable[..., Path]
) -> None:
    document(city, ONE, "akta-kematian", actor="sari")
    first, second = scan(), scan("akta 6474010101700001.pdf", b"%PDF two")
    document(city, ONE, "akta-kematian", "--file", first)
    assert papers(city)["akta-kematian"][:2] == ("office", "rina")
    document(city, ONE, "akta-kematian", "--file", first, actor="sari")
    assert papers(city)["akta-kematian"][:2] == ("office", "rina")
    assert refused(city, "claim", "document", ONE, "akta-kematian", "--file", second) == "E450"
    put = ("claim", "document", ONE, "akta-kematian", "--replace")
    assert refused(city, *put, "--file", first, *WHY) == "E454"
    assert refused(city, *put, "--file", second) == "E002"
    assert refused(city, *put, *WHY) == "E002"
    assert refused(city, "claim", "document", ONE, "rekening", "--replace", "--file", second, *WHY) == "E452"
    city.ok(*put, "--file", second, "--held", "bpjs", *WHY)
    listed = document(city, ONE)
    [now], [then] = listed["papers"], listed["past"]
    assert now["sha256"] != then["sha256"]
    assert (now["held_by"], then["replaced"], then["reason"]) == ("bpjs", True, "salah orang")
    assert "6474010101700001" not in json.dumps(listed)
    kept = city.rows(
        "SELECT sha256, reason FROM v_claim_document WHERE number = ? ORDER BY ended_on IS NULL", ONE
    )
    assert kept == [(then["sha256"], "salah orang"), (now["sha256"], None)]
    said = city("claim", "show", ONE).out
    assert then["sha256"][:12] in said
    assert "salah orang" in said


def test_a_paper_is_taken_back_with_a_reason_and_is_missing_again(
    city: Office, seen: Callable[..., str]
) -> None:
    document(city, ONE, "rekening", "akta-kematian")
    back = ("claim", "document", ONE, "rekening", "--take-back")
    assert refused(city, *back) == "E002"
    assert refused(city, *back, *WHY, "--held", "bpjs") == "E002"
    assert refused(city, *back, *WHY, "--all") == "E002"
    assert refused(city, *back, *WHY, "--replace") == "E002"
    assert refused(city, "claim", "document", ONE, "--take-back", *WHY) == "E002"
    assert refused(city, "claim", "document", ONE, "rekening", *WHY) == "E002"
    assert refused(city, *back, "buku-nikah", *WHY) == "E452"
    shown = city.ok(*back, *WHY)
    assert shown["documents"]["have"] == ["akta-kematian"]
    assert "rekening" in shown["documents"]["missing"]
    assert [one["replaced"] for one in shown["documents"]["past"]] == [False]
    assert "ditarik kembali" in seen(city, "claim", "document", ONE)


def test_a_verified_claim_takes_papers_in_and_gives_none_away(
    city: Office, scan: Callable[..., Path]
) -> None:
    document(city, ONE, "--all")
    city.ok("verify", ONE, actor="budi")
    document(city, ONE, "surat-kuasa", actor="budi")
    document(city, ONE, "rekening", "--file", scan())
    more = scan("b.pdf", b"%PDF two")
    assert refused(city, "claim", "document", ONE, "rekening", "--take-back", *WHY) == "E453"
    assert refused(city, "claim", "document", ONE, "rekening", "--replace", "--file", more, *WHY) == "E453"
    city.ok(
        "pay", ONE, "--proof", "B-1", "--date", "2025-06-02", "--payee-reason", "daftar BPJS", actor="sari"
    )
    document(city, ONE, "kuitansi")
    assert refused(city, "claim", "document", ONE, "rekening", "--take-back", *WHY) == "E453"
    assert {"surat-kuasa", "kuitansi"} <= set(document(city, ONE)["have"])


def test_nothing_comes_in_or_goes_where_a_claim_is_decided(city: Office) -> None:
    document(city, ONE, "rekening")
    city.ok("claim", "withdraw", ONE, *WHY)
    assert refused(city, "claim", "document", ONE, "buku-nikah") == "E409"
    assert refused(city, "claim", "document", ONE, "rekening", "--take-back", *WHY) == "E409"


def test_who_recorded_a_paper_does_not_verify_the_claim(city: Office) -> None:
    document(city, ONE, "--all", actor="sari")
    document(city, ONE, "buku-nikah", actor="Budi ")
    before = city.path.read_bytes()
    ran = city("verify", ONE, actor="budi")
    assert ran.error == "E451"
    assert "buku nikah" in ran.err
    assert city.path.read_bytes() == before
    assert refused(city, "verify", ONE, "--override", "x", actor="budi") == "E451"
    document(city, ONE, "buku-nikah", "--take-back", *WHY)
    city.ok("verify", ONE, actor="budi")
    city.ok("db", "setting", "four_eyes", "off", "--reason", "satu orang")
    document(city, TWO, "--all")
    city.ok("verify", TWO)


def test_a_claim_that_is_sent_back_or_opened_again_keeps_its_papers_and_who_recorded_them(
    city: Office, scan: Callable[..., Path]
) -> None:
    document(city, ONE, "--all", actor="sari")
    document(city, ONE, "buku-nikah", "--file", scan(), "--held", "family", actor="sari")
    had = papers(city)
    city.ok("verify", ONE, actor="budi")
    city.ok("claim", "return", ONE, *WHY)
    assert papers(city) == had
    city.ok("claim", "reject", ONE, *WHY, actor="budi")
    again = city.ok("claim", "reopen", ONE, *WHY)
    assert papers(city, again["number"]) == had == papers(city)
    assert again["documents"]["missing"] == []
    assert refused(city, "verify", again["number"], actor="sari") == "E451"
    city.ok("verify", again["number"], actor="budi")


def test_copies_are_kept_by_fingerprint_for_the_owner_alone(city: Office, scan: Callable[..., Path]) -> None:
    file = scan()
    assert document(city, ONE, "rekening", "--file", file)["copy"] is None
    folder = city.path.with_name("kota.papers")
    assert not folder.exists()
    city.ok("db", "setting", "keep_copies", "ya", "--reason", "permintaan inspektorat")
    shown = document(city, ONE, "buku-nikah", "--file", file)
    document(city, ONE, "akta-kematian", "--file", file)
    fingerprint = next(one["sha256"] for one in shown["documents"]["papers"] if one["sha256"])
    [copy] = folder.iterdir()
    assert (copy.name, str(copy)) == (f"{fingerprint}.pdf", shown["copy"])
    assert copy.read_bytes() == file.read_bytes()
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    document(city, ONE, "akta-kematian", "--take-back", *WHY)
    assert copy.exists()
    other = scan("lain.pdf", b"%PDF other")
    assert refused(city, "claim", "document", ONE, "buku-nikah", "--file", other) == "E450"
    assert [*folder.iterdir()] == [copy], "what is refused leaves no copy"
    said = city("claim", "document", ONE, "surat-ahli-waris", "--file", other).out
    assert "Salinan disimpan" in said
    assert len([*folder.iterdir()]) == 2


def test_the_same_scan_with_another_family_is_pointed_out(city: Office, scan: Callable[..., Path]) -> None:
    file = scan()
    assert document(city, ONE, "rekening", "--file", file)["same_scan"] == []
    assert document(city, ONE, "buku-nikah", "--file", file)["same_scan"] == []
    shown = document(city, TWO, "kronologi", "--file", file)
    assert shown["same_scan"] == [
        {"claim": ONE, "document": "buku-nikah"}, {"claim": ONE, "document": "rekening"},
    ]  # fmt: skip
    said = city("claim", "document", TWO, "kronologi", "--file", file).out
    assert "Periksa: pindaian yang sama ada pada K-2025-0001 (buku nikah)" in said


def test_what_is_no_scan_is_refused(city: Office, scan: Callable[..., Path], tmp_path: Path) -> None:
    put = ("claim", "document", ONE, "rekening", "--file")
    assert refused(city, *put, tmp_path / "none.pdf") == "E201"
    assert refused(city, *put, tmp_path) == "E201"
    assert refused(city, *put, tmp_path / ("x" * 300)) == "E201"
    large = scan("besar.pdf")
    with large.open("r+b") as stream:
        stream.truncate(100 * 1024**2 + 1)
    assert refused(city, *put, large) == "E455"


def test_the_audit_tells_every_paper(city: Office, scan: Callable[..., Path]) -> None:
    document(city, ONE, "rekening", "--file", scan())
    document(city, ONE, "rekening", "--replace", "--file", scan("b.pdf", b"two"), *WHY)
    document(city, ONE, "rekening", "--take-back", *WHY)
    rows = city.rows(
        "SELECT action, before, after, reason FROM audit WHERE subject = ? ORDER BY seq",
        ONE,
    )
    told = [(action, json.loads(before), json.loads(after), why) for action, before, after, why in rows]
    assert [(action, why) for action, _, _, why in told] == [
        ("claim.document", ""), ("claim.replace", "salah orang"), ("claim.take-back", "salah orang"),
    ]  # fmt: skip
    came, replaced, gone = told
    assert came[2]["papers"]["rekening"]["held_by"] == "office"
    assert came[2]["papers"] == replaced[1]["papers"]
    assert replaced[2]["papers"] == gone[1]["papers"]
    assert came[2]["papers"]["rekening"]["sha256"] != gone[1]["papers"]["rekening"]["sha256"]


def test_a_paper_that_was_there_cannot_be_changed_afterwards(city: Office) -> None:
    document(city, ONE, "rekening")
    document(city, ONE, "rekening", "--take-back", *WHY)
    for change in ("DELETE FROM claim_document_past", "UPDATE claim_document_past SET reason = 'x'"):
        with pytest.raises(Exception, match="stays on record"), city.database.writing() as connection:
            connection.execute(change)


def test_a_paper_only_the_city_asks_for_is_called_by_its_name(city: Office, seen: Callable[..., str]) -> None:
    city.path.with_name("provisions.toml").write_text(
        '["documents.jkm.optional"]\n[["documents.jkm.optional".values]]\nfrom = 2015-07-01\n'
        'value = ["surat-dari-rt"]\ncitation = "Perwali Bontang 1/2025"\nconfidence = "read"\n'
    )
    assert document(city, ONE, "Surat dari RT")["documents"]["have"] == ["surat-dari-rt"]
    assert "surat dari rt" in seen(city, "claim", "document", ONE)


def test_a_scan_is_given_back_if_it_is_the_one_on_record(city: Office, scan: Callable[..., Path]) -> None:
    there, file = city.path.with_name("keluar.pdf"), scan()
    out = ("claim", "document", ONE, "rekening", "-o", there)
    assert refused(city, *out) == "E452"
    document(city, ONE, "rekening")
    assert refused(city, *out) == "E459"
    document(city, ONE, "rekening", "--file", file)
    assert refused(city, *out) == "E459"
    city.ok("db", "setting", "keep_copies", "ya", "--reason", "inspektorat")
    document(city, ONE, "buku-nikah", "--file", file)
    given = city.ok(*out)
    assert (given["document"], given["scan"], given["file"]) == ("rekening", "Akta.PDF", "keluar.pdf")
    assert there.read_bytes() == file.read_bytes()
    assert stat.S_IMODE(there.stat().st_mode) == 0o600
    action, after = city.rows("SELECT action, after FROM audit ORDER BY seq DESC LIMIT 1")[0]
    assert (action, json.loads(after)["sha256"]) == ("claim.scan", given["sha256"])
    assert refused(city, *out) == "E502"
    [copy] = city.path.with_name("kota.papers").iterdir()
    copy.write_bytes(b"%PDF changed")
    assert refused(city, *out, "--force") == "E460"
    assert there.read_bytes() == file.read_bytes()
    copy.unlink()
    copy.mkdir()
    assert refused(city, *out, "--force") == "E459"
    for wrong in (("--force",), ("-o", there, "--all"), ("-o", there), ("rekening", "-o", there, *WHY)):
        assert refused(city, "claim", "document", ONE, *wrong) == "E002"
