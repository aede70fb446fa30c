"""Give each page a Content-Security-Policy: what is not of this site does not run or load.

Scripts inside a page are allowed by their hash, and `blob:` ones for the widgets, whose modules are
made from text. Styles come from the one style sheet; `style` attributes alone are free, since KaTeX
places every part of a formula with one. The policy stands in the page, so that it also holds where
no server sends it.
"""

import base64
import hashlib
import re
from pathlib import Path

META = '<meta http-equiv="Content-Security-Policy" content="{}" />'
OLD_META = re.compile(r"\s*" + re.escape(META).replace(r"\{\}", '[^"]*'))
CHARSET = '<meta charset="utf-8" />'
INLINE_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<text>.*?)</script>", re.DOTALL)
DATA = re.compile(r'\bsrc=|\btype="(?!module|text/javascript)')  # from a file, or no program

POLICY = {
    "default-src": "'none'",
    "script-src": "'self' blob:",
    "style-src": "'self'",
    "style-src-attr": "'unsafe-inline'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
}


def script_hash(text):
    """Return the hash of a script as a policy writes it."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def policy(page):
    """Return the policy of one page."""
    scripts = INLINE_SCRIPT.finditer(page)
    hashes = {script_hash(s["text"]) for s in scripts if not DATA.search(s["attributes"])}
    sources = POLICY | {"script-src": " ".join([POLICY["script-src"], *sorted(hashes)])}
    return "; ".join(f"{name} {source}" for name, source in sources.items())


def protect(page, name="the page"):
    """Return a page with its policy, in place of an older one, before all that it rules."""
    page = OLD_META.sub("", page)
    if page.count(CHARSET) != 1:
        raise ValueError(f"{name} must hold {CHARSET} once, where its policy goes")
    return page.replace(CHARSET, f"{CHARSET}\n    {META.format(policy(page))}")


def write_policies(app, exception):
    """Protect every page, once all that goes into it is there."""
    if exception is not None or app.builder.name != "html":
        return
    for path in Path(app.outdir).rglob("*.html"):
        path.write_text(protect(path.read_text(encoding="utf-8"), path), encoding="utf-8")


def setup(app):
    """Run last."""
    app.connect("build-finished", write_policies, priority=1000)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
