"""Gunicorn inside the launcher: web processes that share one loaded app, and the worker beside them."""

import gc
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from scheduler.records.database import db

# Browsers open connections ahead of need. Threads wait on those, so that no process stands still for one.
THREADS = 4
# A request under way may finish after the order to stop, but nobody waits longer than this at the terminal.
GRACE_SECONDS = 5
# A worker that cannot start is tried again, but not as fast as the machine can fail.
RESPAWN_SECONDS = 5


class WebServer(BaseApplication):
    """Serves `app` on a bound socket, in so many processes, until a signal stops it."""

    def __init__(
        self, app: Flask, *, listener: socket.socket, processes: int, when_ready: Callable[[], None]
    ) -> None:
        self.app = app
        self.listener = listener
        self.processes = processes
        self.when_ready = when_ready
        super().__init__()

    def load_config(self) -> None:
        settings = {
            "bind": f"fd://{self.listener.detach()}",
            "workers": self.processes,
            "worker_class": "gthread",
            "threads": THREADS,
            "preload_app": True,
            "graceful_timeout": GRACE_SECONDS,
            "umask": 0o077,
            # Feed links are secrets in an address: no access log keeps them.
            "accesslog": None,
            "loglevel": "warning",
            "control_socket_disable": True,
            "when_ready": lambda _arbiter: self.when_ready(),
            "post_fork": lambda _arbiter, _process: self.forget_connections(),
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self.app

    def run(self) -> None:
        with self.app.app_context():
            db.engine.dispose()
        # What is loaded stays: the web processes then share these pages and end without visiting them all.
        gc.freeze()
        self.arbiter().run()

    def arbiter(self) -> Arbiter:
        return Arbiter(self)

    def forget_connections(self) -> None:
        """A connection is good in the process that opened it and in no other."""
        with self.app.app_context():
            db.engine.dispose(close=False)


class CityServer(WebServer):
    """The web server with the worker beside it: started with it, kept alive, stopped with it."""

    def run(self) -> None:
        launcher = os.getpid()
        self.outlives_terminal = signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
        self.worker: subprocess.Popen[bytes] | None = None
        self.worker_started_at = float("-inf")
        try:
            super().run()
        finally:
            # Web processes are forks and leave by the same way; only the launcher may end the worker.
            if os.getpid() == launcher:
                self.stop_worker()

    def arbiter(self) -> Arbiter:
        return CityArbiter(self)

    def keep_worker(self) -> None:
        if self.worker and self.worker.poll() is None:
            return
        if time.monotonic() < self.worker_started_at + RESPAWN_SECONDS:
            return
        self.worker_started_at = time.monotonic()
        command = [sys.executable, "-m", "scheduler.worker", "--child-of", str(os.getpid())]
        # Letters lead to the public address, or to where this city is served.
        environ = {**os.environ, "PUBLIC_URL": self.app.config["PUBLIC_URL"]}
        self.worker = subprocess.Popen(command, env=environ)

    def stop_worker(self) -> None:
        if not self.worker:
            return
        self.worker.terminate()
        try:
            self.worker.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self.worker.kill()


class CityArbiter(Arbiter):
    """Gunicorn's parent process, which looks after the worker in the same round as its own processes."""

    def manage_workers(self) -> None:
        super().manage_workers()
        self.app.keep_worker()

    def handle_hup(self) -> None:
        """The terminal was closed: stop, unless started to outlive it. Gunicorn itself would reload."""
        if not self.app.outlives_terminal:
            raise StopIteration
