"""How soon each widget answers an input, in a browser that is slowed down four times.

By turns with a bare slider that moves one circle, in the same page: what the two have in common,
the browser and the machine, is in both.
"""

import json
import sys
from dataclasses import dataclass

from benchmarks.measure import ROOT
from crossentropy import make_overlapping, widgets
from crossentropy.widgets._sources import page_script, style
from crossentropy.widgets.loss_surface_explorer import MOST

SLOWDOWN = 4
EVENTS = 200


@dataclass(frozen=True)
class Row:
    """A widget: the call in a cell, and in JavaScript how to open it and what input number k is."""

    code: str
    act: str
    open: str = "(widget) => {}"


PRESS_FIRST = "(widget) => widget.querySelector('button').click()"
WIDGETS = {
    "derivation_blocks": Row(
        "DerivationBlocks()",
        "(widget, k) => press(widget, k % 14 < 7 ? 'Add' : 'Take out')",
    ),
    "error_hunt": Row(
        "ErrorHunt()",
        "(widget, k) => widget.querySelectorAll('[type=checkbox]')[k % 7].click()",
    ),
    "gradient_detective": Row(
        "GradientDetective([1, 0.5], [2, -1], 1)",
        "(widget, k) => set(widget.querySelector('[type=range]'), (k % 60) / -4)",
    ),
    "logistic_explorer": Row(
        "LogisticExplorer(x=2, b=-0.5, slopes=[0.3])",
        "(widget, k) => set(widget.querySelector('[type=range]'), (k % 160) / 20 - 4)",
        open=PRESS_FIRST,
    ),
    "loss_surface_explorer": Row(  # by turns, the weight and a sample: then a new surface is due
        "LossSurfaceExplorer(X, y)",
        "(widget, k) => set(widget.querySelectorAll('input')[k % 2 ? 0 : 3], (k % 80) / 20 - 2)",
        open="(widget) => { widget.querySelector('details').open = true; }",
    ),
    "push_and_pull": Row(
        "PushAndPull([1, 0.5], X, y, ask=[0])",
        "(widget, k) => set(widget.querySelector('[type=range]'), (k % 80) / 20 - 2)",
    ),
    "self_check": Row(
        "SelfCheck('01_logistic_function')",
        "(widget, k) => widget.querySelectorAll('label, form > button')[k % 4].click()",
    ),
    "type_the_step": Row(
        "TypeTheStep('dp_dw')",
        "(widget, k) => set(widget.querySelector('input'), 'x_j e^(-z)/(1+p)'.slice(0, k % 17))",
    ),
}

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Measured</title>
<style>{style}</style>
<label>Bare <input id="bare" type="range" min="0" max="200"></label>
<svg width="220" height="20"><circle cy="10" r="8"/></svg>
{place}
<script>
const set = (input, value) => {{
    input.value = value;
    input.dispatchEvent(new Event("input", {{ bubbles: true }}));
}};
const press = (widget, name) => {{
    const named = (one) => (one.ariaLabel ?? one.textContent).startsWith(name);
    [...widget.querySelectorAll("button")].find(named).click();
}};
document.getElementById("bare").addEventListener("input", (event) => {{
    document.querySelector("circle").setAttribute("cx", event.target.value);
}});
{script}
</script></html>"""

# Each input comes at any moment of a frame; it is seen when the frame after it has been painted.
MEASURE = """async ([count, open, act]) => {
    const widget = document.querySelector(".xe");
    const bare = document.getElementById("bare");
    const later = (ms) => new Promise((done) => setTimeout(done, ms));
    const painted = () => new Promise((done) => requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => done(performance.now());
        port2.postMessage(null);
    }));
    const timed = async (input, seconds) => {
        await later(20 * Math.random());
        const start = performance.now();
        input();
        const end = performance.now();
        seconds.push([(end - start) / 1000, ((await painted()) - start) / 1000]);
    };
    open(widget);
    const times = { widget: [], bare: [] };
    for (let k = 0; k < count; k += 1) {
        await timed(() => act(widget, k), times.widget);
        await timed(() => set(bare, k % 200), times.bare);
    }
    return times;
}"""


def document(row):
    """Return a page with the widget and a bare slider."""
    X, y = make_overlapping(MOST)
    widget = eval(row.code, {**vars(widgets), "X": X, "y": y})
    script = page_script([widget._js])
    return PAGE.format(style=style(), place=widget.page_html(), script=script)


def times(page, row, count=EVENTS):
    """Return for widget and bare slider the [script, painted] seconds of each input."""
    page.set_content(document(row))
    page.wait_for_selector(".xe")
    slow = page.context.new_cdp_session(page)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
    call = f"() => ({MEASURE})([{count}, {row.open}, {row.act}])"
    return page.evaluate(call)


def most(seconds, share=0.95):
    """Return the time that this share of the times does not exceed."""
    return sorted(seconds)[round(share * (len(seconds) - 1))]


def summary(measured):
    """Return what is reported of a widget: the times that 95 of 100 inputs keep within."""
    script, painted = map(most, zip(*measured["widget"], strict=True))
    _, bare = map(most, zip(*measured["bare"], strict=True))
    return {"script": script, "painted": painted, "bare": bare}


def measure():
    """Return the summary of each widget, and which browser it was."""
    sys.path.append(str(ROOT / "tools"))
    from find_chromium import find_chromium
    from playwright.sync_api import sync_playwright

    chromium = find_chromium()
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        measured = {"browser": f"Chromium {browser.version}"}
        for name, row in WIDGETS.items():
            page = browser.new_page()
            measured[name] = summary(times(page, row))
            page.close()
        browser.close()
    return measured


if __name__ == "__main__":
    print(json.dumps(measure()))
