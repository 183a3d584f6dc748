"""A made-up year of the office, 2025, through the real program: every figure explained to the rupiah.

Fishermen (P-1 to P-8) and traders (P-13, P-14) are paid for by the city, drivers (P-9 to P-12) by a company.
The story is told month by month; `tests.ledger` counts it a second time.
"""

import datetime
from pathlib import Path
from typing import Final

from tests.conftest import BY_LIST, HEADINGS, Office, process
from tests.support.ledger import RATE
from tests.support.town import CITY, COMPANY, PEOPLE, STRANGER, City, Row, card, names, nik

DRIVERS: Final = (9, 10, 11, 12)


def test_a_year_of_the_office(office: Office, tmp_path: Path) -> None:
    city = City(office, tmp_path)
    rosters_arrive(city)
    bpjs_answers(city)
    january_and_february(city)
    march_with_a_wrong_invoice(city)
    city.quarter_ends("2025-03-31", 6 + 4)
    april_and_may(city)
    june_with_a_death_reported_late(city)
    city.quarter_ends("2025-06-30", 7 + 4)
    the_widow_is_paid(city)
    july_with_a_wrong_death(city)
    august_with_the_death_taken_back_and_a_move(city)
    september_with_a_list_of_the_province(city)
    city.quarter_ends("2025-09-30", 7 + 3)
    the_last_quarter(city)
    city.quarter_ends("2025-12-31", 5 + 3)
    the_year_ends(city)
    january_with_half_the_rate(city)


def rosters_arrive(city: City) -> None:
    city.on("2025-01-02")
    short = ("64740117088", "SALAH KETIK", *PEOPLE[1][2:])
    fishermen = [HEADINGS, *(PEOPLE[n] for n in range(1, 9)), short, PEOPLE[1]]
    came = city.ok("import", city.file("ikan.xlsx", fishermen), "--agency", "Dinas Perikanan", review=True)
    assert came["outcomes"] == {
        "new": 8, "changed": 0, "unchanged": 0, "duplicate": 1, "review": 0, "rejected": 1,
    }  # fmt: skip
    nameless = (nik(15), "", *PEOPLE[15][2:])
    drivers = [HEADINGS, *(PEOPLE[n] for n in DRIVERS), nameless]
    came = city.ok("import", city.file("ojek.xlsx", drivers), "--agency", "Dishub", review=True)
    assert (came["outcomes"]["new"], came["outcomes"]["rejected"]) == (4, 1)
    terms = ("--from", "2025-01", "--decree", "SK 100/2025")
    enrolled = city.ok("enrol", "--batch", "B-2025-001", *terms, *CITY, "--months", 12)
    assert (enrolled["status"], enrolled["cost"]) == ("proposed", 8 * 12 * RATE)
    sector = ("--sector", "transport", "--months", 15)
    enrolled = city.ok("enrol", "--batch", "B-2025-002", *terms, *COMPANY, *sector)
    assert enrolled["cost"] == 4 * 12 * RATE + 4 * 3 * RATE // 2, "half the rate from January 2026"
    city.refused("E307", "iuran", "bill", "2025-01")


def bpjs_answers(city: City) -> None:
    city.on("2025-01-03")
    handed = city.ok("bpjs", "submit", "-o", city.desk / "pengajuan.xlsx")
    assert (handed["submission"], handed["heads"]) == ("S-2025-001", 12)
    city.on("2025-01-06")
    rows: list[Row] = [["Hasil pengajuan S-2025-001"], ["NIK", "NAMA", "NO KPJ", "STATUS", "KETERANGAN"]]
    for n in range(1, 13):
        match n:
            case 6:
                rows.append([nik(n), "", "", "GAGAL", "NIK tidak padan"])
            case 7:
                rows.append([nik(n), "", "0001234567890", "BERHASIL", ""])
            case _:
                rows.append([nik(n), "", card(n), "BERHASIL", ""])
    rows.append([STRANGER, "SIAPA", card(99), "BERHASIL", ""])
    answer = city.file("jawaban.xlsx", rows)
    done = city.ok("bpjs", "answer", answer, review=True)
    assert {key: count for key, count in done["replies"].items() if count} == {
        "registered": 10, "refused": 1, "problem": 2,
    }  # fmt: skip
    assert names(done["refusals"]) == [6]
    assert [one["reason"] for one in done["problems"]] == ["kpj-kesehatan", "unknown"]
    before = city.dump()
    city.ok("bpjs", "answer", answer, review=True)
    assert city.dump() == before, "the same answer twice"
    terms = ("--from", "2025-02", "--months", 11, *CITY, "--decree", "SK 100/2025")
    city.refused("E305", "enrol", "--worker", "P-000006", *terms)
    anew = ("--after-refusal", "NIK diperbaiki")
    city.ok("enrol", "--worker", "P-000006", *terms, *anew)
    city.refused("E346", "bpjs", "submit", "-o", city.desk / "susulan.xlsx")
    city.ok("bpjs", "submit", "-o", city.desk / "susulan.xlsx", *anew)
    city.refused("E336", "bpjs", "answer", answer, "--submission", "S-2025-002")
    city.refused("E331", "bpjs", "submit", "-o", city.desk / "lagi.xlsx")
    heading = ["NIK", "NAMA", "NO KPJ"]
    city.ok("bpjs", "answer", city.file("kartu.xlsx", [heading, [nik(7), "", card(7)]]))
    late = city.file("susulan-jawab.xlsx", [heading, [nik(6), "", card(6)]])
    city.ok("bpjs", "answer", late, "--submission", "S-2025-002")
    assert [each["waiting"] for each in city.ok("bpjs", "list")] == [0, 0]


def january_and_february(city: City) -> None:
    city.on("2025-01-10")
    fishermen = (1, 2, 3, 4, 5, 7, 8)
    bill = city.bill("2025-01")
    assert (bill["heads"], bill["payable"], bill["due_on"]) == (7, 7 * RATE, "2025-01-15")
    invoice = city.file(
        "tagihan-01.xlsx", [("NIK", "NAMA", "IURAN"), *((nik(n), "", RATE) for n in fishermen)]
    )
    checked = city.ok("iuran", "check", "2025-01", invoice, *CITY)
    assert (checked["ours"], checked["theirs"], checked["year"]) == (7 * RATE, 7 * RATE, 12 * 7 * RATE)
    city.pay("2025-01", fishermen)
    city.pay("2025-01", DRIVERS, payer=COMPANY)
    again = ("iuran", "pay", "2025-01", *CITY, "--date", "2025-01-10", "--proof")
    city.refused("E306", *again, "SP2D-9")
    city.refused("E308", *again, "apbd-kota/2025-01/0")
    city.on("2025-02-10")
    bill = city.bill("2025-02")
    assert (names(bill["added"]), bill["payable"]) == ([6], 8 * RATE)
    city.pay("2025-02", range(1, 9))
    city.pay("2025-02", DRIVERS, payer=COMPANY)


def march_with_a_wrong_invoice(city: City) -> None:
    city.on("2025-03-04")
    city.bill("2025-03")
    city.ok("worker", "death", "P-000001", "--died", "2025-02-11", "--reported", "2025-03-04")
    pay = ("iuran", "pay", "2025-03", *CITY, "--proof", "SP2D-3", "--date", "2025-03-04")
    city.refused("E350", *pay)
    city.ok("cover", "end", "P-000003", "--month", "2025-02", "--reason", "moved")
    bill = city.bill("2025-03")
    assert [(names([one]), one["reason"]) for one in bill["dropped"]] == [([1], "deceased"), ([3], "moved")]
    assert (bill["amount"], bill["correction"]) == (8 * RATE - 2 * RATE, 0)
    asked = [(1, RATE), (2, RATE), (2, RATE), (3, RATE), (5, RATE + 2_000), (6, RATE), (7, RATE), (8, RATE)]
    rows = [("NIK", "NAMA", "IURAN"), *((nik(n), "", rupiah) for n, rupiah in asked), (STRANGER, "", RATE)]
    checked = city.ok("iuran", "check", city.file("tagihan-03.xlsx", rows), *CITY, review=True)
    assert {one["category"]: (one["heads"], one["amount"]) for one in checked["categories"]} == {
        "deceased": (1, RATE), "doubled": (1, RATE), "moved": (1, RATE), "unknown": (1, RATE),
        "rate-differs": (1, 2_000), "missing": (1, -RATE),
    }  # fmt: skip
    assert [(one["category"], names([one])) for one in checked["lines"] if one["worker"]] == [
        ("deceased", [1]), ("doubled", [2]), ("moved", [3]), ("rate-differs", [5]), ("missing", [4]),
    ]  # fmt: skip
    assert (checked["ours"], checked["theirs"]) == (6 * RATE, 9 * RATE + 2_000)
    assert checked["difference"] == 3 * RATE + 2_000 == (4 - 1) * RATE + 2_000
    bare = city.file("tanpa-nik.xlsx", [("NO", "NAMA", "IURAN"), (1, "PEKERJA BBB", RATE)])
    city.refused("E330", "iuran", "check", "2025-03", bare, *CITY)
    city.pay("2025-03", (2, 4, 5, 6, 7, 8))
    city.pay("2025-03", DRIVERS, payer=COMPANY)


def april_and_may(city: City) -> None:
    for month, day in (("2025-04", "2025-04-10"), ("2025-05", "2025-05-09")):
        city.on(day)
        assert city.bill(month)["payable"] == 6 * RATE
        city.pay(month, (2, 4, 5, 6, 7, 8))
        city.pay(month, DRIVERS, payer=COMPANY)
    checked = city.ok("iuran", "check", "2025-05", "--amount", 7 * RATE, *CITY, review=True)
    assert checked["categories"] == [{"category": "unexplained", "heads": 1, "amount": RATE}]
    assert checked["difference"] == 7 * RATE - 6 * RATE


def june_with_a_death_reported_late(city: City) -> None:
    city.on("2025-06-02")
    city.ok("claim", "add", "P-000008", "--kind", "jkm", "--date", "2025-04-15", "--reported", "2025-06-02")
    traders = city.file("pasar.xlsx", [HEADINGS, *(PEOPLE[n] for n in (13, 14, 15))])
    city.ok("import", traders, "--agency", "Dinas Perdagangan")
    terms = ("--from", "2025-06", "--months", 7, *CITY, "--decree", "SK 200/2025", "--registered")
    enrolled = city.ok("enrol", "--worker", "P-000013", "--worker", "P-000014", *terms)
    assert (enrolled["cost"], enrolled["status"]) == (2 * 7 * RATE, "active")
    bill = city.bill("2025-06")
    assert (names(bill["added"]), names(bill["dropped"])) == ([13, 14], [8])
    assert (bill["amount"], bill["correction"], bill["payable"]) == (7 * RATE, -1 * RATE, 6 * RATE)
    assert [(names([one]), one["first_month"], one["last_month"]) for one in bill["corrections"]] == [
        ([8], "2025-05", "2025-05")
    ]
    checked = city.ok("iuran", "check", "2025-06", "--amount", 7 * RATE, *CITY, review=True)
    assert checked["categories"] == [{"category": "correction", "heads": 1, "amount": RATE}]
    assert city.ok("iuran", "check", "2025-06", "--amount", 7 * RATE - RATE, *CITY)["difference"] == 0
    city.pay("2025-06", (2, 4, 5, 6, 7, 13, 14), back=[(8, "2025-05")])
    city.pay("2025-06", DRIVERS, payer=COMPANY)


def the_widow_is_paid(city: City) -> None:
    """Three months were complete on the day of death, so the benefit is whole."""
    city.on("2025-07-01")
    benefit = 20_000_000 + 12_000_000 + 10_000_000
    assert city.ok("claim", "show", "K-2025-0001")["amount"] == benefit == 42_000_000
    city.refused("E407", "--actor", "budi", "verify", "K-2025-0001")
    city.ok("claim", "document", "K-2025-0001", "--all")
    city.ok("--actor", "budi", "verify", "K-2025-0001")
    paid = ("pay", "K-2025-0001", *BY_LIST, "--proof", "BPJS-1", "--date", "2025-06-30")
    city.refused("E413", "--actor", "budi", *paid)
    city.ok("--actor", "sari", *paid)
    assert city.office.one("SELECT sum(amount) FROM v_payment") == benefit


def july_with_a_wrong_death(city: City) -> None:
    city.ok("worker", "death", "P-000007", "--died", "2025-05-20", "--reported", "2025-07-01")
    city.on("2025-07-09")
    assert city.bill("2025-07")["payable"] == 6 * RATE - 1 * RATE
    city.pay("2025-07", (2, 4, 5, 6, 13, 14), back=[(7, "2025-06")])
    city.pay("2025-07", DRIVERS, payer=COMPANY)
    spent = (7 + 8 + 6 + 6 + 6 + (7 - 1) + (6 - 1)) * RATE
    committed = 5 * 6 * RATE
    for budget, ends in ((1_200_000, "2025-12"), (1_300_000, None)):
        city.ok("iuran", "budget", "set", 2025, *CITY, "--amount", budget, "--source", "DPA 2025")
        figures = city.ok("report", "forecast", "--year", 2025, *CITY)["figures"]
        assert (figures["spent"], figures["committed"]) == (spent, committed) == (739_200, 504_000)
        assert figures["balance"] == budget - 739_200 - 504_000
        assert figures["months_left"] == (budget - 739_200) // (6 * RATE)
        assert figures.get("money_ends") == ends
    assert [each["amount"] for each in city.ok("iuran", "budget", "list", "--year", 2025)] == [1_300_000]


def august_with_the_death_taken_back_and_a_move(city: City) -> None:
    city.on("2025-08-05")
    city.ok("worker", "alive", "P-000007", "--reason", "orang lain")
    bill = city.bill("2025-08", review=True)
    assert (names(bill["added"]), bill["payable"]) == ([7], 7 * RATE)
    assert (bill["unpaid_amount"], bill["unpaid_months"]) == (2 * RATE, ["2025-06..2025-07"])
    for month in ("2025-06", "2025-07"):
        city.pay(month, [7], supplement=1)
    again = city.ok("iuran", "check", "2025-06", "--heads", 7, *CITY, review=True)
    assert again["ours"] == 7 * RATE - 1 * RATE, "each person once, and the correction of that bill"
    city.pay("2025-08", (2, 4, 5, 6, 7, 13, 14))
    ended = city.ok("cover", "end", "P-000010", "--month", "2025-06", "--reason", "moved")
    assert ended["amount_after"] == 1 * RATE, "July"
    bill = city.bill("2025-08", COMPANY)
    assert (bill["heads"], bill["payable"]) == (3, 3 * RATE - 1 * RATE)
    city.pay("2025-08", (9, 11, 12), payer=COMPANY, back=[(10, "2025-07")])


def september_with_a_list_of_the_province(city: City) -> None:
    city.on("2025-09-10")
    city.pay("2025-09", (2, 4, 5, 6, 7, 13, 14))
    city.pay("2025-09", (9, 11, 12), payer=COMPANY)
    rows = [("NIK", "NAMA"), *(PEOPLE[n][:2] for n in (2, 9, 13, 15)), (STRANGER, "SIAPA"), ("123", "SALAH")]
    months = ("--from", "2025-07", "--to", "2025-12")
    province = ("--as", "covered-elsewhere", "--payer", "apbd-provinsi", *months)
    came = city.ok("import", city.file("provinsi.xlsx", rows), *province, review=True)
    assert (came["outcomes"]["new"], came["outcomes"]["rejected"]) == (5, 1)
    assert came["files"][0]["elsewhere"]["paid_here"] == 3
    twice = city.ok("cover", "overlaps", "--year", 2025, review=True)["figures"]
    assert twice["overlap_amount"] == 3 * 3 * RATE, "three people, July to September"
    terms = ("--months", 3, *CITY, "--decree", "SK 300/2025")
    for worker, month, obstacle in (
        ("P-000015", "2025-10", "ditanggung penanggung lain"),
        ("P-000004", "2025-12", "sudah terdaftar pada masa itu"),
    ):
        assert (
            f"{obstacle} 1" in city.refused("E305", "enrol", "--worker", worker, "--from", month, *terms).err
        )
    for worker in ("P-000002", "P-000013"):
        city.ok("cover", "end", worker, "--month", "2025-09", "--reason", "elsewhere")
    assert city.office.one("SELECT min(last_month) FROM v_elsewhere") == "2025-12"


def the_last_quarter(city: City) -> None:
    city.on("2025-10-10")
    bill = city.bill("2025-10")
    assert (names(bill["dropped"]), bill["payable"]) == ([2, 13], 7 * RATE - 2 * RATE)
    city.pay("2025-10", (4, 5, 6, 7, 14))
    city.pay("2025-10", (9, 11, 12), payer=COMPANY)
    city.on("2025-11-05")
    city.pay("2025-11", (4, 5, 6, 7, 14))
    city.pay("2025-11", (9, 11, 12), payer=COMPANY)
    gaps = city.ok("cover", "gaps", review=True)["people"]
    assert {(*names([one]), one["reason"], one["lapses_on"]) for one in gaps} == {
        (n, "ends", "2026-04-01") for n in (4, 5, 6, 7, 14)
    }
    head = ("NIK", "NAMA", "TGL LAHIR", "NO KPJ", "STATUS")
    there: list[Row] = [
        head,
        *((nik(n), PEOPLE[n][1], PEOPLE[n][2], card(n), "AKTIF") for n in (1, 4, 5, 6, 7)),
    ]
    there.append((STRANGER, "SIAPA", "1980-01-01", card(99), "AKTIF"))
    found = city.ok("bpjs", "reconcile", city.file("anggota.xlsx", there), *CITY, review=True)
    assert {one["category"]: one["worker"] for one in found["differences"]} == {
        "missing-there": "P-000014", "dead-here": "P-000001", "missing-here": None,
    }  # fmt: skip
    city.on("2025-12-10")
    city.pay("2025-12", (4, 5, 6, 7, 14))
    city.pay("2025-12", (9, 11, 12), payer=COMPANY)


def the_year_ends(city: City) -> None:
    twice = city.ok("cover", "overlaps", "--year", 2025, review=True)["figures"]
    assert twice["overlap_amount"] == (2 * 3 + 6) * RATE, "two until September, one until December"
    died = {1: "2025-02-11", 8: "2025-04-15"}
    for month in range(1, 13):
        day = str(datetime.date(2025 + month // 12, month % 12 + 1, 1) - datetime.timedelta(days=1))
        alive = {n for n in city.ledger.covered(day[:7]) if died.get(n, "9999") >= day}
        assert names(city.ok("cover", "list", "--on", day, "--status", "yes")["people"]) == sorted(alive)
        back = city.ok("report", "coverage", "--year", 2025, "--as-of", day)["figures"]
        assert back["protected"] == len(alive), "who moved away since was protected then"
    coverage = city.ok("report", "coverage", "--year", 2025)["figures"]
    assert {key: coverage[key] for key in ("joined", "died", "lapsed", "closing")} == {
        "joined": 8 + 4 + 2, "died": 2, "lapsed": 2 + 2, "closing": 5 + 3,
    }  # fmt: skip
    heads = 7 + 8 + 6 + 6 + 6 + 7 + 6 + 2 + 7 + 7 + 5 + 5 + 5
    assert city.ledger.spent("apbd-kota") == (heads - 1 - 1) * RATE
    assert city.ledger.spent("csr") == (7 * 4 + 5 * 3 - 1) * RATE
    paid = city.ok("iuran", "list", "--year", 2025)
    assert sum(bill["payable"] for bill in paid) == (heads - 2 + 7 * 4 + 5 * 3 - 1) * RATE
    ran = process("--db", city.office.path, "--today", "2025-12-31", "--lang", "en", "iuran", "list")
    assert (ran.returncode, ran.stderr, len(ran.stdout.splitlines())) == (0, "", 1 + 12 + 2 + 12)
    assert process("--db", city.office.path, "audit", "verify").returncode == 0


def january_with_half_the_rate(city: City) -> None:
    """Drivers whom no public money pays for cost half from January 2026; the city pays in full."""
    city.on("2026-01-12")
    terms = ("--from", "2026-01", "--months", 12, *CITY, "--decree", "SK 1/2026", "--registered")
    city.ok("enrol", *(word for n in (4, 5) for word in ("--worker", f"P-{n:06d}")), *terms)
    assert city.bill("2026-01")["payable"] == 2 * 16_800
    assert city.bill("2026-01", COMPANY)["payable"] == 3 * 8_400
    city.pay("2026-01", (4, 5))
    city.pay("2026-01", (9, 11, 12), payer=COMPANY, rate=RATE // 2)
    city.ledger.agrees(city.office)
