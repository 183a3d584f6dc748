"""The family of a claim: contact, payee, visits and the case sheet."""

import json

import pytest

from tests.conftest import Office

CLAIM = "K-2025-0001"
JKM = ("--kind", "jkm", "--date", "2025-05-10", "--reported", "2025-05-19")
SITI = ("claim", "heir", "add", CLAIM, "SITI", "--relation", "istri")
CHILD = ("claim", "heir", "add", CLAIM, "ANAK", "--relation", "anak", "--born", "2012-01-02")


@pytest.fixture
def family(covered: Office) -> Office:
    """An office with a death claim of the first worker, who died on 10 May 2025."""
    covered.ok("claim", "add", "P-000001", *JKM)
    return covered


def refusal(office: Office, *arguments: object) -> str | None:
    before = office.path.read_bytes()
    ran = office(*arguments)
    assert ran.code != 0
    assert office.path.read_bytes() == before, "a refused command changed the file"
    return ran.error


def told(office: Office, action: str) -> dict[str, object]:
    rows = office.rows("SELECT after FROM audit WHERE action = ? ORDER BY seq DESC", action)
    return dict(json.loads(rows[0][0]))


def test_the_sheet_holds_what_is_known_of_a_family(family: Office) -> None:
    family.ok(*SITI, "--phone", "081234567890")
    family.ok("claim", "document", CLAIM, "akta kematian")
    family.ok("claim", "contact", CLAIM, "SITI", "--phone", "0812 3456 7890")
    family.ok("claim", "payee", CLAIM, 1, "--bank", "BRI", "--account", "0021-01-012345-50-1")
    family.ok("claim", "visit", CLAIM, "rekening menyusul", "--person", "SITI", "--next", "2025-08-11")
    sheet = family.ok("claim", "family", CLAIM)
    assert (sheet["contact"], sheet["contact_phone"]) == ("SITI", "•••7890")
    assert (sheet["payee"], sheet["capacity"], sheet["bank"]) == ("SITI", "heir", "BRI")
    assert (sheet["account"], sheet["next_on"], sheet["shared"]) == ("•••5501", "2025-08-11", [])
    papers = {one["document"]: one["held_by"] for one in sheet["papers"]}
    assert (papers["akta-kematian"], papers["rekening"]) == ("office", "missing")
    assert [(one["visited_on"], one["said"]) for one in sheet["visits"]] == [
        ("2025-08-04", "rekening menyusul")
    ]
    assert family.rows("SELECT contact_phone, account, payee_heir FROM v_claim_family") == [
        ("+6281234567890", "002101012345501", 1)
    ]
    kept = [told(family, action) for action in ("claim.contact", "claim.payee", "claim.visit")]
    assert "1234567890" not in str(kept)
    assert "002101012345501" not in str(kept)
    assert (kept[1]["payee"], kept[1]["capacity"], kept[1]["account"]) == ("SITI", "heir", "•••5501")
    done = [entry["action"] for entry in family.ok("claim", "show", CLAIM)["history"]]
    assert done[-3:] == ["claim.contact", "claim.payee", "claim.visit"]


def test_an_empty_sheet_says_what_to_do(family: Office) -> None:
    ran = family("claim", "family", CLAIM)
    assert (ran.code, "claim heir add" in ran.err) == (0, True)
    assert family.ok("claim", "family", CLAIM)["unclaimed"] == 10_000_000


def test_the_phone_is_shown_to_the_officer_at_the_screen(
    family: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    family.ok("claim", "contact", CLAIM, "SITI", "--phone", "081234567890")
    assert "+6281234567890" not in family("claim", "family", CLAIM).out
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    shown = family("claim", "family", CLAIM).out
    assert "+6281234567890" in shown
    assert "Rekening" not in shown


def test_a_contact_keeps_the_phone_and_another_one_does_not(family: Office) -> None:
    family.ok("claim", "contact", CLAIM, "SITI", "--phone", "081234567890")
    assert family.ok("claim", "contact", CLAIM, "SITI")["contact_phone"] == "•••7890"
    assert family.ok("claim", "contact", CLAIM, "ANDI")["contact_phone"] is None
    assert refusal(family, "claim", "contact", CLAIM, "ANDI", "--phone", "kosong") == "E002"
    assert refusal(family, "claim", "contact", "K-2025-0009", "ANDI") == "E402"


def test_who_may_be_paid(family: Office) -> None:
    family.ok(*SITI)
    family.ok(*CHILD)
    family.ok("claim", "heir", "add", CLAIM, "IBU", "--relation", "ibu")
    payee = ("claim", "payee", CLAIM)
    assert refusal(family, *payee, "2") == "E474"
    assert refusal(family, *payee, "IBU") == "E471"
    assert refusal(family, *payee, "TETANGGA") == "E471"
    assert refusal(family, *payee, "Dana Jaminan Sosial") == "E471"
    assert refusal(family, *payee, "1", "--account", "12") == "E002"
    assert refusal(family, *payee, "1", "--account", "rekening BRI") == "E002"
    assert refusal(family, *payee, "1", "--account", "9" * 21) == "E002"
    for who, more, capacity in (
        ("siti", (), "heir"),
        ("IBU", ("--reason", "putusan keluarga"), "other"),
        ("2", ("--reason", "atas perintah BPJS"), "other"),
        ("PENGACARA", ("--attorney", "surat kuasa 3"), "attorney"),
        ("1", ("--attorney", "surat kuasa 3"), "heir"),
        ("TETANGGA", ("--reason", "menampung anak"), "other"),
    ):
        assert family.ok(*payee, who, *more)["capacity"] == capacity, who
    guardian = ("--guardian", "BIBI", "--guardian-basis", "penetapan")
    family.ok("claim", "heir", "set", CLAIM, 2, *guardian, "--reason", "PA")
    for who in ("2", "anak", "Bibi"):
        sheet = family.ok(*payee, who)
        assert (sheet["payee"], sheet["capacity"], sheet["account"]) == ("BIBI", "guardian", None)
    family.ok("claim", "heir", "set", CLAIM, 1, "--died", "2025-07-01", "--reason", "akta")
    assert refusal(family, *payee, "1", "--reason", "apa saja") == "E472"


def test_nobody_holds_a_power_of_attorney_where_there_is_no_heir(family: Office) -> None:
    payee = ("claim", "payee", CLAIM)
    assert refusal(family, *payee, "PENGACARA", "--attorney", "surat kuasa") == "E471"
    assert family.ok(*payee, "dana jaminan sosial")["payee"] == "Dana Jaminan Sosial"
    family.ok("claim", "heir", "add", CLAIM, "TETANGGA", "--relation", "pemakaman")
    assert family.ok(*payee, "TETANGGA")["capacity"] == "funeral"


def test_a_claim_that_is_decided_gets_no_payee(family: Office) -> None:
    family.ok(*SITI)
    family.ok("verify", CLAIM, "--override", "x", actor="budi")
    family.ok("pay", CLAIM, "--payee", "SITI", "--proof", "B-1", "--date", "2025-06-02", actor="sari")
    assert refusal(family, "claim", "payee", CLAIM, "1") == "E411"
    family.ok("claim", "add", "P-000002", *JKM)
    family.ok("claim", "reject", "K-2025-0002", "--reason", "x")
    assert refusal(family, "claim", "payee", "K-2025-0002", "X", "--reason", "y") == "E409"


def test_a_visit_says_when_the_office_looks_again(family: Office) -> None:
    visit = ("claim", "visit", CLAIM)
    assert family.ok(*visit, "akta menyusul", "--date", "2025-07-28")["next_on"] is None
    assert family.ok(*visit, "dijanjikan", "--next", "2025-08-20")["next_on"] == "2025-08-20"
    assert family.ok(*visit, "telepon", "--date", "1/8/2025")["next_on"] == "2025-08-20"
    assert "20 Agustus 2025" in family(*visit, "telepon").out
    assert "--next" in family(*visit, "berkas diambil", "--date", "2025-08-20", today="2025-08-21").out
    sheet = family.ok("claim", "family", CLAIM)
    assert [one["visited_on"] for one in sheet["visits"]] == [
        "2025-07-28", "2025-08-01", "2025-08-04", "2025-08-04", "2025-08-20",
    ]  # fmt: skip
    assert sheet["next_on"] is None
    impossible = {
        ("--date", "2025-05-09"): "sebelum kejadian",
        ("--date", "2025-08-05"): "belum tiba",
        ("--next", "2025-08-03"): "sebelum kunjungan",
    }
    for days, why in impossible.items():
        assert refusal(family, *visit, "x", *days) == "E476"
        assert why in family(*visit, "x", *days).err
    assert refusal(family, *visit, " ") == "E002"


def test_no_number_is_kept_among_the_words_of_a_visit(family: Office) -> None:
    visit = ("claim", "visit", CLAIM, "KTP 6474015203907002 menyusul", "--person", "SITI 6474015203907002")
    [kept] = family.ok(*visit)["visits"]
    assert (kept["said"], kept["person"]) == ("KTP 6474••••••••7002 menyusul", "SITI 6474••••••••7002")
    kept = family.rows("SELECT said, person FROM visit") + family.rows("SELECT after FROM audit")
    assert "6474015203907002" not in str(kept[0]) + str(kept[-1])


def test_a_claim_opened_again_keeps_the_family(family: Office) -> None:
    family.ok(*SITI)
    family.ok("claim", "contact", CLAIM, "SITI", "--phone", "081234567890")
    family.ok("claim", "payee", CLAIM, "1", "--account", "12345678")
    family.ok("claim", "visit", CLAIM, "pertama", "--next", "2025-08-11")
    family.ok("claim", "reject", CLAIM, "--reason", "berkas", actor="budi")
    family.ok("claim", "reopen", CLAIM, "--reason", "lengkap")
    sheet = family.ok("claim", "family", "K-2025-0002")
    assert (sheet["contact"], sheet["payee"], sheet["account"]) == ("SITI", "SITI", "•••5678")
    assert (sheet["next_on"], [one["said"] for one in sheet["visits"]]) == ("2025-08-11", ["pertama"])
    assert sheet["shared"] == []
    assert len(sheet["heirs"]) == 1


def test_one_account_or_phone_of_several_families_is_pointed_out(family: Office) -> None:
    for number in (2, 3, 4):
        family.ok("claim", "add", f"P-00000{number}", *JKM)
    family.ok(*SITI, "--phone", "081234567890")
    family.ok("claim", "payee", CLAIM, "1", "--account", "0021-01-012345")
    ran = family("claim", "contact", "K-2025-0002", "CALO", "--phone", "+62 812 3456 7890")
    assert "nomor telepon yang sama tercatat pada K-2025-0001" in ran.err
    family.ok("claim", "heir", "add", "K-2025-0003", "ANI", "--relation", "istri")
    ran = family("claim", "payee", "K-2025-0003", "ANI", "--account", "0021 01 012345")
    assert "nomor rekening yang sama tercatat pada K-2025-0001" in ran.err
    family.ok("claim", "contact", "K-2025-0004", "X", "--phone", "081234567890")
    assert family.ok("claim", "family", CLAIM)["shared"] == [
        {"fact": "account", "number": "K-2025-0003"},
        {"fact": "phone", "number": "K-2025-0002"},
        {"fact": "phone", "number": "K-2025-0004"},
    ]
    family.ok("claim", "withdraw", "K-2025-0004", "--reason", "x")
    assert len(family.ok("claim", "family", CLAIM)["shared"]) == 2
    family.ok("verify", CLAIM, "K-2025-0003", "--override", "x", actor="budi")
    pay = ("--proof", "B-1", "--date", "2025-06-02", "--json")
    ran = family("pay", CLAIM, "K-2025-0003", *pay, actor="sari")
    assert [one["shared"][0]["number"] for one in ran.data] == ["K-2025-0003", "K-2025-0001"]
    assert "nomor rekening yang sama" in ran.err
    family.ok("claim", "payee", "K-2025-0002", "Y", "--reason", "z", "--account", "002101012345")
    shared = family.ok("claim", "family", "K-2025-0002")["shared"]
    assert [one["number"] for one in shared if one["fact"] == "account"] == ["K-2025-0001", "K-2025-0003"]


def test_a_nik_that_was_typed_into_a_name_is_masked(family: Office) -> None:
    nik = "6474011708850017"
    family.ok("claim", "heir", "add", CLAIM, f"SITI {nik}", "--relation", "istri", "--guardian", f"B {nik}")
    said = [
        family("claim", "contact", CLAIM, f"SITI {nik}"),
        family("claim", "payee", CLAIM, "1", "--bank", nik),
    ]
    said += [family("claim", "visit", CLAIM, f"KTP {nik}", "--person", nik), family("claim", "family", CLAIM)]
    family.ok("claim", "heir", "set", CLAIM, "1", "--born", "2012-01-01", "--reason", "KTP")
    said += [family("claim", "heir", "list", CLAIM), family("claim", "family", CLAIM, "--json")]
    family.ok("verify", CLAIM, "--override", "x", actor="budi")
    pay = ("pay", CLAIM, "--payee-reason", "x", "--proof", "B-1", "--date", "2025-06-02")
    half = ("--amount", 1000, "--difference", "x")
    said += [family(*pay, "--payee", f"X {nik}", *half, actor="sari"), family("claim", "show", CLAIM)]
    assert [one.code for one in said] == [0] * len(said)
    assert [one for one in said if nik in one.out + one.err] == []
    assert sum("6474••••••••0017" in one.out for one in said) == len(said) - 1
