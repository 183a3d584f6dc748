"""What the house promises about its own shape, beside the layers that import-linter holds."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.support import without_posix

PACKAGE = ROOT / "jamsostek_cli"
MODULES = sorted(PACKAGE.rglob("*.py"))
DECLARED = {"messages/english.py", "messages/indonesian.py", "roster/findings.py", "roster/specimens.py"}
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


def test_what_only_some_systems_have_is_asked_for_in_one_place() -> None:
    found = {(place(path), name) for path in MODULES for name in only_on_posix(path)}
    assert {where for where, _ in found} == {"operating_system.py"}
    quoting = {
        place(path)
        for path in MODULES
        if re.search(r"\b(shlex|os\.name|sys\.platform|platform\.system)\b", path.read_text(encoding="utf-8"))
    }
    assert quoting == {"operating_system.py"}


def only_on_posix(path: Path) -> set[str]:
    """Return the modules and names that a module takes from POSIX, written out or asked for by name."""
    taken: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            taken |= {alias.name for alias in node.names} & without_posix.MODULES
        elif isinstance(node, ast.ImportFrom):
            names = without_posix.NAMES.get(node.module or "", frozenset())
            taken |= {node.module or ""} & without_posix.MODULES
            taken |= {alias.name for alias in node.names} & names
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            taken |= {node.attr} & without_posix.NAMES.get(node.value.id, frozenset())
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            taken |= {name for name in without_posix.NAMES["signal"] if node.value == name.upper()}
    return taken


@pytest.mark.parametrize(
    "line",
    [
        "import fcntl",
        "from pwd import getpwuid",
        "import os; os.geteuid()",
        "from os import uname",
        "import signal; getattr(signal, 'SIGHUP')",
        "import time; time.tzset()",
    ],
)
def test_the_search_for_posix_finds_it(tmp_path: Path, line: str) -> None:
    (tmp_path / "module.py").write_text(line)
    assert len(only_on_posix(tmp_path / "module.py")) == 1


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
