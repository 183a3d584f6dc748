"""What the program is built of: every locked package has a licence that goes with ours, and a hash."""

import re
import tomllib
from collections.abc import Callable
from importlib import metadata
from typing import Final

import pytest

from tests.conftest import ROOT

LOCKED: Final = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PINNED: Final = re.findall(r"^([a-z0-9.-]+)==(\S+)", LOCKED, re.MULTILINE)
PACKAGES: Final = sorted({package for package, _ in PINNED})
VERSIONS: Final = {package: {pin for name, pin in PINNED if name == package} for package in PACKAGES}
ELSEWHERE: Final = {"colorama": "BSD-3-Clause", "tzdata": "Apache-2.0"}
"""Packages that are installed on other systems alone."""
UNTOLD: Final = {"jinja2": "BSD-3-Clause", "pyrage": "MIT"}
"""Packages whose facts do not say which licence it is, with that of their sources."""
SPDX: Final = {
    "Apache 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "BSD": "BSD-2-Clause",
    "BSD 2-Clause License": "BSD-2-Clause",
    "Dual License": "Apache-2.0 OR BSD-3-Clause",
    "ISC License": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Public Domain": "LicenseRef-Public-Domain",
}
"""What packages write that know no names of SPDX."""
TAKEN: Final = frozenset(
    [
        "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "MIT-0", "PSF-2.0",
        "Zlib", "LicenseRef-Public-Domain",
    ]
)  # fmt: skip
"""Licences that ask for no more than their own text beside what is handed on."""
OF_TOOLS: Final = {"hypothesis": "MPL-2.0", "pathspec": "MPL-2.0"}
"""Packages of tests and linters, which are not handed on with the program."""


def is_locked(package: str) -> bool:
    """Tell whether the version that is installed is the one of the lock."""
    try:
        return package in ELSEWHERE or metadata.version(package) in VERSIONS[package]
    except metadata.PackageNotFoundError:
        return False


def licence(package: str) -> str:
    """Return the licence of a package as SPDX calls it, from what the package itself says."""
    if package in ELSEWHERE or package in UNTOLD:
        return (ELSEWHERE | UNTOLD)[package]
    facts = metadata.metadata(package)
    classified = [
        said.rsplit(" :: ", 1)[1] for said in facts.get_all("Classifier", []) if "License ::" in said
    ]
    said = facts["License-Expression"] or facts["License"] or classified[0]
    return SPDX.get(said, said)


@pytest.mark.skipif(
    not all(map(is_locked, PACKAGES)),
    reason="other versions are installed; the gate looks at the locked ones",
)
def test_every_licence_is_known_and_goes_with_ours(golden: Callable[[str, str], None]) -> None:
    licences = {package: licence(package) for package in PACKAGES}
    for package, said in licences.items():
        words = set(re.split(r" (?:AND|OR) ", said))
        assert words <= TAKEN or OF_TOOLS.get(package) == said, (package, said)
    golden("licences.txt", "".join(f"{package} {said}\n" for package, said in sorted(licences.items())))


def test_every_package_is_locked_with_its_hashes() -> None:
    for entry in re.split(r"\n(?=\S)", LOCKED.strip()):
        assert re.match(r"[a-z0-9.-]+==[^\s;]+( ; .+)? \\\n", entry), entry[:80]
        assert re.findall(r"--hash=sha256:[0-9a-f]{64}", entry), entry[:80]


@pytest.mark.parametrize("package", OF_TOOLS)
def test_a_licence_of_tools_is_of_no_package_that_the_program_needs(package: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed, waiting = set[str](), [project["dependencies"]]
    while waiting:
        for said in waiting.pop() or ():
            name = re.split(r"[^A-Za-z0-9._-]", said)[0].lower().replace("_", "-")
            if "extra ==" not in said and name in PACKAGES and name not in needed:
                needed.add(name)
                waiting += [metadata.requires(name)] if name not in ELSEWHERE else []
    assert {"typer", "openpyxl", "numpy"} <= needed
    assert package not in needed
