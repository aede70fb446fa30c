"""What one event of the loss-surface explorer has the browser do, with 200 samples."""

import pytest
from widget_states import settle, widget_on, write_page

from crossentropy import make_overlapping
from crossentropy.widgets import LossSurfaceExplorer

# What an event changes before it returns: elements put in or taken out, and attributes.
CHANGES = """(widget, [slider, value]) => {
    const records = [];
    const observer = new MutationObserver(() => {});
    observer.observe(widget, { childList: true, attributes: true, subtree: true });
    slider.value = value;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    const changes = observer.takeRecords();
    observer.disconnect();
    const shape = ({ target }) => target.getAttribute("class");
    const isElement = (node) => node.nodeType === Node.ELEMENT_NODE;
    return {
        elements: changes.filter((one) => [...one.addedNodes].some(isElement)).length,
        shapes: changes.filter((one) => one.attributeName === "d").map(shape).sort(),
    };
}"""


@pytest.fixture
def widget(visit, tmp_path):
    """The explorer with 200 samples."""
    made = LossSurfaceExplorer(*make_overlapping(200))
    shown = widget_on(visit(write_page(tmp_path, made)).page)
    shown.locator("summary").click()
    return shown


def changes(widget, name, value):
    slider = widget.get_by_role("slider", name=name).element_handle()
    return widget.evaluate(CHANGES, [slider, value])


def test_moving_the_point_draws_no_sample_again_and_makes_no_element(widget):
    seen = changes(widget, "weight w₁", 1)
    pulled = ["xe-arrow xe-pull0", "xe-arrow xe-pull1", "xe-arrow xe-truth", "xe-arrow xe-truth"]
    assert seen["elements"] == 0
    assert seen["shapes"] == sorted([*pulled, "xe-boundary", *2 * ["xe-steps", "xe-way"]])


def test_moving_a_sample_draws_no_samples_of_the_other_label_again(widget):
    label = widget.get_by_role("status").filter(has_text="y = ").inner_text()[-1]
    seen = changes(widget, "its x₁", 1.5)
    assert seen["elements"] == 0
    assert f"xe-marks{label}" in seen["shapes"]
    assert f"xe-marks{1 - int(label)}" not in seen["shapes"]


def test_a_step_on_a_long_path_makes_no_element(widget):
    widget.page.emulate_media(reduced_motion="reduce")
    widget.get_by_role("button", name="Run", exact=True).click()
    seen = widget.evaluate(
        "(widget) => { const all = (kind) => widget.querySelector(`.xe-${kind}`).getAttribute('d');"
        " const before = [all('way'), all('steps')];"
        " [...widget.querySelectorAll('button')].find((b) => b.textContent === 'Step').click();"
        " return [before, [all('way'), all('steps')]]; }"
    )
    for before, after in zip(*seen, strict=True):
        assert after.startswith(before)
        assert 0 < len(after) - len(before) < 20


def test_the_name_of_the_sample_is_not_read_out_again_while_it_moves(widget):
    widget.evaluate(
        """(widget) => {
            const name = [...widget.querySelectorAll("[role=status]")]
                .find((one) => one.textContent.startsWith("sample "));
            window.spoken = 0;
            new MutationObserver((all) => { window.spoken += all.length; })
                .observe(name, { childList: true, characterData: true, subtree: true });
        }"""
    )
    widget.get_by_role("slider", name="its x₁").fill("1.5")
    assert widget.page.evaluate("window.spoken") == 0
    widget.get_by_role("button", name="Next", exact=True).click()
    assert widget.page.evaluate("window.spoken") > 0


PULLS = """(widget) => ["pull1", "pull0"].map(
    (kind) => widget.querySelector(`.xe-${kind}`).getAttribute("d"))"""


def test_what_is_kept_of_a_picture_is_what_would_be_drawn_anew(widget):
    page, press = widget.page, lambda name: widget.get_by_role("button", name=name).click()

    def resize(width):
        page.set_viewport_size({"width": width, "height": 800})
        settle(page)

    resize(600)
    pictures = [widget.evaluate(PULLS)]
    for change in (
        lambda: widget.get_by_role("slider", name="its x₁").fill("1.5"),
        lambda: press("Flip its label"),
        lambda: widget.get_by_role("slider", name="weight w₂").fill("-1.5"),
        lambda: press("Remove it"),
        lambda: widget.get_by_role("combobox", name="loss").select_option("squared loss"),
        lambda: widget.get_by_role("slider", name="its x₂").fill("-1"),
    ):
        change()
        kept = widget.evaluate(PULLS)
        assert kept not in pictures
        resize(500)
        assert widget.evaluate(PULLS) != kept
        resize(600)
        assert widget.evaluate(PULLS) == kept
        pictures.append(kept)
