"""The launcher behind `make run`: prepares the house, then serves web and worker until told to stop."""

import ipaddress
import os
import socket

import click
from flask import Flask
from flask.cli import ScriptInfo

from scheduler import config
from scheduler.demo.load import DEMO_ACCOUNTS, DEMO_PASSWORD
from scheduler.prepare import CannotServe, check_database_url, prepare
from scheduler.records.account_lookup import is_demo_city


@click.command("serve")
@click.option("--host", envvar="HOST", show_envvar=True, default="127.0.0.1", help="The address to serve on.")
@click.option(
    "--port",
    envvar="PORT",
    show_envvar=True,
    default=8000,
    type=click.IntRange(0, 65535),
    help="0 takes a free one.",
)
@click.option(
    "--workers",
    envvar="WORKERS",
    show_envvar=True,
    default=2,
    type=click.IntRange(1, 64),
    help="Web processes.",
)
@click.pass_context
def serve(context: click.Context, host: str, port: int, workers: int) -> None:
    """Prepare the database, then serve web and worker until stopped."""
    app = context.ensure_object(ScriptInfo).load_app()
    # Gunicorn is slow to import, and the other commands of `flask` do without it.
    from scheduler.web import CityServer

    with bind(host, port) as listener:
        prepare(app, is_local=_is_loopback(listener))
        app.config["PUBLIC_URL"] = app.config["PUBLIC_URL"] or _address(host, listener)
        lines = [f"The scheduler is up on {_address(host, listener)} (Ctrl-C stops it)", *_demo_lines(app)]
        server = CityServer(
            app, listener=listener, processes=workers, when_ready=lambda: click.echo("\n".join(lines))
        )
        server.run()


def main() -> None:
    """What `make run` calls: the command above, on an app built once the environment has been checked."""
    os.umask(0o077)
    # A database that does not answer is reported soon, not after the minutes the network would wait.
    os.environ.setdefault("PGCONNECT_TIMEOUT", "10")
    serve.main(obj=ScriptInfo(create_app=_create_app), prog_name="serve")


def bind(host: str, port: int) -> socket.socket:
    """A listening socket, taken first of all: whoever holds the port already is found before any work."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()
    except OSError as error:
        raise CannotServe(
            f"Cannot serve on {host} port {port}: {error.strerror}. Choose another with HOST and PORT, "
            f"for example: PORT={port + 1 if port < 65535 else 8000} make run"
        ) from error
    return listener


def _create_app() -> Flask:
    from scheduler import create_app

    if os.environ.get("DATABASE_URL"):
        check_database_url(config.database_url(instance_path=""))
    return create_app()


def _is_loopback(listener: socket.socket) -> bool:
    return ipaddress.ip_address(listener.getsockname()[0].partition("%")[0]).is_loopback


def _address(host: str, listener: socket.socket) -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{listener.getsockname()[1]}"


def _demo_lines(app: Flask) -> list[str]:
    with app.app_context():
        if not is_demo_city():
            return []
    return [
        f"Demo accounts, all with the password {DEMO_PASSWORD}:",
        *(f"  {each}" for each in DEMO_ACCOUNTS),
    ]
