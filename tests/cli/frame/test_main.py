"""The way in and out: options anywhere, both languages, and a boundary nothing private crosses."""

import datetime
import errno
import io
import json
import os
import pty
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import typer
from typer.main import get_command

from jamsostek_cli.cli.frame import config, keyboard, misuse, screen, session
from jamsostek_cli.cli.frame import main as entry
from jamsostek_cli.cli.frame.app import app
from jamsostek_cli.cli.frame.main import Terminated, hoisted
from jamsostek_cli.cli.frame.plain_text import harmless
from jamsostek_cli.domain.month import Month
from jamsostek_cli.errors import ERRORS, JcliError
from jamsostek_cli.store.file.database import BUSY_SECONDS
from jamsostek_cli.tables.table import Coded, Value
from tests.conftest import BY_LIST, COMMAND, Office, Run, environment, person, process
from tests.support.keyboard import Keyboard


def test_global_options_may_stand_anywhere() -> None:
    root = get_command(app)
    assert hoisted(["claim", "show", "K-1", "--json", "--db", "x.db", "--lang=en"], root) == [
        "--json", "--db", "x.db", "--lang=en", "claim", "show", "K-1",
    ]  # fmt: skip
    assert hoisted(["a", "--", "--json"], root) == ["a", "--", "--json"]
    assert hoisted(["a", "--db"], root) == ["--db", "a"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["status", "--lang", "id"], "galat[E101]"),
        (["status", "--lang=en"], "error[E101]"),
        (["status", "--lang", "xx"], "galat[E002]"),
        (["--color", "pink", "status"], "galat[E002]"),
        (["stat"], "tidak ada perintah stat"),
        (["claim", "show", "a", "b"], "galat[E002]"),
        (["claim", "show", "6474011708850017"], "6474••••••••0017"),
        (["worker", "list", "--limit", "-1"], "bukan jumlah"),
        (["claim", "list", "--state", "lost"], "lost tidak dikenal; pilih dilaporkan"),
        (["db", "setting", "four_eyes", "off", "--reason", " "], "tidak boleh kosong"),
        (["status", "--nonsense"], "tidak ada pilihan --nonsense"),
        (["claim", "show"], "KLAIM harus diisi"),
        (["claim", "pay", "K-1", "--date", "2025-01-01"], "--proof harus diisi"),
        (["claim", "pay", "K-1", "--date", "entah", "--proof", "x"], "entah bukan tanggal"),
        (
            ["--today", "31/12/2025", "claim", "pay", "K", "--date", "2025-13-01", "--proof", "x"],
            "bukan tanggal",
        ),
        (["claim", "pay", "K-1", "--date", "1/2/2025", "--proof", "x", "--amount", "42,000"], "bukan jumlah"),
        (["report", "claims", "--month", "Meo"], "Meo bukan bulan"),
        (["help", "me"], "kode-keluar, galat, temuan"),
        (["impor"], "tidak ada perintah impor; maksud Anda jcli import?"),
        (["lapor"], "maksud Anda jcli report?"),
        (["klaim"], "maksud Anda jcli claim?"),
        (["tagihan"], "maksud Anda jcli iuran bill?"),
        (["claim", "bayar"], "maksud Anda jcli claim pay?"),
        (["iuran", "budget", "daftar"], "maksud Anda jcli iuran budget list?"),
        (["report", "coverage", "--year=2024", "--year", "2025"], "--year: hanya satu kali"),
        (["worker", "list", "--kelurahan", "A", "--kelurahan", "B"], "--kelurahan: hanya satu kali"),
        (["enrol", "--from", "2025-01", "--from", "2025-02"], "--from: hanya satu kali"),
        (["iuran", "budget", "set", "2025", "--payer", "csr", "--payer", "csr"], "--payer: hanya satu kali"),
        (["cover", "gaps", "--within", "1", "--within", "2"], "--within: hanya satu kali"),
        (["xyzzy"], "tidak ada perintah xyzzy\n"),
        (["worker", "list", "--kelurahn", "Guntung"], "maksud Anda --kelurahan?"),
        (["help", "klaim"], "maksud Anda jcli help claim?"),
        (["help", "worker", "fly"], "kode, atau perintah worker fly; maksud Anda jcli help worker?"),
        (["help", "nik_lenght"], "maksud Anda jcli help nik_length"),
        (["help", "E999"], "tidak ada halaman, kode, atau perintah E999; halaman yang ada: start"),
    ],
)
def test_a_mistake_is_named_in_one_line(
    jcli: Run, tmp_path: Path, arguments: list[str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JCLI_DB", str(tmp_path / "none.db"))
    assert jcli("init").code == 0
    if "status" in arguments:
        (tmp_path / "none.db").unlink()
    ran = jcli(*arguments)
    assert ran.code == ERRORS[ran.error or ""]
    assert said in ran.err
    assert len(ran.err.splitlines()) == 2
    assert "Traceback" not in ran.err


def test_no_arguments_give_help_and_status_two(jcli: Run) -> None:
    for arguments in ((), ("claim",)):
        ran = jcli(*arguments)
        assert (ran.code, ran.err) == (2, "")
        assert ran.out.startswith("Cara pakai: jcli")
    assert "jcli help" in jcli("--help").out.splitlines()[-2]


def test_a_refusal_speaks_json_when_asked(jcli: Run, tmp_path: Path) -> None:
    ran = jcli("--db", tmp_path / "none.db", "--json", "status")
    assert ran.json["schema"] == "jcli.error/1"
    assert (ran.data["code"], ran.data["exit"], ran.code) == ("E101", 66, 66)


def test_the_unforeseen_leaves_a_note_without_values(
    office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from jamsostek_cli.operations import status

    def breaks(*_: object) -> None:
        raise RuntimeError("6474011708850001 SITI AMINAH")

    monkeypatch.setattr(status, "status", breaks)
    ran = office("status")
    assert (ran.code, ran.error) == (70, "E070")
    note = next(tmp_path.glob("jcli-*.log"))
    assert "RuntimeError" in note.read_text()
    assert "SITI" not in note.read_text() + ran.err + ran.out
    assert note.stat().st_mode & 0o077 == 0
    assert "RuntimeError" in office("status").err, "a second note of the same name is said instead"


def test_an_interruption_and_a_no_change_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from jamsostek_cli.operations import status

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(status, "status", interrupted)
    ran = office("status")
    assert (ran.code, ran.error) == (130, "E130")
    monkeypatch.setattr(entry, "_guarded", interrupted)
    assert (office("status").code, office("status").error) == (130, "E130")


@pytest.mark.parametrize(
    ("fault", "code", "error"),
    [
        (KeyboardInterrupt(), 130, "E131"),
        (RuntimeError(), 70, "E071"),
        (OSError(errno.EFBIG, "too large"), 75, "E073"),
        (JcliError("E108", path="x"), 75, "E132"),
        (JcliError("E106", path="x"), 77, "E106"),
    ],
)
def test_a_fault_after_the_change_says_that_it_stands(
    office: Office, monkeypatch: pytest.MonkeyPatch, fault: BaseException, code: int, error: str
) -> None:
    from jamsostek_cli.cli.office import calendar

    def late(*_: object) -> None:
        raise fault

    monkeypatch.setattr(calendar, "show", late)
    ran = office("db", "workday", "2028-02-25", "tidak", "--reason", "x")
    assert (ran.code, ran.error) == (code, error)
    assert "tidak ada yang diubah" not in ran.err
    assert len(ran.err.splitlines()) == 2, "whoever pressed Ctrl-C is told where to look"
    assert office.one("SELECT count(*) FROM calendar_day") == 1


def test_what_was_found_is_kept_and_is_no_change(office: Office, roster: Callable[..., Path]) -> None:
    office.ok("import", roster([person(1)]))
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [*COMMAND, "--db", str(office.path), "find", "darwis"],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False, env=environment(),
        )  # fmt: skip
    assert "E072" in ran.stderr, "the command may be given again"


def test_a_termination_rolls_back_and_says_which(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from jamsostek_cli.operations import status

    monkeypatch.setattr(status, "status", lambda *_: os.kill(os.getpid(), signal.SIGTERM))
    assert office("status").code == 128 + signal.SIGTERM

    def swallows(*_: object) -> None:
        try:
            os.kill(os.getpid(), signal.SIGTERM)
        except Terminated:
            raise RuntimeError from None  # as DuckDB does

    monkeypatch.setattr(status, "status", swallows)
    assert office("status").code == 128 + signal.SIGTERM


def test_the_machine_may_say_where_and_who(
    jcli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "config.toml"
    monkeypatch.setenv("JCLI_CONFIG", str(place))
    place.write_text(f'db = "{tmp_path}/c.db"\nactor = "tuti"\nlang = "en"\n')
    made = jcli("init")
    assert "Database created" in made.out
    assert jcli("audit", "log", "--json").data[0]["actor"] == "tuti"
    place.write_text('colour = "red"\n')
    assert (jcli("status").code, jcli("status").error) == (78, "E111")
    place.write_text("not toml")
    assert jcli("status").error == "E111"
    place.unlink()
    assert jcli("status").error == "E111"


def test_the_default_database_is_made_by_the_first_import(
    jcli: Run, roster: Callable[..., Path], tmp_path: Path
) -> None:
    assert "jcli init" in jcli("status").err
    assert jcli("status", "--json").data["exists"] is False
    ran = jcli("import", roster([person(1)]))
    assert ran.code == 0
    assert "Basis data dibuat" in ran.out
    assert (tmp_path / "home/data/jcli/jcli.db").exists()
    assert jcli("import", roster([person(2)], "b.xlsx"), "--db", tmp_path / "none.db").error == "E101"


def test_a_rehearsal_or_a_missing_file_makes_no_database(
    jcli: Run, roster: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert jcli("import", roster([person(1)]), "--dry-run").error == "E101"
    assert jcli("import", tmp_path / "none.xlsx").error == "E201"
    assert not (tmp_path / "home/data/jcli/jcli.db").exists()
    from jamsostek_cli.operations.office import database as operations

    real = operations.init

    def slower(path: Path, act: object, **options: object) -> object:
        real(path, act, **options)  # type: ignore[arg-type] # passed on as they came
        return real(path, act, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(operations, "init", slower)
    assert jcli("import", roster([person(1)])).code == 0, "another jcli made the database in this very moment"
    (tmp_path / "home/data/jcli/jcli.db").unlink()

    def fails(*_: object, **__: object) -> None:
        raise JcliError("E106", path="x")

    monkeypatch.setattr(operations, "init", fails)
    assert jcli("import", roster([person(2)], "c.xlsx")).error == "E106"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "id"),
        ({"LANG": "C.UTF-8"}, "id"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "id_ID.UTF-8"}, "id"),
        ({"LANG": "en_US.UTF-8", "JCLI_LANG": "id"}, "id"),
        ({"LANG": "fr_FR.UTF-8"}, "id"),
    ],
)
def test_the_language_comes_from_the_machine_when_nobody_says(
    environment: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert config.language(["status"]) == language


@pytest.mark.parametrize("lacking", [KeyError, OSError, ModuleNotFoundError])
def test_an_actor_without_a_login_is_unknown(
    monkeypatch: pytest.MonkeyPatch, lacking: type[Exception]
) -> None:
    def nobody() -> str:
        raise lacking

    monkeypatch.setattr("getpass.getuser", nobody)
    assert session._login() == "unknown"


def test_waiting_for_a_writer_can_be_shortened(monkeypatch: pytest.MonkeyPatch) -> None:
    assert session._busy_seconds() == BUSY_SECONDS
    monkeypatch.setenv("JCLI_BUSY_SECONDS", "0.1")
    assert session._busy_seconds() == 0.1
    monkeypatch.setenv("JCLI_BUSY_SECONDS", "inf")
    assert session._busy_seconds() == BUSY_SECONDS
    monkeypatch.setenv("JCLI_BUSY_SECONDS", "soon")
    assert session._busy_seconds() == BUSY_SECONDS


def test_harmful_characters_are_made_visible() -> None:
    assert harmless("SITI [alm]\x1b]0;x\u202e[/]") == "SITI [alm]�]0;x�[/]"


def on_a_terminal(
    arguments: list[str], answers: bytes = b"", env: dict[str, str] | None = None
) -> tuple[int, str]:
    """Run jcli on a terminal of its own and return its exit status and everything it showed."""
    mine, theirs = pty.openpty()
    process_ = subprocess.Popen(
        [*COMMAND, *arguments],
        stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True,
        env=environment({"TERM": "xterm", "COLUMNS": "200", **(env or {})}),
    )  # fmt: skip
    os.close(theirs)
    if answers:
        os.write(mine, answers)
    shown = b""
    while True:
        try:
            piece = os.read(mine, 65536)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    os.close(mine)
    return process_.wait(), shown.decode()


def test_a_terminal_gets_tables_names_survive_and_colour_can_be_off(
    office: Office, roster: Callable[..., Path]
) -> None:
    nik, _, *rest = person(1)
    office.ok("import", roster([(nik, "SITI [AL] [/] :SMILE: A", *rest)]))
    code, shown = on_a_terminal(["--db", str(office.path), "worker", "list"])
    assert code == 0
    assert "SITI [AL] [/] :SMILE: A" in shown
    assert "17 Agustus 1985" in shown
    _, plain = on_a_terminal(["--db", str(office.path), "worker", "list"], env={"NO_COLOR": "1"})
    assert "\x1b[" not in plain
    _, summed = on_a_terminal(
        ["--db", str(office.path), "--color", "never", "report", "coverage", "--year", "2025", "--by", "sex"]
    )
    assert "\x1b[" not in summed
    assert "Jumlah" in summed
    code, imported = on_a_terminal(["--db", str(office.path), "import", str(roster([person(3)], "p.xlsx"))])
    assert "100%" not in imported.rsplit("\n", 2)[-1]
    assert code == 0


def test_mass_enrolment_asks_at_the_keyboard(office: Office, roster: Callable[..., Path]) -> None:
    office.ok("import", roster([person(1)]))
    enrol = [
        "--db", str(office.path), "--today", "2025-08-04", "enrol", "--batch", "B-2025-001",
        "--from", "2025-09", "--payer", "apbd-kota", "--decree", "x",
    ]  # fmt: skip
    code, shown = on_a_terminal(enrol, b"t\n")
    assert code == 1
    assert "[y/T]" in shown
    assert office.one("SELECT count(*) FROM v_enrolment") == 0
    code, shown = on_a_terminal(enrol, b"ya\n")
    assert (code, office.one("SELECT count(*) FROM v_enrolment")) == (0, 1)


def test_a_quick_command_loads_no_heavy_library(office: Office) -> None:
    code = (
        "import sys\nfrom jamsostek_cli.cli.frame.main import main\n"
        "def loaded(*names):\n"
        "    print([name for name in names if name in sys.modules], file=sys.stderr)\n"
        f"main(['--db', {str(office.path)!r}, '--help'])\n"
        "loaded('sqlite3', 'tomllib', 'hashlib', 'json', 'jamsostek_cli.cli.frame.session',"
        " 'jamsostek_cli.store', 'jamsostek_cli.operations', 'jamsostek_cli.cli.claim')\n"
        "for arguments in (['status'], ['claim', 'list'], ['claim', 'show', 'K-1']):\n"
        f"    main(['--db', {str(office.path)!r}, *arguments])\n"
        "loaded('rapidfuzz')\n"
        f"main(['--db', {str(office.path)!r}, 'find', 'maryam'])\n"
        "loaded('pydantic', 'sqlite_utils', 'click', 'rich', 'importlib.metadata', 'pandas', 'numpy',"
        " 'openpyxl', 'xlsxwriter', 'msoffcrypto', 'holidays', 'lokal', 'typst', 'docx', 'lxml')"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=environment(),
    )
    assert [line for line in ran.stderr.splitlines() if line.startswith("[")] == ["[]"] * 3
    completion = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "jamsostek_cli"],
        capture_output=True, text=True, check=False,
        env=environment({"_JCLI_COMPLETE": "complete_bash", "COMP_WORDS": "jcli cl", "COMP_CWORD": "1"}),
    )  # fmt: skip
    assert "claim" in completion.stdout
    assert not [name for name in ("pandas", "openpyxl", "sqlite_utils") if f" {name}\n" in completion.stderr]


def test_the_streams_of_cron_and_closed_pipes_do_no_harm(office: Office, roster: Callable[..., Path]) -> None:
    nik, _, *rest = person(1)
    office.ok("import", roster([(nik, "NUR’AINI", *rest)]))
    cron = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}
    ran = process("--db", office.path, "worker", "list", env=cron)
    assert ran.returncode == 0
    assert "••••" in ran.stdout
    reader, writer = os.pipe()
    os.close(reader)
    ran_ = subprocess.run(
        [*COMMAND, "--db", str(office.path), "worker", "list"],
        stdout=writer, stderr=subprocess.PIPE, text=True, check=False, env=environment(),
    )  # fmt: skip
    os.close(writer)
    assert (ran_.returncode, ran_.stderr) == (0, "")
    with Path("/dev/full").open("w") as full:
        ran_ = subprocess.run(
            [*COMMAND, "--db", str(office.path), "worker", "list"],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False, env=environment(),
        )  # fmt: skip
    assert ran_.returncode == 75
    assert "E072" in ran_.stderr
    closed = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m jamsostek_cli --db {office.path} status >&-"],
        capture_output=True, text=True, check=False, env=environment(),
    )  # fmt: skip
    assert closed.returncode == 0, closed.stderr


@pytest.mark.long
def test_a_killed_import_leaves_the_old_state(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    with path.open("w", encoding="utf-8") as stream:
        stream.write("NIK;NAMA;TGL LAHIR;JK;KELURAHAN\n")
        for number in range(20_000):
            born = f"{1 + number % 28:02d}{1 + number % 12:02d}{60 + number % 40:02d}"
            nik = f"64740{1 + number % 3}{born}{7000 + number // 40:04d}"
            stream.write(f"{nik};BASRI {number};;;Guntung\n")
    before = office.rows("SELECT count(*) FROM worker")
    size = office.path.stat().st_size
    for extra in (0.0, 0.01, 0.05):
        running = subprocess.Popen(
            [*COMMAND, "--db", str(office.path), "import", str(path)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment(),
        )  # fmt: skip
        while running.poll() is None and office.path.stat().st_size == size:
            time.sleep(0.001)
        time.sleep(extra)
        running.kill()
        running.wait()
        workers = office.one("SELECT count(*) FROM worker")
        assert workers in {before[0][0], 20_000}
        assert office.one("SELECT count(*) FROM audit") == (1 if workers == 0 else 2)
        assert office.one("PRAGMA integrity_check") == "ok"


def test_two_programs_at_once_pay_once(covered: Office) -> None:
    covered.ok(
        "claim", "add", "P-000001", "--kind", "jkm", "--date", "2025-05-10", "--reported", "2025-05-19"
    )
    covered.ok("verify", "K-2025-0001", "--override", "x", actor="budi")
    racing = [
        subprocess.Popen(
            [*COMMAND, "--db", str(covered.path), "--today", "2025-08-04", "--actor", "sari",
             "--json", "pay", "K-2025-0001", *BY_LIST, "--proof", f"B-{n}", "--date", "2025-06-02"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment(),
        )
        for n in range(6)
    ]  # fmt: skip
    answers = [(running.communicate()[0], running.returncode) for running in racing]
    assert sorted(code for _, code in answers) == [0, 1, 1, 1, 1, 1]
    assert {json.loads(out)["data"]["code"] for out, code in answers if code} == {"E411"}
    assert covered.one("SELECT sum(amount) FROM v_payment") == 42_000_000


def test_a_busy_database_is_an_answer(
    office: Office, roster: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JCLI_BUSY_SECONDS", "0.1")
    path = roster([person(1)])
    with office.database.trying():
        ran = office("import", path)
    assert (ran.code, ran.error) == (75, "E105")


def test_the_whole_tree_of_commands_has_help_in_both_languages(tmp_path: Path) -> None:
    walk = (
        "import sys\nfrom jamsostek_cli import messages\nmessages.use(sys.argv[1])\n"
        "import typer.main\nfrom jamsostek_cli.cli.frame.app import app\n"
        "def look(command, path):\n"
        "    assert command.help, path\n"
        "    for p in command.params:\n"
        "        assert getattr(p, 'help', None) or p.param_type_name == 'argument', (path, p.name)\n"
        "    for name in getattr(command, 'list_commands', lambda _: [])(None):\n"
        "        look(command.get_command(None, name), path + [name])\n"
        "    print(' '.join(path))\n"
        "look(typer.main.get_command(app), ['jcli'])\n"
    )
    listings = []
    for language in ("id", "en"):
        ran = subprocess.run(
            [sys.executable, "-c", walk, language], capture_output=True, text=True, check=False,
            env=environment(),
        )  # fmt: skip
        assert ran.returncode == 0, ran.stderr
        listings.append(ran.stdout)
    assert listings[0] == listings[1]
    assert len(listings[0].splitlines()) > 40


def test_the_version_says_what_a_support_call_needs(jcli: Run) -> None:
    ran = jcli("--version")
    assert ran.code == 0
    assert ran.out.startswith("jcli 0.")


@pytest.mark.usefixtures("_own_keyboard")
def test_running_the_package_is_running_jcli(monkeypatch: pytest.MonkeyPatch) -> None:
    from jamsostek_cli import __main__ as module

    monkeypatch.setattr("sys.argv", ["jcli", "--version"])
    with pytest.raises(SystemExit) as left:
        module.run()
    assert left.value.code == 0
    assert process("--version").returncode == 0


def test_the_same_on_a_terminal_of_this_process(
    covered: Office, roster: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    covered.ok("import", roster([person(60)], "more.xlsx"))
    enrol = ("enrol", "--batch", "B-2025-001", "--from", "2025-09", "--payer", "csr", "--decree", "x")
    monkeypatch.setattr("sys.stdin", Keyboard("t\nya\nya\n"))
    for stream in ("stdout", "stderr"):
        monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True)
    assert covered(*enrol).error == "E001"
    assert covered.one("SELECT count(*) FROM v_enrolment WHERE payer = 'csr'") == 0
    assert covered(*enrol).code == 0
    assert covered(*enrol, "--yes").error == "E305"
    shown = covered("--color", "never", "report", "coverage", "--year", 2025, "--by", "sex").out
    assert "Jumlah" in shown
    jkm = ("claim", "add", "P-000001", "--kind", "jkm", "--date", "2025-05-10")
    assert "Rp42.000.000" in covered("--yes", *jkm).out
    assert "Jaminan Kematian" in covered("claim", "show", "K-2025-0001").out
    assert "Guntung" in covered("worker", "show", "P-000001").out
    imported = covered("import", roster([person(61)], "again.xlsx"))
    assert imported.code == 0
    assert "100%" in imported.err


def test_a_closed_stream_is_replaced(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    assert office("status").code == 0
    sys.stdin.close()


class Broken(io.StringIO):
    """A stream whose reader has gone away, or whose disk is full."""

    def __init__(self, error: OSError) -> None:
        super().__init__()
        self.error = error

    def flush(self) -> None:
        raise self.error


@pytest.mark.parametrize(
    ("arguments", "error", "code"),
    [
        (["status"], BrokenPipeError(), 0),
        (["status"], OSError(28, "No space left on device"), 75),
        (["--help"], OSError(28, "No space left on device"), 75),
    ],
)
def test_output_that_cannot_be_written_is_never_a_success(
    office: Office, monkeypatch: pytest.MonkeyPatch, arguments: list[str], error: OSError, code: int
) -> None:
    stream = Broken(error)
    monkeypatch.setattr("sys.stdout", stream)
    monkeypatch.setattr(screen, "forget_output", lambda: setattr(stream, "flush", lambda: None))
    assert entry.main(["--db", str(office.path), *arguments]) == code
    monkeypatch.undo()


def test_output_that_is_forgotten_goes_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "out"
    with place.open("w") as stream:
        monkeypatch.setattr("sys.stdout", stream)
        screen.forget_output()
        stream.write("lost")
    assert place.read_text() == ""


@pytest.mark.usefixtures("_own_keyboard")
def test_the_module_runs_as_a_program(monkeypatch: pytest.MonkeyPatch) -> None:
    import runpy

    from jamsostek_cli import __main__ as module

    monkeypatch.setattr("sys.argv", ["jcli", "--version"])
    with pytest.raises(SystemExit):
        runpy.run_path(str(module.__file__), run_name="__main__")


@pytest.fixture
def _own_keyboard() -> Iterator[None]:
    """Let the process of the tests keep its own Ctrl-C."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    keyboard._pressed.clear()
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("_own_keyboard")
def test_an_interrupt_while_the_program_loads_waits_until_it_stands() -> None:
    keyboard.hold()
    os.kill(os.getpid(), signal.SIGINT)
    assert keyboard.pressed()
    with pytest.raises(KeyboardInterrupt):
        keyboard.release()
    keyboard.release()
    with pytest.raises(KeyboardInterrupt):
        os.kill(os.getpid(), signal.SIGINT)
    keyboard.rest()
    os.kill(os.getpid(), signal.SIGINT)


@pytest.mark.usefixtures("_own_keyboard")
def test_an_interrupted_program_ends_by_its_status(monkeypatch: pytest.MonkeyPatch) -> None:
    from jamsostek_cli import __main__ as module

    monkeypatch.setattr("sys.argv", ["jcli", "--version"])
    monkeypatch.setattr(os, "_exit", sys.exit)
    keyboard.hold()
    os.kill(os.getpid(), signal.SIGINT)
    with pytest.raises(SystemExit) as left:
        module.run()
    assert left.value.code == 130


@pytest.mark.usefixtures("_own_keyboard")
def test_a_job_in_the_background_hears_no_interrupt() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    keyboard.hold()
    keyboard.release()
    os.kill(os.getpid(), signal.SIGINT)
    assert not keyboard.pressed()


@pytest.mark.usefixtures("_own_keyboard")
def test_an_interrupt_that_a_library_turned_into_its_own_error_is_an_interrupt(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jamsostek_cli.operations import status

    def swallows(*_: object) -> None:
        try:
            os.kill(os.getpid(), signal.SIGINT)
        except KeyboardInterrupt:
            raise RuntimeError from None

    monkeypatch.setattr(status, "status", swallows)
    keyboard.hold()
    ran = office("status")
    assert (ran.code, ran.error, len(ran.err.splitlines())) == (130, "E130", 1)


@pytest.mark.parametrize("arguments", [("--help",), ("status",), ("worker", "list")])
def test_ctrl_c_ends_in_one_line_also_while_modules_load(office: Office, arguments: tuple[str, ...]) -> None:
    press = (
        "import os, signal, sys\n"
        "from jamsostek_cli.__main__ import run\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a job in the background has it off
        "wanted = sys.argv[1]\n"
        "class Finder:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        return os.kill(os.getpid(), signal.SIGINT) if name == wanted else None\n"
        "sys.meta_path.insert(0, Finder())\n"
        "sys.argv[:] = ['jcli', *sys.argv[2:]]\n"
        "run()\n"
    )
    for module in ("jamsostek_cli.messages", "typer", "typer.main", "jamsostek_cli.cli.frame.app"):
        ran = subprocess.run(
            [sys.executable, "-c", press, module, "--db", str(office.path), *arguments],
            capture_output=True, text=True, check=False, env=environment(),
        )  # fmt: skip
        assert (ran.returncode, ran.stdout, len(ran.stderr.splitlines())) == (130, "", 1), module
        assert "E130" in ran.stderr


def test_a_table_in_a_pipe_is_as_safe_against_formulas_as_a_file(
    office: Office, roster: Callable[..., Path]
) -> None:
    nik, _, *rest = person(1)
    office.ok("import", roster([(nik, "SITI;=1+1", *rest)]), "--agency", "@SUM(A1:A2)")
    batches = process("--db", office.path, "batch", "list").stdout
    assert "\t'@SUM(A1:A2)\t" in batches
    assert "\t@" not in batches


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"), ("+62812", "'+62812"), ("-", "'-"), ("A,@B", "A,'@B"), ("\t=1", "�=1"),
        (-42_000_000, "-42000000"), (-0.5, "-0.5"), (None, ""), (True, "true"), (False, "false"),
        (Coded("=a", "x"), "'=a"), (datetime.date(2025, 5, 10), "2025-05-10"), (Month(2025, 5), "2025-05"),
    ],
)  # fmt: skip
def test_a_cell_of_a_pipe_is_inert_where_it_is_text(value: Value, cell: str) -> None:
    assert screen._tsv_cell(value) == cell


def test_next_steps_are_only_those_that_can_be_taken(office: Office, tmp_path: Path) -> None:
    from tests.support.workbooks import xlsx

    head = ("NIK", "NAMA", "TANGGAL LAHIR", "JENIS KELAMIN", "KELURAHAN")
    path = xlsx(tmp_path / "daftar (rev 2).xlsx", {"Sheet1": [head, person(1), ("123", *person(2)[1:])]})
    plan = office("import", "--dry-run", path)
    assert [line for line in plan.err.splitlines() if "Langkah berikut" in line] == [
        f"Langkah berikut: jcli import --apply '{path}.plan.json'"
    ]
    office("import", path)
    terms = ("--from", "2025-09", "--payer", "apbd-kota", "--decree", "x", "--registered")
    tried = office("enrol", "--batch", "B-2025-001", *terms, "--dry-run")
    assert (tried.code, "Langkah berikut" in tried.err, "biaya" in tried.err) == (0, False, False)
    done = office("enrol", "--batch", "B-2025-001", *terms)
    assert "jcli iuran bill" in done.err
    pay = ("iuran", "pay", "2025-09", "--proof", "S-1", "--date", "2025-08-04")
    assert "Langkah berikut" not in office(*pay, "--dry-run").err
    assert "jcli status" in office(*pay).err
    fixed = office("batch", "fix-file", "B-2025-001", "-o", tmp_path / "perbaiki 1.xlsx")
    assert f"jcli import '{tmp_path}/perbaiki 1.xlsx'" in fixed.err


def test_the_cost_is_not_said_where_nothing_can_be_written(
    office: Office, roster: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from jamsostek_cli.store import enrolments

    def full(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("attempt to write a readonly database")

    office.ok("import", roster([person(1)]))
    monkeypatch.setattr(enrolments, "add_all", full)
    ran = office("enrol", "--batch", "B-2025-001", "--from", "2025-09", "--payer", "csr", "--decree", "x")
    assert (ran.error, "biaya" in ran.err) == ("E106", False)


def test_none_stands_in_no_sentence(office: Office) -> None:
    for arguments in (("report", "monthly", "--month", "lalai"), ("iuran", "bill", "Januaria")):
        ran = office(*arguments)
        assert (ran.error, "None" in ran.err) == ("E002", False)
        assert "bukan bulan" in ran.err
    assert office.ok("report", "monthly", "--month", "LAST")["period"] == "2025-07"
    assert misuse.problem_of(typer.BadParameter("salah")) == "salah"
    assert misuse.problem_of(ValueError("strange")) == "ada isian yang tidak terbaca"


LAST_MONTH = ("report", "monthly", "--month", "last")


@pytest.mark.parametrize("day", ["0001-01-01", "01/02/0001", "1989-12-31", "2200-01-01", "9999-12-31"])
@pytest.mark.parametrize("command", [("report", "coverage"), LAST_MONTH, ("status",), ("cover", "gaps")])
def test_no_day_at_the_ends_of_the_calendar_is_today(
    office: Office, day: str, command: tuple[str, ...]
) -> None:
    for language, said in (
        ("id", "1 Januari 1990 sampai 31 Desember 2199"),
        ("en", "1 January 1990 to 31 December 2199"),
    ):
        ran = office("--lang", language, *command, today=day)
        assert (ran.code, ran.error, said in ran.err) == (2, "E002", True)
    if command == ("report", "coverage"):
        assert office(*command, "--as-of", day).error == "E002"


@pytest.mark.parametrize("day", ["1990-01-01", "2199-12-31"])
def test_the_first_and_the_last_day_of_the_calendar_are_days_like_others(office: Office, day: str) -> None:
    for command in (("report", "coverage"), LAST_MONTH, ("status",), ("report", "claims"), ("bpjs", "list")):
        assert office(*command, today=day).code == 0
    assert office("cover", "gaps", today=day).error in {None, "E601"}
