"""What a widget is in Python: its state, its place on a page, the text of its JavaScript."""

import json
import re
import subprocess
import textwrap

import pytest
import tinycss2
import traitlets
from bs4 import BeautifulSoup
from javascript import NODE
from widget_states import EXPORTED

import crossentropy as xe
from crossentropy.plots import _colours as colours
from crossentropy.widgets import (
    DerivationBlocks,
    ErrorHunt,
    GradientDetective,
    LogisticExplorer,
    LossSurfaceExplorer,
    PushAndPull,
    TypeTheStep,
    _sources,
)
from crossentropy.widgets._exercise import WIDGET_VIEW, Exercise, Finite, rule
from crossentropy.widgets.type_the_step import STEPS

NAMES = sorted(EXPORTED)
BOOK_STYLE = _sources.HERE.parents[2] / "_static" / "book.css"
EXAMPLES = [
    LogisticExplorer,
    lambda: LogisticExplorer(x=-1, w=2, slopes=[-0.2]),
    lambda: ErrorHunt(seed=3, y=0),
    lambda: DerivationBlocks(seed=1),
    lambda: GradientDetective([1, 0.5], [2, -1], 1, seed=3),
    lambda: LossSurfaceExplorer([[2, -1], [1, 2], [1, 1]], [1, 1, 0]),
    lambda: PushAndPull([1, 0.5], [[2, -1], [1, 1]], [1, 0]),
    *(lambda name=name: TypeTheStep(name) for name in STEPS),
]


def test_the_examples_have_every_widget_but_the_self_checks():
    assert {make()._js for make in EXAMPLES} == EXPORTED - {"self_check"}


def place(widget):
    """Return the element in which a widget stands on a page."""
    return BeautifulSoup(widget.page_html(), "html.parser").find("div")


@pytest.mark.parametrize("make", EXAMPLES)
def test_a_notebook_gets_a_view_and_what_a_page_can_show_without_one(make):
    widget = make()
    bundle, _ = widget._repr_mimebundle_()
    assert bundle[WIDGET_VIEW]["model_id"] == widget.model_id
    assert bundle["text/plain"] == place(widget).figcaption.text
    assert bundle["text/html"] == widget.page_html()


@pytest.mark.parametrize("make", EXAMPLES)
def test_a_page_without_script_shows_a_figure_and_the_point_in_words(make):
    widget = make()
    figure = widget.figure()
    assert place(widget).figcaption.text == widget.caption(figure)
    assert place(widget).svg["aria-label"] == figure.alt


def test_the_widget_of_the_instructions_says_what_it_shows():
    text = (_sources.HERE / "README.md").read_text(encoding="utf-8")
    snippet = textwrap.dedent(re.search(r" *```python\n(.*?) *```", text, re.DOTALL)[1])
    names = {}
    exec(snippet.replace('js="name"', 'js="logistic_explorer"'), names)
    widget = names["Name"](w=1)
    assert place(widget).figcaption.text.startswith("Here the reader sets the weight")


@pytest.mark.parametrize("make", EXAMPLES)
def test_the_state_on_a_page_is_what_the_script_reads_and_nothing_else(make):
    widget = make()
    state = json.loads(place(widget)["data-state"])
    traits = r"^    (\w+) = (?:.|\n    [ )])*?sync=True"  # on one line or on more
    assert state.keys() == set(re.findall(traits, code(widget), re.MULTILINE))
    assert all(state[name] == getattr(widget, name) for name in state)


def code(widget):
    """Return the source of the two classes in which a widget's traits are declared."""
    files = (f"{widget._js}.py", "_exercise.py")
    return "\n".join((_sources.HERE / name).read_text(encoding="utf-8") for name in files)


@pytest.mark.parametrize("make", EXAMPLES)
def test_a_widget_is_the_same_on_a_page_each_time(make):
    assert make().page_html() == make().page_html()


def test_the_start_stays_what_it_was_when_the_state_changes():
    explorer = LogisticExplorer(w=1, b=0.5)
    explorer.w = 2
    assert (explorer.start["w"], explorer.start["b"]) == (1, 0.5)


def test_observers_are_told_of_a_change():
    explorer, seen = LogisticExplorer(), []
    explorer.observe(lambda change: seen.append(change["new"]), "w")
    explorer.w = 2
    assert seen == [2]


# Links


def test_a_link_may_give_the_values_that_python_allows():
    class Sample(Exercise, js="logistic_explorer"):
        share = Finite(min=0, max=1).tag(sync=True, link=True)
        free = Finite().tag(sync=True, link=True)
        count = traitlets.Int(min=2).tag(sync=True, link=True)
        kind = traitlets.Enum(["a", "b"]).tag(sync=True, link=True)
        on = traitlets.Bool().tag(sync=True, link=True)
        word = traitlets.Unicode().tag(sync=True, link=True)
        pair = traitlets.List(Finite(), minlen=2, maxlen=2).tag(sync=True, link=True)
        own = Finite().tag(sync=True)

    rules = {name: rule(trait) for name, trait in Sample.class_traits(link=True).items()}
    assert rules == {
        "share": {"type": "number", "minimum": 0, "maximum": 1},
        "free": {"type": "number"},
        "count": {"type": "integer", "minimum": 2},
        "kind": {"enum": ["a", "b"]},
        "on": {"type": "boolean"},
        "word": {"type": "string", "maxLength": 1000},
        "pair": {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2},
    }


def test_a_trait_that_no_link_can_carry_is_refused():
    trait = traitlets.Dict()
    trait.name = "parts"
    with pytest.raises(TypeError, match="a link cannot carry the trait parts, a Dict"):
        rule(trait)


# Numbers and targets


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_number_that_json_cannot_hold_is_refused(value):
    with pytest.raises(traitlets.TraitError, match="x must be a finite number, got"):
        LogisticExplorer(x=value)


def test_a_weight_out_of_reach_is_refused():
    explorer = LogisticExplorer()
    with pytest.raises(traitlets.TraitError, match="should not be greater than 4"):
        explorer.w = 5


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"probabilities": [1.2]}, r"probabilities must hold numbers from 0.018 to 0.982, got 1.2"),
        ({"x": 2, "slopes": [0.6]}, r"slopes must hold numbers from 0.04 to 0.5, got 0.6"),
        ({"x": 2, "slopes": [-0.2]}, r"slopes must hold numbers from 0.04 to 0.5, got -0.2"),
        ({"probabilities": []}, r"probabilities and slopes must hold a target, both are empty"),
        ({"x": 0}, r"x must not be 0"),
    ],
)
def test_a_target_that_cannot_be_reached_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        LogisticExplorer(**arguments)


def test_the_probability_is_that_of_the_package():
    explorer = LogisticExplorer(x=2, w=1, b=-0.5)
    assert explorer.probability == xe.sigmoid(1.5)


# JavaScript


@pytest.mark.parametrize("name", NAMES)
def test_a_widget_joins_into_one_module_without_imports(name, tmp_path):
    text = _sources.module(name)
    assert not re.search(r"^import\b", text, re.MULTILINE)
    assert re.findall(r"^export\b.*", text, re.MULTILINE) == [next(exports(text))]
    assert_parses(text, tmp_path / "module.mjs")


def test_a_misspelt_import_is_refused_by_name(tmp_path, monkeypatch):
    monkeypatch.setattr(_sources, "HERE", tmp_path)
    (tmp_path / "one.js").write_text("export const sigmoid = 1;\n")
    (tmp_path / "two.js").write_text('import { sigmoid, lossAtt } from "./one.js";\n')
    with pytest.raises(ValueError, match=r"^two.js imports lossAtt from one.js, which exports no"):
        _sources.scoped("two")


def exports(text):
    """Yield the lines that export a default."""
    yield from re.findall(r"^export default .*", text, re.MULTILINE)


def test_the_script_of_a_page_is_classic_and_holds_each_file_once(tmp_path):
    text = _sources.page_script(NAMES)
    assert not re.search(r"^(import|export)\b", text, re.MULTILINE)
    assert text.count("function exercise(") == 1
    assert_parses(text, tmp_path / "page.cjs")


def assert_parses(text, path):
    """Assert that Node finds no error of syntax, such as a name defined twice."""
    path.write_text(text, encoding="utf-8")
    done = subprocess.run([NODE, "--check", path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_file_stands_after_all_that_it_needs():
    order = _sources.needed("host", *NAMES)
    for name in order:
        assert all(order.index(other) < order.index(name) for other in _sources.needed(name)[:-1])


@pytest.mark.parametrize(
    "pattern", [r"\beval\(", r"new Function", r"\.innerHTML", r"\bon\w+=\"", r"\bid:"]
)
def test_no_script_does_what_a_strict_page_forbids(pattern):
    for path in _sources.HERE.glob("*.js"):
        assert not re.search(pattern, path.read_text(encoding="utf-8")), path.name


# Colours


def declarations(style, selector):
    """Return the custom properties that a rule of a style sheet declares."""
    for rule_ in tinycss2.parse_stylesheet(style, skip_comments=True, skip_whitespace=True):
        names = tinycss2.serialize(getattr(rule_, "prelude", None) or []).strip()
        if rule_.type == "qualified-rule" and selector in re.split(r",\s*", names):
            parts = tinycss2.parse_blocks_contents(rule_.content)
            return {
                part.name: tinycss2.serialize(part.value).strip()
                for part in parts
                if part.type == "declaration"
            }
    raise AssertionError(f"no rule for {selector}")


@pytest.mark.parametrize(("column", "theme"), [(0, "light"), (1, "dark")])
def test_the_pages_have_the_colours_of_the_table(column, theme):
    page = declarations(colours.page_style(), f'html[data-theme="{theme}"]')
    for name, row in {**colours.COLOURS, **colours.PAPER}.items():
        assert page[f"--xe-{name}"] == row[column]


def test_the_pages_and_the_widgets_give_each_quantity_its_colour():
    page = declarations(colours.page_style(), "html")
    widget = declarations(_sources.style(), ".xe")
    for role, colour in colours.ROLES.items():
        value = "currentColor" if colour == "ink" else f"var(--xe-{colour})"
        assert page[f"--xe-{role}"] == widget[f"--xe-{role}"] == value


def test_no_style_sheet_has_colours_of_the_table_of_its_own():
    table = {value for pair in colours.pairs_by_name().values() for value in pair}
    for path in (BOOK_STYLE, _sources.HERE / "widgets.css"):
        assert table.isdisjoint(re.findall(r"#[0-9a-f]{3,8}\b", path.read_text(encoding="utf-8")))


def test_the_widgets_have_the_colours_of_the_table_in_both_schemes():
    widget = declarations(_sources.style(), ".xe")
    for name, (light, dark, *_) in {**colours.COLOURS, **colours.PAPER}.items():
        assert widget[f"--xe-{name}"] == f"light-dark({light}, {dark})"


def luminance(colour):
    """Return the relative luminance of the Web Content Accessibility Guidelines."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(share * c for share, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("column", [0, 1])
@pytest.mark.parametrize("paper", ["paper", "tint"])
@pytest.mark.parametrize("name", colours.COLOURS)
def test_every_colour_is_legible_on_its_paper(name, paper, column):
    one, other = luminance(colours.COLOURS[name][column]), luminance(colours.PAPER[paper][column])
    assert (max(one, other) + 0.05) / (min(one, other) + 0.05) >= 4.5


def test_no_two_quantities_share_a_colour():
    assert len(set(colours.ROLES.values())) == len(colours.ROLES)
