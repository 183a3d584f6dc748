"""Enrolment and contributions: who may, what it costs, and which months are paid."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.conftest import Office, person

TERMS = ("--from", "2023-10", "--months", 12, "--payer", "apbd-kota", "--decree", "SK 1")


@pytest.fixture
def registered(office: Office, roster: Callable[..., Path]) -> Office:
    """An office that has imported five people: three of age, one too young, one too old."""
    ages = ["1970-03-01", "1985-08-17", "2005-09-30", "2005-10-02", "1958-10-01"]
    office.ok("import", roster([person(n, born=born) for n, born in enumerate(ages)]), "--agency", "Dinas A")
    return office


def test_the_eligible_are_enrolled_and_the_others_refused_by_rule(registered: Office) -> None:
    rehearsed = registered("enrol", "--batch", "B-2025-001", *TERMS, "--dry-run", "--json")
    assert registered.one("SELECT count(*) FROM v_enrolment") == 0
    ran = registered("enrol", "--batch", "B-2025-001", *TERMS, "--json")
    assert ran.code == rehearsed.code == 3
    assert ran.data == {**rehearsed.data, "dry_run": False}
    assert (ran.data["heads"], ran.data["monthly"], ran.data["cost"]) == (3, 50_400, 604_800)
    assert ran.data["rules"] == {"age-below-minimum": 1, "age-at-or-above-maximum": 1}
    assert registered.rows("SELECT DISTINCT status, segment, programmes, end_month FROM v_enrolment") == [
        ("proposed", "bpu", "jkk,jkm", "2024-09")
    ]


def test_nobody_is_enrolled_twice_by_anybody(registered: Office) -> None:
    registered.ok("enrol", "--agency", "dinas a", *TERMS, "--registered")
    again = registered("enrol", "--agency", "Dinas A", *TERMS[:5], "csr", "--decree", "x")
    assert (again.code, again.error) == (1, "E305")
    assert "sudah terdaftar pada masa itu 3" in again.err
    later = ("--from", "2024-10", *TERMS[2:])
    assert registered.ok("enrol", "--worker", "P-000001", *later)["heads"] == 1


def test_the_dead_are_not_enrolled(registered: Office) -> None:
    registered.ok("worker", "death", "P-000001", "--died", "2025-01-05", "--reported", "2025-01-06")
    ran = registered("enrol", "--worker", "P-000001", "--worker", "P-000002", *TERMS, "--json")
    assert ran.data["refused"] == [
        {
            "worker": "P-000001",
            "nik": ran.data["refused"][0]["nik"],
            "name": "BASRI AAA",
            "rule": "deceased",
            "detail": "2025-01-05",
            "source": None,
        }
    ]
    assert "••••" in ran.data["refused"][0]["nik"]


def test_people_are_chosen_by_nik_from_standard_input(
    registered: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    import io

    nik = registered.one("SELECT nik FROM v_worker WHERE id = 2")
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{nik}\n\n"))
    assert registered.ok("enrol", "--nik", "-", *TERMS)["heads"] == 1
    assert registered.one("SELECT worker_id FROM v_enrolment") == 2


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (TERMS, "E002"),
        (("--batch", "B-2025-001", "--agency", "Dinas A", *TERMS), "E002"),
        (("--batch", "B-2025-009", *TERMS), "E302"),
        (("--agency", "Dinas B", *TERMS), "E302"),
        (("--worker", "P-000009", *TERMS), "E401"),
        (("--batch", "B-2025-001", *TERMS[:5], "paman", "--decree", "x"), "E310"),
        (("--batch", "B-2025-001", *TERMS, "--programmes", "jkk,jp"), "E312"),
        (("--batch", "B-2025-001", *TERMS, "--basis", "1.050.000"), "E311"),
        (("--batch", "B-2025-001", *TERMS, "--basis", "0"), "E311"),
        (("--batch", "B-2025-001", *TERMS, "--basis", "1.200.000", "--income", "1.200.000"), "E002"),
        (("--batch", "B-2025-001", *TERMS, "--sector", "tambang"), "E002"),
        (("--batch", "B-2025-001", "--from", "2010-01", *TERMS[2:]), "E601"),
        (("--batch", "B-2025-001", "--from", "9999-01", *TERMS[2:]), "E002"),
        (("--batch", "B-2025-001", *TERMS[:2], "--months", 0, *TERMS[4:]), "E002"),
        (("--batch", "B-2025-001", "--from", "2023-13", *TERMS[2:]), "E002"),
    ],
)
def test_terms_that_cannot_be_are_refused(
    registered: Office, arguments: tuple[object, ...], code: str
) -> None:
    before = registered.path.read_bytes()
    assert registered("enrol", *arguments).error == code
    assert registered.path.read_bytes() == before


def test_an_empty_batch_has_nobody_to_enrol(office: Office, roster: Callable[..., Path]) -> None:
    office.ok("import", roster([("12345", "BUDI SANTOSO", None, "L", "", "")]))
    assert office("enrol", "--batch", "B-2025-001", *TERMS).error == "E302"


def test_paying_months_makes_people_covered(registered: Office) -> None:
    registered.ok("enrol", "--batch", "B-2025-001", *TERMS, "--registered")
    pay = ("--proof", "SP2D-1", "--date", "2023-10-16")
    rehearsed = registered.ok("iuran", "pay", "2023-10..2024-09", *pay, "--dry-run")
    assert registered.one("SELECT count(*) FROM v_bill") == 0
    paid = registered.ok("iuran", "pay", "2023-10..2024-09", *pay)
    assert paid == {**rehearsed, "dry_run": False}
    assert (paid["amount"], len(paid["bills"])) == (604_800, 12)
    assert registered.rows("SELECT DISTINCT payer, state, heads, amount, proof, paid_on FROM v_bill") == [
        ("apbd-kota", "paid", 3, 50_400, "SP2D-1", "2023-10-16")
    ]
    assert registered.one("SELECT sum(amount) FROM v_bill_line") == 604_800
    assert registered.rows("SELECT first_month, last_month FROM paid_span") == [("2023-10", "2024-09")] * 3
    assert len(registered.ok("iuran", "list")) == 12
    for day, cover in (
        ("2024-09-30", "yes"),
        ("2024-12-31", "uncertain"),
        ("2025-01-01", "no"),
        ("2023-09-30", "no"),
    ):
        assert registered.ok("worker", "show", "P-000001", "--on", day)["cover"] == cover


def test_months_paid_one_after_another_grow_into_one_span(registered: Office) -> None:
    registered.ok("enrol", "--batch", "B-2025-001", *TERMS, "--registered")
    for month in ("2023-10", "2023-11", "2024-01", "2023-12"):
        registered.ok("iuran", "pay", month, "--proof", f"S-{month}", "--date", "2024-02-01")
    spans = registered.rows("SELECT first_month, last_month FROM paid_span WHERE enrolment_id = 1 ORDER BY 1")
    assert spans == [("2023-10", "2023-12"), ("2024-01", "2024-01")]
    assert registered.ok("worker", "show", "P-000001", "--on", "2024-01-15")["months_in_row"] == 4


def test_a_month_is_paid_once_with_its_own_proof(registered: Office) -> None:
    registered.ok("enrol", "--batch", "B-2025-001", *TERMS, "--registered")
    registered.ok("iuran", "pay", "2023-10", "--proof", "S-1", "--date", "2023-10-16")

    def refused(*arguments: str) -> str | None:
        before = registered.path.read_bytes()
        error = registered("iuran", "pay", *arguments).error
        assert registered.path.read_bytes() == before
        return error

    assert refused("2023-10..2023-11", "--proof", "S-2", "--date", "2023-11-16") == "E306"
    assert refused("2023-11", "--proof", "S-1", "--date", "2023-11-16") == "E308"
    assert refused("2023-11", "--proof", "S-2", "--date", "2025-11-16") == "E303"
    assert refused("2024-09..2024-10", "--proof", "S-2", "--date", "2024-11-16") == "E307"
    assert refused("2029-01", "--proof", "S-2", "--date", "2024-11-16") == "E307"
    assert refused("2023-11..2023-10", "--proof", "S-2", "--date", "2023-11-16") == "E002"


def test_who_joins_after_a_bill_was_paid_is_paid_for_by_a_supplement(
    office: Office, roster: Callable[..., Path]
) -> None:
    terms = ("--payer", "apbd-kota", "--decree", "SK", "--registered")
    for number, start, months in ((1, "2025-01", 12), (2, "2025-03", 10), (3, "2025-05", 10)):
        office.ok("import", roster([person(number)], f"{number}.xlsx"))
        office.ok("enrol", "--worker", f"P-{number:06d}", "--from", start, "--months", months, *terms)
        if number == 1:
            office.ok("iuran", "pay", "2025-01..2025-12", "--proof", "S-1", "--date", "2025-01-10")
    first = office.ok("iuran", "pay", "2025-03..2025-04", "--proof", "S-2", "--date", "2025-04-10")
    assert [(bill["heads"], bill["amount"]) for bill in first["bills"]] == [(1, 16_800)] * 2
    rest = office.ok("iuran", "pay", "2025-05..2026-02", "--proof", "S-3", "--date", "2025-05-10")
    assert [bill["heads"] for bill in rest["bills"]] == [2] * 8 + [1] * 2
    assert office("iuran", "pay", "2025-06", "--proof", "S-4", "--date", "2025-06-10").error == "E306"
    spans = office.rows("SELECT enrolment_id, first_month, last_month FROM paid_span ORDER BY 1")
    assert spans == [(1, "2025-01", "2025-12"), (2, "2025-03", "2025-12"), (3, "2025-05", "2026-02")]
    bills = office.one("SELECT sum(amount) FROM v_bill")
    assert bills == office.one("SELECT sum(amount) FROM v_bill_line") == 16_800 * (12 + 10 + 10)
    assert office.rows("SELECT supplement, heads FROM v_bill WHERE month = '2025-05' ORDER BY 1") == [
        (0, 1),
        (1, 2),
    ]
    assert office.ok("worker", "show", "P-000003", "--on", "2026-02-28")["cover"] == "yes"


def test_a_proposal_becomes_active_by_the_same_command(registered: Office) -> None:
    registered.ok("enrol", "--batch", "B-2025-001", *TERMS)
    again = registered("enrol", "--batch", "B-2025-001", *TERMS)
    assert again.error == "E305"
    assert "--after-refusal" not in again.err
    assert "provisions reg" in again.err, "one of them is too old"
    active = registered.ok("enrol", "--batch", "B-2025-001", *TERMS, "--registered")
    assert active["heads"] == 3
    assert registered.rows("SELECT status, count(*) FROM v_enrolment") == [("active", 3)]
    other = registered("enrol", "--worker", "P-000001", *TERMS[:2], "--months", 6, *TERMS[4:], "--registered")
    assert other.error == "E305"


def test_two_payers_are_paid_apart(registered: Office) -> None:
    registered.ok("enrol", "--worker", "P-000001", *TERMS, "--registered")
    registered.ok(
        "enrol",
        "--worker",
        "P-000002",
        *TERMS[:5],
        "mandiri",
        "--decree",
        "-",
        "--registered",
        "--basis",
        "1.200.000",
    )
    pay = ("iuran", "pay", "2023-10", "--date", "2023-10-16", "--proof")
    assert registered(*pay, "S-1").error == "E304"
    assert registered.ok(*pay, "S-1", "--payer", "mandiri")["amount"] == 18_800
    assert registered.ok(*pay, "S-2", "--payer", "apbd-kota")["amount"] == 16_800
    assert registered.rows("SELECT payer, worker_id, sum(amount) FROM v_bill_line GROUP BY payer") == [
        ("apbd-kota", 1, 16_800), ("mandiri", 2, 18_800),
    ]  # fmt: skip


def test_the_city_pays_what_the_published_figures_say(registered: Office) -> None:
    from jamsostek_cli.domain.iuran import read_terms
    from jamsostek_cli.domain.month import Month
    from jamsostek_cli.rules.iuran import contribution
    from jamsostek_cli.rules.law import regulation

    terms = read_terms("apbd-kota", "other", 1_000_000, "jkk,jkm")
    monthly = contribution.rate(terms, Month(2025, 10), regulation.packaged())
    assert monthly * 36_777 == 617_853_600
    assert monthly * 36_777 * 12 == 7_414_243_200


def test_the_cost_follows_sector_payer_and_the_rate_of_each_month(registered: Office) -> None:
    year = ("enrol", "--worker", "P-000001", "--from", "2026-01", "--months", 18, "--decree", "x")
    own = (*year, "--payer", "mandiri", "--dry-run")
    ojek = registered.ok(*own, "--sector", "transport")
    assert (ojek["monthly"], ojek["cost"], ojek["sector"]) == (8_400, 15 * 8_400 + 3 * 16_800, "transport")
    fisherman = registered(*own)
    assert "--sector transport" in fisherman.err
    steps = registered.ok(*own)["rates"]
    assert [(s["first_month"], s["last_month"], s["months"], s["rate"]) for s in steps] == [
        ("2026-01", "2026-03", 3, 16_800),
        ("2026-04", "2026-12", 9, 8_400),
        ("2027-01", "2027-06", 6, 16_800),
    ]
    assert sum(s["amount"] for s in steps) == registered.ok(*own)["cost"]
    city = registered.ok(*year, "--payer", "apbd-kota", "--sector", "transport", "--dry-run")
    assert (city["cost"], len(city["rates"])) == (18 * 16_800, 1)


def test_a_reported_income_gives_the_basis(registered: Office) -> None:
    terms = (*TERMS, "--income", "Rp1.150.000", "--sector", "transport")
    data = registered.ok("enrol", "--worker", "P-000001", *terms)
    assert (data["basis"], data["monthly"]) == (1_200_000, 18_800)
    assert registered.rows("SELECT basis, sector, status FROM v_enrolment") == [
        (1_200_000, "transport", "proposed")
    ]
    other = registered("enrol", "--worker", "P-000001", *terms[:-1], "other", "--registered")
    assert other.error == "E305", "another sector is not the same terms"
    assert registered.ok("enrol", "--worker", "P-000001", *terms, "--registered")["heads"] == 1


@pytest.mark.parametrize("dead", [1, 2])
def test_who_may_be_a_person_that_died_is_not_enrolled_before_that_is_decided(
    office: Office, roster: Callable[..., Path], tmp_path: Path, dead: int
) -> None:
    nik, _, *rest = person(1)
    slip = f"{str(nik)[:-3]}9{str(nik)[-2:]}"
    office.ok("import", roster([(nik, "RUSLI HAKIM", *rest)]))
    office.ok("import", roster([(slip, "RUSLI HAKIM", *rest), person(5, born="1971-02-03")], "b.xlsx"))
    dead_number, alive = f"P-{dead:06}", f"P-{3 - dead:06}"
    office.ok("worker", "death", dead_number, "--died", "2025-07-15", "--reported", "2025-08-01")
    terms = ("--from", "2025-09", *TERMS[2:])
    chosen = ("--worker", alive, "--worker", "P-000003")
    ran = office("enrol", *chosen, *terms, "--registered", "--json")
    assert (ran.code, ran.data["heads"], ran.data["rules"]) == (3, 1, {"perhaps-deceased": 1})
    assert [(one["worker"], one["detail"]) for one in ran.data["refused"]] == [(alive, dead_number)]
    assert "jcli review" in office("enrol", "--worker", alive, *terms).err
    decided = tmp_path / "decided.csv"
    decided.write_text("P:P-000001/P-000002,different\n", encoding="utf-8")
    office.ok("review", "--decide", decided)
    assert office.ok("enrol", "--worker", alive, *terms)["heads"] == 1


def test_what_stands_in_the_way_is_shown_as_it_is(office: Office, roster: Callable[..., Path]) -> None:
    nik, _, *rest = person(1)
    slip = f"{str(nik)[:-3]}9{str(nik)[-2:]}"
    others = person(5, born="1971-02-03")
    office.ok("import", roster([(nik, "RUSLI HAKIM", *rest), (slip, "RUSLI HAKIM", *rest), others]))
    office.ok("worker", "death", "P-000001", "--died", "2025-07-15", "--reported", "2025-08-01")
    ran = office("enrol", "--batch", "B-2025-001", "--from", "2025-09", *TERMS[2:])
    assert ran.code == 3
    assert ran.out.splitlines()[-1].split("\t")[3:] == ["perhaps-deceased", "P-000001", ""]
    people = office("--lang", "en", "enrol", "--worker", "P-000002", "--from", "2025-09", *TERMS[2:]).err
    assert "(P-000002 RUSLI HAKIM: P-000001 RUSLI HAKIM, died on 15 July 2025)" in people


AGES = {
    "id": {
        "P-000004": "lahir 2 Oktober 2005, 17 tahun pada 1 Oktober 2023; batas 18 tahun (harus sudah genap)",
        "P-000005": "lahir 1 Oktober 1958, 65 tahun pada 1 Oktober 2023; batas 65 tahun (harus lebih muda)",
    },
    "en": {
        "P-000004": "born 2 October 2005, aged 17 on 1 October 2023; limit 18 (must have reached it)",
        "P-000005": "born 1 October 1958, aged 65 on 1 October 2023; limit 65 (must be younger)",
    },
}


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("trial", [(), ("--dry-run",)])
def test_who_is_refused_for_the_age_is_told_the_age_and_the_limit(
    registered: Office, tmp_path: Path, language: str, trial: tuple[str, ...]
) -> None:
    chosen = ("enrol", "--batch", "B-2025-001", *TERMS, *trial)
    path = tmp_path / "daftar.xlsx"
    ran = registered("--lang", language, *chosen, "-o", path, "--json")
    assert {one["worker"]: (one["detail"], one["source"]) for one in ran.data["refused"]} == {
        "P-000004": ("born=2005-10-02 age=17 on=2023-10-01 limit=18", "Perwali Bontang 23/2023"),
        "P-000005": ("born=1958-10-01 age=65 on=2023-10-01 limit=65", "Permenaker 5/2021"),
    }
    assert all(one["nik"].endswith("•" * 12) for one in ran.data["refused"]), (
        "the birth date stands beside it"
    )
    assert not any(one["nik"].endswith("•") for one in ran.data["enrolled"])
    lines = [line for sheet in load_workbook(path) for line in sheet.iter_rows(values_only=True)]
    told = {line[0]: line[5:7] for line in lines if str(line[0]).startswith("P-")}
    assert {worker: facts[0] for worker, facts in told.items() if facts[0]} == AGES[language]
    assert told["P-000005"][1] == "Permenaker 5/2021"


def test_the_limit_of_the_office_s_own_law_is_the_one_that_is_told(registered: Office) -> None:
    registered.path.with_name("provisions.toml").write_text(
        """["reg.max_age_exclusive"]
        [["reg.max_age_exclusive".values]]
        from = 2023-01-01
        value = 50
        citation = "Perwali 7/2023"
        confidence = "read"
        """,
        encoding="utf-8",
    )
    ran = registered("enrol", "--worker", "P-000001", "--worker", "P-000002", *TERMS, "--json")
    [one] = ran.data["refused"]
    assert (one["detail"], one["source"]) == (
        "born=1970-03-01 age=53 on=2023-10-01 limit=50",
        "Perwali 7/2023",
    )


def test_every_refusal_tells_the_fact_it_rests_on(
    office: Office, roster: Callable[..., Path], tmp_path: Path
) -> None:
    office.ok("import", roster([person(n) for n in range(6)]))
    year = ("--payer", "apbd-kota", "--decree", "SK 1")
    office.ok(
        "enrol", "--worker", "P-000002", "--worker", "P-000004", "--from", "2025-06", *year, "--registered"
    )
    office.ok("enrol", "--worker", "P-000002", "--from", "2025-01", "--months", 3, *year)
    office.ok("worker", "death", "P-000001", "--died", "2025-02-03")
    office.ok("worker", "merge", "P-000006", "P-000003", "--reason", "satu orang")
    office.ok("cover", "end", "P-000004", "--month", "2025-07", "--reason", "moved")
    everybody = [part for n in range(1, 5) for part in ("--worker", f"P-{n:06d}")]
    terms = ("--from", "2025-01", "--payer", "csr", "--decree", "CSR 1", "--dry-run")
    ran = office("enrol", *everybody, "--worker", "P-000005", *terms, "--json")
    assert [(one["rule"], one["detail"]) for one in ran.data["refused"]] == [
        ("deceased", "2025-02-03"),
        ("already-enrolled", "apbd-kota 2025-01..2025-03 proposed"),
        ("merged", "P-000006"),
        ("moved", "2025-07"),
    ]
    path = tmp_path / "ditolak.csv"
    refused = office("enrol", *everybody, *terms, "-o", path)
    assert refused.error == "E305"
    assert str(path) in refused.err, "all of them are named there"
    told = [line.split(";")[5] for line in path.read_text(encoding="utf-8-sig").splitlines()[1:]]
    assert told == [
        "meninggal 3 Februari 2025",
        "APBD Kota, Januari–Maret 2025, diusulkan",
        "menjadi P-000006 KASIM AAA",
        "terlindungi sampai Juli 2025",
    ]


def test_who_moved_before_any_cover_is_refused_with_the_rule_alone(
    office: Office, roster: Callable[..., Path], tmp_path: Path
) -> None:
    office.ok("import", roster([person(1)]))
    nik = office.one("SELECT nik FROM worker")
    moved = tmp_path / "pindah.csv"
    moved.write_text(f"NO,NIK,NAMA,KETERANGAN\n1,{nik},DARWIS AAA,pindah 01-05-2025\n", encoding="utf-8")
    office.ok("import", moved, "--as", "changes")
    ran = office("--lang", "en", "enrol", "--worker", "P-000001", "--from", "2025-06", *TERMS[2:])
    assert (ran.error, "moved 1 (P-000001 DARWIS AAA)" in ran.err) == ("E305", True)


def test_when_many_are_refused_a_few_are_named_and_the_way_to_all_is_said(
    office: Office, roster: Callable[..., Path]
) -> None:
    office.ok("import", roster([person(n, born="1950-01-02") for n in range(4)]))
    chosen = ("--lang", "en", "enrol", "--worker", "P-000001", "--worker", "P-000002", "--worker", "P-000003")
    few = office(*chosen, *TERMS)
    many = office(*chosen, "--worker", "P-000004", *TERMS)
    assert few.error == many.error == "E305"
    assert ("P-000003 FAISAL AAA: born 2 January 1950" in many.err, "P-000004" in many.err) == (True, False)
    assert ("-o FILE.xlsx" in few.err, "-o FILE.xlsx" in many.err) == (False, True)
