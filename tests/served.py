"""A city served by real gunicorn processes on a free port, for races and browsers."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
START_SECONDS = 60
STOP_SECONDS = 20


@dataclass(frozen=True)
class ServedCity:
    """Where the city is served, and by which process (the parent of the web processes)."""

    url: str
    pid: int


@contextmanager
def served_city(settings: Mapping[str, object], *, workers: int = 4) -> Iterator[ServedCity]:
    """Serve an app of these settings until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        environment = {**os.environ, "SERVED_SETTINGS": json.dumps(dict(settings))}
        command = [sys.executable, "-m", "tests.served", str(listener.fileno()), str(workers)]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, pass_fds=[listener.fileno()])
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    try:
        _wait_until_it_answers(url)
        yield ServedCity(url, process.pid)
    finally:
        # Interrupted, gunicorn does not linger for clients that might still ask something.
        process.send_signal(signal.SIGINT)
        process.wait(STOP_SECONDS)


def _wait_until_it_answers(url: str) -> None:
    """The socket listens before gunicorn does, so one patient request is all the waiting there is."""
    try:
        urllib.request.urlopen(f"{url}/healthz", timeout=START_SECONDS).close()
    except urllib.error.HTTPError as answer:
        answer.close()


def _serve(handle: int, workers: int) -> None:
    from scheduler import create_app
    from scheduler.web import WebServer

    app = create_app(json.loads(os.environ["SERVED_SETTINGS"]))
    WebServer(app, listener=socket.socket(fileno=handle), processes=workers, when_ready=lambda: None).run()


if __name__ == "__main__":
    _serve(int(sys.argv[1]), int(sys.argv[2]))
