"""Chapter 8: how often a forecast comes true."""

import numpy as np

from crossentropy import cross_entropy

from ._numbers import plain
from ._style import GREY, P, canvas, label, panel, sheet, styled, ticks
from ._svg import InlineFigure


def plot_calibration(p, y, *, n_groups=5):
    """Draw the share of the label 1 against the forecast, in groups of forecasts alike.

    The samples are sorted by their forecast and cut into groups of equal size.  A bar shows where
    19 of 20 shares would lie if the forecasts were right: two standard deviations
    ``√(Σ p (1 - p))/m`` to either side of the mean forecast of a group of ``m``.

    Parameters
    ----------
    p : array_like, shape (n,)
        Forecasts in [0, 1], of samples that were not trained on.
    y : array_like, shape (n,)
        Their labels, 0 or 1.
    n_groups : int
        Number of groups, at most n.

    Returns
    -------
    InlineFigure

    Raises
    ------
    ValueError
        If the shapes differ, a forecast is outside [0, 1], a label is not 0 or 1, or a group would
        be empty.

    Examples
    --------
    >>> p, y = [0.1, 0.3, 0.7, 0.9], [0, 0, 1, 1]
    >>> plot_calibration(p, y, n_groups=2)  # doctest: +NORMALIZE_WHITESPACE
    Share of the label 1 against the mean forecast, in 2 groups of samples with forecasts alike:
    0.2 forecast, 0 came; 0.8 forecast, 1 came. 2 of 2 shares are within two standard deviations
    of the forecast.
    """
    forecasts, shares, spreads = _groups(p, y, n_groups)
    with styled():
        figure = canvas(360, 396)
        axes = panel(figure, 40, 96, 270, 270)
        axes.set(xlim=(0, 1), ylim=(0, 1))
        ticks(axes, x=(0, 0.5, 1), y=(0, 0.5, 1))
        _draw(axes, forecasts, shares, spreads)
        label(axes, (0.5, 0), "mean forecast of a group", dy=-32)
        label(axes, (0, 1), "share of the label 1 in it", dx=-16, dy=16, ha="left")
        _explain(figure)
    return InlineFigure(figure, _alt(forecasts, shares, spreads))


def _groups(p, y, n_groups):
    """Return mean forecast, share of the label 1 and standard deviation of it, for each group."""
    cross_entropy(p, y)  # refuses what the numerics refuse
    p, y = np.asarray(p, dtype=float), np.asarray(y, dtype=float)
    if p.ndim != 1 or p.shape != y.shape:
        raise ValueError(f"p and y must have one shape (n,), came {p.shape} and {y.shape}")
    if not np.isin(y, (0, 1)).all():
        raise ValueError("y must hold the labels 0 and 1")
    if not 1 <= n_groups <= len(p):
        raise ValueError(f"n_groups must be from 1 to {len(p)}, came {n_groups}")
    groups = np.array_split(np.argsort(p, kind="stable"), n_groups)
    forecasts = [p[group].mean() for group in groups]
    spreads = [np.sqrt(np.sum(p[group] * (1 - p[group]))) / len(group) for group in groups]
    return forecasts, [y[group].mean() for group in groups], spreads


def _draw(axes, forecasts, shares, spreads):
    """Draw the diagonal, what luck allows around it, and the shares."""
    axes.plot([0, 1], [0, 1], color=GREY, linewidth=1, dashes=(4, 3), label="diagonal")
    for forecast, spread in zip(forecasts, spreads, strict=True):
        ends = np.clip([forecast - 2 * spread, forecast + 2 * spread], 0, 1)
        axes.plot(
            [forecast, forecast], ends, color=GREY, linewidth=5, solid_capstyle="butt", label="luck"
        )
    axes.plot(forecasts, shares, "o", color=P, markersize=7, label="shares")


def _explain(figure):
    """Say what stands for what."""
    axes = sheet(figure)
    axes.plot(33, 36, "o", color=P, markersize=7)
    label(axes, (50, 36), "what came", ha="left")
    axes.plot([150, 178], [36, 36], color=GREY, linewidth=1, dashes=(4, 3))
    label(axes, (188, 36), "share equal to forecast", ha="left")
    axes.plot([33, 33], [7, 21], color=GREY, linewidth=5, solid_capstyle="butt")
    label(axes, (50, 14), "what chance allows, if the forecasts are right", ha="left")


def _alt(forecasts, shares, spreads):
    """Say what the figure shows."""
    pairs = list(zip(forecasts, shares, spreads, strict=True))
    told = "; ".join(f"{plain(p)} forecast, {plain(share)} came" for p, share, _ in pairs)
    near = sum(abs(share - p) <= 2 * spread + 1e-12 for p, share, spread in pairs)
    return (
        f"Share of the label 1 against the mean forecast, in {len(pairs)} groups of samples with"
        f" forecasts alike: {told}. {near} of {len(pairs)} shares are within two standard"
        " deviations of the forecast."
    )
