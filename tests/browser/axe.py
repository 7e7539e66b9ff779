"""What axe-core, an independent judge, finds on a page: WCAG 2.2 A and AA, and good practice."""

from pathlib import Path

from playwright.sync_api import Page

AXE = (Path(__file__).parents[1] / "vendor" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async tags => {
  const found = await axe.run(document, {
    runOnly: {type: "tag", values: tags},
    // Known, and told in docs/design.md: chips of the board have other words for the ear than for the eye.
    rules: {"label-content-name-mismatch": {enabled: false}},
    resultTypes: ["violations"],
  });
  return found.violations.flatMap(fault => fault.nodes.map(node => {
    const why = node.failureSummary.split("\\n").slice(1, 3).join(" ");
    return `${fault.id}: ${node.target.join(" ")} ${why}`;
  }));
}"""


def faults_on(page: Page) -> list[str]:
    """Each fault: axe's name of the rule, where, and what is wrong. The page must have come whole."""
    page.wait_for_load_state()
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
    # What the bar at the bottom of a phone covers comes free by scrolling.
    return [fault for fault in page.evaluate(RUN, TAGS) if "partially obscured" not in fault]


def must_be_for_everyone(page: Page) -> None:
    """axe finds nothing on this page."""
    assert faults_on(page) == []
