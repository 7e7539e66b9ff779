"""What the stories of the board have in common: the board of a delegation, dragging, the dialog."""

from datetime import date

from playwright.sync_api import Locator, Page
from sqlalchemy import select

from scheduler.records.database import db
from scheduler.records.delegations import Delegation
from tests.cast import SEOUL

BANGKOK = "Bangkok Metropolitan Administration, first of six waves"


def bangkok() -> tuple[int, date]:
    """Number and first day of the 47 people who want TOPIS, which takes 30."""
    found = db.session.scalars(select(Delegation).where(Delegation.name == BANGKOK)).one()
    told = found.id, found.arrives_at.astimezone(SEOUL).date()
    db.session.remove()
    return told


def open_board(page: Page, city: str, **asked: object) -> None:
    """The board with these filters, once it is drawn."""
    page.goto(f"{city}/board?" + "&".join(f"{name}={value}" for name, value in asked.items()))
    page.locator(".board-cell").first.wait_for(state="attached")


def wish(page: Page, what: str) -> Locator:
    return page.locator(".board-wish").filter(has_text=what).first


def place_at(page: Page, hour: str) -> Locator:
    """A free start on the board, or a session, at an hour; only while something is carried for the former."""
    return page.locator(f".board-slot[data-target*='T{hour}']").first


def drag(page: Page, thing: Locator, hour: str) -> None:
    """Drag to the free start at that hour and let go over it."""
    thing.hover()
    page.mouse.down()
    box = thing.bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 60, steps=4)
    place = place_at(page, hour)
    place.wait_for()
    box = place.bounding_box()
    page.mouse.move(box["x"] + 6, box["y"] + box["height"] / 2, steps=4)
    page.locator(".board-slot.is-over").wait_for()
    page.mouse.up()
