"""The page around the grid: filters in the address, what the script needs, the way to the list."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from scheduler.blueprints.board.words import WORDS
from tests import make
from tests.blueprints.board.script import MONDAY


def place(page):
    (found,) = [each for each in page.all("div") if each.get("id") == "board"]
    return found


def query(address):
    parts = urlsplit(address)
    return parts.path, parse_qs(parts.query)


def test_the_way_there_stands_in_the_navigation_of_all_who_see_visits(as_officer, as_manager, museum):
    for person in (as_officer, as_manager(museum)):
        page = person.get("/board")
        (link,) = [each for each in page.all("a", href="/board") if each.get("aria-current")]
        assert link.text == "Board"


def test_administrators_have_no_board(as_administrator):
    assert as_administrator.get("/").all("a", href="/board") == []
    as_administrator.get("/board", status=403)


def test_strangers_are_led_to_sign_in(as_stranger):
    as_stranger.get("/board", status=303)


def test_the_script_finds_its_addresses_with_the_pages_filters(as_officer, who, museum):
    asked = {"on": "2026-12-17", "view": "weeks", "rows": "delegations", "site": "MUSEUM", "state": "held"}
    board = place(as_officer.get("/board", **asked))
    wanted = {name: [value] for name, value in asked.items()}
    for name in ("data", "mark", "answers", "list"):
        assert query(board.get(f"data-{name}")) == (f"/board/{name}", wanted)
    assert [board.get(f"data-{name}") for name in ("drop", "undo", "panel", "view", "rows", "zone")] == [
        "/board/drop",
        "/board/undo",
        "/board/panel",
        "weeks",
        "delegations",
        "Asia/Seoul",
    ]
    assert query(board.get("data-previous"))[1]["on"] == ["2026-11-16"]
    assert query(board.get("data-next"))[1]["on"] == ["2027-01-11"]


def test_the_words_of_the_script_are_there_in_the_readers_language(as_officer):
    page = as_officer.get("/board")
    (block,) = page.all("script", type="application/json", id="board-words")
    told = json.loads("".join(block.words))
    assert told.keys() == WORDS.keys()
    assert told["item_label"].startswith("%(title)s")


def test_the_token_stands_in_the_head_and_no_script_is_inline(as_officer):
    page = as_officer.get("/board")
    (token,) = [each for each in page.all("meta") if each.get("name") == "csrf-token"]
    assert token.get("content")
    assert "'unsafe-inline'" not in as_officer.answer.headers["Content-Security-Policy"]


def test_without_a_script_there_is_the_list(as_officer):
    page = as_officer.get("/board", on=MONDAY)
    (told,) = page.all("noscript")
    links = [each for each in page.all("a") if each.within("noscript") is told]
    assert query(links[0].get("href")) == (
        "/board/list",
        {"view": ["week"], "on": [MONDAY], "rows": ["sites"]},
    )


@pytest.mark.parametrize("door", ["/board", "/board/list"])
def test_views_rows_and_days_are_links_that_keep_the_filters(as_officer, museum, door):
    page = as_officer.get(door, on="2026-12-16", site="MUSEUM")
    tabs = {each.text: query(each.get("href"))[1] for each in page.all("a") if each.within("nav")}
    assert tabs["Four weeks"] == {
        "view": ["weeks"],
        "on": ["2026-12-16"],
        "rows": ["sites"],
        "site": ["MUSEUM"],
    }
    assert tabs["Interpreters"]["rows"] == ["interpreters"]
    assert tabs["Before"]["on"] == ["2026-12-07"]
    assert tabs["Today"]["on"] == ["2026-11-22"]
    assert (page.all("a", rel="next")[0].text, tabs["After"]["on"]) == ("After", ["2026-12-21"])
    assert "14 Dec 2026 to 20 Dec 2026" in page


def test_who_is_in_town_can_be_picked(as_officer, who):
    make.delegation(
        "Gone", arrives_at=who.arrives_at.replace(day=1), departs_at=who.arrives_at.replace(day=2)
    )
    page = as_officer.get("/board", on=MONDAY, delegation=who.id)
    boxes = [each for each in page.all("input") if each.get("name") == "delegation"]
    assert [(each.get("value"), "checked" in each.attributes) for each in boxes] == [(str(who.id), True)]
    assert "Show all" in page
