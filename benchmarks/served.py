"""The app behind real gunicorn processes, with one empty view beside its own to compare with."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.engines import settings_on

EMPTY_PATH = "/empty"
START_SECONDS, STOP_SECONDS = 60, 20


@contextmanager
def served(url: str, *, workers: int) -> Iterator[tuple[str, int]]:
    """Serve the city on a database until the block ends; where it listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = listener.getsockname()
        environment = {**os.environ, "SERVED_SETTINGS": json.dumps(settings_on(url))}
        command = [sys.executable, "-m", "benchmarks.served", str(listener.fileno()), str(workers)]
        process = subprocess.Popen(command, env=environment, pass_fds=[listener.fileno()])
    try:
        _wait_until_it_answers(address)
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(STOP_SECONDS)


def _wait_until_it_answers(address: tuple[str, int]) -> None:
    with socket.create_connection(address, timeout=START_SECONDS) as connection:
        connection.sendall(f"GET {EMPTY_PATH} HTTP/1.1\r\nHost: benchmark\r\n\r\n".encode())
        connection.recv(1000)
    time.sleep(0.5)  # The other workers come up within this.


def _serve(handle: int, workers: int) -> None:
    from scheduler import create_app
    from scheduler.access import Permission
    from scheduler.doors import allow
    from scheduler.web import WebServer

    app = create_app(json.loads(os.environ["SERVED_SETTINGS"]))
    app.add_url_rule(EMPTY_PATH, "empty", allow(Permission.OPEN)(lambda: ""))
    WebServer(app, listener=socket.socket(fileno=handle), processes=workers, when_ready=lambda: None).run()


if __name__ == "__main__":
    _serve(int(sys.argv[1]), int(sys.argv[2]))
