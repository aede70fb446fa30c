"""Rounded numbers, for running text and for formulas."""

import re


def number(value, decimals=2):
    """Round to ``decimals``, or to as many more as keep it from reading 0 or ±1 that it is not.

    Examples
    --------
    >>> number(0.5), number(-0.6225), number(0.99995), number(4e-9)
    ('0.5', '-0.62', '0.99995', '4e-09')
    """
    value = float(value) + 0.0  # turns -0.0 into 0.0
    if value and not 1e-4 <= abs(value) < 1e6:
        return f"{value:.2g}"
    for places in range(decimals, 17):
        text = f"{value:.{places}f}".rstrip("0").rstrip(".")
        if text.lstrip("-") not in {"0", "1"} or float(text) == value:
            break
    return text


def plain(value, decimals=2):
    """Return a rounded number for running text, with a true minus sign."""
    return number(value, decimals).replace("-", "\N{MINUS SIGN}")


def tex(value, decimals=2):
    """Return a rounded number for a formula, where {-} is a sign and not an operator."""
    text = re.sub(r"e\+?(-?)0*(\d+)", r"\\cdot 10^{\1\2}", number(value, decimals))
    return re.sub("^-", "{-}", text)


def plain_vector(vector, decimals=2):
    """Return a vector for running text; of a long one, its first two components."""
    shown = len(vector) if len(vector) <= 3 else 2
    return _row([plain(value, decimals) for value in vector], shown, "…")


def tex_vector(vector, shown, decimals=2):
    """Return the first components of a vector for a formula."""
    return _row([tex(value, decimals) for value in vector], shown, r"\ldots")


def _row(values, shown, more):
    return "(" + ", ".join(values[:shown] + [more] * (shown < len(values))) + ")"
