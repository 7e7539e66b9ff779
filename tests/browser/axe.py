"""What axe-core, an independent judge, finds on a page: WCAG 2.2 A and AA, and good practice."""

from pathlib import Path

from playwright.sync_api import Page

AXE = (Path(__file__).parents[1] / "vendor" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async tags => {
  const found = await axe.run(document, {
    runOnly: {type: "tag", values: tags},
    resultTypes: ["violations"],
  });
  return found.violations.flatMap(fault => fault.nodes.map(node => {
    const why = node.failureSummary.split("\\n").slice(1, 3).join(" ");
    return `${fault.id}: ${node.target.join(" ")} ${why}`;
  }));
}"""


# The next picture but one is painted after a new size has been laid out.
LAID_OUT = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def faults_on(page: Page) -> list[str]:
    """Each fault: axe's name of the rule, where, and what is wrong. The page must have come whole."""
    page.wait_for_load_state()
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
    # Judged as one long window: what the bar at a phone's bottom covers comes free by scrolling.
    window, length = page.viewport_size, page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": window["width"], "height": max(length, window["height"])})
    page.evaluate(LAID_OUT)
    found = list(page.evaluate(RUN, TAGS))
    page.set_viewport_size(window)
    return found


def must_be_for_everyone(page: Page) -> None:
    """axe finds nothing on this page."""
    assert faults_on(page) == []
