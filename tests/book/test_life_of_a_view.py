"""A view that was used and removed has nothing left to do; in a hidden tab it does nothing."""

import pytest
from widget_states import WIDGETS, settle, widget_on, write_page

from crossentropy.widgets._sources import module, style

EACH = pytest.mark.parametrize("name", WIDGETS)

# Keep a record of all that a script may leave behind, from before the script is there.
RECORD = """() => {
    const kinds = ["listeners", "frames", "idle", "timers", "observers", "workers"];
    const left = window.left = Object.fromEntries(kinds.map((kind) => [kind, new Set()]));
    const { addEventListener, removeEventListener } = EventTarget.prototype;
    EventTarget.prototype.addEventListener = function (type, handler, options) {
        if (this instanceof AbortSignal) return addEventListener.call(this, type, handler, options);
        const known = [...left.listeners].find((one) =>
            one.target === this && one.type === type && one.handler === handler);
        const one = known ?? { target: this, type, handler };
        left.listeners.add(one);
        const forget = () => left.listeners.delete(one);
        if (options?.signal) addEventListener.call(options.signal, "abort", forget);
        return addEventListener.call(this, type, handler, options);
    };
    EventTarget.prototype.removeEventListener = function (type, handler, options) {
        for (const one of left.listeners) {
            if (one.target === this && one.type === type && one.handler === handler) {
                left.listeners.delete(one);
            }
        }
        return removeEventListener.call(this, type, handler, options);
    };
    const later = (kind, start, stop, repeats) => {
        const [started, stopped] = [window[start], window[stop]];
        window[start] = (run, ...rest) => {
            const id = started.call(window, (...args) => {
                if (!repeats) left[kind].delete(id);
                run(...args);
            }, ...rest);
            left[kind].add(id);
            return id;
        };
        window[stop] = (id) => (left[kind].delete(id), stopped.call(window, id));
    };
    later("frames", "requestAnimationFrame", "cancelAnimationFrame");
    later("idle", "requestIdleCallback", "cancelIdleCallback");
    later("timers", "setTimeout", "clearTimeout");
    later("timers", "setInterval", "clearInterval", true);
    for (const Kind of [ResizeObserver, MutationObserver, IntersectionObserver]) {
        const { observe, disconnect } = Kind.prototype;
        Kind.prototype.observe = function (...args) {
            left.observers.add(this);
            return observe.apply(this, args);
        };
        Kind.prototype.disconnect = function () {
            left.observers.delete(this);
            return disconnect.call(this);
        };
    }
    window.Worker = class extends Worker {
        constructor(...args) {
            super(...args);
            left.workers.add(this);
        }
        terminate() {
            left.workers.delete(this);
            return super.terminate();
        }
    };
}"""
# Show a view of a model, as a front-end does; window.remove() ends it.
SHOW = """async ([text, state]) => {
    window.handlers = new Set();
    window.model ??= {
        state,
        get(name) { return this.state[name]; },
        set(name, value) {
            if (JSON.stringify(this.state[name]) === JSON.stringify(value)) return;
            this.state[name] = value;
            const told = [...window.handlers].filter(({ event }) => event === `change:${name}`);
            for (const one of told) one.handler();
        },
        save_changes() {},
        on(event, handler) { window.handlers.add({ event, handler }); },
        off(event, handler) {
            for (const one of window.handlers) {
                if (one.event === event && one.handler === handler) window.handlers.delete(one);
            }
        },
    };
    const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
    const widget = (await import(url)).default;
    const el = document.querySelector("main").appendChild(document.createElement("div"));
    const end = await widget.render({ model: window.model, el });
    window.remove = async () => { await end(); el.remove(); };
}"""
LEFT = """() => Object.fromEntries([
    ...Object.entries(window.left).map(([kind, all]) => [kind, all.size]),
    ["handlers", window.handlers.size],
].filter(([, count]) => count))"""


@pytest.fixture
def show(browser):
    """Show a widget on an empty page that keeps a record; an error on it fails the test."""
    context = browser.new_context()
    page, errors = context.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.set_content(f"<!doctype html><style>{style()}</style><main></main>")
    page.locator("main").dispatch_event("click")  # Playwright's own listeners come before
    page.evaluate(RECORD)

    def show_view(name, state=None):
        state = state or WIDGETS[name].make().page_state()
        page.evaluate(SHOW, [module(name), state])
        return page.locator("main > div > .xe")

    yield show_view
    context.close()
    assert errors == []


def nothing_is_left(page):
    """Remove the view; what was under way may come to its end, and then there is nothing."""
    page.evaluate("window.remove()")
    page.wait_for_timeout(200)  # ms: longer than anything was put off
    return page.evaluate(LEFT) == {} and page.locator(".xe").count() == 0


@EACH
def test_a_view_that_was_used_leaves_nothing_behind_and_can_be_shown_again(name, show):
    widget = show(name)
    page = widget.page
    assert page.evaluate(LEFT)["listeners"] > 0
    for _, act in WIDGETS[name].states:
        act(widget)
    assert nothing_is_left(page), page.evaluate(LEFT)
    again = show(name)
    assert again.is_visible()
    assert nothing_is_left(page), page.evaluate(LEFT)


def test_a_view_that_is_removed_while_it_runs_leaves_nothing_behind(show):
    widget = show("loss_surface_explorer")
    page = widget.page
    page.emulate_media(reduced_motion="no-preference")
    widget.get_by_role("slider", name="step size").fill("-2")
    widget.get_by_role("button", name="Run", exact=True).click()
    assert nothing_is_left(page), page.evaluate(LEFT)


# A headless browser shows every tab. This is what a hidden one has: no frames until it is shown.
HIDDEN_TAB = """(() => {
    const [start, waiting] = [window.requestAnimationFrame, new Map()];
    let hidden = false;
    const give = (id) => start(() => {
        if (hidden) return;
        const run = waiting.get(id);
        waiting.delete(id);
        run?.(performance.now());
    });
    let last = 0;
    window.requestAnimationFrame = (run) => {
        last += 1;
        waiting.set(last, run);
        give(last);
        return last;
    };
    window.cancelAnimationFrame = (id) => waiting.delete(id);
    Object.defineProperty(document, "hidden", { get: () => hidden });
    const state = () => (hidden ? "hidden" : "visible");
    Object.defineProperty(document, "visibilityState", { get: state });
    window.setHidden = (value) => {
        hidden = value;
        document.dispatchEvent(new Event("visibilitychange"));
        if (!hidden) [...waiting.keys()].forEach(give);
    };
})()"""
CHANGES = """(widget) => {
    window.changed = 0;
    new MutationObserver(() => { window.changed += 1; }).observe(
        widget, { subtree: true, childList: true, attributes: true, characterData: true });
}"""


@pytest.fixture
def tab(visit, tmp_path):
    """Open a page with a widget; return it, and what hides and shows its tab."""

    def open_tab(name):
        page = visit(write_page(tmp_path, WIDGETS[name].make())).page
        page.add_init_script(HIDDEN_TAB)
        page.reload()
        session = page.context.new_cdp_session(page)

        def hide(hidden):
            page.evaluate("(hidden) => window.setHidden(hidden)", hidden)
            state = "frozen" if hidden else "active"
            session.send("Page.setWebLifecycleState", {"state": state})

        return widget_on(page), hide

    return open_tab


@EACH
def test_in_a_hidden_tab_nothing_changes_and_nothing_is_lost(name, tab):
    widget, hide = tab(name)
    (_, act), *others = WIDGETS[name].states
    act(widget)
    settle(widget.page)
    before = widget.inner_html()
    widget.evaluate(CHANGES)
    hide(True)
    widget.page.wait_for_timeout(300)
    hide(False)
    widget.page.wait_for_timeout(100)
    assert widget.page.evaluate("window.changed") == 0
    assert widget.inner_html() == before
    for _, more in others:  # all works as before
        more(widget)
    assert widget.inner_html() != before


def test_a_run_waits_while_the_tab_is_hidden_and_then_goes_on(tab):
    widget, hide = tab("loss_surface_explorer")
    steps = lambda: int(widget.locator(".xe-readout").text_content().split("step ")[1])  # noqa: E731
    widget.get_by_role("slider", name="step size").fill("-2")
    widget.get_by_role("button", name="Run", exact=True).click()
    hide(True)
    seen = steps()
    widget.page.wait_for_timeout(300)
    assert 0 < steps() == seen < 300
    hide(False)
    widget.get_by_role("button", name="Run", exact=True).wait_for()  # it says Stop until the end
    assert steps() == 300


def test_a_map_that_is_due_when_the_tab_is_hidden_is_there_afterwards(tab):
    widget, hide = tab("loss_surface_explorer")
    contours = widget.locator(".xe-contours")
    before = contours.get_attribute("d")
    widget.locator("summary").click()
    widget.get_by_role("slider", name="its x₁").fill("-2")
    hide(True)
    hide(False)
    settle(widget.page)
    assert contours.get_attribute("d") != before
