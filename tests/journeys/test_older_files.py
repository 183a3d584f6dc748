"""Files as released programs left them: today's program opens them, and answers what theirs answered."""

import json
import lzma
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from jamsostek_cli.store.file import schema, steps
from tests.conftest import ROOT, Office, Run

SAMPLES = sorted((ROOT / "tests/samples/files").glob("schema-*.db.xz"))


def unpacked(sample: Path, folder: Path) -> Path:
    path = folder / "lama" / "kota.db"
    path.parent.mkdir()
    path.write_bytes(lzma.decompress(sample.read_bytes()))
    path.chmod(0o600)
    return path


@pytest.fixture(params=SAMPLES, ids=lambda path: path.name)
def sample(request: pytest.FixtureRequest, tmp_path: Path, jcli: Run) -> Office:
    return Office(unpacked(request.param, tmp_path), jcli)


def version_of(sample: Path) -> int:
    return int(sample.name.removeprefix("schema-").removesuffix(".db.xz"))


def public_columns(path: Path) -> dict[str, str]:
    """Return the columns of every view that officers read, the audit trail left out."""
    with closing(sqlite3.connect(path)) as connection:
        views = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'view' AND name GLOB 'v_*' AND name <> 'v_audit'"
        )
        return {
            name: ", ".join(column for _, column, *_ in connection.execute(f"PRAGMA table_info({name})"))
            for (name,) in views.fetchall()
        }


def public_face(path: Path, columns: dict[str, str]) -> dict[str, list[Any]]:
    """Return the rows of views in some of their columns."""
    with closing(sqlite3.connect(path)) as connection:
        return {
            name: sorted(connection.execute(f"SELECT {shown} FROM {name}").fetchall(), key=repr)
            for name, shown in columns.items()
        }


def test_there_is_a_sample_of_every_version_before_this_one() -> None:
    assert sorted(map(version_of, SAMPLES)) == list(range(1, steps.SCHEMA_VERSION))


def test_the_first_command_migrates(sample: Office) -> None:
    columns, mode = public_columns(sample.path), sample.path.stat().st_mode
    before, content = public_face(sample.path, columns), whole(sample.path)
    old = schema_version(sample.path)
    ran = sample("status")
    assert ran.code == 0
    said = ran.err.splitlines()
    assert f"dari skema {old} ke {steps.SCHEMA_VERSION}" in said[0]
    copy = sample.path.with_name(f"kota.db.skema-{old}.salinan.db")
    assert copy.name in said[1]
    assert (schema_version(copy), whole(copy)) == (old, content)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert sample.path.stat().st_mode == mode
    assert schema_version(sample.path) == steps.SCHEMA_VERSION
    assert public_face(sample.path, columns) == before  # views only grow
    assert "skema" not in sample("status").err
    assert {path.name for path in sample.path.parent.iterdir()} >= {"kota.db", copy.name}
    assert not [path for path in sample.path.parent.iterdir() if path.name.endswith((".part", "-journal"))]


def whole(path: Path) -> list[str]:
    """Return all that a file holds, as statements."""
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def schema_version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        return int(version)


def test_a_migrated_file_is_like_a_new_one(sample: Office, office: Office) -> None:
    old = schema_version(sample.path)
    rows = sample.ok("audit", "verify")["rows"]
    assert sample.ok("db", "check")["problems"] == []
    assert sample.rows("SELECT action, subject FROM v_audit WHERE seq = ?", rows) == [
        ("db.migrate", f"{old} {steps.SCHEMA_VERSION}")
    ]
    with sample.database.reading() as migrated, office.database.reading() as new:
        assert schema.objects(migrated.conn) == schema.objects(new.conn)
        assert migrated.table("_sqlite_migrations").count == new.table("_sqlite_migrations").count


def holds(answer: Any, earlier: Any) -> bool:
    """Tell whether an answer says all that an earlier one said; it may say more."""
    if isinstance(earlier, dict):
        return all(key in answer and holds(answer[key], value) for key, value in earlier.items())
    if isinstance(earlier, list):
        return len(answer) == len(earlier) and all(map(holds, answer, earlier))
    return bool(answer == earlier)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_the_answers_are_those_of_the_program_that_made_it(path: Path, tmp_path: Path, jcli: Run) -> None:
    office = Office(unpacked(path, tmp_path), jcli)
    said = json.loads(path.with_name(path.name.replace(".db.xz", ".json")).read_text(encoding="utf-8"))
    coverage = office.ok("report", "coverage", "--year", 2025, "--by", "kelurahan")
    for part in ("figures", "rows"):
        assert holds(coverage[part], said["coverage"]["data"][part]), part
    assert holds(office.ok("iuran", "bill", "2025-08"), said["bill"]["data"])
    assert holds(office.ok("claim", "list"), said["claims"]["data"])
    heads = 105 if version_of(path) < 4 else 104  # since then, somebody called late waits for a person
    assert said["bill"]["data"]["bills"][0]["amount"] == heads * 16_800
