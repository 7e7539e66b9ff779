"""A hostile letter in a real browser: the office reads it, and it runs, loads and leads to nothing."""

import pytest
from playwright.sync_api import expect

from scheduler.clock import now
from scheduler.records.database import db
from scheduler.records.letters import Letter
from tests import make
from tests.cast import PASSWORD
from tests.engines import on_sqlite

HOSTILE = (
    '<body><script>top.document.title="ran";parent.ran=1</script>'
    '<img src="/letters?ran=img" onerror="parent.ran=1">'
    '<meta http-equiv="refresh" content="0;url=/letters?ran=refresh">'
    '<link rel="stylesheet" href="/static/css/board.css"><iframe src="/letters?ran=frame"></iframe>'
    '<style>@import url("/letters?ran=import"); p { background: url("/letters?ran=style") }</style>'
    '<form action="/letters" method="get"><input name="ran" value="form"><button>Send</button></form>'
    '<p><a href="/letters?ran=top" target="_top">Lead away</a></p>'
    '<p id="told" style="color:rgb(1, 2, 3)">This is told</p></body>'
)


@pytest.fixture
def letter(app, serve_city) -> tuple[str, int]:
    """Where the city is served, and a letter into which somebody has written every trick they know."""
    make.account("officer@city.example")
    found = Letter(
        kind="link",
        side="guest",
        address="a@b.example",
        language="en",
        message_id="<hostile@city.example>",
        subject="Hostile",
        text="This is told",
        html=HOSTILE,
        written_at=now(),
        due_at=now(),
    )
    db.session.add(found)
    db.session.commit()
    number = found.id
    db.session.remove()
    return serve_city(workers=1).url, number


@on_sqlite
def test_a_hostile_letter_is_read_and_does_nothing(browser, letter):
    city, number = letter
    context = browser.new_context()
    page, asked = context.new_page(), []
    page.on("response", lambda answer: asked.append(answer.url))
    page.goto(f"{city}/sign-in")
    page.get_by_label("E-mail").fill("officer@city.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.goto(f"{city}/letters/{number}")
    frame = page.frame_locator(".letter-frame")
    told = frame.get_by_text("This is told")
    told.scroll_into_view_if_needed()
    expect(told).to_have_css("color", "rgb(1, 2, 3)")
    frame.get_by_role("button", name="Send").click()
    frame.get_by_role("link", name="Lead away").click()
    page.wait_for_timeout(500)
    expect(told).to_be_visible()
    assert page.url == f"{city}/letters/{number}"
    assert page.evaluate("window.ran") is None
    assert "ran" not in page.title()
    assert [url for url in asked if "ran=" in url or "board.css" in url] == []
    # The same page opened by itself is as harmless.
    alone = context.new_page()
    alone.on("response", lambda answer: asked.append(answer.url))
    alone.goto(f"{city}/letters/{number}/html")
    alone.wait_for_timeout(500)
    assert alone.url == f"{city}/letters/{number}/html"
    assert [url for url in asked if "ran=" in url or "board.css" in url] == []
    context.close()
