"""BPJS's list of claims: what families filed, what is paid, what is refused, and no payment twice."""

import datetime
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import BY_LIST, Office, Ran, person
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
    """Return a row about the person of that number, paid after a death of illness unless told otherwise."""
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
        return list(connection.conn.iterdump())


def states(office: Office) -> list[tuple[Any, ...]]:
    return office.rows(
        "SELECT number, state, amount, filed_by, receipt, submitted_on FROM v_claim ORDER BY number"
    )


def payments(office: Office) -> list[tuple[Any, ...]]:
    return office.rows(
        """
        SELECT number, sum(amount), paid_on, payer, proof FROM v_payment WHERE voided = 0
        GROUP BY number, proof
        """
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
    refused = covered.ok("claim", "show", "K-2025-0003")
    assert refused["rejected_for"] == "not-covered"
    assert covered.one("SELECT count(*) FROM v_audit WHERE action = 'bpjs.claims'") == 1
    after = dump(covered)
    again = read(covered, path)
    assert (again.code, replies(again)) == (0, {"known": 4})
    assert dump(covered) == after
    assert "tidak ada yang baru" in covered("bpjs", "claims", path).out


def test_a_payment_of_a_claim_that_nobody_verified_is_recorded_on_the_word_of_bpjs_and_named(
    covered: Office, listing: Listing
) -> None:
    covered.ok("claim", "add", "P-000001", *JKM)
    covered.ok("claim", "add", "P-000002", *JKM)
    covered.ok("verify", "K-2025-0002", "--override", "x", actor="budi")
    ran = read(covered, listing(row(0), row(1)), actor="rina")
    assert (ran.code, replies(ran)) == (0, {"on-word": 1, "paid": 1})
    assert covered.rows("SELECT number, state, verified_by, paid_by FROM v_claim ORDER BY number") == [
        ("K-2025-0001", "paid", "BPJS", "rina"),
        ("K-2025-0002", "paid", "budi", "rina"),
    ]
    steps = covered.ok("claim", "show", "K-2025-0001")["history"]
    assert [(step["action"], step["reason"]) for step in steps] == [
        ("claim.add", ""),
        ("bpjs.claims", "klaim.xlsx"),
    ]


def test_who_verified_a_claim_does_not_read_its_payment_in(covered: Office, listing: Listing) -> None:
    covered.ok("claim", "add", "P-000001", *JKM)
    covered.ok("verify", "K-2025-0001", "--override", "x", actor="budi")
    before = dump(covered)
    ran = read(covered, listing(row(0), row(1)), actor="budi")
    assert (ran.code, ran.error) == (1, "E413")
    assert dump(covered) == before
    part = read(covered, listing(row(0), row(1)), "--partial", actor="budi")
    assert (part.code, replies(part)) == (3, {"paid": 1, "problem": 1})
    assert [claim["reason"] for claim in part.data["claims"]] == ["E413", None]


@pytest.mark.parametrize(
    "amount", [10_000_000, *(pytest.param(n, marks=pytest.mark.long) for n in (41_999_999, 42_000_001))]
)
def test_another_amount_is_recorded_with_its_difference_and_named(
    covered: Office, listing: Listing, amount: int
) -> None:
    covered.ok("claim", "add", "P-000001", *JKM)
    covered.ok("verify", "K-2025-0001", "--override", "x", actor="budi")
    path = listing(row(0, amount=amount))
    ran = read(covered, path)
    assert (ran.code, replies(ran)) == (3, {"paid-otherwise": 1})
    [told] = ran.data["claims"]
    assert (told["amount"], told["due"], told["difference"]) == (amount, 42_000_000, amount - 42_000_000)
    short = max(42_000_000 - amount, 0)
    claim = covered.ok("claim", "show", "K-2025-0001")
    assert (claim["paid"], claim["owed"]) == (amount, short)
    assert claim["state"] == ("verified" if short else "paid")
    before = dump(covered)
    assert replies(read(covered, path)) == {"known": 1}
    assert dump(covered) == before
    if short:
        rest: dict[str, Any] = {"amount": short, "proof": "BPJS-REST", "paid": datetime.date(2025, 6, 9)}
        assert replies(read(covered, listing(row(0, amount=amount), row(0, **rest)))) == {
            "known": 1,
            "paid": 1,
        }
        assert covered.ok("claim", "show", "K-2025-0001")["state"] == "paid"
    assert "terutang" in covered("bpjs", "claims", listing(row(1, amount=1_000_000)), actor="sari").err


WRONG_ROWS: list[tuple[dict[str, object], str]] = [
    ({"nik": "6474010101907777"}, "E361"),
    ({"nik": "64740101"}, "E362"),
    ({"name": "ZAINAL DWI KURNIAWAN"}, "E363"),
    ({"amount": "42,000"}, "E364"),
    ({"amount": "42 juta"}, "E364"),
    ({"amount": ""}, "E364"),
    ({"amount": 0}, "E364"),
    ({"amount": -42_000_000}, "E364"),
    ({"paid": "segera"}, "E368"),
    ({"paid": ""}, "E368"),
    ({"paid": datetime.date(2025, 8, 5)}, "E415"),
    ({"paid": datetime.date(2025, 5, 9), "filed": ""}, "E405"),
    ({"event": datetime.date(2026, 5, 10)}, "E368"),
    ({"filed": datetime.date(2025, 5, 9)}, "E368"),
    ({"filed": datetime.date(2025, 9, 1)}, "E368"),
    ({"event": datetime.date(2023, 9, 30)}, "E406"),
    ({"event": ""}, "E371"),
    ({"kind": "JKK"}, "E369"),
    ({"kind": "JKK cacat"}, "E370"),
    ({"kind": "Beasiswa"}, "E370"),
    ({"kind": "Asuransi"}, "E380"),
    ({"status": "SUDAH?", "paid": ""}, "E375"),
    ({"status": "", "note": "dana retur", "paid": DIED, "amount": 1}, "E375"),
    ({"kind": "", "amount": 41_000_000}, "E369"),
    ({"kind": "", "status": "PROSES"}, "E369"),
    ({"kind": "", "event": ""}, "E369"),
]


@pytest.mark.parametrize(
    ("told", "code"),
    [
        pytest.param(*row, marks=[] if at % 4 == 0 else [pytest.mark.long])
        for at, row in enumerate(WRONG_ROWS)
    ],
)
def test_a_row_that_cannot_be_carried_out_has_a_code_of_its_own_and_nothing_is_written(
    covered: Office, listing: Listing, told: dict[str, Any], code: str
) -> None:
    before = dump(covered)
    path = listing(row(0, **told), row(1))
    ran = read(covered, path)
    assert (ran.code, ran.error) == (1, code) if code != "E415" else ran.error == code
    assert nik(0) not in ran.err
    assert "3" in ran.json["data"]["message"]
    assert dump(covered) == before
    part = read(covered, path, "--partial")
    assert (part.code, replies(part)) == (3, {"paid": 1, "problem": 1})
    assert part.data["claims"][0]["reason"] == code
    assert [number for number, *_ in payments(covered)] == ["K-2025-0001"]


def test_several_such_rows_are_named_together(covered: Office, listing: Listing) -> None:
    rows = [row(0), row(1, amount=""), row(2, paid="?"), row(3, "MENGAMBANG")]
    ran = read(covered, listing(*rows))
    assert (ran.code, ran.error) == (1, "E360")
    for said in ("Klaim 4 [E364]", "Klaim 5 [E368]", "Klaim 6 [E375]", "--partial"):
        assert said in ran.err


def test_another_citys_list_is_refused_whole(covered: Office, listing: Listing) -> None:
    strangers = [row(n, nik=f"647201010190777{n}") for n in range(3)]
    for options in ((), ("--partial",), ("--dry-run",)):
        assert read(covered, listing(*strangers), *options).error == "E376"


def test_a_payment_that_is_recorded_otherwise_is_never_paid_again(covered: Office, listing: Listing) -> None:
    covered.ok("claim", "add", "P-000001", *JKM)
    covered.ok("verify", "K-2025-0001", "--override", "x", actor="budi")
    covered.ok("pay", "K-2025-0001", *BY_LIST, "--proof", "BPJS-0", "--date", "2025-06-02", actor="sari")
    same = {"proof": ("", "bpjs 0", "LAIN-1")}
    for proof in same["proof"]:
        assert replies(read(covered, listing(row(0, proof=proof)))) == {"known": 1}
    for told in ({"amount": 41_000_000}, {"paid": datetime.date(2025, 6, 3)}, {"proof": "X", "amount": 1}):
        ran = read(covered, listing(row(0, **told)))
        assert (ran.code, ran.error) == (1, "E373")
    assert read(covered, listing(row(0, "DITOLAK", note="x"))).error == "E409"
    assert replies(read(covered, listing(row(0, "PROSES")))) == {"known": 1}
    assert len(payments(covered)) == 1
    covered.ok("claim", "void", "K-2025-0001", "--reason", "salah keluarga")
    assert replies(read(covered, listing(row(0)))) == {"paid": 1}
    assert len(payments(covered)) == 1


@pytest.mark.parametrize("other", [{}, {"paid": datetime.date(2025, 6, 9)}])
def test_two_payments_of_one_claim_that_cannot_both_be_true_are_neither_recorded(
    covered: Office, listing: Listing, other: dict[str, Any]
) -> None:
    path = listing(row(0), row(0, proof="LAIN", **other), row(1), row(1))
    assert read(covered, path).error == "E360"
    part = read(covered, path, "--partial")
    assert replies(part) == {"problem": 2, "paid": 1, "repeated": 1}
    assert [claim["reason"] for claim in part.data["claims"]][:2] == ["E374", "E374"]
    assert [number for number, *_ in payments(covered)] == ["K-2025-0001"]


def test_one_transfer_pays_several_families_and_a_proof_pays_once(covered: Office, listing: Listing) -> None:
    together = listing(row(0, proof="TRF-9"), row(1, proof="trf 9"))
    assert replies(read(covered, together)) == {"paid": 2}
    assert read(covered, listing(row(2, proof="TRF-9"))).error == "E412"
    ran = read(
        covered,
        listing(*(row(n, proof="", paid="") for n in (3, 4))),
        "--proof",
        "TRF-10",
        "--date",
        "2025-06-03",
    )
    assert replies(ran) == {"paid": 2}
    assert [proof for *_, proof in payments(covered)] == ["TRF-9", "trf 9", "TRF-10", "TRF-10"]
    without = read(
        covered, listing(row(5, proof="", paid=datetime.date(2025, 6, 4)), name="daftar juni.xlsx")
    )
    assert without.data["claims"][0]["proof"].startswith("daftar juni.xlsx Klaim!3 ")


def test_the_rupiah_tell_the_benefit_where_no_word_does(covered: Office, listing: Listing) -> None:
    covered.ok("worker", "death", "P-000003", "--died", "2025-05-10", "--cause", "work-accident")
    rows = (row(0, kind=""), row(1, kind="", amount=70_000_000), row(2, "PROSES", kind=""))
    ran = read(covered, listing(*rows))
    assert [claim["kind"] for claim in ran.data["claims"]] == ["jkm", "jkk-death", "jkk-death"]
    assert covered.ok("claim", "show", "K-2025-0001")["number"] == "K-2025-0001"


def test_one_death_has_one_benefit(covered: Office, listing: Listing) -> None:
    covered.ok("claim", "add", "P-000001", *JKM)
    assert read(covered, listing(row(0, kind="JKK Meninggal", amount=70_000_000))).error == "E403"
    ran = read(covered, listing(row(1, kind="JKK - meninggal dunia", amount=70_000_000)))
    assert replies(ran) == {"paid": 1}
    assert read(covered, listing(row(0, event=datetime.date(2025, 5, 11)))).error == "E372"


def test_what_the_law_leaves_open_is_answered_by_the_amount_or_by_a_person(
    office: Office, roster: Callable[..., Path], listing: Listing
) -> None:
    office.ok("import", roster([person(n, born=f"19{70 + n}-03-0{1 + n % 9}") for n in range(3)]))
    terms = ("--from", "2025-02", "--months", 3, "--payer", "apbd-kota", "--decree", "SK 1", "--registered")
    office.ok("enrol", "--batch", "B-2025-001", *terms, today="2025-02-01")
    office.ok(
        "iuran",
        "pay",
        "2025-02..2025-04",
        "--proof",
        "S-1",
        "--date",
        "2025-02-01",
        today="2025-02-02",
    )
    day: dict[str, Any] = {"event": datetime.date(2025, 2, 28), "filed": datetime.date(2025, 3, 3)}
    amounts = (42_000_000, 10_000_000, 20_000_000)
    path = listing(*(row(n, amount=amount, **day) for n, amount in enumerate(amounts)))
    ran = read(office, path)
    assert (ran.code, ran.error) == (1, "E378")
    assert "verify K-2025-0003" in ran.err
    assert replies(read(office, path, "--partial")) == {"paid": 2, "problem": 1}
    assert office.rows("SELECT number, state, amount, confirmed FROM v_claim ORDER BY number") == [
        ("K-2025-0001", "paid", 42_000_000, "full"),
        ("K-2025-0002", "paid", 10_000_000, "reduced"),
    ]


def test_a_claim_of_ours_that_is_at_bpjs_takes_day_and_receipt_from_the_list(
    covered: Office, listing: Listing
) -> None:
    covered.ok("claim", "add", "P-000001", *JKM)
    covered.ok("claim", "add", "P-000002", *JKM)
    covered.ok("claim", "submit", "K-2025-0002")
    ran = read(covered, listing(row(0, "Berkas diterima"), row(1, "", filed="21 Mei 2025")))
    assert (ran.code, replies(ran)) == (0, {"filed": 2})
    assert states(covered) == [
        ("K-2025-0001", "submitted", 42_000_000, "family", "TT-0", "2025-05-20"),
        ("K-2025-0002", "submitted", 42_000_000, "office", "TT-1", "2025-05-21"),
    ]
    covered.ok("verify", "K-2025-0001", "--override", "x", actor="budi")
    assert covered.ok("claim", "return", "K-2025-0001", "--reason", "x")["state"] == "submitted"


def test_what_bpjs_refused_is_opened_again_once_it_was_filed_anew_or_paid(
    covered: Office, listing: Listing
) -> None:
    refused = row(0, "DITOLAK", note="KK belum ada")
    assert replies(read(covered, listing(refused))) == {"refused": 1}
    assert covered.one("SELECT rejected_for FROM v_claim") == "refused-by-bpjs"
    for old in (refused, row(0, "PROSES"), row(0, "PROSES", filed="", receipt="")):
        assert replies(read(covered, listing(old))) == {"known": 1}
    later: dict[str, Any] = {"filed": datetime.date(2025, 6, 20), "receipt": "TT-9"}
    assert replies(read(covered, listing(row(0, "PROSES", **later)))) == {"opened": 1}
    assert replies(read(covered, listing(row(0, "DITOLAK", note="lagi", **later)))) == {"refused": 1}
    anew: dict[str, Any] = {"filed": "", "receipt": "TT-10"}
    assert replies(read(covered, listing(row(0, "DITOLAK", note="lagi", **anew)))) == {"refused": 1}
    assert replies(read(covered, listing(row(0)))) == {"paid": 1}
    assert covered.rows("SELECT number, state, reopens FROM v_claim ORDER BY number") == [
        ("K-2025-0001", "rejected", None),
        ("K-2025-0002", "rejected", "K-2025-0001"),
        ("K-2025-0003", "rejected", "K-2025-0002"),
        ("K-2025-0004", "paid", "K-2025-0003"),
    ]


def test_a_refusal_keeps_the_rules_of_rejecting(covered: Office, listing: Listing) -> None:
    covered.ok("claim", "add", "P-000001", *JKM)
    covered.ok("verify", "K-2025-0001", "--override", "x", actor="budi")
    refusal = listing(row(0, "DITOLAK", note="x"))
    part = ("--amount", 1_000_000, "--difference", "bagian")
    covered.ok("pay", "K-2025-0001", *BY_LIST, "--proof", "B-1", "--date", "2025-06-02", *part, actor="sari")
    assert read(covered, refusal).error == "E461"
    covered.ok("claim", "void", "K-2025-0001", "--reason", "x")
    assert replies(read(covered, refusal)) == {"refused": 1}


def test_named_officers_keep_their_duties(covered: Office, listing: Listing) -> None:
    covered.ok("claim", "add", "P-000001", *JKM)
    for name, role in (("siti", "head"), ("rina", "verifier"), ("sari", "cashier"), ("budi", "recorder")):
        covered.ok("officer", "add", name, "--role", role, actor="siti")
    assert read(covered, listing(row(1)), actor="budi").error == "E483"
    assert read(covered, listing(row(1, "DITOLAK", note="x")), actor="sari").error == "E483"
    assert read(covered, listing(row(0, "DITOLAK", note="x")), actor="rina").error == "E487"
    assert replies(read(covered, listing(row(1, "PROSES")), actor="budi")) == {"opened": 1}
    assert replies(read(covered, listing(row(1, "DITOLAK", note="x")), actor="rina")) == {"refused": 1}
    assert replies(read(covered, listing(row(2)), actor="sari")) == {"paid": 1}


def test_what_the_list_should_have_and_has_not_is_named(covered: Office, listing: Listing) -> None:
    for worker in range(1, 6):
        covered.ok("claim", "add", f"P-00000{worker}", *JKM)
    covered.ok("claim", "submit", "K-2025-0001")
    for number, day in ((2, "2025-06-02"), (3, "2025-07-30")):
        covered.ok("verify", f"K-2025-000{number}", "--override", "x", actor="budi")
        covered.ok(
            "pay", f"K-2025-000{number}", *BY_LIST, "--proof", f"B-{number}", "--date", day, actor="sari"
        )
    covered.ok("verify", "K-2025-0004", "--override", "x", actor="budi")
    ran = read(covered, listing(row(5), row(6, paid=datetime.date(2025, 6, 1))))
    assert [(one["number"], one["state"], one["paid"]) for one in ran.data["absent"]] == [
        ("K-2025-0001", "submitted", 0),
        ("K-2025-0002", "paid", 42_000_000),
    ]
    assert "••" in ran.data["absent"][0]["nik"]


def test_people_are_told_by_card_or_claim_number_too(
    covered: Office, listing: Listing, tmp_path: Path
) -> None:
    members = [("NIK", "NAMA", "KPJ"), *((nik(n), f"{NAMES[n]} AAA", f"2401234560{n + 1}") for n in range(3))]
    path = xlsx(tmp_path / "peserta.xlsx", {"Peserta": members})
    covered.ok("bpjs", "reconcile", path, "--adopt-cards", "--reason", "daftar BPJS")
    head = (
        "KPJ",
        "NAMA TK",
        "JENIS KLAIM",
        "TANGGAL KEMATIAN",
        "TANGGAL PEMBAYARAN",
        "NOMINAL",
        "NOMOR KLAIM",
    )
    day = "2 Juni 2025"
    covered.ok("claim", "add", "P-000003", *JKM)
    rows = [
        ("2401 2345 601", "BASRI AAA", "JKM", "10-05-2025", day, "42.000.000", "KL-77"),
        ("", "", "", "", day, "42.000.000", "K-2025-0001"),
        ("24012345602", "BASRI AAA", "JKM", "10-05-2025", day, "42.000.000", "KL-78"),
        ("24012345699", "SIAPA", "JKM", "10-05-2025", day, "42.000.000", "KL-79"),
    ]
    ran = read(covered, listing(*rows, head=head), "--partial")
    assert [(claim["worker"], claim["reply"], claim["reason"]) for claim in ran.data["claims"]] == [
        ("P-000001", "paid", None),
        ("P-000003", "on-word", None),
        (None, "problem", "E363"),
        (None, "problem", "E361"),
    ]
    assert covered.one("SELECT receipt FROM v_claim WHERE worker_id = 1") == "KL-77"


@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.long)])
def test_whatever_lists_and_officers_say_nobody_is_paid_twice(
    covered: Office, listing: Listing, seed: int
) -> None:
    luck = random.Random(seed)
    for turn in range(10):
        rows = [
            row(
                luck.randrange(3),
                luck.choice(("DIBAYAR", "DIBAYAR", "PROSES", "DITOLAK")),
                kind=luck.choice(("JKM", "")),
                receipt=f"TT-{luck.randrange(3)}",
                note="x",
                **luck.choice(({}, {"proof": f"P-{luck.randrange(9)}"}, {"paid": datetime.date(2025, 6, 3)})),
            )
            for _ in range(luck.randrange(1, 4))
        ]
        read(covered, listing(*rows), "--partial", actor=luck.choice(("rina", "sari", "budi")))
        number = f"K-2025-000{luck.randrange(1, 5)}"
        act = luck.choice(("add", "verify", "pay", "void", "reject", "reopen"))
        options: dict[str, tuple[object, ...]] = {
            "add": ("claim", "add", f"P-00000{luck.randrange(1, 4)}", *JKM),
            "verify": ("verify", number, "--override", "x"),
            "pay": ("pay", number, *BY_LIST, "--proof", f"P-{turn}", "--date", "2025-06-02"),
            "void": ("claim", "void", number, "--reason", "x"),
            "reject": ("claim", "reject", number, "--reason", "x"),
            "reopen": ("claim", "reopen", number, "--reason", "x"),
        }
        assert covered(*options[act], actor=luck.choice(("rina", "sari", "budi"))).code in {0, 1, 66}
        paid = covered.rows(
            """
            SELECT worker_id, sum(v_payment.amount) FROM v_payment JOIN v_claim USING (number)
            WHERE voided = 0 GROUP BY worker_id
            """
        )
        assert {amount for _, amount in paid} <= {42_000_000}
        living = covered.rows(
            """
            SELECT worker_id FROM v_claim WHERE state NOT IN ('rejected', 'withdrawn')
            GROUP BY worker_id HAVING count(*) > 1
            """
        )
        assert living == []


def test_of_several_claims_the_one_with_the_receipt_or_the_day_is_meant(
    covered: Office, listing: Listing
) -> None:
    accident = ("--date", "2025-05-02", "--reported", "2025-05-03")
    covered.ok("claim", "add", "P-000001", "--kind", "jkk-treatment", "--months-unable", 2, *accident)
    later = ("--date", "2025-05-05", "--reported", "2025-05-06")
    covered.ok("claim", "add", "P-000001", "--kind", "jkk-treatment", "--months-unable", 1, *later)
    nameless: dict[str, Any] = {"kind": "", "receipt": "", "event": ""}
    assert read(covered, listing(row(0, "PROSES", **nameless))).error == "E363"
    covered.ok("claim", "submit", "K-2025-0001", "--on", "2025-05-20", "--receipt", "TT-0")
    by_receipt = listing(row(0, "DITOLAK", **{**nameless, "receipt": "TT-0"}, note="bukan kerja"))
    assert replies(read(covered, by_receipt, actor="budi")) == {"refused": 1}
    third = ("--date", "2025-05-07", "--reported", "2025-05-08")
    covered.ok("claim", "add", "P-000001", "--kind", "jkk-treatment", "--months-unable", 1, *third)
    by_day = listing(row(0, "PROSES", **{**nameless, "event": datetime.date(2025, 5, 7)}))
    assert replies(read(covered, by_day)) == {"filed": 1}
    assert [state for _, state, *_ in states(covered)] == ["rejected", "reported", "submitted"]


def test_a_row_about_two_people_is_about_nobody(covered: Office, listing: Listing) -> None:
    covered.ok("claim", "add", "P-000001", *JKM)
    both = listing((*row(1, "PROSES"), "K-2025-0001"), head=(*HEAD, "NO KLAIM"))
    assert read(covered, both).error == "E363"
    assert states(covered) == [("K-2025-0001", "reported", 42_000_000, None, None, None)]
