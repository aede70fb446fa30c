"""Let each page load one style sheet and one script, and only what some page uses.

The theme's own pages load some 30 files, most of which serve features that this book does not
have: live kernels, tabs, tooltips, 2,000 icons. Here the style sheets are joined and lose the
rules whose classes or ids occur on no page (`used_styles.py`), and the fonts keep only the
characters that occur (`used_glyphs.py`). All is read from the finished pages, so what a chapter
starts to use is in the next build.
"""

import hashlib
import re
import shutil
import subprocess
from pathlib import Path

import formula_lengths
import used_glyphs
import used_styles
from prerendered_math import NODE
from pydata_sphinx_theme.pygments import overwrite_pygments_css
from sphinx.errors import ExtensionError

from crossentropy.plots._colours import page_style

ESBUILD = Path(__file__).parent.parent / "node_modules" / "esbuild" / "bin" / "esbuild"

STYLE = "book.min.css"
SCRIPT = "book.min.js"

# In this order. A later style sheet overrides an earlier one.
STYLES = (
    "basic.css",
    "styles/pydata-sphinx-theme.css",
    "pygments.css",
    "styles/sphinx-book-theme.css",
    "mystnb.*.css",
    "katex/katex.min.css",
    "book.css",
)
WIDGETS_STYLE = "widgets.css"  # last, and whole: its scripts put names of classes together
SCRIPTS = (
    "documentation_options.js",
    "doctools.js",
    "frame.js",
    "book.js",
    "previews.js",
)
SEARCH_PAGE_SCRIPTS = ("searchtools.js", "search.js", "language_data.js")
REPLACED = (
    "copybutton.css",
    "sphinx-thebe.css",
    "togglebutton.css",
    "sphinx-design.min.css",
    "clipboard.min.js",
    "copybutton.js",
    "design-tabs.js",
    "sphinx-thebe.js",
    "sphinx_highlight.js",
    "togglebutton.js",
)
# Fonts that a page certainly uses, by what shows it: icons, letters, and digits or relations.
EARLY_FONTS = {
    "fa-solid-900": re.compile(""),
    "KaTeX_Math-Italic": re.compile('class="mathnormal"'),
    "KaTeX_Main-Regular": re.compile("katex-html.{,900}?>[(=0-9]"),
}
THEBE = re.compile(
    r'<script type="text/x-thebe-config">.*?</script>\s*<script>kernelName = .*?</script>',
    re.DOTALL,
)
# Code, and what in it has the ink of the page in every theme: names, brackets, spaces.
CODE = re.compile(r"<pre\b.*?</pre>", re.DOTALL)
PLAIN = ("n", "nn", "p", "w")
PLAIN_SPAN = re.compile(rf'<span class="(?:{"|".join(PLAIN)})">([^<]*)</span>')
# Indentation and empty lines, and what they are a part of, which stays as it is.
INDENTATION = re.compile(r"(<(pre|script|textarea)\b.*?</\2>)|\n[ \t\n]+", re.DOTALL)
INLINE_REPLACED = (  # settings of the scripts above, and of a version switcher
    "DOCUMENTATION_OPTIONS.",
    "const THEBE_JS_URL",
    "let toggle",
    "var togglebutton",
)


def join_assets(app, pagename, templatename, context, doctree):
    """Let the page load the joined files; keep whatever else a chapter asks for."""
    joined = {Path(pattern).name.split(".")[0] for pattern in STYLES + SCRIPTS}
    for kind in ("css_files", "script_files"):
        context[kind][:] = [asset for asset in context[kind] if not is_replaced(asset, joined)]
    body = THEBE.sub("", context.get("body", ""))
    body = context["body"] = CODE.sub(lambda code: PLAIN_SPAN.sub(r"\1", code[0]), body)
    context["early_fonts"] = [name for name, sign in EARLY_FONTS.items() if sign.search(body)]
    app.add_css_file(STYLE, priority=0)
    app.add_js_file(SCRIPT, priority=0, loading_method="defer")


def is_replaced(asset, joined):
    """Return whether the joined files already contain an asset, or make it pointless."""
    if not asset.filename:
        return str(asset.attributes.get("body", "")).startswith(INLINE_REPLACED)
    name = Path(asset.filename).name
    elsewhere = REPLACED + SEARCH_PAGE_SCRIPTS  # which the template of that page names itself
    return name in elsewhere or name.split(".")[0] in joined


def write_assets(app, exception):
    """Write the joined files once all pages are there; delete what no page loads any more."""
    if exception is not None or app.builder.name != "html":
        return
    static = Path(app.outdir) / "_static"
    overwrite_pygments_css(app)  # light and dark; here, lest it depend on the order of handlers
    copy_katex(Path(app.srcdir), static)
    script = "\n;\n".join(read(static, name) for name in SCRIPTS)
    (static / SCRIPT).write_text(minified(script, "js"), encoding="utf-8")
    pages = [page.read_text(encoding="utf-8") for page in Path(app.outdir).rglob("*.html")]
    scripts = [script] + [read(static, name) for name in SEARCH_PAGE_SCRIPTS]
    scripts += [path.read_text(encoding="utf-8") for path in static.glob("widgets/*.js")]
    for name in SEARCH_PAGE_SCRIPTS:
        (static / name).write_text(minified(read(static, name), "js"), encoding="utf-8")
    style = "\n".join(used_styles.relocate(read(static, name), name) for name in STYLES)
    style += page_style() + formula_lengths.length_rules(pages)
    style = used_styles.keep_used(style, pages=pages, scripts=scripts)
    style += read(static, WIDGETS_STYLE)
    style = used_glyphs.subset_fonts(style, static, pages)
    (static / STYLE).write_text(minified(style, "css"), encoding="utf-8")
    stamp_pages(app.outdir, static, (STYLE, SCRIPT))
    unindent_pages(app.outdir)
    delete_unused(static, own=Path(app.srcdir) / "_static")


def read(static, pattern):
    """Return the text of the one file that matches."""
    (path,) = static.glob(pattern)
    return path.read_text(encoding="utf-8").split("\n//# sourceMappingURL", 1)[0]


def minified(text, language):
    """Return a script or a style sheet without what only people read."""
    command = [NODE, ESBUILD, f"--loader={language}", "--minify", "--charset=utf8"]
    done = subprocess.run(command, input=text, capture_output=True, text=True, encoding="utf-8")
    if done.returncode or done.stderr:
        raise ExtensionError(f"the site's joined {language} file: {done.stderr}")
    return done.stdout


def copy_katex(source, static):
    """Copy KaTeX's style sheet and fonts into the site."""
    dist = source / "node_modules" / "katex" / "dist"
    shutil.copytree(dist / "fonts", static / "katex" / "fonts", dirs_exist_ok=True)
    shutil.copy(dist / "katex.min.css", static / "katex")


def stamp_pages(outdir, static, names):
    """Let all pages ask for each file under one address, a new one when it changed."""
    stamps = {n: hashlib.sha256((static / n).read_bytes()).hexdigest()[:8] for n in names}
    for path in Path(outdir).rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        for name, stamp in stamps.items():
            page = re.sub(rf'{re.escape(name)}(\?v=\w+)?"', f'{name}?v={stamp}"', page)
        path.write_text(page, encoding="utf-8")


def unindent_pages(outdir):
    """Leave out of all pages the spaces that only people read."""
    for path in Path(outdir).rglob("*.html"):
        page = INDENTATION.sub(lambda match: match[1] or "\n", path.read_text(encoding="utf-8"))
        path.write_text(page, encoding="utf-8")


def delete_unused(static, *, own):
    """Keep the joined files, the fonts, the search and what the book itself put there."""
    kept = {STYLE, SCRIPT, *SEARCH_PAGE_SCRIPTS}
    kept |= {"fonts", "figures", "equations", "widgets", "states"}
    kept |= {path.name for path in own.iterdir() if path.suffix not in (".css", ".js")}
    for path in static.iterdir():
        if path.is_dir() and path.name not in kept:
            shutil.rmtree(path)
        elif path.name not in kept:
            path.unlink()


def landing_page(app, env):
    """Have one page written in any case: without one, Sphinx copies no static files."""
    return [app.config.root_doc]


def setup(app):
    """Run behind the extensions that add the files."""
    app.connect("env-updated", landing_page)
    app.connect("html-page-context", join_assets, priority=900)
    app.connect("build-finished", write_assets, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
