"""What BPJS answers: cards set, refusals kept, doubtful rows named; twice the same answer changes nothing."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.conftest import Office, once, person
from tests.support.workbooks import xlsx

TERMS = ("--months", 5, "--payer", "apbd-kota", "--decree", "SK 1")
ANEW = ("--after-refusal", "NIK sudah diperbaiki")
HEAD = ("NIK", "NAMA", "NO. KPJ", "STATUS", "KETERANGAN")
Row = Sequence[object]


def nik(number: int) -> str:
    return str(person(number, born=f"19{70 + number}-03-0{1 + number}")[0])


def card(number: int) -> str:
    return f"2401234560{number}"


@pytest.fixture
@once
def submitted(office: Office, roster: Callable[..., Path], tmp_path: Path) -> Office:
    """An office that has handed eight people to BPJS."""
    office.ok("import", roster([person(n, born=f"19{70 + n}-03-0{1 + n}") for n in range(8)]))
    office.ok("enrol", "--batch", "B-2025-001", "--from", "2025-08", *TERMS)
    office.ok("bpjs", "submit", "-o", tmp_path / "pengajuan.xlsx")
    return office


@pytest.fixture
def reply(tmp_path: Path) -> Callable[..., Path]:
    """Write an answer of BPJS's own making."""

    def write(rows: Sequence[Row], title: str = "", name: str = "jawaban.xlsx", head: Row = HEAD) -> Path:
        above: list[Row] = [[title]] if title else []
        return xlsx(tmp_path / name, {"Hasil": [*above, head, *rows]})

    return write


def dump(office: Office) -> list[str]:
    with office.database.reading() as connection:
        return list(connection.conn.iterdump())


def replies(data: Any) -> dict[str, int]:
    return {reply: rows for reply, rows in data["replies"].items() if rows}


def problems(data: Any) -> list[tuple[int, str]]:
    return [(one["row"], one["reason"]) for one in data["problems"]]


def lines(office: Office) -> list[tuple[Any, ...]]:
    return office.rows(
        """
        SELECT l.worker_id, l.outcome, l.kpj, l.reason, e.status
        FROM v_submission_line AS l JOIN v_enrolment AS e ON e.id = l.enrolment_id ORDER BY line
        """
    )


def test_an_answer_with_everything_in_it(submitted: Office, reply: Callable[..., Path]) -> None:
    path = reply(
        [
            (nik(0), "BASRI AAA", card(0), "BERHASIL", ""),
            (int(nik(1)), "DARWIS AAA", int(card(1)), "", ""),
            (nik(2), "FAISAL AAA", "", "GAGAL", f"NIK {nik(2)[:4]}.{nik(2)[4:12]}-{nik(2)[12:]} tidak padan"),
            (nik(3), "HAMZAH AAA", "0001234567890", "BERHASIL", ""),
            (nik(4), "IRWAN AAA", "", "PROSES", ""),
            (nik(5), "KASIM AAA", "2401234", "", ""),
            ("6474010101017777", "SIAPA", card(7), "BERHASIL", ""),
            ("12345", "SALAH", card(8), "BERHASIL", ""),
            ("", "JUMLAH", "", "", ""),
        ]
    )
    before = dump(submitted)
    tried = submitted.ok("bpjs", "answer", path, "--dry-run")
    assert dump(submitted) == before
    ran = submitted("bpjs", "answer", path, "--json")
    assert ran.code == 3
    data = ran.data
    assert tried == {**data, "dry_run": True}
    assert replies(data) == {"registered": 2, "refused": 1, "silent": 1, "problem": 4}
    assert sum(data["replies"].values()) == data["rows"] == 8
    assert (data["submissions"], data["waiting"]) == (["S-2025-001"], 5)
    reason = "NIK 6474••••••••7002 tidak padan"
    refused = {"worker": "P-000003", "nik": "6474••••••••7002", "name": "FAISAL AAA", "reason": reason}
    assert data["refusals"] == [{**refused, "sheet": "Hasil", "row": 4}]
    assert problems(data) == [(5, "kpj-kesehatan"), (7, "kpj-length"), (8, "unknown"), (9, "nik_length")]
    assert lines(submitted) == [
        (1, "registered", card(0), None, "active"),
        (2, "registered", card(1), None, "active"),
        (3, "refused", None, reason, "refused"),
        *((worker, None, None, None, "submitted") for worker in range(4, 9)),
    ]
    shown = submitted("bpjs", "answer", path)
    assert "BPJS Kesehatan" not in shown.out  # a pipe gets codes, people the words
    assert "kpj-kesehatan" in shown.out
    listed = submitted.ok("bpjs", "list")[0]
    assert [listed[key] for key in ("heads", "waiting", "registered_there", "refused")] == [8, 5, 2, 1]


def test_the_same_answer_twice_changes_nothing_at_all(submitted: Office, reply: Callable[..., Path]) -> None:
    path = reply([(nik(0), "BASRI", card(0), "", ""), (nik(1), "DARWIS", "", "", "umur 66 tahun")])
    assert submitted("bpjs", "answer", path, "--dry-run").err == ""
    first = submitted("bpjs", "answer", path)
    assert first.code == 3
    assert "iuran pay" in first.err
    assert "bpjs submit" in first.err
    before = dump(submitted)
    again = submitted("bpjs", "answer", path)
    assert (again.code, again.err) == (0, "")
    assert "tidak ada yang diubah" in again.out
    assert dump(submitted) == before
    assert replies(submitted.ok("bpjs", "answer", path)) == {"unchanged": 2}


def test_a_later_answer_changes_an_earlier_one(submitted: Office, reply: Callable[..., Path]) -> None:
    submitted.ok("bpjs", "answer", reply([
        (nik(0), "", "", "GAGAL", "NIK tidak padan"), (nik(1), "", "", "BERHASIL", ""),
        (nik(2), "", card(2), "", ""), (nik(3), "", card(3), "", ""), (nik(4), "", "", "GAGAL", "salah"),
    ]))  # fmt: skip
    data = submitted.ok("bpjs", "answer", reply([
        (nik(0), "", card(0), "BERHASIL", ""), (nik(1), "", card(1), "BERHASIL", ""),
        (nik(2), "", card(9), "BERHASIL", ""), (nik(3), "", "", "DITOLAK", "sudah PU"),
        (nik(4), "", "", "GAGAL", "tanggal lahir salah"),
    ]))  # fmt: skip
    assert replies(data) == {"changed": 5}
    assert [one["reason"] for one in data["changes"]] == [None, None, None, "sudah PU", "tanggal lahir salah"]
    assert lines(submitted)[:5] == [
        (1, "registered", card(0), None, "active"),
        (2, "registered", card(1), None, "active"),
        (3, "registered", card(9), None, "active"),
        (4, "refused", None, "sudah PU", "refused"),
        (5, "refused", None, "tanggal lahir salah", "refused"),
    ]
    status_only = reply([(nik(0), "", "", "TERDAFTAR", "")])
    assert replies(submitted.ok("bpjs", "answer", status_only)) == {"unchanged": 1}
    refused = submitted("bpjs", "answer", reply([(nik(0), "", "", "GAGAL", "mundur")]), "--json")
    assert (refused.code, replies(refused.data)) == (3, {"changed": 1})


def test_an_answer_on_our_own_workbook(submitted: Office, tmp_path: Path) -> None:
    path = tmp_path / "pengajuan.xlsx"
    book: Any = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    column = [cell.value for cell in sheet[1]].index("KPJ") + 1
    for row in range(2, 6):
        sheet.cell(row, column).value = card(row)
    book.save(path)
    other = submitted("bpjs", "answer", path, "--submission", "S-2024-001")
    assert (other.code, other.error) == (1, "E336")
    data = submitted.ok("bpjs", "answer", path, "--submission", "s-2025-001", "--date", "2025-08-04")
    assert (replies(data), data["waiting"]) == ({"registered": 4, "silent": 4}, 4)


def test_rows_that_contradict_or_repeat_each_other(submitted: Office, reply: Callable[..., Path]) -> None:
    data = submitted.ok("bpjs", "answer", reply([
        (nik(0), "", card(0), "", ""), (nik(0), "", card(0), "", ""),
        (nik(1), "", card(1), "", ""), (nik(1), "", "", "GAGAL", ""),
        (nik(2), "", card(7), "", ""), (nik(3), "", card(7), "", ""),
        (nik(4), "", card(4), "GAGAL", ""), (nik(5), "", "A2401234567", "", ""),
    ]))  # fmt: skip
    assert replies(data) == {"registered": 1, "repeated": 1, "problem": 6}
    assert problems(data) == [
        (4, "contradictory"), (5, "contradictory"), (6, "kpj-shared"), (7, "kpj-shared"), (8, "unclear"),
        (9, "kpj-not-digits"),
    ]  # fmt: skip
    taken = submitted.ok("bpjs", "answer", reply([(nik(6), "", card(0), "", "")]))
    assert problems(taken) == [(2, "kpj-shared")]


@pytest.mark.parametrize("said", [(card(0), "BERHASIL", ""), ("", "GAGAL", "meninggal dunia")])
def test_who_died_or_was_merged_meanwhile_is_reported_not_applied(
    submitted: Office, reply: Callable[..., Path], said: Row
) -> None:
    submitted.ok("worker", "death", "P-000001", "--died", "2025-08-01")
    submitted.ok("worker", "merge", "P-000003", "P-000002", "--reason", "satu orang")
    before = dump(submitted)
    path = reply([(nik(0), "", *said), (nik(1), "", said[0] and card(1), *said[1:])])
    data = submitted.ok("bpjs", "answer", path)
    assert dump(submitted) == before
    if said[0]:
        assert problems(data) == [(2, "deceased"), (3, "merged")]
    else:
        assert replies(data) == {"unchanged": 2}


def test_what_the_office_did_meanwhile_stands_in_the_way(
    submitted: Office, reply: Callable[..., Path]
) -> None:
    refuse = reply([(nik(n), "", "", "GAGAL", "salah") for n in (0, 1)] + [(nik(2), "", card(2), "", "")])
    submitted.ok("bpjs", "answer", refuse)
    submitted.ok("enrol", "--worker", "P-000001", "--from", "2025-09", *TERMS, *ANEW)
    submitted.ok("iuran", "pay", "2025-08", "--proof", "SP2D-1", "--date", "2025-08-04")
    submitted.ok("bpjs", "withdraw", "S-2025-001", "--reason", "sisa ditarik")
    data = submitted.ok("bpjs", "answer", reply([
        (nik(0), "", card(0), "", ""), (nik(2), "", "", "DITOLAK", "ganda"), (nik(3), "", card(3), "", ""),
        (nik(4), "", "", "GAGAL", ""),
    ]))  # fmt: skip
    assert problems(data) == [(2, "already-enrolled"), (3, "paid-already"), (4, "withdrawn")]
    assert replies(data) == {"unchanged": 1, "problem": 3}
    with submitted.database.trying() as connection:
        connection.execute("UPDATE enrolment SET status = 'ended' WHERE worker_id IN (2, 3)")
        connection.execute("DELETE FROM paid_span")
        connection.execute("COMMIT")
    ended = submitted.ok("bpjs", "answer", reply([
        (nik(1), "", card(1), "", ""), (nik(2), "", "", "DITOLAK", "ganda"),
    ]))  # fmt: skip
    assert problems(ended) == [(2, "ended"), (3, "ended")]


def test_somebody_refused_and_handed_in_again(
    submitted: Office, reply: Callable[..., Path], tmp_path: Path
) -> None:
    submitted.ok("bpjs", "answer", reply([(nik(0), "", "", "GAGAL", "NIK tidak padan")], name="lama.xlsx"))
    submitted.ok("enrol", "--worker", "P-000001", "--from", "2025-08", *TERMS, *ANEW)
    assert submitted.ok("bpjs", "submit", "-o", tmp_path / "s2.xlsx", *ANEW)["submission"] == "S-2025-002"
    old = submitted("bpjs", "answer", tmp_path / "lama.xlsx")
    assert (old.code, old.error) == (1, "E339")
    path = reply([(nik(0), "", card(0), "", "")], title="Balasan atas S-2025-002 (BPU)")
    data = submitted.ok("bpjs", "answer", path)
    assert (data["submissions"], replies(data)) == (["S-2025-002"], {"registered": 1})
    stale = submitted.ok("bpjs", "answer", tmp_path / "lama.xlsx", "--submission", "S-2025-001")
    assert replies(stale) == {"unchanged": 1}
    refused_or_not = reply([(nik(0), "", "", "GAGAL", "NIK tidak padan lagi")])
    assert submitted("bpjs", "answer", refused_or_not).error == "E339"
    several = reply([(nik(1), "", card(1), "", "")], title="Balasan S-2025-001 dan S-2025-002")
    assert replies(submitted.ok("bpjs", "answer", several)) == {"registered": 1}


def test_a_card_number_answers_the_submission_after_the_refusal(
    submitted: Office, reply: Callable[..., Path], tmp_path: Path
) -> None:
    submitted.ok("bpjs", "answer", reply([(nik(0), "", "", "GAGAL", "NIK tidak padan")], name="lama.xlsx"))
    submitted.ok("enrol", "--worker", "P-000001", "--from", "2025-08", *TERMS, *ANEW)
    submitted.ok("bpjs", "submit", "-o", tmp_path / "s2.xlsx", *ANEW)
    path = reply([(nik(0), "", card(0), "", ""), (nik(1), "", card(1), "", "")])
    data = submitted.ok("bpjs", "answer", path)
    assert (data["submissions"], replies(data)) == (["S-2025-001", "S-2025-002"], {"registered": 2})
    assert replies(submitted.ok("bpjs", "answer", path)) == {"unchanged": 2}


def test_a_line_that_was_taken_back_gives_way_to_the_one_that_waits(
    submitted: Office, reply: Callable[..., Path], tmp_path: Path
) -> None:
    submitted.ok("bpjs", "withdraw", "S-2025-001", "--reason", "berkas salah")
    submitted.ok("bpjs", "submit", "-o", tmp_path / "s2.xlsx")
    submitted.ok("bpjs", "withdraw", "S-2025-002", "--reason", "salah lagi")
    submitted.ok("bpjs", "submit", "-o", tmp_path / "s3.xlsx")
    data = submitted.ok("bpjs", "answer", reply([(nik(0), "", card(0), "", "")]))
    assert (data["submissions"], replies(data)) == (["S-2025-003"], {"registered": 1})
    refused = reply([(nik(1), "", "", "GAGAL", "salah")])
    submitted.ok("bpjs", "answer", refused)
    submitted.ok("enrol", "--worker", "P-000002", "--from", "2025-08", *TERMS, *ANEW)
    submitted.ok("bpjs", "submit", "-o", tmp_path / "s4.xlsx", *ANEW)
    submitted.ok("bpjs", "withdraw", "S-2025-004", "--reason", "tidak jadi")
    again = submitted.ok("bpjs", "answer", refused)
    assert (again["submissions"], replies(again)) == (["S-2025-003"], {"unchanged": 1})


@pytest.mark.parametrize(
    ("rows", "head", "options", "error", "code"),
    [
        ([("6474010101017777", "", card(0), "", "")], HEAD, (), "E338", 1),
        ([(nik(0), "", card(0), "", "")], HEAD, ("--submission", "S-2025-009"), "E332", 66),
        ([(nik(0), "", card(0), "", "")], HEAD, ("--date", "2025-08-05"), "E340", 2),
        (
            [(nik(0), "", card(0), "", "")],
            HEAD,
            ("--submission", "S-2025-001", "--date", "2025-08-03"),
            "E340",
            2,
        ),
        ([(nik(0), "BASRI")], ("NIK", "NAMA"), (), "E343", 65),
        ([("BASRI", card(0))], ("NAMA", "KPJ"), (), "E330", 65),
    ],
)
def test_a_reply_that_is_none_of_ours_is_refused_and_nothing_written(
    submitted: Office,
    reply: Callable[..., Path],
    rows: Sequence[Row],
    head: Row,
    options: Sequence[object],
    error: str,
    code: int,
) -> None:
    before = dump(submitted)
    ran = submitted("bpjs", "answer", reply(rows, head=head), *options)
    assert (ran.error, ran.code) == (error, code)
    assert dump(submitted) == before


def test_the_day_of_an_answer_is_kept(submitted: Office, reply: Callable[..., Path]) -> None:
    path = reply([(nik(0), "", card(0), "", "")])
    ran = submitted("bpjs", "answer", path, "--date", "2025-08-20", "--json", today="2025-09-01")
    assert ran.data["answered_on"] == "2025-08-20"
    assert submitted.one("SELECT answered_on FROM v_submission_line WHERE worker_id = 1") == "2025-08-20"
    before = dump(submitted)
    early = reply([(nik(1), "", card(1), "", "")])
    assert submitted("bpjs", "answer", early, "--date", "2025-08-01", today="2025-09-01").error == "E340"
    assert dump(submitted) == before


@pytest.mark.parametrize("options", [("--json",), ()])
@pytest.mark.parametrize("sign", ["/", "_", "\u00a0", "\u200b", " - ", "\u2019", "\uff0e"])
def test_no_nik_in_what_bpjs_says_is_shown_or_kept(
    submitted: Office, reply: Callable[..., Path], sign: str, options: tuple[str, ...]
) -> None:
    digits = nik(0)
    parted = sign.join(digits[at : at + 4] for at in range(0, 16, 4))
    wide = "".join(chr(0xFF10 + int(digit)) for digit in digits)
    path = reply([
        (digits, "A", "", "GAGAL", f"ganda dengan NIK {parted}."),
        (nik(1), "B", "", f"Ditolak {wide}", ""),
        (nik(2), "C", "", f"ditinjau {parted}", ""),
    ])  # fmt: skip
    ran = submitted("bpjs", "answer", path, "--date", "2025-08-04", *options)
    assert digits not in "".join(sign for sign in ran.out + ran.err if sign.isdigit())
    assert parted not in ran.out
    assert wide not in ran.out
    assert f"ganda dengan NIK {digits[:4]}••••••••{digits[-4:]}" in ran.out
    kept = [reason for (reason,) in submitted.rows("SELECT reason FROM v_submission_line") if reason]
    assert kept == [
        f"ganda dengan NIK {digits[:4]}••••••••{digits[-4:]}.",
        f"Ditolak {digits[:4]}••••••••{digits[-4:]}",
    ]


def test_no_nik_is_kept_of_why_a_submission_came_back(submitted: Office) -> None:
    submitted.ok("bpjs", "withdraw", "S-2025-001", "--reason", f"salah kirim {nik(0)}")
    hidden = f"salah kirim {nik(0)[:4]}••••••••{nik(0)[-4:]}"
    assert set(submitted.rows("SELECT reason FROM v_submission_line")) == {(hidden,)}
    assert submitted.one("SELECT reason FROM v_audit ORDER BY seq DESC LIMIT 1") == hidden


@pytest.mark.parametrize(
    ("recorded", "older"),
    [
        ((card(0), "BERHASIL", ""), ("", "GAGAL", "NIK tidak padan")),
        (("", "GAGAL", "NIK tidak padan"), (card(0), "BERHASIL", "")),
        (("", "GAGAL", "NIK tidak padan"), ("", "GAGAL", "tanggal lahir salah")),
        ((card(0), "BERHASIL", ""), (card(9), "BERHASIL", "")),
        (("", "BERHASIL", ""), (card(9), "BERHASIL", "")),
    ],
)
def test_an_answer_older_than_what_is_recorded_changes_nothing_and_is_named(
    submitted: Office, reply: Callable[..., Path], recorded: Row, older: Row
) -> None:
    late = reply([(nik(0), "", *recorded)], name="baru.xlsx")
    submitted.ok("bpjs", "answer", late, "--date", "2025-08-20", today="2025-09-01")
    before = dump(submitted)
    path = reply([(nik(0), "", *older)], name="lama.xlsx")
    ran = submitted("bpjs", "answer", path, "--date", "2025-08-19", "--json", today="2025-09-01")
    assert (ran.code, replies(ran.data), problems(ran.data)) == (3, {"problem": 1}, [(2, "older")])
    assert dump(submitted) == before
    again = submitted.ok("bpjs", "answer", late, "--date", "2025-08-10", today="2025-09-01")
    assert replies(again) == {"unchanged": 1}, "what agrees with a later answer needs nobody"
    for day in ("2025-08-20", "2025-08-21"):  # of the same day: a correction
        changed = submitted.ok("bpjs", "answer", path, "--date", day, today="2025-09-01")
        assert replies(changed) in ({"changed": 1}, {"unchanged": 1})
    assert lines(submitted)[0][1:4] == (
        ("refused", None, older[2]) if older[1] == "GAGAL" else ("registered", older[0], None)
    )


def test_an_older_answer_still_settles_whoever_has_none(
    submitted: Office, reply: Callable[..., Path]
) -> None:
    late = reply([(nik(0), "", "", "GAGAL", "salah")])
    submitted.ok("bpjs", "answer", late, "--date", "2025-08-20", today="2025-09-01")
    both = reply([(nik(0), "", card(0), "", ""), (nik(1), "", card(1), "", "")])
    ran = submitted("--lang", "en", "bpjs", "answer", both, "--date", "2025-08-10", today="2025-09-01")
    assert ran.code == 3
    assert "older" in ran.out
    assert [one[1] for one in lines(submitted)[:2]] == ["refused", "registered"]


@pytest.mark.parametrize(
    ("said", "other"),
    [(("", "GAGAL", "salah"), (card(0), "BERHASIL", "")), ((card(0), "", ""), ("", "GAGAL", "salah"))],
)
def test_what_bpjs_says_once_more_later_counts_from_then_on(
    submitted: Office, reply: Callable[..., Path], said: Row, other: Row
) -> None:
    first = reply([(nik(0), "", *said)], name="satu.xlsx")
    submitted.ok("bpjs", "answer", first, "--date", "2025-08-04", today="2025-09-01")
    before = dump(submitted)
    again = submitted("bpjs", "answer", first, "--date", "2025-08-25", "--json", today="2025-09-01")
    assert (again.code, replies(again.data)) == (0, {"unchanged": 1})
    assert dump(submitted) == before, "the same file read again says nothing new"
    second = reply([(nik(0), "A", *said)], name="dua.xlsx")
    ran = submitted("bpjs", "answer", second, "--date", "2025-08-20", today="2025-09-01")
    assert (ran.code, "tidak ada yang diubah" in ran.out) == (0, True)
    assert submitted.one("SELECT answered_on FROM v_submission_line WHERE worker_id = 1") == "2025-08-20"
    between = reply([(nik(0), "", *other)], name="tiga.xlsx")
    late = submitted("bpjs", "answer", between, "--date", "2025-08-10", "--json", today="2025-09-01")
    assert (late.code, problems(late.data)) == (3, [(2, "older")])


def test_whose_months_run_under_a_merged_record_is_not_registered_for_them_again(
    submitted: Office, reply: Callable[..., Path]
) -> None:
    refused = (nik(0), "BASRI AAA", "", "GAGAL", "tidak padan")
    submitted("bpjs", "answer", reply([refused, (nik(1), "DARWIS AAA", card(1), "BERHASIL", "")]))
    submitted.ok("iuran", "pay", "2025-08", "--proof", "SP2D-1", "--date", "2025-08-04")
    submitted.ok("worker", "merge", "P-000001", "P-000002", "--reason", "satu orang")
    later = reply([(nik(0), "BASRI AAA", card(0), "BERHASIL", "")], name="susulan.xlsx")
    assert problems(submitted.ok("bpjs", "answer", later)) == [(2, "already-enrolled")]
