"""BPJS's list of claims: what families filed, what is paid, what is refused, and no payment twice."""

import datetime
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Office, Ran, person
from tests.support.workbooks import xlsx

HEAD = (
    "NO",
    "NIK",
    "NAMA PESERTA",
    "PROGRAM",
    "TGL MENINGGAL",
    "TGL PENGAJUAN",
    "NO TANDA TERIMA",
    "STATUS KLAIM",
    "TGL BAYAR",
    "JUMLAH DIBAYAR",
    "NO BUKTI",
    "KETERANGAN",
)
JKM = ("--kind", "jkm", "--date", "2025-05-10", "--reported", "2025-05-19")
DIED = datetime.date(2025, 5, 10)
Row = Sequence[object]
NAMES = ("BASRI", "DARWIS", "FAISAL", "HAMZAH", "IRWAN", "KASIM", "LUKMAN", "PETRUS", "SLAMET", "YUSUF")


def nik(number: int) -> str:
    return str(person(number, born=f"19{70 + number}-03-0{1 + number % 9}")[0])


def row(number: int, status: str = "DIBAYAR", **told: object) -> Row:
    """Return a row about the person of that number, who died and was paid, unless told otherwise."""
    paid = status == "DIBAYAR"
    facts = {
        "nik": nik(number),
        "name": f"{NAMES[number]} AAA",
        "kind": "JKM",
        "event": DIED,
        "filed": datetime.date(2025, 5, 20),
        "receipt": f"TT-{number}",
        "status": status,
        "paid": datetime.date(2025, 6, 2) if paid else "",
        "amount": 42_000_000 if paid else "",
        "proof": f"BPJS-{number}" if paid else "",
        "note": "",
        **told,
    }
    return (number + 1, *facts.values())


Listing = Callable[..., Path]


@pytest.fixture
def listing(tmp_path: Path) -> Listing:
    """Write BPJS's list under its title."""

    def write(
        *rows: Row, head: Row = HEAD, name: str = "klaim.xlsx", title: str = "BPJS CABANG BONTANG"
    ) -> Path:
        return xlsx(tmp_path / name, {"Klaim": [[title], head, *rows]})

    return write


def dump(office: Office) -> list[str]:
    with office.database.reading() as connection:
        return list(connection.iterdump())


def states(office: Office) -> list[tuple[Any, ...]]:
    return office.rows(
        "SELECT number, state, amount, filed_by, receipt, submitted_on FROM v_claim ORDER BY number"
    )


def payments(office: Office) -> list[tuple[Any, ...]]:
    return office.rows(
        "SELECT number, sum(amount), paid_on, payer, proof FROM v_payment WHERE voided = 0"
        " GROUP BY number, proof"
    )


def read(office: Office, path: Path, *options: object, actor: str = "sari") -> Ran:
    return office("bpjs", "claims", path, *options, "--json", actor=actor)


def replies(ran: Ran) -> dict[str, int]:
    return {reply: rows for reply, rows in ran.data["replies"].items() if rows}


def test_what_families_filed_themselves_is_opened_and_paid_and_twice_the_same_list_changes_nothing(
    covered: Office, listing: Listing
) -> None:
    path = listing(
        row(0),
        row(1, "PROSES VERIFIKASI"),
        row(2, "DITOLAK", note="Peserta tidak aktif"),
        row(3, amount="Rp 42.000.000,-", kind="Jaminan Kematian"),
        ("", "", "JUMLAH", "", "", "", "", "", "", 84_000_000, "", ""),
        ("", "", "Bontang, 4 Juni 2025"),
        ("", "", "Kepala Cabang"),
    )
    before = dump(covered)
    tried = read(covered, path, "--dry-run")
    assert dump(covered) == before
    ran = read(covered, path)
    assert ran.code == 0, ran.err
    assert tried.data == {**ran.data, "dry_run": True}
    assert replies(ran) == {"paid": 2, "refused": 1, "opened": 1}
    assert (ran.data["opened"], ran.data["paid"], ran.data["rows"]) == (4, 84_000_000, 4)
    assert states(covered) == [
        ("K-2025-0001", "paid", 42_000_000, "family", "TT-0", "2025-05-20"),
        ("K-2025-0002", "submitted", 42_000_000, "family", "TT-1", "2025-05-20"),
        ("K-2025-0003", "rejected", 42_000_000, "family", "TT-2", "2025-05-20"),
        ("K-2025-0004", "paid", 42_000_000, "family", "TT-3", "2025-05-20"),
    ]
    assert payments(covered) == [
        ("K-2025-0001", 42_000_000, "2025-06-02", "bpjs", "BPJS-0"),
        ("K-2025-0004", 42_000_000, "2025-06-02", "bpjs", "BPJS-3"),
    ]
    paid = covered.ok("claim", "show", "K-2025-0001")
    assert (paid["verified_by"], paid["paid_by"], paid["created_by"]) == ("BPJS", "sari", "sari")
    assert covered.ok("worker", "show", "P-000001")["died_on"] == "2025-05-10"
    [step] = covered.ok("claim", "show", "K-2025-0003")["history"]
    assert (step["action"], step["reason"]) == ("bpjs.claims", "Peserta tidak aktif")
    assert covered.one("SELECT count(*) FROM v_audit WHERE action = 'bpjs.claims'") == 1
    after = dump(covered)
    again = read(covered, path)
    assert (again.code, replies(again)) == (0, {"known": 4})
    assert dump(covered) == after
    assert "tidak ada yang baru" in covered("bpjs", "claims", path).out
