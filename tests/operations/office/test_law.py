"""A city's own legal values: in force everywhere, shown beside what they replace, kept in the audit trail."""

import json
from pathlib import Path

import pytest

from tests.conftest import Office

OWN = """
["iuran.bpu.jkm"]
checked_on = 2026-01-15

[["iuran.bpu.jkm".values]]
from = 2015-07-01
value = 7_000
citation = "Perwali Bontang 1/2026"
confidence = "read"

["jkm.pemakaman"]

[["jkm.pemakaman".values]]
from = 2025-01-01
value = 12_000_000
citation = "Perwali Bontang 1/2026"
confidence = "read"

["reg.max_age_exclusive"]

[["reg.max_age_exclusive".values]]
from = 2025-01-01
value = 60
citation = "Perwali Bontang 1/2026"
confidence = "read"
"""


def own(office: Office, text: str = OWN) -> Path:
    path = office.path.with_name("provisions.toml")
    path.write_text(text, encoding="utf-8")
    return path


def after(office: Office) -> dict[str, object]:
    """Return what the newest audit row says came after."""
    return dict(json.loads(office.one("SELECT after FROM audit ORDER BY seq DESC LIMIT 1")))


def test_every_command_that_prices_reckons_with_them(covered: Office) -> None:
    own(covered)
    enrolled = covered.ok("enrol", "--worker", "P-000001", "--from", "2026-10", "--months", 1,
                          "--payer", "apbd-kota", "--decree", "x", "--registered")  # fmt: skip
    assert enrolled["cost"] == 17_000
    assert "own_provisions" in after(covered)
    paid = covered.ok("iuran", "pay", "2026-10", "--proof", "S-2", "--date", "2025-08-01")
    assert paid["amount"] == 17_000
    claim = covered.ok("claim", "add", "P-000002", "--kind", "jkm", "--date", "2025-05-10",
                       "--reported", "2025-05-19")  # fmt: skip
    assert covered.rows("SELECT component, amount, citation FROM v_claim_line WHERE line = 3") == [
        ("pemakaman", 12_000_000, "Perwali Bontang 1/2026")
    ], claim
    assert covered.ok("worker", "show", "P-000001")["cover"] == "yes"
    notes = covered.ok("report", "forecast", "--payer", "apbd-kota")["notes"]
    assert "di bawah 60 tahun (Perwali Bontang 1/2026" in " ".join(notes)


def test_the_audit_trail_tells_with_which_file_it_was_reckoned(covered: Office) -> None:
    covered.ok("db", "setting", "four_eyes", "off", "--reason", "x")
    assert "own_provisions" not in after(covered)
    path = own(covered)
    covered.ok("db", "setting", "four_eyes", "on", "--reason", "x")
    first = after(covered)
    assert (len(str(first["own_provisions"])), first["four_eyes"]) == (64, "on")
    covered.ok("worker", "show", "P-000001", "--unmask", "--reason", "x")
    assert after(covered) == {"own_provisions": first["own_provisions"]}
    own(covered, OWN.replace("7_000", "7_100"))
    covered.ok("db", "setting", "four_eyes", "off", "--reason", "x")
    assert after(covered)["own_provisions"] != first["own_provisions"]
    path.unlink()
    covered.ok("audit", "verify")


def test_both_values_are_shown_and_the_citys_is_marked(office: Office) -> None:
    own(office)
    ran = office("provisions", "iuran.bpu.jkm")
    rows = office.ok("provisions", "iuran.bpu.jkm")
    assert [(row["value"], row["origin"], row["read"]) for row in rows] == [
        ("6800", "replaced", False),
        ("7000", "own", True),
    ]
    assert "Nilai daerah sendiri berlaku untuk: iuran.bpu.jkm" in ran.err
    assert "belum dibaca" not in ran.err, "what is replaced needs no reading"
    joined = office.ok("provisions", "jkm.pemakaman")
    assert [(row["since"], row["until"], row["origin"]) for row in joined] == [
        ("2015-07-01", "2019-12-02", "law"),
        ("2019-12-02", "2025-01-01", "law"),
        ("2025-01-01", None, "own"),
    ]


def test_values_nobody_has_read_are_counted_and_named(office: Office) -> None:
    everything = office.ok("provisions")
    unread = office.ok("provisions", "--unread")
    assert 0 < len(unread) < len(everything)
    assert {row["read"] for row in unread} == {False}
    said = office("provisions").err
    assert f"PERINGATAN: {len(unread)} dari {len(everything)} nilai belum dibaca" in said
    assert all(row["name"] in said for row in unread)
    memory = office("--lang", "en", "provisions", "iuran.bpu").err.splitlines()
    assert memory[1:2] == ["From memory alone (1): iuran.bpu.basis"]
    assert office("provisions", "jkk.partial_cap").err.count("\n") == 2, "nothing reported by others"
    assert office("provisions", "claim.jkm_pay_workdays").err == ""
    assert office.ok("provisions", "iuran.bpu.due")[1]["value"] == "day = 30; months_later = 1"
    assert office.ok("provisions", "iuran.bpu.jkk_pct")[0]["value"] == "0.01"
    assert "akta-kematian" in office.ok("provisions", "documents.jkm")[0]["value"]
    assert office("provisions", "check", "x.toml", "--unread").error == "E002"


def test_worked_cases_run_against_the_citys_values(office: Office, tmp_path: Path) -> None:
    case = tmp_path / "case.toml"
    case.write_text(
        '[[case]]\nname = "x"\nsource = "x"\nkind = "iuran"\nmonth = "2025-01"\nexpect = { total = 17_000 }\n'
    )
    assert office("provisions", "check", case).code == 1
    own(office)
    assert office("provisions", "check", case).code == 0


def test_the_file_may_stand_elsewhere_but_has_to_be_there(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "kota" / "own.toml"
    monkeypatch.setenv("JCLI_PROVISIONS", str(elsewhere))
    missing = office("provisions", "iuran")
    assert (missing.code, missing.error) == (78, "E367")
    office.ok("db", "setting", "four_eyes", "off", "--reason", "x")
    assert "own_provisions" not in after(office), "what does not price does not need the file"
    elsewhere.parent.mkdir()
    elsewhere.write_text(OWN, encoding="utf-8")
    assert office.ok("provisions", "iuran.bpu.jkm")[-1]["value"] == "7000"
    monkeypatch.delenv("JCLI_PROVISIONS")
    assert office.ok("provisions", "iuran.bpu.jkm")[-1]["value"] == "6800"
    config = tmp_path / "config.toml"
    config.write_text(f'provisions = "{elsewhere}"\n', encoding="utf-8")
    monkeypatch.setenv("JCLI_CONFIG", str(config))
    assert office.ok("provisions", "iuran.bpu.jkm")[-1]["value"] == "7000"


@pytest.mark.parametrize("content", [b'["iuran.bpu.jkm"]\nunit = "share"', b"\xff\xfe"])
def test_a_file_that_cannot_be_used_stops_every_reckoning(covered: Office, content: bytes) -> None:
    own(covered).write_bytes(content)
    before = covered.path.read_bytes()
    assert covered("provisions", "iuran").error == "E602"
    terms = ("--from", "2026-10", "--payer", "apbd-kota", "--decree", "x")
    assert covered("enrol", "--worker", "P-000001", *terms).error == "E602"
    assert covered.path.read_bytes() == before


def test_a_file_of_notepad_is_simply_read(covered: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    path = covered.path.with_name("milik.toml")
    path.write_text(OWN, encoding="utf-8-sig")
    config = covered.path.with_name("config.toml")
    config.write_text(f'provisions = "{path}"\n', encoding="utf-8-sig")
    monkeypatch.setenv("JCLI_CONFIG", str(config))
    assert "12000000" in covered("provisions", "jkm.pemakaman", "--json").out.replace("_", "")
    monkeypatch.delenv("JCLI_CONFIG")
    path.rename(path.with_name("provisions.toml"))
    assert "12000000" in covered("provisions", "jkm.pemakaman", "--json").out
    case = covered.path.with_name("kasus.toml")
    case.write_text("[[case]]\n", encoding="utf-8-sig")
    assert "not UTF-8" not in covered("provisions", "check", case).err
    assert "Invalid" not in covered("provisions", "check", case).err


def test_own_values_behind_a_link_that_leads_nowhere_are_missed(
    covered: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    covered.path.with_name("provisions.toml").symlink_to("usb/provisions.toml")
    assert covered("provisions", "jkm.pemakaman").error == "E367"
    covered.path.with_name("provisions.toml").unlink()
    folder = covered.path.parent / "rumah"
    (folder / "jcli").mkdir(parents=True)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder))
    monkeypatch.delenv("JCLI_CONFIG", raising=False)
    assert covered("status").code == 0
    (folder / "jcli" / "config.toml").symlink_to("usb/config.toml")
    assert covered("status").error == "E111"
