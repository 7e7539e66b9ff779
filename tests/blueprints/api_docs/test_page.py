"""The API's documentation in a real browser, under our own strict policy."""

from tests.engines import on_sqlite


@on_sqlite
def test_the_operations_show_and_nothing_is_refused(served, page):
    page.goto(f"{served.url}/api/docs")
    page.wait_for_selector(".opblock", timeout=30_000)
    assert page.locator(".opblock").count() > 35
    page.locator("#operations-visits-book_visit .opblock-summary-control").click()
    page.wait_for_selector("#operations-visits-book_visit .parameters")
    assert "delegation_id" in page.locator("#operations-visits-book_visit").inner_text()
