"""The derivation (7) to (14) as the widgets get it."""

from crossentropy.derivation import EQUATIONS, PRINTED_7

# Line 7 names two derivatives, each the right side of a line; its expression has them written out.
SYMBOLS = {"dH_dp": "A.15", "dp_dw": "3"}


def derivation():
    """Return the lines with their rules, what their symbols mean, the loss, and (7) as printed."""
    return {
        "lines": [_line(equation) for equation in _chain("14", "7")],
        "symbols": {name: EQUATIONS[number].expression for name, number in SYMBOLS.items()},
        "loss": EQUATIONS["A.17"].expression,
        "printed": _with_symbols(PRINTED_7.expression),
    }


def _chain(last, first):
    """Return the equations from the first to the last, each of which follows the one before."""
    equations = [EQUATIONS[last]]
    while equations[0].number != first:
        equations.insert(0, EQUATIONS[equations[0].follows])
    return equations


def _line(equation):
    names_symbols = equation.number == PRINTED_7.number
    text = _with_symbols(equation.expression) if names_symbols else equation.expression
    return {"number": equation.number, "expression": text, "rule": equation.rule}


def _with_symbols(expression):
    """Put each symbol in the place of what it means."""
    for name, number in SYMBOLS.items():
        before, found, after = expression.partition(f"({EQUATIONS[number].expression})")
        if not found:
            raise ValueError(f"{expression} does not contain ({number})")
        expression = f"{before}{name}{after}"
    return expression
