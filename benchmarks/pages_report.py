"""Turn what was measured of the pages into tables: what is wanted, then a row for each page."""

from benchmarks.report import table

SCORES = ("performance", "accessibility", "best practices", "SEO")
# What is measured, how a page's worst is called, its unit, and the most that it may be.
SIZES = {
    "bytes": ("first visit", 1000, 200),
    "script": ("script of a first visit", 1000, 60),
    "second": ("second page, from cache", 1000, 30),
}
NOT_MORE = {"foreign": ("requests to other hosts", 1, 0), **SIZES}


def pages_report(conditions, ours, stock):
    """Return the conditions, the targets, and a row for each page with its twin in brackets."""
    return "\n".join(
        [
            f"{conditions}\n",
            table(["worst of all pages", "measured", "target", "met"], targets(ours)),
            "Each page, and in brackets its twin:\n",
            table(
                ["page", *SCORES, "LCP (ms)", "TBT (ms)", "CLS", "kB", "script", "second", "other"],
                [row(page, m, stock[page]) for page, m in ours.items()],
            ),
        ]
    )


def targets(ours):
    """Yield a row for each target, with the page that is furthest from it."""
    for number, name in enumerate(SCORES):
        page = min(ours, key=lambda page: ours[page]["scores"][number])
        score, wanted = ours[page]["scores"][number], 99 if number == 0 else 100
        failed = f", for {', '.join(ours[page]['failed'])}" if score < wanted else ""
        met = "yes" if score >= wanted else "**no**"
        yield [name, f"{score:g} (`{page}`{failed})", f"≥ {wanted}", met]
    for key, (name, unit, most) in NOT_MORE.items():
        page = max(ours, key=lambda page: ours[page][key])
        value, short = ours[page][key] / unit, sum(m[key] > most * unit for m in ours.values())
        met = f"**no**, {short} of {len(ours)} pages" if short else "yes"
        label = " kB" if unit == 1000 else ""
        yield [name, f"{value:.0f}{label} (`{page}`)", f"≤ {most}{label}", met]


def row(page, m, twin):
    """Return the cells of a page, each with the twin's in brackets."""

    def both(show):
        return f"{show(m)} ({show(twin)})"

    cells = [both(lambda site, i=i: f"{site['scores'][i]:g}") for i in range(len(SCORES))]
    cells += [both(lambda site, key=key: f"{site[key]:.0f}") for key in ("contentful", "blocking")]
    cells.append(both(lambda site: f"{site['shift']:.2f}"))
    cells += [both(lambda site, key=key: f"{site[key] / 1000:.0f}") for key in SIZES]
    return [page.removeprefix("chapters/"), *cells, both(lambda site: f"{site['foreign']:g}")]
