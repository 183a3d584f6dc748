"""What is typed of a claim's circumstances is read in either language, and never guessed."""

import pytest

from tests.conftest import Office

DISABILITY = ("claim", "add", "P-000001", "--kind", "jkk-disability", "--date", "2025-05-06")
TREATMENT = ("claim", "add", "P-000001", "--kind", "jkk-treatment", "--date", "2025-05-06")
DEATH = ("claim", "add", "P-000001", "--kind", "jkk-death", "--date", "2025-05-06")


@pytest.mark.parametrize(
    ("typed", "part", "share"),
    [
        ("right-hand", "right-hand", "1"),
        ("tangan kanan=50%", "right-hand", "0.5"),
        ("Right Hand = 12,5 %", "right-hand", "0.125"),
        ("telunjuk kiri=0,5", "left-index-finger", "0.5"),
        ("eye=0.25", "eye", "0.25"),
        ("satu mata=1", "eye", "1"),
        ("kaki memendek kurang dari 5 cm=100%", "leg-shortened-below-5cm", "1"),
    ],
)
def test_a_loss_is_a_part_and_a_share(covered: Office, typed: str, part: str, share: str) -> None:
    added = covered.ok(*DISABILITY, "--loss", typed)
    assert added["circumstances"]["losses"] == [{"part": part, "share": share}]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("right-hand=50", "E002"),
        ("right-hand=half", "E002"),
        ("right-hand=-50%", "E002"),
        ("right-hand=", "E002"),
        ("tangan=50%", "E002"),
        ("right-hand=101%", "E428"),
        ("right-hand=1,5", "E428"),
        ("ekor", "E429"),
    ],
)
def test_a_loss_that_is_not_clear_is_refused(covered: Office, typed: str, code: str) -> None:
    before = covered.path.read_bytes()
    assert covered(*DISABILITY, "--loss", typed).error == code
    assert covered.path.read_bytes() == before


def test_a_word_of_several_parts_names_them(covered: Office) -> None:
    said = covered(*DISABILITY, "--loss", "lengan kanan=50%").err
    assert "lengan kanan dari siku" in said
    assert "lengan kanan dari bahu" in said


def test_a_share_over_the_whole_is_said_in_percent(covered: Office) -> None:
    assert "150 %" in covered(*DISABILITY, "--loss", "right-hand=150%").err
    assert "112.5 %" in covered(*DISABILITY, "--loss", "right-hand=112,5%").err


@pytest.mark.parametrize(
    ("typed", "name", "amount"),
    [
        ("ambulans=6.200.000", "transport_land", 6_200_000),
        ("kapal=Rp900.000", "transport_sea", 900_000),
        ("transport_air=100", "transport_air", 100),
        ("Hearing aid=2500000", "hearing_aid", 2_500_000),
    ],
)
def test_a_bill_is_a_name_and_rupiah(covered: Office, typed: str, name: str, amount: int) -> None:
    added = covered.ok(*TREATMENT, "--expense", typed)
    assert added["circumstances"]["expenses"] == [{"name": name, "amount": amount}]


@pytest.mark.parametrize(
    "typed", ["ambulans", "6.200.000", "ambulans=6,200", "obat=1000", "angkutan=1000", "ambulans=Rp6.20"]
)
def test_a_bill_that_is_not_clear_is_refused(covered: Office, typed: str) -> None:
    before = covered.path.read_bytes()
    assert covered(*TREATMENT, "--expense", typed).error == "E002"
    assert covered.path.read_bytes() == before


@pytest.mark.parametrize(
    ("option", "values"),
    [
        ("--loss", ("eye", "satu mata=50%")),
        ("--expense", ("ambulans=1000", "transport_land=2000")),
        ("--child", ("ANDI=SD", "ANDI=SMP")),
    ],
)
def test_nobody_says_two_things_of_one(covered: Office, option: str, values: tuple[str, str]) -> None:
    given = [word for value in values for word in (option, value)]
    assert covered(*DISABILITY, *given).error == "E002"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("ANDI=SD", {"level": "sd"}),
        ("andi=primary school (SD)", {"level": "sd"}),
        ("1=universitas", {"level": "university"}),
        ("ANDI=belum sekolah", {"level": "none"}),
        ("ANDI=SMA,menikah", {"level": "sma", "married": True}),
        ("ANDI=SMA,bekerja", {"level": "sma", "working": True}),
        ("ANDI=kuliah, bekerja BPU", {"level": "university", "working": True, "work": "bpu"}),
        ("ANDI=kuliah,working intern", {"level": "university", "working": True, "work": "intern"}),
        ("ANDI=kuliah,bekerja PU 4 bulan", {"working": True, "work": "pu", "work_months": 4}),
        ("ANDI=kuliah,bekerja PU 9, 2 tahun", {"work_months": 9, "years_used": 2}),
        ("ANDI=SD,1 year", {"years_used": 1}),
    ],
)
def test_a_child_has_a_level_and_facts(covered: Office, typed: str, told: dict[str, object]) -> None:
    covered.ok("worker", "child", "add", "P-000001", "--name", "ANDI", "--born", "2010-06-01")
    (child,) = covered.ok(*DEATH, "--child", typed)["circumstances"]["children"]
    assert told.items() <= child.items()


@pytest.mark.parametrize(
    "typed",
    [
        *("ANDI", "=SD", "ANDI=", "ANDI=kelas empat", "ANDI=SD,", "ANDI=SD,rajin"),
        *("ANDI=SD,menikah siri", "ANDI=SD,bekerja keras", "ANDI=SD,bekerja PU lama", "ANDI=s"),
    ],
)
def test_a_child_that_is_not_clear_is_refused(covered: Office, typed: str) -> None:
    covered.ok("worker", "child", "add", "P-000001", "--name", "ANDI", "--born", "2010-06-01")
    before = covered.path.read_bytes()
    assert covered(*DEATH, "--child", typed).error == "E002"
    assert covered.path.read_bytes() == before


def test_a_scholarship_needs_a_school_year_and_everything_else_a_day(covered: Office) -> None:
    assert covered("claim", "add", "P-000001", "--kind", "beasiswa").error == "E002"
    assert covered("claim", "add", "P-000001", "--kind", "jkm").error == "E002"


def test_what_a_claim_rests_on_is_shown_in_words(covered: Office) -> None:
    covered.ok(
        *DISABILITY, "--loss", "eye=50%", "--months-unable", 4, "--expense", "ambulans=1000", "--traffic"
    )
    shown = covered("claim", "show", "K-2025-0001").out
    assert {"eye\t0.5", "months_unable\t4", "transport_land\t1000", "traffic\ttrue"} <= set(
        shown.splitlines()
    )
