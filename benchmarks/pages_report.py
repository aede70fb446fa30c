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
    """Return the conditions, the targets, and a row for each page before its twin."""
    return "\n".join(
        [
            f"{conditions}\n",
            table(["worst page", "measured", "target", "met"], targets(ours)),
            f"Audits that some page does not pass in full: {failed(ours) or 'none'}.\n",
            "Each page, and after the stroke its twin:\n",
            table(
                ["page", *SCORES, "LCP (ms)", "TBT (ms)", "CLS", "kB", "script", "second", "other"],
                [row(page, m, stock[page]) for page, m in ours.items()],
            ),
        ]
    )


def failed(ours):
    """Return the names of the audits that some page does not pass in full."""
    names = {name for m in ours.values() for name in m["failed"]}
    return ", ".join(f"`{name}`" for name in sorted(names))


def targets(ours):
    """Yield a row for each target, with the page that is furthest from it."""
    for number, name in enumerate(SCORES):
        page = min(ours, key=lambda page: ours[page]["scores"][number])
        wanted = 99 if number == 0 else 100
        short = sum(m["scores"][number] < wanted for m in ours.values())
        score = f"{ours[page]['scores'][number]:g}"
        yield [f"{name}: {short_name(page)}", score, f"≥ {wanted}", met(short, ours)]
    for key, (name, unit, most) in NOT_MORE.items():
        page = max(ours, key=lambda page: ours[page][key])
        short = sum(m[key] > most * unit for m in ours.values())
        label = " kB" if unit == 1000 else ""
        value = f"{ours[page][key] / unit:.0f}{label}"
        yield [f"{name}: {short_name(page)}", value, f"≤ {most}{label}", met(short, ours)]


def met(short, ours):
    """Return whether all pages keep within a target, or how many do not."""
    return f"**no**, {short} of {len(ours)}" if short else "yes"


def short_name(page):
    """Return the name of a page in words, without its folder."""
    return page.split("/")[-1].replace("_", " ")


def row(page, m, twin):
    """Return the cells of a page, each before the twin's."""

    def both(show):
        return f"{show(m)} / {show(twin)}"

    cells = [both(lambda site, i=i: f"{site['scores'][i]:g}") for i in range(len(SCORES))]
    cells += [both(lambda site, key=key: f"{site[key]:.0f}") for key in ("contentful", "blocking")]
    cells.append(both(lambda site: f"{site['shift']:.2f}"))
    cells += [both(lambda site, key=key: f"{site[key] / 1000:.0f}") for key in SIZES]
    return [short_name(page), *cells, both(lambda site: f"{site['foreign']:g}")]
