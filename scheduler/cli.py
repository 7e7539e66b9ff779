"""The terminal's doors: `flask --app wsgi …`."""

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext

from scheduler.access import SYSTEM, Role
from scheduler.actions.accounts import create_account
from scheduler.actions.invalid import Invalid
from scheduler.actions.tokens import create_token
from scheduler.clock import now
from scheduler.plan_terminal import plan
from scheduler.records.absence import NotFound
from scheduler.serve import serve

tokens = AppGroup("tokens", help="Keys to the API.")
accounts = AppGroup("accounts", help="People who sign in.")
demo = AppGroup("demo", help="The demo city.")


def set_up(app: Flask) -> None:
    """Hang up the commands."""
    for command in (tokens, accounts, demo, serve, worker, plan):
        app.cli.add_command(command)


@click.command("worker")
@with_appcontext
def worker() -> None:
    """Free holds, write and post letters, fetch mail, until stopped; as many as you like, on any machine."""
    from scheduler import worker as clockwork

    if not current_app.config["PUBLIC_URL"]:
        raise click.ClickException(
            "Name the address under which guests reach the pages: it stands in the letters. For example: "
            "PUBLIC_URL=https://visits.city.example flask --app wsgi worker"
        )
    clockwork.main()


@tokens.command("create")
@click.argument("email")
@click.option("--label", default="", help="What the key is for.")
@with_appcontext
def tokens_create(email: str, label: str) -> None:
    """Print a new API token for EMAIL, alone on stdout. It cannot be read again."""
    try:
        click.echo(create_token(email, label, by=SYSTEM, at=now()))
    except NotFound:
        raise click.ClickException(
            f"no active account {email}; make one with: flask --app wsgi accounts create {email}"
        ) from None


@accounts.command("create")
@click.argument("email")
@click.option("--name", default="", help="The name to show; the address if left out.")
@click.option(
    "--role", "roles", multiple=True, type=click.Choice([role.value for role in Role]), required=True
)
@click.password_option(help="At least twelve characters.")
@with_appcontext
def accounts_create(email: str, name: str, roles: tuple[str, ...], password: str) -> None:
    """Open an account for EMAIL."""
    given = [Role(role) for role in roles]
    try:
        create_account(email, name or email, roles=given, password=password, by=SYSTEM, at=now())
    except Invalid as wrong:
        raise click.ClickException(str(wrong)) from None


@demo.command("load")
@with_appcontext
def demo_load() -> None:
    """Load the demo city into an empty database."""
    from scheduler.demo.load import CityNotEmpty, load_demo_city

    try:
        click.echo(load_demo_city(now()))
    except CityNotEmpty as error:
        raise click.ClickException(str(error)) from None
