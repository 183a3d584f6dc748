"""A part of the journal: rows of one table as a JSON text, how it is kept, and what proves it.

Of a table that tells of people a part is proven in two ways: as a whole, and member by member. So once a
purge has rewritten some of its rows, the others are still what the act wrote, and so is of the rewritten ones
whatever names nobody (`redaction`).
"""

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from jamsostek_cli.store.file.trail.redaction import REWRITABLE

if TYPE_CHECKING:
    from jamsostek_cli.connection import Connection

PART_ROWS: Final = 5_000
"""How many rows a part has at most: what one step of a proof, or of a removal, takes into memory."""

WAS: Final = "was"
"""Under which name a rewritten part keeps the digests of its rewritten members as they were, by place."""
_QUICK: Final = 1


class JournalPart(NamedTuple):
    """A part as a JSON text, and of a table of people the digest of its members (`members_digest`)."""

    text: str
    members: str | None


def written(
    table: str,
    columns: Sequence[str],
    rows: Iterable[tuple[str, ...]],
    gone: Iterable[tuple[str, ...]],
) -> Iterator[JournalPart]:
    """Yield the parts of a table: rows as they are, and keys of those that are gone, each a JSON list.

    Of a table of people a row comes with a second list: what no purge may touch of it.
    """
    head = f'{{"table":"{table}","columns":{json.dumps(columns, separators=(",", ":"))}'
    for some in _by_parts(rows):
        members = _members(table, some, (row[-1] for row in some))
        yield JournalPart(f'{head},"rows":[{_joined(some)}],"gone":[]}}', members)
    for some in _by_parts(gone):
        yield JournalPart(f'{head},"rows":[],"gone":[{_joined(some)}]}}', _members(table, some, ()))


def _by_parts(rows: Iterable[tuple[str, ...]]) -> Iterator[list[tuple[str, ...]]]:
    """Yield the members of a part's list, as many as a part has."""
    waiting = iter(rows)
    while some := list(islice(waiting, PART_ROWS)):
        yield some


def _joined(some: Iterable[tuple[str, ...]]) -> str:
    return ",".join(member[0] for member in some)


def _members(table: str, some: Iterable[tuple[str, ...]], stays: Iterable[str]) -> str | None:
    if table not in REWRITABLE:
        return None
    return members_digest(map(member_digest, (member[0] for member in some)), stays)


def member_digest(text: str) -> bytes:
    """Return the digest of one member of a part, a row or the key of one that went."""
    return hashlib.sha256(text.encode()).digest()


def members_digest(members: Iterable[bytes], stays: Iterable[str]) -> str:
    """Return the digest of a part by its members' digests, and by what no purge may touch of its rows."""
    untouched = hashlib.sha256(",".join(stays).encode()).digest()
    return hashlib.sha256(b"".join([untouched, *members])).hexdigest()


def compressed(content: bytes) -> bytes:
    """Return a part's text as it is kept."""
    return zlib.compress(content, _QUICK)


def line(digest: str, members: str | None) -> str:
    """Return what an act is bound to of one of its parts."""
    return digest if members is None else f"{digest} {members}"


def bound(lines: Sequence[str]) -> str:
    """Return the digest of an act's parts, by the line of each, which its audit row holds."""
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def staying(table: str, columns: Iterable[str]) -> list[str]:
    """Return the columns of a table of people that no purge may touch, in their order."""
    return [column for column in columns if column not in REWRITABLE[table]]


def content(kept: bytes) -> bytes:
    """Return a part of the journal as it was kept; nothing where it cannot be read."""
    try:
        return zlib.decompress(kept)
    except zlib.error:
        return b""


def beginning(kept: bytes, size: int) -> bytes:
    """Return the first bytes of a part of the journal; nothing where it cannot be read."""
    try:
        return zlib.decompressobj().decompress(kept, size)
    except zlib.error:
        return b""


def members_of(db: "Connection", part: str, member: str) -> list[str]:
    """Return the members of a part's list, each as the text that it is."""
    found = db.execute(f"SELECT value FROM json_each(?, '$.{member}') ORDER BY key", (part,))
    return [text for (text,) in found]


def staying_of(db: "Connection", part: str, table: str, columns: list[str]) -> list[str]:
    """Return what no purge may touch of each row of a part, each as the text that it is."""
    facts = ", ".join(f"one.value -> {columns.index(column)}" for column in staying(table, columns))
    found = db.execute(
        f"SELECT json_array({facts}) FROM json_each(?, '$.rows') AS one ORDER BY one.key", (part,)
    )
    return [text for (text,) in found]
