"""The page around the grid, and the way through days, views and rows."""

from datetime import timedelta
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from scheduler.blueprints.board.data import board_data
from scheduler.blueprints.board.forms import ROWS, VIEWS, BoardForm, BoardWanted
from scheduler.blueprints.board.listing import rows_of, tray_lines
from scheduler.blueprints.board.words import WORDS
from scheduler.blueprints.typed import city_zone
from scheduler.identity import actor
from scheduler.records.boards import STATES_SHOWN, delegations_on_board
from scheduler.words.instants import date_in_words, day_in_words


def board_page(form: BoardForm, wanted: BoardWanted) -> str:
    """The frame of the board; what stands on it comes by its script."""
    return render_template(
        "board/board.html",
        wanted=wanted,
        addresses={name: url_for(f"board.{name}", **wanted.query()) for name in ("data", "mark", "answers")},
        words={name: str(words) for name, words in WORDS.items()},
        zone=city_zone().key,
        panel_url=url_for("board.visit", visit_id=1).removesuffix("/visit/1"),
        **around(form, wanted, "board.board"),
    )


def list_page(form: BoardForm, wanted: BoardWanted) -> str:
    """The same as lists, for those who do not want a grid."""
    told = board_data(wanted, actor())
    return render_template(
        "board/list.html",
        wanted=wanted,
        tray=tray_lines(told["tray"]),
        listed=rows_of(told, wanted),
        **around(form, wanted, "board.board_list"),
    )


def around(form: BoardForm, wanted: BoardWanted, door: str) -> dict[str, Any]:
    """What the grid and the list have around them. `door` is where the filters lead."""
    today = wanted.at.astimezone(city_zone()).date()
    step = timedelta(days=wanted.days)
    links = {
        name: (words, _url(door, wanted, on=on))
        for name, words, on in (
            ("previous", _("Before"), wanted.first - step),
            ("today", _("Today"), today),
            ("following", _("After"), wanted.first + step),
        )
    }
    return {
        "form": filled(form, wanted),
        "action": url_for(door),
        "days": days_in_words(wanted),
        "views": _tabs(door, wanted, "view", VIEWS),
        "rows": _tabs(door, wanted, "rows", ROWS),
        "board_url": url_for("board.board", **wanted.query()),
        "list_url": url_for("board.board_list", **wanted.query()),
        "states": STATES_SHOWN,
        "is_filtered": bool(wanted.site_codes or wanted.delegation_ids or wanted.states),
        "all_url": _url(door, wanted, site_codes=(), delegation_ids=(), states=()),
        **links,
    }


def filled(form: BoardForm, wanted: BoardWanted) -> BoardForm:
    """The form with its delegations to choose from, and with the day that was taken for none."""
    rows = delegations_on_board(wanted.unfiltered(), wanted.delegation_ids, sees_all=actor().sees_delegations)
    form.delegation.choices = [(str(row.id), row.name) for row in rows]
    if not form.on.errors:
        form.on.raw_data, form.on.data = None, wanted.on
    return form


def days_in_words(wanted: BoardWanted) -> str:
    """Which days are shown."""
    if wanted.days == 1:
        return day_in_words(wanted.first)
    last = wanted.first + timedelta(days=wanted.days - 1)
    return _("%(first)s to %(last)s", first=date_in_words(wanted.first), last=date_in_words(last))


def _tabs(door: str, wanted: BoardWanted, name: str, offered: dict[str, Any]) -> list[tuple[str, str, bool]]:
    now_shown = getattr(wanted, name)
    return [
        (str(words), _url(door, wanted, **{name: code}), code == now_shown) for code, words in offered.items()
    ]


def _url(door: str, wanted: BoardWanted, **other: Any) -> str:
    return url_for(door, **wanted.query(**other))
