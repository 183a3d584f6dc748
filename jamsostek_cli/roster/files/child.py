"""The process in which a file is read: a crash, a flood or an endless file ends it, and not the program.

Asked on standard input, it answers on standard output, message by message: the kind of the file, each sheet,
its rows in batches, and at the end either that it is done or why it cannot be.
"""

import gc
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from jamsostek_cli import operating_system
from jamsostek_cli.errors import JcliError
from jamsostek_cli.roster.files import content, guard, wire
from jamsostek_cli.roster.files.opening import Opening

if TYPE_CHECKING:
    from jamsostek_cli.roster.files.sheet import Row

_BATCH: Final = 500
_NAME: Final = 100
"""Excel lets the name of a sheet have 31 characters."""
_BATCH_CELLS: Final = 50_000


def main(asked: BinaryIO, answer: BinaryIO) -> None:
    """Read the file that is asked for and answer with what it holds."""
    request = wire.receive(asked)
    limits = guard.LARGE if request["large"] else guard.USUAL
    operating_system.bound(memory=limits.memory, seconds=limits.seconds)
    gc.disable()  # rows make no cycles
    opening = Opening(password=request["password"], sheets=tuple(request["sheets"]), limits=limits)
    try:
        with content.opened(Path(request["path"]), opening) as found:
            _tell(found, answer)
    except JcliError as error:
        facts = {name: str(value) for name, value in error.facts.items()}
        wire.send(answer, (wire.ERROR, error.code, facts))
    answer.flush()


def _tell(found: content.Content, answer: BinaryIO) -> None:
    wire.send(answer, (wire.BOOK, found.kind, found.since_1904))
    for sheet in found.sheets:
        layout = sheet.layout
        merged = [tuple(one) for one in layout.merged]
        hidden = sorted(layout.hidden_columns)
        wire.send(answer, (wire.SHEET, sheet.name[:_NAME], sheet.barred, hidden, merged, layout.row_count))
        batch: list[Row] = []
        cells = 0
        for row in sheet.rows:
            batch.append(row)
            cells += len(row[2])
            if len(batch) == _BATCH or cells > _BATCH_CELLS:
                wire.send(answer, (wire.ROWS, batch))
                batch, cells = [], 0
        wire.send(answer, (wire.ROWS, batch))
    wire.send(answer, (wire.DONE,))


if __name__ == "__main__":
    with suppress(BrokenPipeError, KeyboardInterrupt):
        main(sys.stdin.buffer, sys.stdout.buffer)
