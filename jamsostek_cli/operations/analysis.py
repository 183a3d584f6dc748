"""The public views as frames of pandas, for whoever reckons with them in Python: read-only."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from jamsostek_cli.errors import JcliError
from jamsostek_cli.store.file.database import Database

if TYPE_CHECKING:
    import pandas as pd


class OfficeFrames:
    """The views of an office's file: `office.bills`, or `office["v_bill"]`.

    Each look reads the file anew, in one snapshot, and cannot change it. `jcli help file` tells what stands
    in each view; no NIK does, people are joined by `worker_id`.
    """

    def __init__(self, path: Path) -> None:
        self._database = Database(path)
        with self._database.reading():
            pass

    def views(self) -> Mapping[str, str]:
        """Return the frames there are, by name, each with its view."""
        from jamsostek_cli.reports.frames import FRAMES

        return FRAMES

    def __getitem__(self, name: str) -> "pd.DataFrame":
        """Return a frame, by its name or its view's; E641 for one there is not."""
        from jamsostek_cli.reports import frames

        view = frames.FRAMES.get(name, name)
        if view not in frames.FRAMES.values():
            raise JcliError("E641", view=name, views=", ".join(frames.FRAMES.values()))
        with self._database.reading() as connection:
            return frames.frame(connection, view)

    def __getattr__(self, name: str) -> "pd.DataFrame":
        """Return a frame by its name."""
        if name.startswith("_") or name not in self.views():
            raise AttributeError(name)
        return self[name]

    def __dir__(self) -> Iterator[str]:
        """Name the frames, too, where somebody presses Tab."""
        yield from object.__dir__(self)
        yield from self.views()

    def __repr__(self) -> str:
        """Say which file it is."""
        return f"open_office({str(self._database.path)!r})"
