"""Show the figures of the pages from files of their own, which load when the reader comes near.

In a notebook a figure is part of the output, in the ink of whatever is around it. On a page it
would hold up the text above it: the maps of chapter 7 weigh more than all its words. As an image it
does not, and still follows the theme, since an image of SVG takes the page's `color-scheme` for the
reader's preference.
"""

import hashlib
import re
from pathlib import Path

from crossentropy.plots._colours import figure_style

FOLDER = "figures"
FIGURE = re.compile(
    r'<svg xmlns="http://www\.w3\.org/2000/svg" viewBox="0 0 (?P<width>[\d.]+) (?P<height>[\d.]+)"'
    r' role="img" aria-label="(?P<alt>[^"]+)" style="[^"]*?max-width: (?P<widest>\d+)px[^"]*">'
    r"(?P<drawing>.*?)</svg>",
    re.DOTALL,
)
PREFIX = re.compile(r'(?<=[#"])xe[0-9a-f]{8}-')  # of ids, which are unique on a page without it
# The theme puts images on a light card in the dark, but for those of the class `dark-light`.
IMAGE = (
    '<img class="figure dark-light" src="{address}" alt="{alt}" width="{width}" height="{height}"'
    ' loading="lazy" decoding="async" />'
)


def as_file(figure):
    """Return a figure, found by FIGURE, as the text of a file: alone, with colours and ids."""
    width, height, drawing = figure.group("width", "height", "drawing")
    drawing = PREFIX.sub("", drawing)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f"<style>{figure_style(drawing)}</style>{drawing}</svg>\n"
    )


def extract_figures(app, pagename, templatename, context, doctree):
    """Write the figures of a page to files, and let the page refer to them."""
    if doctree is None:
        return
    folder = Path(app.outdir) / "_static" / FOLDER
    folder.mkdir(parents=True, exist_ok=True)

    def extract(figure):
        text = as_file(figure)
        name = f"{Path(pagename).name}-{hashlib.sha256(text.encode()).hexdigest()[:8]}.svg"
        (folder / name).write_text(text, encoding="utf-8")
        widest = int(figure["widest"])
        height = round(widest * float(figure["height"]) / float(figure["width"]))
        address = context["pathto"](f"_static/{FOLDER}/{name}", resource=True)
        return IMAGE.format(address=address, alt=figure["alt"], width=widest, height=height)

    context["body"] = FIGURE.sub(extract, context["body"])


def delete_old_figures(app, exception):
    """Delete the files that no page refers to any more."""
    if exception is not None or app.builder.name != "html":
        return
    pages = [path.read_text(encoding="utf-8") for path in Path(app.outdir).rglob("*.html")]
    for path in (Path(app.outdir) / "_static" / FOLDER).glob("*.svg"):
        if not any(f"/{FOLDER}/{path.name}" in page for page in pages):
            path.unlink()


def setup(app):
    """Connect to writing and to the end of the build."""
    app.connect("html-page-context", extract_figures)
    app.connect("build-finished", delete_old_figures)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
