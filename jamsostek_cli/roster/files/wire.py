"""What the reading process and the program say to each other: tuples, each behind its length."""

import marshal
import struct
from typing import Any, BinaryIO, Final

CHILD: Final = "jamsostek_cli.roster.files.child"
"""The module that runs as the reading process."""

BOOK, SHEET, ROWS, ERROR, DONE = "book", "sheet", "rows", "error", "done"
_LENGTH: Final = struct.Struct("<Q")


def send(into: BinaryIO, message: Any) -> None:  # noqa: ANN401 - whatever can be marshalled
    """Say something: only what the standard library can marshal."""
    content = marshal.dumps(message)
    into.write(_LENGTH.pack(len(content)))
    into.write(content)


def receive(source: BinaryIO) -> Any:  # noqa: ANN401 - whatever was sent
    """Return the next message; EOFError when the other side has stopped in the middle of one, or before."""
    head = source.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    content = source.read(length)
    if len(content) < length:
        raise EOFError
    return marshal.loads(content)  # noqa: S302 - from this program's own other half
