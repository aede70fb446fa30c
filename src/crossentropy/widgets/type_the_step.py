"""Widget 4, for chapters 2 and 4: type the missing part of a line, in any equivalent form."""

import traitlets

from crossentropy import mistakes
from crossentropy.derivation import EQUATIONS
from crossentropy.plots import plot_answers
from crossentropy.widgets._exercise import Exercise

STEPS = {
    "dp_dw": {
        "question": "What is the derivative of the probability {p} in the weight of feature j?"
        " Put the derivative of the denominator into the rule for 1/u.",
        "left": "dp_dw",
        "frame": "answer",
        "number": "3",
    },
    "dH_dp": {
        "question": "What is the derivative of the cost in {p}?"
        " The cost is {H} = −{y}\u00a0log({p}) − (1 − {y})\u00a0log(1 − {p}).",
        "left": "dH_dp",
        "frame": "answer",
        "number": "A.15",
    },
    "bracket": {
        "question": "Multiply out, and cancel what can be cancelled. What belongs in the box?",
        "left": "dl_dw",
        "frame": "-x_j*answer",
        "number": "11",
    },
    "dl_dw": {
        "question": "What is the derivative of the loss in the weight of feature j?",
        "left": "dl_dw",
        "frame": "answer",
        "number": "14",
    },
}
"""What is asked, and the line that the answer completes in its frame."""


class TypeTheStep(Exercise, js="type_the_step"):
    """Ask for one step of the derivation as an expression, and judge it by its values.

    Parameters
    ----------
    name : {"dp_dw", "dH_dp", "bracket", "dl_dw"}
        What to type: one of the targets of `crossentropy.mistakes`.
    answer : str
        What stands in the field at the start.

    Raises
    ------
    ValueError
        If there is no such step.

    Examples
    --------
    >>> step = TypeTheStep("dH_dp")
    >>> step.answer = "(p - y)/(p(1 - p))"
    """

    intro = "Here the step is typed as a formula, which is judged by its values."
    step = traitlets.Dict(read_only=True).tag(sync=True)
    target = traitlets.Dict(read_only=True).tag(sync=True)
    answer = traitlets.Unicode().tag(sync=True, link=True)
    solved = traitlets.Bool().tag(sync=True, link=True)

    def __init__(self, name, *, answer=""):
        if name not in STEPS:
            raise ValueError(f"name must be one of {', '.join(STEPS)}, got {name!r}")
        step = dict(STEPS[name])
        number = step.pop("number")
        line = EQUATIONS[number].expression
        self.set_trait("step", {**step, "line": line, "label": f"({number})"})
        self.set_trait("target", mistakes.as_json()[name])
        self._name = name
        super().__init__(answer=answer)

    def figure(self):
        """Return the curve of the right answer among those of the classic mistakes."""
        return plot_answers(self._name)
