"""Texts that something happened to: every line of them is accounted for."""

import pytest

from jamsostek_cli.roster.files.records import Records, layout_of

HEAD = "NO;NIK;NAMA;ALAMAT;KEL"
NIKS = [f"647401170885700{n}" for n in range(1, 9)]


def read(*lines: str) -> list[list[str]]:
    text = "\r\n".join(lines) + "\r\n"
    layout = layout_of(text)
    assert layout is not None
    return list(Records(iter(text.splitlines(keepends=True)), layout))


def person(at: int, name: str = "ARDI", address: str = "JL. PARI", kel: str = "Guntung") -> str:
    return f"{at};{NIKS[at - 1]};{name};{address};{kel}"


@pytest.mark.parametrize(
    ("torn", "expected"),
    [
        (person(2, address='"JL. PARI'), ["2", NIKS[1], "ARDI", "JL. PARI", "Guntung"]),
        (person(2, name='"ARDI'), ["2", NIKS[1], "ARDI", "JL. PARI", "Guntung"]),
        (f'"{person(2)}', ["2", NIKS[1], "ARDI", "JL. PARI", "Guntung"]),
        (person(2, address='"JL. ""PARI""'), ["2", NIKS[1], "ARDI", 'JL. "PARI"', "Guntung"]),
        (person(2, name='"ARDI"', address='"JL. PARI'), ["2", NIKS[1], "ARDI", "JL. PARI", "Guntung"]),
        (
            person(2, name='"ARDI; S.Pd"', address='"JL. PARI'),
            ["2", NIKS[1], "ARDI; S.Pd", "JL. PARI", "Guntung"],
        ),
        (person(2, name='"ARDI', kel='"Guntung'), ["2", NIKS[1], "ARDI", "JL. PARI", "Guntung"]),
        (person(2, kel='"Guntung'), ["2", NIKS[1], "ARDI", "JL. PARI", "Guntung"]),
    ],
)
@pytest.mark.parametrize("quoted", [False, True])
@pytest.mark.parametrize("last", [False, True])
def test_a_quote_that_opens_and_never_closes_costs_nobody(
    torn: str, expected: list[str], *, quoted: bool, last: bool
) -> None:
    others = [person(at, name='"BASTIAN"' if quoted else "BASTIAN") for at in (3, 4, 5)]

    records = read(HEAD, person(1), torn, *([] if last else others))

    assert records[1:3] == [person(1).split(";"), expected]
    assert [fields[1] for fields in records[3:]] == ([] if last else NIKS[2:5])
    assert all(len(fields) == 5 for fields in records)


def test_a_stray_quote_in_a_file_of_names_first() -> None:
    records = read(
        "NAMA;NIK;KEL", f'"ARDI;{NIKS[0]};Guntung', f'"BASTIAN";{NIKS[1]};Kanaan', f'"EKO";{NIKS[2]};Kanaan'
    )

    assert [fields[:2] for fields in records[1:]] == [
        ["ARDI", NIKS[0]],
        ["BASTIAN", NIKS[1]],
        ["EKO", NIKS[2]],
    ]


def test_a_cell_of_several_lines_stays_one() -> None:
    records = read(HEAD, person(1, address='"JL. PARI\r\nRT 01; ""BLOK"""'), person(2))

    assert records[1] == ["1", NIKS[0], "ARDI", 'JL. PARI\r\nRT 01; "BLOK"', "Guntung"]
    assert records[2] == person(2).split(";")
    assert read("NAMA;NIK;KEL", f'"ARDI\r\nSAPUTRA";{NIKS[0]};Kanaan')[1] == [
        "ARDI\r\nSAPUTRA",
        NIKS[0],
        "Kanaan",
    ]


def test_headings_broken_over_lines_do_not_outvote_a_few_people() -> None:
    head = ('"NO\nURUT"', '"NO\nKTP"', '"NAMA\nPEKERJA"', '"TEMPAT, \nTGL LAHIR"', '"ALAMAT\nRUMAH"')
    people = [f"{at},{NIKS[at]},ARDI,BONTANG,JL. PARI" for at in (1, 2)]

    found = read("DATA PEKERJA", *",".join(head).split("\n"), *people)

    assert [len(record) for record in found] == [1, 5, 5, 5]
    assert found[-1] == ["2", NIKS[2], "ARDI", "BONTANG", "JL. PARI"]


def test_a_cell_of_very_many_lines_is_none() -> None:
    records = read(HEAD, person(1, address='"JL. PARI'), *["x"] * 60, person(2, address='"JL. A"'))

    assert (records[1], records[-1][1], len(records)) == (person(1).split(";"), NIKS[1], 63)


def test_a_comma_with_a_blank_behind_it_belongs_to_the_text() -> None:
    text = [
        line.replace(";", ",")
        for line in (HEAD, person(1), person(2, "ARDI, S.Pd"), person(3, "A, B", "C, D"))
    ]

    assert [fields[2:4] for fields in read(*text)] == [
        ["NAMA", "ALAMAT"], ["ARDI", "JL. PARI"], ["ARDI, S.Pd", "JL. PARI"], ["A, B", "C, D"],
    ]  # fmt: skip


def test_what_cannot_be_proved_stays_torn() -> None:
    comma = [line.replace(";", ",") for line in (HEAD, person(1), person(2, "ARDI,S.Pd"))]
    assert len(read(*comma)[2]) == 6
    spaced = [line.replace(";", ", ") for line in (HEAD, person(1), person(2, "ARDI; S.Pd"))]
    assert len(read(*spaced)[2]) == 6


def test_a_line_break_in_a_cell_is_mended_where_it_can_be_proved() -> None:
    torn = [f"2;{NIKS[1]};ARDI;JL. PARI", "GG 2;Guntung"]

    assert read(HEAD, person(1), *torn, person(3))[2:] == [
        ["2", NIKS[1], "ARDI", "JL. PARI GG 2", "Guntung"], person(3).split(";"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "following",
    [[], ["3;;EKO"], [person(3)], [";Guntung"], ['"GG";Guntung'], [f"GG 2;{NIKS[4]}"], ["a;b;c"]],
)
def test_a_short_record_is_not_joined_to_another_one(following: list[str]) -> None:
    records = read(HEAD, person(1), f"2;{NIKS[1]};ARDI;JL. PARI", *following)

    assert records[2] == ["2", NIKS[1], "ARDI", "JL. PARI"]
    assert len(records) == 3 + len(following)


def test_lines_that_stand_in_quotes_as_a_whole() -> None:
    lines = [f'"{line}"' for line in (HEAD, person(1))] + [
        f'"{person(2, name="-")}"'.replace("-", '""ARDI; S.Pd""') + ";;",
        person(3),
    ]

    assert [fields[1:3] for fields in read(*lines)] == [
        ["NIK", "NAMA"], [NIKS[0], "ARDI"], [NIKS[1], "ARDI; S.Pd"], [NIKS[2], "ARDI"],
    ]  # fmt: skip


def test_a_text_without_headings_has_the_width_of_most_lines() -> None:
    layout = layout_of("a;b;c\nd;e;f\ng;h\n")
    assert layout is not None
    assert (layout.delimiter, layout.width, layout.wrapped) == (";", 3, False)
    assert layout_of("one column\nonly\n") is None
    told = layout_of("NIK|NAMA\n1|A;B;C;D\n", "|")
    assert told is not None
    assert told.width == 2
    assert layout_of("") is None
    assert layout_of("", ";") is not None
