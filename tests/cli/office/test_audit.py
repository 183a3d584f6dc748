"""`jcli audit log` as it is shown."""

import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from jamsostek_cli.cli.office import trail_rows, trail_words
from jamsostek_cli.messages import LANGUAGES, catalogue
from jamsostek_cli.store.file.trail import journal
from jamsostek_cli.store.file.trail.entries import Entry
from jamsostek_cli.store.file.trail.rows import TrailRow
from tests.conftest import Office, person
from tests.store.file.trail.test_proof import intrude
from tests.support.clerk import Clerk


def test_a_number_that_somebody_typed_into_a_reason_is_masked(covered: Office) -> None:
    covered.ok("iuran", "void", "SP2D-1", "--reason", "salah orang: 6474015203907002")
    [last] = covered.ok("audit", "log", "--limit", 1)
    assert last["reason"] == "salah orang: 6474••••••••7002"
    assert covered.one("SELECT reason FROM v_audit ORDER BY seq DESC") == "salah orang: 6474015203907002"


def numbers(office: Office, *arguments: object) -> list[int]:
    return [one["seq"] for one in office.ok("audit", "log", *arguments)]


def actions(office: Office, *arguments: object) -> list[str]:
    return [one["action"] for one in office.ok("audit", "log", *arguments)]


def test_acts_are_found_by_day_officer_and_kind_in_words_or_codes(year: Office) -> None:
    everything = numbers(year, "--limit", 99)
    assert everything == sorted(everything, reverse=True)
    assert numbers(year, "--since", "2000-01-01", "--until", "2000-12-31") == []
    assert len(numbers(year, "--since", "2000-01-01", "--until", "2190-12-31")) == len(everything)
    assert actions(year, "--actor", "BUDI") == ["claim.verify"]
    assert set(actions(year, "--action", "iuran.pay", "--action", "dibayar")) == {"iuran.pay", "claim.pay"}
    assert set(actions(year, "--action", "iuran")) == {"iuran.pay", "iuran.bill"}
    assert numbers(year, "--subject", "SP2D-2") == numbers(year, "--action", "iuran.pay")[1:2]
    assert "iuran.pay" in actions(year, "--subject", "Februari 2025")
    assert len(numbers(year, "--limit", 2)) == 2
    book = year.path.with_name("jejak.xlsx")
    year.ok("audit", "log", "--actor", "budi", "-o", book)
    rows = [*openpyxl.load_workbook(book)["Jejak audit"].iter_rows(values_only=True)]
    assert rows[3][5:7] == ("K-2025-0001 K-2025-0002", rows[3][6])
    assert "Berkas kurang, tetap diverifikasi karena: berkas menyusul" in str(rows[3][6])
    assert "2 tindakan ditampilkan" in year("audit", "log", "--limit", 2).err
    assert year("audit", "log", "--until", "2000-12-31").out.startswith("Tidak ada tindakan seperti itu.")


def test_all_acts_on_a_person_are_found_through_the_rows_they_left(year: Office) -> None:
    """The roster, the bills and the list name nobody; the journal knows whose rows they left."""
    first = actions(year, "--subject", "p-000001")
    assert {"roster.import", "enrolment.add", "iuran.pay", "worker.death", "claim.add", "claim.pay"} <= set(
        first
    )
    assert actions(year, "--subject", "6474 0105 0370 7000") == first
    assert set(actions(year, "--subject", "P-000009")) == {"roster.import"}
    assert actions(year, "--subject", "P-009999") == []
    assert set(actions(year, "--subject", "K-2025-0002")) == {
        "claim.add", "claim.verify", "claim.pay", "claim.void",
    }  # fmt: skip
    assert "roster.import" in actions(year, "--subject", "B-2025-001")


@pytest.mark.parametrize(
    ("code", "near", "arguments"),
    [
        ("E570", "rina", ("log", "--actor", "rini")),
        ("E571", "iuran dibayar", ("log", "--action", "iuran dibayarr")),
        ("E572", "audit log", ("show", 999)),
    ],
)
def test_a_name_that_nobody_has_is_answered_with_the_nearest(
    year: Office, code: str, near: str, arguments: tuple[object, ...]
) -> None:
    ran = year("audit", *arguments)
    assert ran.error == code
    assert near in ran.err


def test_an_act_tells_what_changed_and_what_it_did_to_every_row(year: Office) -> None:
    [void, *_] = year.ok("audit", "log", "--action", "claim.void")
    told = year.ok("audit", "show", void["seq"])
    assert told["reason"] == "salah rekening"
    assert {(one["table"], one["happened"]) for one in told["rows"]} == {
        ("claim", "changed"), ("payment", "changed"), ("payment", "came"),
    }  # fmt: skip
    state = {"table": "claim", "key": "2", "happened": "changed", "field": "Status"}
    assert {**state, "old": "dibayar", "new_value": "terverifikasi"} in told["rows"]
    [paid] = [
        one for one in year.ok("audit", "log", "--action", "claim.pay") if one["subject"] == "K-2025-0001"
    ]
    assert {"field": "Jumlah · K-2025-0001", "before": None, "after": "Rp4.000.000"} in paid["changes"]
    first = year.ok("audit", "show", 2, "--rows", 3)
    assert all(one["new_value"] is None or "PETRUS" not in one["new_value"] for one in first["rows"])
    assert "--rows" in year("audit", "show", 2, "--rows", 3).err
    year.ok("audit", "pack", "--year", 2025, "-o", year.path.with_name("p.zip"))
    assert "tidak mengubah tabel apa pun" in year("audit", "show", void["seq"] + 1).out


def test_an_import_is_told_in_words_and_counts_and_to_programs_whole(
    office: Office, roster: Callable[..., Path]
) -> None:
    office("import", roster([person(1), ("12", *person(2)[1:])]))
    seq = office.one("SELECT max(seq) FROM audit WHERE action = 'roster.import'")
    said = office("audit", "show", seq).out
    lines = [line.split("\t") for line in said.splitlines() if line.startswith(("roster_row", "batch_sheet"))]
    facts = {(line[1], line[3]): line[5] for line in lines if len(line) > 2}
    assert facts["1,0", "Nama"] == "Sheet"
    assert facts["1,0", "Kolom"] == "6 isian"
    assert facts["1,0,2", "Nomor pekerja dalam berkas"] == "P-000001"
    assert facts["1,0,3", "Isi asli baris"] == "6 isian"
    assert "NIK" in facts["1,0,3", "Temuan"]
    assert ("1,0,2", "Temuan") not in facts
    assert not any("[" in new or "{" in new for new in facts.values())
    whole = office.ok("audit", "show", seq)["rows"]
    assert "[]" in [one["new_value"] for one in whole if one["key"] == "1,0,2"]
    assert any(one["field"] == "Nomor batch dalam berkas" for one in whole if one["table"] == "roster_row")
    broken = TrailRow("agency", "1", {"id": 1, "name": "[lama"}, None)
    assert [str(one) for one in trail_rows.row_changes(broken, whole=False)] == ["Nama, semula: [lama"]


def test_every_table_column_and_fact_of_the_trail_has_a_name_people_know(year: Office) -> None:
    with year.database.reading() as connection:
        watched = journal.watched(connection)
        texts = connection.execute("SELECT before FROM audit UNION ALL SELECT after FROM audit").fetchall()
    names = {column for table in watched for column in table.columns}
    for (text,) in texts:
        names |= {name for name in json.loads(text) if name.islower() and "-" not in name}
    for language in LANGUAGES:
        known = catalogue(language)
        assert {table.name for table in watched if f"kept.{table.name}" not in known} == set()
        assert {n for n in names if f"fact.{n}" not in known and f"col.{n}" not in known} == set()
    assert trail_words.table_name("of_tomorrow") == "of_tomorrow"


def test_an_inspector_reads_acts_at_a_terminal_one_under_the_other(
    year: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = Clerk(tmp_path, monkeypatch)
    clerk(
        f"--db {year.path} audit log --action pembayaran",
        "tini: pembayaran dibatalkan · K-2025-0002",
        "Status, semula: dibayar",
        "alasan: salah rekening",
        "dengan perintah jcli claim void --today 2025-08-04, dari",
    )
    clerk(f"--db {year.path} audit log --until 2000-12-31", "Tidak ada tindakan seperti itu.")
    clerk(f"--db {year.path} audit show 2 --rows 1", "roster diimpor", "Pekerja", "datang")


def test_rows_that_an_act_took_away_are_shown_as_they_were(year: Office, roster: Callable[..., Path]) -> None:
    year.ok("import", roster([person(77)], "lagi.xlsx"))
    number = year.one("SELECT number FROM v_worker ORDER BY id DESC")
    batch = year.one("SELECT batch FROM v_worker ORDER BY id DESC")
    year.ok("batch", "undo", batch)
    [undone, brought] = year.ok("audit", "log", "--subject", number)
    assert (undone["action"], brought["action"]) == ("batch.undo", "roster.import")
    rows = year.ok("audit", "show", undone["seq"])["rows"]
    gone = [one for one in rows if (one["table"], one["happened"]) == ("worker", "went")]
    assert {("Nama", "P•••"), ("Pekerjaan", "NELAYAN")} <= {(one["field"], one["old"]) for one in gone}
    assert {one["new_value"] for one in gone} == {None}


def test_a_part_of_the_journal_that_cannot_be_read_hides_nothing_else(year: Office) -> None:
    intrude(year, "UPDATE audit_change SET kept = x'00' WHERE seq = 2")
    assert year.ok("audit", "show", 2)["rows"] == []
    assert year.ok("audit", "show", 3)["rows"]
    assert "worker.death" in actions(year, "--subject", "P-000001")


def test_an_act_of_many_parts_is_told_part_by_part() -> None:
    parts = json.dumps({"visits": [{"said": "x", "next_on": "2025-08-01"}], "paid": True})
    told = trail_words.changes(Entry(1, "", "", "", "claim.visits", "", "", None, "{}", parts))
    assert [str(one) for one in told] == [
        "Kunjungan: Pembicaraan x•••; Ditindak lagi pada 1 Agustus 2025", "Dibayar: ya",
    ]  # fmt: skip
