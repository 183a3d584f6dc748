"""The page of the manual that lists every JSON answer is made from the goldens."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jamsostek_cli import manual
from jamsostek_cli.messages import LANGUAGES
from jamsostek_cli.tables.envelope import VERSION
from tests.conftest import ROOT

GOLDEN = ROOT / "tests/golden/json"
LISTED = re.compile(r"(?<=<!-- envelopes -->\n).*?(?=<!-- /envelopes -->)", re.DOTALL)


def keys(shape: Any, path: str = "") -> Iterator[str]:
    """Yield every key with its type, nested ones behind a dot, items of lists behind `[]`."""
    if isinstance(shape, dict):
        for key, below in shape.items():
            yield from keys(below, f"{path}.{key}" if path else key)
    elif isinstance(shape, list):
        for below in shape or ["…"]:
            yield from keys(below, f"{path}[]")
    else:
        yield f"`{path}` {shape}" if path else str(shape)


def listing() -> str:
    """Return a line for each envelope: its name, then the keys of its `data`."""
    lines = []
    for path in sorted(GOLDEN.glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))["data"]
        lines.append(f"- `jcli.{path.stem}/{VERSION}`: {', '.join(keys(data))}")
    return "\n".join(["", *lines, "", ""])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_lists_every_envelope(language: str, request: pytest.FixtureRequest) -> None:
    place = Path(manual.__file__).with_name(f"json.{language}.md")
    page = place.read_text(encoding="utf-8")
    if request.config.getoption("--update-golden"):
        page = LISTED.sub(listing().replace("\\", r"\\"), page)
        place.write_text(page, encoding="utf-8")
    assert LISTED.findall(page) == [listing()]
