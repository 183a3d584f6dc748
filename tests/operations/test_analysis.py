"""`open_office`: the public views as frames, with the types that the values have, and no NIK."""

import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import jamsostek_cli
from jamsostek_cli import manual
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import LANGUAGES
from jamsostek_cli.reports.frames import FRAMES
from tests.conftest import Office, environment

PLACED = {"string", "Int64", "boolean", "Float64", "period[M]", "datetime64[s]", "datetime64[s, UTC]"}


def page(language: str) -> str:
    return (Path(manual.__file__).parent / f"file.{language}.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration's office, in which nearly every view has something."""
    folder = tmp_path_factory.mktemp("analysis")
    command = [sys.executable, "-m", "jamsostek_cli", "demo", "contoh"]
    subprocess.run(command, check=True, capture_output=True, cwd=folder, env=environment())
    return folder / "contoh/contoh.db"


def test_every_public_view_is_a_frame_with_the_columns_that_the_manual_names(sample: Path) -> None:
    office = jamsostek_cli.open_office(sample)
    for language in LANGUAGES:
        listed = dict(re.findall(r"^\| `(v_\w+)` \| (.+) \|$", page(language), re.MULTILINE))
        assert list(listed) == list(FRAMES.values())
        for name, view in office.views().items():
            shown = [column for column in listed[view].split(", ") if column not in {"nik", "other_nik"}]
            assert list(office[name].columns) == shown


def test_every_column_has_the_type_that_its_values_have(sample: Path) -> None:
    office = jamsostek_cli.open_office(sample)
    types = {
        (view, name): str(kind) for view in FRAMES.values() for name, kind in office[view].dtypes.items()
    }
    assert set(types.values()) <= PLACED
    with closing(sqlite3.connect(sample)) as database:
        for (view, name), kind in types.items():
            held = {said for (said,) in database.execute(f"SELECT DISTINCT typeof({name}) FROM {view}")} - {
                "null"
            }
            assert held <= ({"integer"} if kind in {"Int64", "boolean"} else {"text"}), (
                view,
                name,
                kind,
                held,
            )
            declared = dict(database.execute(f"SELECT name, type FROM pragma_table_info('{view}')"))[name]
            assert (declared == "INTEGER") <= (kind in {"Int64", "boolean"}), (view, name, kind)
            texts = [said for (said,) in database.execute(f"SELECT DISTINCT {name} FROM {view}") if said]
            dated = [text for text in texts if re.fullmatch(r"\d{4}-\d\d(-\d\d)?", str(text))]
            if texts and len(dated) == len(texts):
                assert kind.startswith(("period", "datetime64")), (view, name, kind)


def test_the_frames_add_up_to_what_the_file_says(sample: Path) -> None:
    office = jamsostek_cli.open_office(sample)
    with closing(sqlite3.connect(sample)) as database:
        (paid,) = database.execute("SELECT sum(amount) FROM v_bill WHERE state = 'paid'").fetchone()
        for view in FRAMES.values():
            (rows,) = database.execute(f"SELECT count(*) FROM {view}").fetchone()
            assert len(office[view]) == rows
    assert office.bills.loc[office.bills["state"] == "paid", "amount"].sum() == paid
    assert office.workers["died_on"].notna().sum() == len(office.workers[office.workers.status == "deceased"])
    assert office.workers["birth_date"].dt.year.between(1940, 2010).all()


def test_no_nik_stands_in_a_frame_not_in_a_text_either(covered: Office) -> None:
    nik = covered.one("SELECT nik FROM worker LIMIT 1")
    covered.ok("worker", "set", "P-000001", "--nik", f"{nik[:15]}9", "--reason", f"KTP {nik}")
    office = jamsostek_cli.open_office(covered.path)
    for view in FRAMES.values():
        assert not re.search(r"\b\d{16}\b", office[view].to_csv()), view
    assert f"{nik[:4]}••••••••{nik[-4:]}" in office.worker_corrections.to_csv()


def test_the_file_cannot_be_changed_and_each_look_is_of_now(covered: Office) -> None:
    office = jamsostek_cli.open_office(str(covered.path))
    before = len(office.audit)
    covered.ok("db", "setting", "four_eyes", "tidak", "--reason", "seorang diri")
    assert len(office.audit) == before + 1
    assert repr(office) == f"open_office({str(covered.path)!r})"
    assert {"bills", "views"} <= set(dir(office))


@pytest.mark.parametrize("name", ["v_secret", "worker", "bill; DROP TABLE worker"])
def test_what_is_no_view_is_refused(covered: Office, name: str) -> None:
    office = jamsostek_cli.open_office(covered.path)
    with pytest.raises(JcliError) as refused:
        office[name]
    assert refused.value.code == "E641"
    with pytest.raises(AttributeError):
        getattr(office, name)


def test_a_file_that_is_none_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(JcliError) as refused:
        jamsostek_cli.open_office(tmp_path / "tidak-ada.db")
    assert refused.value.code == "E101"


def test_an_empty_office_has_all_frames_with_their_types(office: Office, sample: Path) -> None:
    empty, full = jamsostek_cli.open_office(office.path), jamsostek_cli.open_office(sample)
    for view in FRAMES.values():
        assert empty[view].dtypes.to_dict() == full[view].dtypes.to_dict()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_of_the_manual_runs(
    sample: Path, language: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (example,) = re.findall(r"^```python\n(.+?)^```", page(language), re.MULTILINE | re.DOTALL)
    monkeypatch.chdir(sample.parent.parent)
    known: dict[str, Any] = {}
    exec(compile(example, f"file.{language}.md", "exec"), known)
    assert capsys.readouterr().out.count("\n") > 10
    assert isinstance(known["coverage"], pd.DataFrame)
    assert known["coverage"]["covered"].iloc[0] == len(known["covered"]["2025-01"])


def test_whoever_types_a_command_does_not_pay_for_it() -> None:
    asked = (
        "import sys, jamsostek_cli; print({'pandas', 'pathlib', 'sqlite3'} & set(sys.modules) - {'pathlib'})"
    )
    ran = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True, env=environment()
    )
    assert ran.stdout == "set()\n"
