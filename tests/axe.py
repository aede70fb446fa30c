"""axe-core in a page, which judges what is shown there for readers with and without sight."""

from pathlib import Path

from chromium import LAID_OUT

ROOT = Path(__file__).resolve().parents[1]
AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
# axe's own choice is WCAG 2.1 AA and best practices; of 2.2 it adds the size of targets.
OPTIONS = {
    "resultTypes": ["violations"],
    "preload": False,
    "rules": {"target-size": {"enabled": True}},
}
# All that the dark changes are colours: the page and its boxes are the same.
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"], "rules": {}}
# Nine tenths of the time go into colours, which neither folds nor the room for a page change.
NO_COLOURS = {rule: {"enabled": False} for rule in COLOURS["runOnly"]}
BOXES = {"rules": {**OPTIONS["rules"], **NO_COLOURS}}
# The widths of a window, and what axe has to look at in each.
SIZES = {"desk": (1280, {}), "phone": (360, BOXES), "desk at 200 %": (640, BOXES)}


def violations(page, part="html", **options):
    """Return what axe finds in a part of a page, a selector or more: {rule: elements}."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE)
    page.evaluate(LAID_OUT)
    call = "([part, options]) => axe.run(part, options)"
    result = page.evaluate(call, [part, {**OPTIONS, **options}])
    return {v["id"]: [node["target"] for node in v["nodes"]] for v in result["violations"]}
