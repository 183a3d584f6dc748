"""An auditor: a year of an office with something of everything, its pack, and what the verifier says."""

import contextlib
import hashlib
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

from jamsostek_cli.reports.audit_pack import periksa
from tests.conftest import BY_LIST, Office, person

APBD = ("--payer", "apbd-kota", "--decree", "SK 7", "--registered")
PEOPLE = [person(n, born=f"197{n}-03-05") for n in range(9)]


def live_a_year(office: Office, roster: Callable[..., Path]) -> None:
    """Let an office pay for people, one of whom died, take a credit, a supplement, claims, and a void."""
    ok = office.ok
    ok("import", roster(PEOPLE))
    five = [x for number in range(1, 6) for x in ("--worker", f"P-{number:06d}")]
    ok("enrol", *five, "--from", "2025-01", "--months", 12, *APBD)
    pay(office, "2025-01..2025-03", "SP2D-1")
    ok("worker", "death", "P-000001", "--died", "2025-02-20", "--reported", "2025-03-01")
    ok("enrol", "--worker", "P-000006", "--from", "2025-02", "--months", 11, *APBD)
    pay(office, "2025-02..2025-03", "SP2D-2")
    pay(office, "2025-04", "SP2D-3")
    ok("iuran", "bill", "2025-05")
    ok("worker", "death", "P-000002", "--died", "2025-03-20", "--reported", "2025-04-01")
    for number, died in ((1, "2025-02-20"), (2, "2025-03-20")):
        ok("claim", "add", f"P-{number:06d}", "--kind", "jkm", "--cause", "illness", "--date", died)
    ok("verify", "K-2025-0001", "K-2025-0002", "--override", "berkas menyusul", actor="budi")
    paid = ("--date", "2025-06-02", *BY_LIST)
    ok(
        "pay",
        "K-2025-0001",
        *paid,
        "--proof",
        "B-1",
        "--amount",
        4_000_000,
        "--difference",
        "sebagian",
        actor="sari",
    )
    ok("pay", "K-2025-0002", *paid, "--proof", "B-2", actor="sari")
    ok("claim", "void", "K-2025-0002", "--reason", "salah rekening", actor="tini")


def pay(office: Office, months: str, proof: str) -> None:
    office.ok("iuran", "pay", months, "--proof", proof, "--date", "2025-01-10", "--payer", "apbd-kota")


def packed(year: Office, name: str, *arguments: object, of: int = 2025) -> Path:
    """Make a pack of the year that was lived, or of another."""
    path = year.path.with_name(name)
    year.ok("audit", "pack", "--year", of, "-o", path, *arguments)
    return path


def unpacked(pack: Path) -> Path:
    """Unpack a pack beside it, and return the folder."""
    folder = pack.with_suffix("")
    with zipfile.ZipFile(pack) as whole:
        whole.extractall(folder)
    return folder


def changed(folder: Path, name: str, old: str, new: str, *, listed: bool = True) -> None:
    """Change a file of a pack once; `listed` sets its fingerprint right in the list, as a forger would."""
    path = folder / name
    before = path.read_bytes()
    assert old.encode() in before, (name, old)
    path.write_bytes(before.replace(old.encode(), new.encode(), 1))
    if listed and name != "daftar-berkas.json":
        manifest = json.loads((folder / "daftar-berkas.json").read_text("utf-8"))
        for entry in manifest["berkas"]:
            if entry["nama"] == name:
                entry["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
        (folder / "daftar-berkas.json").write_text(json.dumps(manifest), "utf-8")


def verdict(folder: Path, *arguments: str) -> tuple[int, str]:
    """Return what the verifier says of a folder, in this process."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        code = periksa.main(arguments, folder)
    return code, said.getvalue()


def alone(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the verifier of a pack as an auditor does: without this program, without packages."""
    command = [sys.executable, "-I", "-S", str(folder / "periksa.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8", cwd="/")
