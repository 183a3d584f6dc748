"""One writer for every file that leaves the program."""

import errno
import glob
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from typing import Final

from jamsostek_cli import committed, operating_system
from jamsostek_cli.errors import JcliError

_HOUR: Final = 3600
_CANNOT_SYNC: Final = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF})
"""What a share says that does not know how to make a folder safe."""
DISK: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})


def refusal(error: OSError, path: Path) -> JcliError:
    """Return what a failure to write at a place is: E108 where the disk is full or fails, else E106."""
    return JcliError("E108" if error.errno in DISK else "E106", path=path)


def write(path: Path, fill: Callable[[Path], None], *, force: bool = False) -> bool:
    """Let `fill` write a file beside its place, then rename it there; return whether anything changed.

    A file with the same bytes is left alone; another one is replaced only with `force` (E502).
    E106 when the folder cannot be written or the place is no file, E108 when the disk is full, E120 when
    there is no such folder.
    """
    return bool(write_all({path: fill}, force=force))


def write_all(
    fills: Mapping[Path, Callable[[Path], None]],
    *,
    force: bool = False,
    first: Callable[[Mapping[str, str]], None] | None = None,
) -> list[Path]:
    """Write several files as `write` does, all of them or none; return those that changed.

    What has to be done before any of them gets its place, `first` does: it is given their names with the
    hashes of their bytes.
    """
    places = {path: path.resolve() for path in fills}  # a link stays a link: what it points to is replaced
    parts = {path: _part(place) for path, place in places.items()}
    at = next(iter(fills))
    try:
        for at, fill in fills.items():
            demand_folder(places[at])
            fill(parts[at])
            sweep(parts[at], f".{glob.escape(places[at].name)}.*.part")
        changed = [at for at in fills if _differs(parts[at], places[at])]
        _refuse_taken(changed, places, force=force)
        for at in changed:
            parts[at].chmod(0o600)
            sync(parts[at])
        if first is not None and changed:
            first({path.name: sealed(parts[path]) for path in changed})
        _put_all([(parts[path], places[path]) for path in changed])
    except OSError as error:
        raise refusal(error, places[at]) from error
    finally:
        for part in parts.values():
            remove(part)
    return changed


def _refuse_taken(changed: Sequence[Path], places: Mapping[Path, Path], *, force: bool) -> None:
    """Raise E502, which names all of them, where other files stand in the places of some."""
    taken = [path for path in changed if places[path].exists()]
    if taken and not force:
        raise JcliError("E502", path=", ".join(path.name for path in taken))
    for path in taken:
        operating_system.refuse_in_use(places[path])


def _differs(part: Path, place: Path) -> bool:
    """Tell whether a new file says anything else than the one in its place; E106 for one that is no file."""
    if not place.exists():
        return True
    if not place.is_file():  # a folder, or a device that root would rename away
        raise JcliError("E106", path=place)
    return place.read_bytes() != part.read_bytes()


def demand_folder(path: Path) -> None:
    """Raise E120 where the folder of a file is not there, E106 where nobody can tell.

    A folder that somebody mistyped is not made.
    """
    folder = path.resolve().parent
    try:
        there = folder.is_dir()
    except OSError as error:
        raise JcliError("E106", path=path) from error
    if not there:
        raise JcliError("E120", folder=folder, name=path.name)


def make_folder(folder: Path) -> None:
    """Make a folder that is meant to be made, in one that is there; E106, E108, E120."""
    demand_folder(folder)
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise refusal(error, folder) from error


def _put_all(files: Sequence[tuple[Path, Path]]) -> None:
    """Put files in their places; a Ctrl-C in between is heard when all of them are there."""
    before = committed.so_far()
    try:
        for part, place in files:
            _put(part, place)
            sync(place.parent)
    except KeyboardInterrupt:
        for part, place in files if committed.so_far() > before else ():
            with suppress(OSError):  # it is there already
                part.replace(place)
        raise


def remove(part: Path) -> None:
    """Remove a file that did not get its place, also where Ctrl-C is pressed at that very moment."""
    try:
        with suppress(OSError):  # the place itself may be impossible, or whoever failed has it open still
            part.unlink(missing_ok=True)
    except KeyboardInterrupt:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def _put(part: Path, place: Path) -> None:
    committed.note()
    try:
        part.replace(place)
    except BaseException:
        if part.exists():
            committed.take_back()
        raise


def _part(place: Path) -> Path:
    """Return a name beside a place, to write under until the file is whole."""
    return place.with_name(f".{place.name}.{os.urandom(4).hex()}.part")


def sweep(fresh: Path, names: str) -> None:
    """Remove what killed commands left beside a fresh file under some names, with personal data in it.

    Whether another command still writes a file its age tells: none takes an hour longer than a fresh one.
    """
    with suppress(OSError):
        now = fresh.stat().st_mtime
        for left in fresh.parent.glob(names):
            if now - left.stat().st_mtime > _HOUR:
                rmtree(left) if left.is_dir() else left.unlink()


@contextmanager
def beside(path: Path, *, force: bool = False) -> Iterator[Path]:
    """Give a file to fill, `sync` and record beside its place; after the block it is put there.

    For a file that has to agree with the database. The block fills it, makes it safe on the disk, and commits
    last: where the block fails nothing stays, neither file nor record; where it is interrupted after the
    commit, the file is put there all the same. Only a power cut or a `kill -9` between the commit and the
    renaming, or a place that is taken in that moment (E337), leaves a record without its file, which can be
    made again from the record. A file without a record there never is.

    Raises E502 (the place is taken, and not `force`), E106, E108, E120.
    """
    place = path.resolve()
    demand_folder(place)
    part = _part(place)
    try:
        if place.exists():
            if not place.is_file():
                raise JcliError("E106", path=path)
            if not force:
                raise JcliError("E502", path=path.name)
            operating_system.refuse_in_use(place)
        _make(part, f".{glob.escape(place.name)}.*.part")
    except OSError as error:
        raise refusal(error, path) from error
    recorded = committed.so_far()
    try:
        try:
            yield part
        except OSError as error:
            raise refusal(error, path) from error
        try:
            _put(part, place)
        except OSError as error:
            raise JcliError("E337", path=path) from error
        sync(place.parent)
    except BaseException:
        if committed.so_far() > recorded:
            with suppress(OSError):  # it is there already, or cannot be
                part.replace(place)
        raise
    finally:
        remove(part)


@contextmanager
def scratch(place: Path) -> Iterator[Path]:
    """Give an empty file to work in beside a place, private to its owner, gone after the block.

    E106 when the folder cannot be written, E108 when the disk is full.
    """
    part = _part(place)
    try:
        _make(part, f".{glob.escape(place.name)}.*.part*")
    except OSError as error:
        raise refusal(error, place) from error
    try:
        yield part
    finally:
        for left in (part, part.with_name(f"{part.name}-journal")):
            with suppress(OSError):  # whoever failed may have it open still
                left.unlink(missing_ok=True)


@contextmanager
def folder_beside(part: Path) -> Iterator[Path]:
    """Give a folder to work in beside a file that is being written, private, gone after the block.

    What a killed command leaves is swept with its part files.
    """
    folder = part.with_suffix(".rows.part")
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        rmtree(folder, ignore_errors=True)


def _make(part: Path, swept: str) -> None:
    """Make an empty file, private to its owner, and remove what killed commands left under such names."""
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    sweep(part, swept)


def sealed(path: Path) -> str:
    """Make a file safe on the disk and return the hash of its bytes."""
    import hashlib  # noqa: PLC0415 - most starts of the program look at no file

    sync(path)
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync(path: Path) -> None:
    """Make a file or folder safe against a power cut, where the system knows how."""
    with suppress(PermissionError):  # a folder cannot be opened on every system
        try:
            operating_system.sync(path)
        except OSError as error:
            if error.errno not in _CANNOT_SYNC:
                raise
