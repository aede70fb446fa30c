"""Turn what was measured into tables, and put them into the page between two marks."""

from benchmarks import grading, mean_loss, newton, surface


def replace_between_marks(page, text, part):
    """Return the page with the text between the two marks of a part, which stay."""
    begin, end = f"<!-- {part}: begin -->", f"<!-- {part}: end -->"
    if page.count(begin) != 1 or page.count(end) != 1 or page.index(begin) > page.index(end):
        raise ValueError(f"the page must hold {begin!r} once, and {end!r} once after it")
    before, after = page.split(begin)[0], page.split(end)[1]
    return f"{before}{begin}\n\n{text.strip()}\n\n{end}{after}"


def table(header, rows):
    """Return a Markdown table."""
    lines = [header, ["---"] + ["--:"] * (len(header) - 1), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def duration(seconds):
    """Return a time with three digits and a unit."""
    for unit, size in [("s", 1), ("ms", 1e-3)]:
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-6:.3g} µs"


def report(conditions, mean_losses, surfaces, newtons):
    """Return the whole text: conditions, targets, then the times and the memory of each."""
    targets = [*mean_loss_targets(mean_losses), *surface_targets(surfaces)]
    targets += newton_targets(newtons)
    return "\n".join(
        [
            f"{conditions}\n",
            "### Targets\n",
            table(["what", "measured", "target", "met"], targets),
            "### Mean loss and gradient\n",
            mean_loss_times(mean_losses),
            "The most memory that a call holds beyond its arguments:\n",
            mean_loss_memory(mean_losses),
            "### Surface\n",
            surface_table(surfaces),
            "### Newton's method\n",
            newton_table(newtons),
        ]
    )


def widget_report(conditions, measured):
    """Return the conditions, and a row for each widget: its script, and its frame over the bare."""
    header = ["widget", "script of an input", "≤ 8 ms", "frame above the bare slider", "≤ 16 ms"]
    rows = [
        [f"`{name}`", *met(m["script"], 0.008), *met(m["painted"] - m["bare"], 0.016)]
        for name, m in measured.items()
    ]
    return f"{conditions}\n\n{table(header, rows)}"


def met(seconds, target):
    """Return a time, and whether it keeps within its target."""
    return f"{1000 * seconds:.1f} ms", "yes" if seconds <= target else "**no**"


def at_least(what, measured, target):
    """Return a row for a ratio that should not be smaller than its target."""
    return [what, f"{measured:.2f}", f"≥ {target}", "yes" if measured >= target else "**no**"]


def at_most(what, n_bytes, target, label):
    """Return a row for an amount of memory that should not be larger than its target."""
    return [what, megabytes(n_bytes), f"≤ {label}", "yes" if n_bytes <= target else "**no**"]


def megabytes(n_bytes):
    """Return an amount of memory, in units of 10⁶ bytes."""
    return f"{n_bytes / 1e6:.2f} MB"


def mean_loss_targets(measured):
    """Yield the rows of `mean_loss_and_gradient`: speed at each size, then memory."""
    for m in measured:
        n_features, seconds = m["size"][1], m["seconds"]
        ours = seconds[mean_loss.OURS]
        target = 1.3 if n_features <= 20 else 1
        what = f"scikit-learn's time over ours, {size_name(m)}"
        yield at_least(what, seconds[mean_loss.PEER] / ours, target)
        if n_features > 20:
            what = f"time of {mean_loss.LIMIT} over ours, {size_name(m)}"
            yield at_least(what, seconds[mean_loss.LIMIT] / ours, 0.75)
    for m in measured:
        bound = 32 * m["size"][0] + 1e6
        what = f"memory, {size_name(m)} (32 B a sample + 1 MB)"
        yield at_most(what, m["memory"][mean_loss.OURS], bound, megabytes(bound))


def mean_loss_times(measured):
    """Return a row for each contestant and a column for each size, with the ratio to ours."""
    names = [mean_loss.OURS, *measured[0]["seconds"], *mean_loss.OPTIONAL.values()]
    rows = [
        [name, *(beside(m["seconds"], name) for m in measured)] for name in dict.fromkeys(names)
    ]
    return table(["time (over ours)", *map(size_name, measured)], rows)


def mean_loss_memory(measured):
    """Return a row for each contestant whose memory Python can trace."""
    names = measured[0]["memory"]
    rows = [[name, *(megabytes(m["memory"][name]) for m in measured)] for name in names]
    return table(["memory", *map(size_name, measured)], rows)


def beside(seconds, name):
    """Return a time with its ratio to ours."""
    if name not in seconds:
        return "not installed"
    return f"{duration(seconds[name])} ({seconds[name] / seconds['crossentropy']:.2f})"


def size_name(measured):
    """Return samples by features."""
    return " by ".join(f"{number:,}" for number in measured["size"])


def surface_targets(measured):
    """Yield the rows of `loss_surface`."""
    for key, what in [("seconds", "median"), ("first", "first call in its process")]:
        ratio = measured[key][surface.PEER] / measured[key][surface.OURS]
        yield at_least(f"double loop's time over ours, {what}", ratio, 3)
    what = "memory of the surface beyond its result"
    yield at_most(what, measured["memory"][surface.OURS], 8e6, "8 MB")


def surface_table(measured):
    """Return a row for each contestant."""
    rows = [
        [name, beside(measured["seconds"], name), beside(measured["first"], name), megabytes(extra)]
        for name, extra in measured["memory"].items()
    ]
    return table(["time (over ours)", "median", "first call", "memory beyond the result"], rows)


def newton_targets(measured):
    """Yield the rows of `newton`, against the fastest solver that reaches the tolerance."""
    for m in measured:
        there = [name for name in newton.SOLVERS if m["length"][name] <= newton.TOLERANCE]
        best = min(there, key=m["seconds"].get)
        ratio = m["seconds"][best] / m["seconds"][newton.OURS]
        yield at_least(f"best solver's time ({best}) over ours, {m['features']} features", ratio, 1)


def newton_table(measured):
    """Return a row for each contestant, with the gradient's length at its end."""
    header = ["time (over ours)"]
    for m in measured:
        header += [f"{m['features']} features", "‖∇L‖ at the end"]
    rows = []
    for name in measured[0]["seconds"]:
        cells = [(beside(m["seconds"], name), f"{m['length'][name]:.0e}") for m in measured]
        rows.append([name, *sum(cells, ())])
    return table(header, rows)


def grading_report(conditions, measured):
    """Return the text about the grader: its targets, then what was measured."""
    if not measured:
        return "Not measured: this machine has no sandbox."
    rates, whole, cluster = measured["rates"], measured["class"], measured["cluster"]
    name = f"a class of {whole['notebooks']:,}, {whole['workers']} workers"
    targets = [
        at_least("one worker over nbgrader", gain(rates["stock"], rates["one"]), 20),
        at_least("two workers over one", gain(rates["one"], rates["two"]), 1.7),
    ]
    rows = [
        [grading.STOCK, speed(rates["stock"])],
        [f"{grading.OURS}, 1 worker", speed(rates["one"])],
        [f"{grading.OURS}, 2 workers", speed(rates["two"])],
        [name, f"{whole['graded']:,} graded in {whole['seconds'] / 60:.1f} minutes"],
        ["the most memory of all its processes", f"{whole['memory'] / 1e6:,.0f} MB"],
        [
            f"{cluster['notebooks']} on Dask, one of two workers killed",
            f"{cluster['same']} with the marks that they get without",
        ],
    ]
    return "\n".join(
        [
            f"{conditions}\n",
            table(["what", "measured", "target", "met"], targets),
            where_the_time_goes(**measured["parts"]),
            table(["grading", "measured"], rows),
        ]
    )


def gain(before, after):
    """Return how many times as many notebooks one command grades as another."""
    return after["notebooks"] / before["notebooks"]


def speed(rate):
    """Return in words how fast a command grades, and on how many processors."""
    return f"{rate['notebooks']:.2f} notebooks a second, {rate['processors']:.2f} processors busy"


def where_the_time_goes(sandbox, others, sixth, calls):
    """Return in words what of the time of one notebook is for what."""
    whole, *parts = map(duration, (sandbox + others + sixth, sandbox, others, sixth))
    return (
        f"A notebook whose answers are all right takes a worker {whole}: {parts[0]} for a sandbox "
        f"and the cells in it, {parts[2]} for question 6, {parts[1]} for the other questions.\n"
        "In question 6, the checker that a student writes calls functions that it must not see "
        f"into {calls:,.0f} times, and each call is a message to another process and one back.\n"
    )
