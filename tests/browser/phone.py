"""A phone held upright: what must fit on it, and what a thumb must find."""

from playwright.sync_api import Page, expect

PHONE = {"width": 360, "height": 740}
# WCAG 2.2, 2.5.5: what a thumb finds.
TARGET = 44


def must_be_narrow(page: Page) -> None:
    """The page that has come, whole, is no wider than its window."""
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def must_fit(page: Page) -> None:
    """Nothing is wider than the phone, and every button is big enough for a thumb."""
    must_be_narrow(page)
    for button in page.locator("main button:visible, main a.button:visible").all():
        assert button.bounding_box()["height"] >= TARGET
