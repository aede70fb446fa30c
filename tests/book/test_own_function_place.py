"""The place of the reader's own function on the built pages: feedback as a live cell gives it."""

import pytest

CHAPTERS = {
    "02_gradient_of_the_logistic_function": (
        "my_logistic_gradient",
        "Not right: the denominator is not squared.",
        {
            "w": "(1, 0.5)",
            "x": "(2, −1)",
            "expected": "(0.2983, −0.1491)",
            "your function": "(0.3649, −0.1824)",
        },
    ),
    "04_gradient_of_the_loss": (
        "my_loss_gradient",
        "Not right: one factor p(1 − p) too many.",
        {
            "w": "(1, 0.5)",
            "x": "(2, −1)",
            "y": "1",
            "expected": "(−0.3649, 0.1824)",
            "your function": "(−0.05442, 0.02721)",
        },
    ),
}


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_place_shows_feedback_a_picture_and_how_to_run_it(chapter, script, html, visit):
    name, verdict, rows = CHAPTERS[chapter]
    address = (html / "chapters" / f"{chapter}.html").as_uri()
    visited = visit(address, java_script_enabled=script)
    feedback = visited.page.get_by_role("group", name=f"Feedback on {name}")
    feedback.scroll_into_view_if_needed()
    assert feedback.is_visible()
    assert feedback.locator("strong").text_content() == verdict
    heads, values = (feedback.locator(f"tr > {tag}").all_text_contents() for tag in ("th", "td"))
    assert dict(zip(heads, values, strict=True)) == rows
    assert feedback.get_by_text("Hint: ").is_visible()

    place = visited.page.locator(".cell_output", has=feedback)
    picture = place.locator("img")
    picture.scroll_into_view_if_needed()
    assert picture.is_visible()
    alt = "The first component of the gradient: farthest from the truth at w₁ = −4"
    assert picture.get_attribute("alt").startswith(alt)
    how = place.get_by_text("In JupyterLab you can change the function, run the cell again")
    assert how.is_visible()
    assert visited.complaints + visited.foreign + visited.failed == []
