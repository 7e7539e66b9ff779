"""What `make run` starts: up with what it says, alone on its port, gone when told to go."""

import os
import re
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest
from sqlalchemy import NullPool, create_engine, func, select

from scheduler.clock import now
from scheduler.demo.load import DEMO_ACCOUNTS, DEMO_PASSWORD
from scheduler.prepare import keep_secret_key
from scheduler.records.accounts import Account
from scheduler.records.database import db
from tests.engines import on_sqlite

ROOT = Path(__file__).parent.parent.parent
PATIENCE_SECONDS = 60


def start(instance: Path, **environment: str) -> subprocess.Popen[str]:
    """The launcher as `make run` starts it, in a process group of its own, on a free port."""
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.Popen(
        [sys.executable, "-m", "scheduler"],
        cwd=ROOT,
        env={**inherited, "PORT": "0", "WORKERS": "1", "INSTANCE_PATH": str(instance), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        preexec_fn=_minds_its_terminal,
    )


def _minds_its_terminal() -> None:
    """As in a terminal, also when the tests themselves run under nohup, which is inherited."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


@contextmanager
def running(instance: Path, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """A launcher that is stopped at the end, with everything it started, whatever the test made of it."""
    launcher = start(instance, **environment)
    try:
        yield launcher
    finally:
        if not is_group_gone(launcher.pid):
            os.killpg(launcher.pid, signal.SIGTERM)
        launcher.communicate(timeout=PATIENCE_SECONDS)


def address_of(launcher: subprocess.Popen[str]) -> str:
    """Reads what the launcher prints up to the address it is up on."""
    said = ""
    for line in launcher.stdout:
        said += line
        if found := re.search(r"up on (http://\S+)", line):
            return found[1]
    raise AssertionError(f"The launcher ended with {launcher.wait()}: {said}")


def status_of(url: str) -> int:
    with urllib.request.urlopen(f"{url}/healthz", timeout=PATIENCE_SECONDS) as answer:
        return answer.status


def is_group_gone(group: int) -> bool:
    """Whether nothing of the group runs any more; what only waits to be buried does not count."""
    return not [process for process in psutil.process_iter() if _is_running_in(process, group)]


def _is_running_in(process: psutil.Process, group: int) -> bool:
    try:
        return os.getpgid(process.pid) == group and process.status() != psutil.STATUS_ZOMBIE
    except (ProcessLookupError, psutil.NoSuchProcess):
        return False


def wait_until(condition, seconds: int = PATIENCE_SECONDS) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def worker_of(launcher: subprocess.Popen[str]) -> int | None:
    for child in psutil.Process(launcher.pid).children():
        with suppress(psutil.NoSuchProcess):
            if "scheduler.worker" in child.cmdline():
                return child.pid
    return None


@pytest.fixture
def own_city(app) -> None:
    """A database with an account of its own: a city at work, no demo."""
    db.session.add(Account(email="officer@city.example", name="Officer", roles=set(), created_at=now()))
    db.session.commit()


def test_a_first_start_makes_a_private_demo_city_and_says_where_it_is(tmp_path):
    instance = tmp_path / "instance"
    instance.mkdir(mode=0o755)
    with running(instance) as launcher:
        assert status_of(address_of(launcher)) == 200
        assert launcher.stdout.readline() == f"Demo accounts, all with the password {DEMO_PASSWORD}:\n"
        assert [launcher.stdout.readline().strip() for _each in DEMO_ACCOUNTS] == list(DEMO_ACCOUNTS)
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (instance, *instance.iterdir())}
    assert modes.pop("instance") == 0o700
    assert set(modes) >= {"secret_key", "scheduler.sqlite"}
    assert set(modes.values()) == {0o600}


@on_sqlite
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_to_the_launcher_alone_stops_everything_it_started(own_city, engine_url, tmp_path, number):
    with running(tmp_path, DATABASE_URL=engine_url) as launcher:
        address_of(launcher)
        wait_until(lambda: worker_of(launcher))
        launcher.send_signal(number)
        assert launcher.wait(PATIENCE_SECONDS) == 0
        assert is_group_gone(launcher.pid)


@on_sqlite
def test_ctrl_c_stops_everything(own_city, engine_url, tmp_path):
    with running(tmp_path, DATABASE_URL=engine_url) as launcher:
        address_of(launcher)
        os.killpg(launcher.pid, signal.SIGINT)
        assert launcher.wait(PATIENCE_SECONDS) == 0
        assert is_group_gone(launcher.pid)


@on_sqlite
def test_web_and_worker_end_when_the_launcher_is_killed(own_city, engine_url, tmp_path):
    with running(tmp_path, DATABASE_URL=engine_url) as launcher:
        address_of(launcher)
        wait_until(lambda: worker_of(launcher))
        launcher.kill()
        wait_until(lambda: is_group_gone(launcher.pid))


@on_sqlite
def test_a_worker_that_dies_is_started_again(own_city, engine_url, tmp_path):
    with running(tmp_path, DATABASE_URL=engine_url) as launcher:
        address_of(launcher)
        wait_until(lambda: worker_of(launcher))
        first = worker_of(launcher)
        os.kill(first, signal.SIGKILL)
        wait_until(lambda: worker_of(launcher) not in (None, first))


def test_two_launchers_share_one_database_from_its_first_moment(empty_database_url, tmp_path):
    with (
        running(tmp_path, DATABASE_URL=empty_database_url) as one,
        running(tmp_path, DATABASE_URL=empty_database_url) as other,
    ):
        assert status_of(address_of(one)) == status_of(address_of(other)) == 200
    with create_engine(empty_database_url, poolclass=NullPool).connect() as connection:
        officers = select(func.count()).where(Account.email == "officer@demo.example")
        assert connection.scalar(officers) == 1


@on_sqlite
def test_a_city_of_its_own_is_served_to_the_network(own_city, engine_url, tmp_path):
    with running(tmp_path, DATABASE_URL=engine_url, HOST="0.0.0.0") as launcher:
        port = address_of(launcher).rpartition(":")[2]
        assert status_of(f"http://127.0.0.1:{port}") == 200


@on_sqlite
@pytest.mark.parametrize("is_demo", [True, False])
def test_the_demo_city_is_refused_to_the_network(app, engine_url, tmp_path, is_demo):
    if is_demo:
        db.session.add(Account(email="a@demo.example", name="A", roles=set(), is_demo=True, created_at=now()))
        db.session.commit()
    launcher = start(tmp_path, DATABASE_URL=engine_url, HOST="0.0.0.0")
    said, _nothing = launcher.communicate(timeout=PATIENCE_SECONDS)
    assert launcher.returncode == 1, said
    assert "served on a loopback address only" in said
    assert "Traceback" not in said
    assert db.session.scalar(select(func.count(Account.id))) == is_demo


def test_a_port_that_is_taken_is_said_so(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = str(holder.getsockname()[1])
        launcher = start(tmp_path, PORT=port)
        said, _nothing = launcher.communicate(timeout=PATIENCE_SECONDS)
    assert launcher.returncode == 1, said
    assert said.startswith(f"Error: Cannot serve on 127.0.0.1 port {port}: Address already in use.")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("nonsense", "not an address the scheduler can use"),
        ("mysql://root@localhost/city", "not an address the scheduler can use"),
        ("sqlite://", "in memory"),
        ("sqlite:////nowhere/at/all.sqlite", "No such file or directory"),
        ("sqlite:////bin/sh", "file is not a database"),
        ("postgresql://officer:secret@127.0.0.1:1/city", "Connection refused"),
    ],
)
def test_a_database_that_cannot_be_used_is_said_so(tmp_path, url, reason):
    launcher = start(tmp_path, DATABASE_URL=url)
    said, _nothing = launcher.communicate(timeout=PATIENCE_SECONDS)
    assert launcher.returncode == 1, said
    assert reason in said
    assert "Traceback" not in said
    assert "secret" not in said


@on_sqlite
def test_a_database_of_a_newer_version_is_left_alone(app, engine_url, tmp_path):
    db.session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = 'not yet written'")
    db.session.commit()
    launcher = start(tmp_path, DATABASE_URL=engine_url)
    said, _nothing = launcher.communicate(timeout=PATIENCE_SECONDS)
    assert (launcher.returncode, "Run the newer version" in said) == (1, True)


def test_the_secret_key_is_made_once(sqlite_app, tmp_path):
    sqlite_app.instance_path = str(tmp_path / "instance")
    keys = []
    for _start in range(2):
        sqlite_app.secret_key = None
        keep_secret_key(sqlite_app)
        keys.append(sqlite_app.secret_key)
    assert len(keys[0]) == 64
    assert keys[0] == keys[1]
