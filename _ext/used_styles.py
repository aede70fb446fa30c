"""Leave out of a style sheet what applies to no page."""

import posixpath
import re

import tinycss2

PAGE_NAMES = re.compile(r'\b(?:class|id)="([^"]*)"')
SCRIPT_NAMES = re.compile(r"[\w-]+")
URL = re.compile(r"""url\((["']?)(?!data:|https?:|#)([^)"']+)\1\)""")


def relocate(style, name):
    """Make the relative addresses of a style sheet, once at `name`, relative to _static/."""
    folder = posixpath.dirname(name)

    def moved(match):
        return f"url({posixpath.normpath(posixpath.join(folder, match[2]))})"

    return URL.sub(moved, style)


def keep_used(style, *, pages, scripts):
    """Return the rules whose classes and ids occur on a page or, as a word, in a script."""
    names = {name for page in pages for text in PAGE_NAMES.findall(page) for name in text.split()}
    names.update(name for script in scripts for name in SCRIPT_NAMES.findall(script))
    rules = tinycss2.parse_stylesheet(style, skip_comments=True, skip_whitespace=True)
    return "\n".join(filter(None, (used_part(rule, names) for rule in rules)))


def used_part(rule, names):
    """Return what is left of one rule as text, "" if nothing."""
    if rule.type == "error":
        raise ValueError(f"style sheet, line {rule.source_line}: {rule.message}")
    if rule.type == "qualified-rule":
        selectors = [s for s in split_at_commas(rule.prelude) if is_used(s, names)]
        body = tinycss2.serialize(rule.content).strip()
        return f"{','.join(map(serialize, selectors))}{{{body}}}" if selectors and body else ""
    if rule.at_keyword in ("media", "supports") and rule.content is not None:
        inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
        body = "".join(used_part(part, names) for part in inner)
        return f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{body}}}" if body else ""
    return "" if rule.at_keyword == "charset" else rule.serialize()


def serialize(tokens):
    """Return tokens as text without outer blanks."""
    return tinycss2.serialize(tokens).strip()


def split_at_commas(tokens):
    """Return the selectors of a list of selectors; commas in brackets do not split."""
    selectors = [[]]
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            selectors.append([])
        else:
            selectors[-1].append(token)
    return selectors


def is_used(selector, names):
    """Return whether each class and id of a selector is known; `:not(...)` is not looked into."""
    for previous, token in zip([None, *selector], selector, strict=False):
        if token.type == "hash" and token.value not in names:
            return False
        after_dot = previous is not None and previous.type == "literal" and previous.value == "."
        if token.type == "ident" and after_dot and token.value not in names:
            return False
    return True
