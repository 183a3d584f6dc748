"""What the house promises about its own shape, beside the layers that import-linter holds."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "jamsostek_cli"
MODULES = sorted(PACKAGE.rglob("*.py"))
DECLARED = {"messages/english.py", "messages/indonesian.py", "roster/findings.py"}
"""Data that is declared in Python; everything else is read from top to bottom in one sitting."""
LONGEST_MODULE = 300
LONGEST_FUNCTION = 60
ACROSS = {"contract", "journeys", "support", "benchmarks"}
"""Folders of tests that follow a promise or a story through many rooms."""


def place(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def functions(path: Path) -> list[ast.FunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


@pytest.mark.parametrize("path", MODULES, ids=place)
def test_a_module_is_read_in_one_sitting_and_a_function_on_one_screen(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST_MODULE or place(path) in DECLARED
    long = {f.name: (f.end_lineno or 0) - f.lineno + 1 for f in functions(path)}
    assert {name: length for name, length in long.items() if length > LONGEST_FUNCTION} == {}


def test_one_class_name_stands_for_one_thing() -> None:
    names = Counter(
        node.name
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    )
    assert {name for name, times in names.items() if times > 1} == set()


def test_sql_stands_in_the_store_and_the_reports_alone() -> None:
    statement = re.compile(r"\b(SELECT|INSERT INTO|UPDATE \w+ SET|DELETE FROM)\b")
    for path in MODULES:
        if not place(path).startswith(("store/", "reports/")):
            texts = (
                node.value
                for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
                if isinstance(node, ast.Constant) and isinstance(node.value, str)
            )
            assert not [text for text in texts if statement.search(text)], place(path)


def places_of(path: Path) -> list[Path]:
    """Return what a test may stand for: `test_importing_samples.py` for `importing`, too."""
    words = path.stem.removeprefix("test_").split("_")
    names = ["_".join(words[:count]) for count in range(len(words), 0, -1)]
    return [path.with_name(f"{name}{kind}") for name in names for kind in (".py", ".sql", "")]


def test_a_test_stands_where_the_thing_it_tests_stands() -> None:
    tests = ROOT / "tests"
    for path in sorted(tests.rglob("test_*.py")):
        if path.parent != tests and path.relative_to(tests).parts[0] not in ACROSS:
            places = places_of(PACKAGE / path.relative_to(tests))
            assert any(place.exists() for place in places), path.relative_to(ROOT)
