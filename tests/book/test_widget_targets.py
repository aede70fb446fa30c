"""What a reader presses is large enough on a desk as well; sliders speak; nothing moves unasked."""

import pytest
from widget_states import WIDGETS, settle, widget_on, write_page

# Also what is dragged: the handle of a block, and the grips of the pictures, whose stroke counts.
SMALL_TARGETS = """(widget) => {
    const kinds = "button, input, select, summary, a, [tabindex='0'], .xe-handle, .xe-grip";
    const size = (one) => {
        const { width, height } = one.getBoundingClientRect();
        const stroke = one instanceof SVGElement && getComputedStyle(one).pointerEvents === "stroke"
            ? parseFloat(getComputedStyle(one).strokeWidth) : 0;
        return Math.min(width, height) + stroke;
    };
    return [...widget.querySelectorAll(kinds)]
        .map((one) => (/radio|checkbox/.test(one.type) ? one.closest("label") ?? one : one))
        .filter((one) => one.checkVisibility() && size(one) < 24)
        .map((one) => one.outerHTML);
}"""
SILENT = """(widget) => [...widget.querySelectorAll("[type=range]")]
    .filter((one) => {
        const shown = one.closest(".xe-slider").querySelector(".xe-value").textContent;
        return !shown || one.ariaValueText !== shown;
    })
    .map((one) => one.outerHTML)"""
# A track that gave way to a longer value would move under the pointer that drags on it.
NARROW = """(widget) => [...widget.querySelectorAll("[type=range]")]
    .filter((one) => one.offsetWidth !== one.closest(".xe-slider").offsetWidth)
    .map((one) => one.outerHTML)"""
MOVING = """(widget) => [widget, ...widget.querySelectorAll("*")].filter((one) => {
    const { animationName, scrollBehavior, transitionDuration } = getComputedStyle(one);
    return animationName !== "none" || scrollBehavior !== "auto"
        || transitionDuration.split(", ").some((time) => parseFloat(time) > 0);
}).map((one) => one.outerHTML)"""


@pytest.mark.parametrize("width", ["desk", "phone"])
@pytest.mark.parametrize("name", WIDGETS)
def test_targets_are_large_sliders_speak_and_nothing_moves(name, width, visit, tmp_path):
    address = write_page(tmp_path, WIDGETS[name].make())
    page = visit(address, width=width, reduced_motion="reduce").page
    widget = widget_on(page)
    for state, act in (("the start", lambda widget: None), *WIDGETS[name].states):
        act(widget)
        settle(page)
        for wrong in (SMALL_TARGETS, SILENT, NARROW, MOVING):
            assert widget.evaluate(wrong) == [], state
