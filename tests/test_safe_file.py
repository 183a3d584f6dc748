"""Files appear whole or not at all, in their place or nowhere."""

import errno
from pathlib import Path

import pytest

from jamsostek_cli import committed, safe_file
from jamsostek_cli.errors import JcliError


def test_a_file_beside_its_place_appears_when_all_has_gone_well(tmp_path: Path) -> None:
    place = tmp_path / "s.xlsx"
    with safe_file.beside(place) as part:
        part.write_text("whole")
        assert not place.exists()
    assert place.read_text() == "whole"
    assert place.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in place.parent.iterdir()] == ["s.xlsx"]


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (OSError(errno.ENOSPC, "full"), "E108"),
        (OSError(errno.EFBIG, "too large for a limit"), "E108"),
        (OSError(errno.EACCES, "closed"), "E106"),
        (KeyError("x"), None),
    ],
)
def test_what_fails_before_the_end_leaves_nothing(tmp_path: Path, fault: Exception, code: str | None) -> None:
    place = tmp_path / "s.xlsx"
    with pytest.raises((JcliError, KeyError)) as caught, safe_file.beside(place):
        raise fault
    assert code is None or getattr(caught.value, "code", None) == code
    assert list(tmp_path.iterdir()) == []


def test_a_place_taken_at_the_last_moment_is_named(tmp_path: Path) -> None:
    place = tmp_path / "s.xlsx"
    with pytest.raises(JcliError) as caught, safe_file.beside(place):
        place.mkdir()
    assert caught.value.code == "E337"
    assert [one.name for one in tmp_path.iterdir()] == ["s.xlsx"]


def test_a_file_that_a_program_has_open_is_refused_before_anything_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "s.xlsx"
    place.write_text("old")

    def in_use(*_: object) -> None:
        raise PermissionError(errno.EACCES, "used by another process")

    monkeypatch.setattr("os.rename", in_use)  # as Windows answers while Excel has it open
    with pytest.raises(JcliError, match="E106"), safe_file.beside(place, force=True):
        raise AssertionError("never reached")
    with pytest.raises(JcliError, match="E106"):
        safe_file.write(place, Path.touch, force=True)
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("s.xlsx", "old")]


def test_what_cannot_be_removed_does_not_hide_what_went_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def in_use(*_: object) -> None:
        raise PermissionError(errno.EACCES, "used by this process")

    monkeypatch.setattr("os.unlink", in_use)
    with pytest.raises(KeyError), safe_file.beside(tmp_path / "s.xlsx"):
        raise KeyError("x")


def test_ctrl_c_after_the_record_leaves_no_record_without_its_file(tmp_path: Path) -> None:
    place = tmp_path / "s.xlsx"

    def recorded_and_pressed() -> None:
        with safe_file.beside(place) as part:
            part.write_text("whole")
            committed.note()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        recorded_and_pressed()
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("s.xlsx", "whole")]


def test_ctrl_c_between_two_files_is_heard_when_both_are_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace, places = Path.replace, [tmp_path / "a.md", tmp_path / "b.md"]

    def second_is_late(part: Path, place: Path) -> None:
        replace(part, place)
        if place.name == "a.md":
            raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", second_is_late)
    committed.begin()
    with pytest.raises(KeyboardInterrupt):
        safe_file.write_all(dict.fromkeys(places, Path.touch))
    assert (sorted(tmp_path.iterdir()), committed.so_far()) == (places, 1)


@pytest.mark.parametrize("hears", [KeyboardInterrupt, PermissionError])
def test_what_is_not_put_in_place_has_changed_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hears: type[BaseException]
) -> None:
    def fails(part: Path, place: Path) -> None:
        raise hears

    monkeypatch.setattr(Path, "replace", fails)
    committed.begin()
    with pytest.raises((KeyboardInterrupt, JcliError)):
        safe_file.write(tmp_path / "a.md", Path.touch)
    assert (list(tmp_path.iterdir()), committed.so_far()) == ([], 0)


def test_one_file_that_cannot_be_written_stops_the_others(tmp_path: Path) -> None:
    def full(part: Path) -> None:
        raise OSError(errno.ENOSPC, "full")

    with pytest.raises(JcliError) as caught:
        safe_file.write_all({tmp_path / "a.md": Path.touch, tmp_path / "b.md": full})
    assert (caught.value.code, caught.value.facts["path"]) == ("E108", tmp_path / "b.md")
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_while_a_rest_is_removed_removes_it_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlink, times = Path.unlink, iter([True])

    def first_is_interrupted(path: Path, missing_ok: bool = False) -> None:
        if next(times, False):
            raise KeyboardInterrupt
        unlink(path, missing_ok=missing_ok)

    rest = tmp_path / "x.part"
    rest.touch()
    monkeypatch.setattr(Path, "unlink", first_is_interrupted)
    with pytest.raises(KeyboardInterrupt):
        safe_file.remove(rest)
    assert not rest.exists()


@pytest.mark.parametrize(
    ("make", "force", "code"),
    [("file", False, "E502"), ("folder", True, "E106"), ("no folder", False, "E120")],
)
def test_a_place_that_cannot_be_taken_is_refused_before_anything_is_done(
    tmp_path: Path, make: str, force: bool, code: str
) -> None:
    place = tmp_path / "s.xlsx"
    if make == "file":
        place.write_text("old")
    elif make == "folder":
        place.mkdir()
    else:
        place = tmp_path / "a" / "s.xlsx"
    with pytest.raises(JcliError) as caught, safe_file.beside(place, force=force):
        raise AssertionError("never reached")
    assert caught.value.code == code


@pytest.mark.parametrize(("name", "code"), [("n" * 300, "E106"), ("taken", "E106"), ("a/b", "E120")])
def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / "taken").touch()
    with pytest.raises(JcliError, match=code):
        safe_file.make_folder(tmp_path / name)
    with pytest.raises(JcliError, match="E120" if name == "taken" else code):
        safe_file.write(tmp_path / name / "s.xlsx", Path.touch)
    assert [one.name for one in tmp_path.iterdir()] == ["taken"]


def test_a_place_to_work_in_needs_a_folder(tmp_path: Path) -> None:
    with pytest.raises(JcliError, match="E106"), safe_file.scratch(tmp_path / "tiada" / "x"):
        pass
