"""What all widgets have in common on the side of Python."""

import json
import math
from html import escape

import anywidget
import traitlets

from crossentropy.widgets import _sources

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


class Finite(traitlets.CFloat):
    """A number that is neither infinite nor NaN, which JSON cannot hold."""

    def validate(self, obj, value):
        """Return the number, or say what is wrong with it."""
        value = super().validate(obj, value)
        if not math.isfinite(value):
            raise traitlets.TraitError(f"{self.name} must be a finite number, got {value}")
        return value


class Exercise(anywidget.AnyWidget):
    """A widget whose JavaScript is in a file beside this one: ``class Name(Exercise, js="file")``.

    A subclass has traits tagged ``sync=True`` and, where a reader may share the value as a link,
    ``link=True``; an ``intro`` that says what a reader does; and a ``figure()`` of the point.
    """

    start = traitlets.Dict(read_only=True).tag(sync=True)

    def __init_subclass__(cls, *, js=None, **kwargs):
        """Load the JavaScript and the style sheet; classes that traitlets derives name no file."""
        if js is not None:
            cls._js, cls._esm, cls._css = js, _sources.module(js), _sources.style()
        super().__init_subclass__(**kwargs)

    @traitlets.default("start")
    def _start(self):
        return {name: getattr(self, name) for name in self.traits(link=True)}

    def figure(self):
        """Return the figure that shows the point where there is no JavaScript."""
        raise NotImplementedError(f"{type(self).__name__} has no figure()")

    def caption(self, figure):
        """Return what the widget shows, in words."""
        return f"{self.intro} {figure.alt}"

    def still(self):
        """Return what stands there until a script replaces it, in words and as HTML."""
        figure = self.figure()
        words = self.caption(figure)
        caption = f"<figcaption>{escape(words)}</figcaption>"
        return words, f"<figure>\n{figure.svg()}\n{caption}\n</figure>"

    def _repr_mimebundle_(self, **kwargs):
        """Return the live view, and for where there is no kernel the saved one."""
        bundle, metadata = super()._repr_mimebundle_(**kwargs)
        words, still = self.still()
        return {**bundle, "text/plain": words, "text/html": self._place(still)}, metadata

    def page_html(self):
        """Return the widget's place on a page: its state, and what stands there without script."""
        return self._place(self.still()[1])

    def _place(self, still):
        attributes = {
            "data-widget": self._js,
            "data-state": as_json(self.page_state()),
            "data-link": as_json(self.link_rules()),
        }
        written = " ".join(f'{name}="{escape(text)}"' for name, text in attributes.items())
        return f"<div {written}>\n{still}\n</div>"

    def link_rules(self):
        """Return which values a link may give to each trait."""
        return {name: rule(trait) for name, trait in self.traits(link=True).items()}

    def page_state(self):
        """Return the values that the widget's JavaScript reads."""
        common = anywidget.AnyWidget.class_traits(sync=True)
        names = self.traits(sync=True).keys() - common.keys()
        state = self.get_state(names)
        return {name: state[name] for name in sorted(names) if not name.startswith("_")}


def as_json(value):
    """Return JSON that is the same on each run."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, allow_nan=False)


def rule(trait):
    """Return which values a link may give to a trait, in the words of JSON Schema."""
    if isinstance(trait, traitlets.Enum):
        return {"enum": list(trait.values)}
    if isinstance(trait, traitlets.List):
        limits = {"minItems": trait._minlen, "maxItems": min(trait._maxlen, 1000)}
        return {"type": "array", "items": rule(trait._trait), **limits}
    if isinstance(trait, traitlets.Bool):
        return {"type": "boolean"}
    if isinstance(trait, traitlets.Unicode):
        return {"type": "string", "maxLength": 1000}
    if isinstance(trait, (traitlets.Int, traitlets.Float)):
        kind = "integer" if isinstance(trait, traitlets.Int) else "number"
        limits = {"minimum": trait.min, "maximum": trait.max}
        return {"type": kind, **{name: x for name, x in limits.items() if is_finite(x)}}
    raise TypeError(f"a link cannot carry the trait {trait.name}, a {type(trait).__name__}")


def is_finite(limit):
    """Return whether a trait has this limit."""
    return limit is not None and math.isfinite(limit)
