"""Every measurement of one laptop, one after another: what a city's month costs beside its floors and peers.

    python -m tests.benchmarks [FOLDER] [--busy]

A million people with their cover, and five million, are made in FOLDER (4 GB) and kept there; with `--busy`
another process burns a core all the while, as a browser and an antivirus do. It takes about an hour.
The province's own are `drop` and `province`.
"""

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks import cover, find

BUILT: dict[str, tuple[Callable[[Path, int], None], int]] = {
    "million.db": (cover.build, 1_000_000),
    "five-million.db": (cover.build, 5_000_000),
    "names.db": (find.build, 1_000_000),
}
"""What is made first: by whom, and of how many people."""


@contextmanager
def burning(busy: bool) -> Iterator[None]:
    """Keep a core busy, where asked to."""
    if not busy:
        yield
        return
    burner = subprocess.Popen([sys.executable, "-c", "while True: pass"])
    try:
        yield
    finally:
        burner.kill()
        burner.wait()


def _made_whole(folder: Path, name: str, build: Callable[[Path, int], None], people: int) -> None:
    """Make a database aside, so that a broken-off one is never taken for whole; its mark comes before it."""
    with tempfile.TemporaryDirectory(dir=folder) as aside:
        build(Path(aside) / name, people)
        for made in sorted(Path(aside).iterdir(), reverse=True):
            made.rename(folder / made.name)


def main() -> None:
    """Make what is missing, then measure row by row."""
    arguments = sys.argv[1:]
    busy = "--busy" in arguments
    places = [argument for argument in arguments if argument != "--busy"]
    with tempfile.TemporaryDirectory() as made:
        folder = Path(places[0] if places else made)
        folder.mkdir(exist_ok=True)
        for name, (build, people) in BUILT.items():
            if not (folder / name).exists():
                _made_whole(folder, name, build, people)
        million, names = str(folder / "million.db"), str(folder / "names.db")
        with burning(busy):
            for module, *words in (
                ("startup",),
                ("import_roster",),
                ("growth",),
                ("lookalikes",),
                ("cover", "report", million),
                ("cover", "lists", million),
                ("cover", "measure", million),
                ("cover", "status", str(folder / "five-million.db")),
                ("find", "measure", names),
                ("enrol", "measure", million),
            ):
                subprocess.run([sys.executable, "-m", f"tests.benchmarks.{module}", *words], check=True)


if __name__ == "__main__":
    main()
