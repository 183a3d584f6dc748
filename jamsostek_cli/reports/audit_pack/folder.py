"""The zip of a pack: written file by file, each with its fingerprint, equal bytes for equal contents."""

import hashlib
import json
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Final, Self

_DATED: Final = (1980, 1, 1, 0, 0, 0)
"""The day of every file in a zip: the earliest that one can tell."""
_PRIVATE: Final = 0o600 << 16
MANIFEST: Final = "daftar-berkas.json"


class PackFile:
    """A zip that is being filled; the list of its files with their fingerprints closes it."""

    def __init__(self, path: Path) -> None:
        self._zip = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED)
        self._files: list[dict[str, object]] = []

    def __enter__(self) -> Self:
        """Give the pack to be filled."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the zip."""
        self._zip.close()

    def add(self, name: str, parts: Iterable[bytes]) -> None:
        """Write a file, its content a part at a time."""
        size, digest = 0, hashlib.sha256()
        with self._zip.open(_entry(name), "w", force_zip64=True) as file:
            for part in parts:
                size += len(part)
                digest.update(part)
                file.write(part)
        self._files.append({"nama": name, "ukuran": size, "sha256": digest.hexdigest()})

    def close_with(self, facts: Mapping[str, object]) -> None:
        """Write the list of all files, with what the pack says of itself."""
        whole = {**facts, "berkas": self._files}
        content = json.dumps(whole, ensure_ascii=False, indent=1)
        self._zip.writestr(_entry(MANIFEST), f"{content}\n".encode())


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _DATED)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = _PRIVATE
    return entry
