"""Apache Spark gives what DuckDB gives, row for row; and says in one line why it cannot.

What needs Spark runs under the Python that `SPARK_PYTHON` names (it has `jcli[spark]`, and there is Java),
and `CONNECT_PYTHON` (it has `jcli[spark-connect]` and pysail, a Spark Connect server): the two fill one
package, so that neither stands in this environment. Where they are not named these tests are skipped; the
gate makes both.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from jamsostek_cli.domain.drop import DropLevel
from tests.conftest import Ran, Run, environment
from tests.support import all_questions, drops

SPARK, CONNECT = (os.environ.get(name) for name in ("SPARK_PYTHON", "CONNECT_PYTHON"))
with_spark = pytest.mark.skipif(
    not SPARK or not shutil.which("java"), reason="SPARK_PYTHON or Java is not there"
)
AN_ADDRESS = "spark.hadoop.fs.FILE.impl=org.apache.hadoop.fs.LocalFileSystem"
"""With it Spark reads `FILE://`, which is no folder of this machine to jcli, and needs no cluster."""
with_connect = pytest.mark.skipif(not CONNECT, reason="CONNECT_PYTHON is not named")


@pytest.fixture(scope="session")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two cities of persons, one of counts alone."""
    root = tmp_path_factory.mktemp("mixed")
    for city, level in zip(drops.invented(), (*2 * [DropLevel.PERSONS], DropLevel.COUNTS), strict=True):
        drops.write(root, city, level=level)
    return root


@pytest.fixture(scope="session")
def parted(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The same cities, each in a folder of its own, which lacks the tables of the other level."""
    roots = []
    levels = (DropLevel.PERSONS, DropLevel.COUNTS, DropLevel.PERSONS)
    for city, level in zip(drops.invented(), levels, strict=True):
        roots.append(tmp_path_factory.mktemp(level.value))
        drops.write(
            roots[-1], city, level=level, name=city.code
        )  # at an address nobody says what it is called
    return roots


@pytest.fixture(scope="session")
def embedded(parted: list[Path]) -> str:
    return asked(sys.executable, parted, "duckdb").out


def far(roots: Sequence[Path]) -> list[str]:
    """Return folders as an engine asks for them: the last one of this machine, the others addresses."""
    return [*(f"FILE://{root}" for root in roots[:-1]), str(roots[-1])]


def asked(python: str, roots: Sequence[object], *engine: str) -> Ran:
    command = [python, "-m", "tests.support.all_questions", ",".join(map(str, roots)), *engine]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env=environment(), timeout=240
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return Ran(done.returncode, done.stdout, done.stderr)


def program(python: str, *arguments: object) -> Ran:
    command = [python, "-m", "jamsostek_cli", *map(str, arguments)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env=environment(), timeout=120
    )
    return Ran(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def sail() -> Iterator[str]:
    """The address of a Spark Connect server that needs no Java."""
    assert CONNECT is not None
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    command = [
        str(Path(CONNECT).with_name("sail")),
        "spark",
        "server",
        "--ip",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            time.sleep(0.1)
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    break
        yield f"sc://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


@pytest.mark.long
@with_spark
def test_spark_on_this_machine_gives_the_same_rows(parted: list[Path], embedded: str) -> None:
    """From a folder and from addresses, at which it looks for no table that no city there hands over."""
    ran = asked(str(SPARK), far(parted), "spark", "local[2]", *all_questions.LIGHT, AN_ADDRESS)
    assert (ran.out, ran.err) == (embedded, "")
    assert embedded.splitlines()[-1].startswith('["E661", ')


@pytest.mark.long
@with_connect
def test_a_connect_server_gives_the_same_rows(parted: list[Path], embedded: str, sail: str) -> None:
    ran = asked(str(CONNECT), far(parted), "spark", sail)
    assert (ran.out, ran.err) == (embedded, "")


@pytest.mark.long
@with_connect
def test_the_program_asks_a_connect_server(mixed: Path, sail: str, tmp_path: Path) -> None:
    """Through the command line, at an address as well; what Spark says of a failure is kept and named."""
    ask = ("--quiet", "province", "coverage", "--engine", "spark", "--master", sail, "--over")
    for drop in (mixed, f"{mixed.as_uri().replace('file:', 'FILE:')}"):
        page = tmp_path / f"{len(str(drop))}.csv"
        ran = program(str(CONNECT), *ask, drop, "-o", page)
        assert (ran.code, ran.out, ran.err) == (0, "", ""), drop
    assert program(str(CONNECT), *ask, "FILE:///tiada/drop").error == "E662"
    broken = Path(shutil.copytree(mixed, tmp_path / "rusak"))
    next(broken.glob("people/*/*/*.parquet")).write_bytes(b"PAR1")
    ran = program(str(CONNECT), *ask, f"FILE://{broken}")
    assert (ran.code, ran.error) == (65, "E673")
    (log,) = tmp_path.glob("jcli-spark-*.log")
    assert log.name in ran.err
    local = program(str(CONNECT), *ask[:-3], "--master", "local[2]", "--over", mixed)
    assert (local.code, local.error) == (69, "E669")
    assert ".[spark]" in local.err


def test_a_silent_cluster_is_told_at_once(jcli: Run, mixed: Path, tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    why = {
        f"spark://127.0.0.1:{port}": "tidak ada yang menerima di port itu",
        "spark://255.255.255.255": "jaringan tidak sampai ke sana",
        f"sc://{'a' * 64}": "nama komputer atau nomor port itu tidak dikenal",
        f"spark://127.0.0.1:{port},[::1]:x,127.0.0.1:-1": "tidak ada yang menerima di port itu, "
        "nama komputer atau nomor port itu tidak dikenal",
    }
    for master, words in why.items():
        ran = jcli("province", "coverage", "--over", mixed, "--engine", "spark", "--master", master)
        assert (ran.error, ran.code) == ("E676", 75)
        assert f"{master.partition('://')[2]}: {words}\n" in ran.err
    ran = jcli(
        "--lang",
        "en",
        "province",
        "coverage",
        "--over",
        mixed,
        "--engine",
        "spark",
        "--master",
        "sc://[::1]:x",
    )
    assert "no computer has that name, or the port is none" in ran.err
    assert not list(tmp_path.glob("jcli-*"))


@pytest.mark.skipif(
    bool(__import__("importlib.util").util.find_spec("pyspark")), reason="pyspark is in this environment"
)
def test_without_pyspark_it_is_said_what_to_install(jcli: Run, mixed: Path, tmp_path: Path) -> None:
    ran = jcli("province", "claims", "--over", mixed, "--engine", "spark")
    assert (ran.error, ran.code) == ("E669", 69)
    assert "install -e '.[spark]'" in ran.err
    assert jcli("province", "claims", "--over", "s3a://bpjs/drop", "--engine", "spark").error == "E669"
    assert not list(tmp_path.glob("jcli-*"))
