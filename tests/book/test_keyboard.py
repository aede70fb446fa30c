"""A page is used with the keyboard alone, by readers who see where they are and want no motion."""

import pytest

FOCUSED = """() => {
    const one = document.activeElement;
    const { outlineStyle, boxShadow } = getComputedStyle(one);
    const box = one.getBoundingClientRect();
    const [x, y] = [box.x + Math.min(box.width / 2, 20), box.y + Math.min(box.height / 2, 10)];
    const top = document.elementFromPoint(x, y);
    return {
        name: one.outerHTML.slice(0, 120),
        number: [...document.querySelectorAll("*")].indexOf(one),
        marked: outlineStyle !== "none" || boxShadow !== "none",
        uncovered: one.contains(top) || (top !== null && top.contains(one)),
        inText: one.closest("main") !== null,
    };
}"""


@pytest.fixture
def opened(html, visit):
    """Open a page from its folder."""
    return lambda name, **how: visit((html / f"{name}.html").as_uri(), **how).page


def tab(page, key="Tab"):
    """Press Tab and return what has the focus."""
    page.keyboard.press(key)
    return page.evaluate(FOCUSED)


def has_focus(page, selector):
    """Whether the focus is on an element or inside it."""
    return page.locator(selector).first.evaluate("one => one.contains(document.activeElement)")


def test_the_first_stop_skips_to_the_text(opened):
    page = opened("index")
    first = tab(page)
    assert "Skip to main content" in first["name"]
    assert first["marked"]
    page.keyboard.press("Enter")
    assert tab(page)["inText"]


@pytest.mark.parametrize("width", ["desk", "phone"])
def test_tab_visits_each_stop_once_and_always_shows_where(width, opened):
    page = opened("chapters/reference/glossary", width=width, reduced_motion="reduce")
    stops = [tab(page)]
    while (stop := tab(page))["number"] != stops[0]["number"] and "<body" not in stop["name"]:
        assert len(stops) < 300, "Tab goes round in a part of the page"
        stops.append(stop)
    assert len({stop["number"] for stop in stops}) == len(stops) > 5
    assert [stop["name"] for stop in stops if not stop["marked"]] == []
    assert [stop["name"] for stop in stops if not stop["uncovered"]] == []
    before = tab(page, "Shift+Tab")
    assert before["number"] in {stops[-1]["number"], stops[-2]["number"]}


def test_with_the_first_key_those_boxes_are_stops_that_scroll(opened):
    page = opened("chapters/06_from_formula_to_floating_point", width="phone")
    wrong = """() => [...document.querySelectorAll("article :is(pre, .formula, .output)")].filter(
        (box) => box.hasAttribute("tabindex") !== box.scrollWidth > box.clientWidth).length"""
    assert page.evaluate(wrong) > 5  # who has no keyboard need not wait for all to be laid out
    page.keyboard.press("Tab")
    page.evaluate("document.fonts.ready.then(() => true)")  # fonts change widths
    assert page.evaluate(wrong) == 0


def test_search_opens_with_a_key_and_closes_with_another(opened):
    page = opened("index")
    page.locator(".theme-switch-button").focus()
    page.keyboard.press("Control+k")
    assert has_focus(page, "#pst-search-dialog input")
    page.keyboard.press("Escape")
    assert page.locator("#pst-search-dialog[open]").count() == 0
    assert has_focus(page, ".theme-switch-button")
    page.keyboard.press("Control+k")
    page.keyboard.type("logistic")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=logistic*")


def test_the_switch_of_the_colours_works_with_a_key(opened):
    page = opened("index")
    page.locator(".theme-switch-button").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


@pytest.mark.parametrize("name", ["primary", "secondary"])
def test_on_a_phone_a_sidebar_opens_keeps_the_focus_and_gives_it_back(name, opened):
    page = opened("chapters/01_logistic_function", width="phone")
    page.locator(f".{name}-toggle").focus()
    page.keyboard.press("Enter")
    dialog = f"#pst-{name}-sidebar-modal"
    assert page.locator(f"{dialog}[open]").count() == 1
    for _ in range(40):
        stop = tab(page)
        assert has_focus(page, dialog) or "<body" in stop["name"], stop["name"]
    page.keyboard.press("Escape")
    assert page.locator(f"{dialog}[open]").count() == 0
    assert has_focus(page, f".{name}-toggle")


def test_nothing_moves_for_readers_who_ask_for_that(opened):
    moving = """() => [...document.querySelectorAll("*")].filter((one) => {
        const style = getComputedStyle(one);
        return style.animationName !== "none" || style.scrollBehavior !== "auto"
            || style.transitionDuration.split(", ").some((time) => parseFloat(time) > 0);
    }).map((one) => one.outerHTML.slice(0, 120))"""
    page = opened("chapters/01_logistic_function", reduced_motion="reduce")
    page.keyboard.press("Tab")  # shows the widgets
    page.locator(".xe").first.wait_for()
    assert page.evaluate(moving) == []
