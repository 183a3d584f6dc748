"""Files that appear: built beside their place, private to their owner, whole or not at all."""

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from jamsostek_cli import committed, safe_file
from jamsostek_cli.connection import Connection
from jamsostek_cli.errors import JcliError
from jamsostek_cli.store.file.database import errors_explained, opened, refuse_place
from jamsostek_cli.store.file.trail import marks, sealing


def create(path: Path, fill: Callable[[Connection], None]) -> None:
    """Create a new database, private to its owner, and let `fill` make its schema and its first rows.

    All of it is one transaction, which this commits.

    The file is built beside its place and appears whole or not at all; E107 when the place is taken,
    E106 when the folder cannot be written, E108 when the disk is full.
    """
    with new_file(path) as part, errors_explained(path), closing(opened(part, "rw")) as connection:
        db = Connection(connection)
        db.execute("BEGIN IMMEDIATE")
        fill(db)
        sealing.everything(db)
        db.execute("COMMIT")
        mark = marks.last(db)
    marks.leave(path, mark)


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """Yield an empty file beside `path`, private to its owner, that gets this name when all goes well.

    E107 when the place is taken, E118 and E119 by a link to nowhere or a folder, E106 when the folder
    cannot be written, E108 when the disk is full.
    """
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    refuse_place(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if path.exists():
            raise JcliError("E107", path=path)
        os.close(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise safe_file.refusal(error, path) from error
    try:
        yield part
        _put_in_place(part, path)
        safe_file.sync(path.parent)
    except BaseException:
        with suppress(OSError):  # it has its name already, and nobody will be told of it
            if part.samefile(path):
                path.unlink()
        committed.begin()
        raise
    finally:
        safe_file.remove(part)


def _put_in_place(part: Path, path: Path) -> None:
    """Give a new file its name without ever replacing what another jcli has just made; E107 then."""
    try:
        try:
            os.link(part, path)
        except OSError:  # a stick or share without hard links
            if path.exists():
                raise FileExistsError from None
            part.rename(path)  # Windows refuses by itself where somebody is faster
    except FileExistsError:
        raise JcliError("E107", path=path) from None
