"""Take the addresses of repository and site from one place, or leave them out.

`REPOSITORY_URL` and `SITE_URL` in the environment (continuous integration sets them) come first,
then git's remote `origin`. Without a repository there are no launch buttons, without a site no
canonical links: an address is never invented.
"""

import os
import re
import subprocess

from sphinx.errors import ExtensionError

SSH_REMOTE = re.compile(r"(?:ssh://)?git@(?P<host>[^:/]+)[:/](?P<path>.+)")
BRANCH = "main"
COLAB_BRANCH = "colab"  # the notebooks as notebook_downloads.py gives them to readers
HOSTS = {  # public ones: name, Binder's abbreviation of it, where it keeps the files of a branch
    "github.com": ("GitHub", "gh", ""),
    "gitlab.com": ("GitLab", "gl", "-/"),
}


def https_address(remote):
    """Return a git remote as the address that a browser opens, or "" if there is none."""
    if ssh := SSH_REMOTE.fullmatch(remote):
        remote = f"https://{ssh['host']}/{ssh['path']}"
    if not remote.startswith("https://"):
        return ""
    without_login = re.sub(r"^https://[^/@]*@", "https://", remote)
    return without_login.rstrip("/").removesuffix(".git")


def repository_address(folder):
    """Return the repository's address from the environment or git, or ""."""
    if "REPOSITORY_URL" in os.environ:
        return https_address(os.environ["REPOSITORY_URL"])
    command = ["git", "-C", str(folder), "remote", "get-url", "origin"]
    remote = subprocess.run(command, capture_output=True, text=True, check=False)
    return https_address(remote.stdout.strip())  # no remote: empty output, hence no address


def host_and_project(repository):
    """Return (one of HOSTS or None, owner and name) of an address."""
    host, _, project = repository.removeprefix("https://").partition("/")
    return HOSTS.get(host), project


def launch_links(repository, source):
    """Return [(name, address)] of the services that run a notebook of a public repository."""
    host, project = host_and_project(repository)
    if host is None:
        return []
    name, binder, _ = host
    place = f"{binder}/{project if name == 'GitHub' else project.replace('/', '%2F')}/{BRANCH}"
    links = [("Binder", f"https://mybinder.org/v2/{place}?urlpath=lab/tree/{source}")]
    if name == "GitHub":
        colab = f"https://colab.research.google.com/github/{project}/blob/{COLAB_BRANCH}"
        links.append(("Colab", f"{colab}/{source}"))
    return links


def source_links(repository, source):
    """Return [(label, address)] of a page's source: to read it, and to suggest a change."""
    host, _ = host_and_project(repository)
    if host is None:
        return []
    name, _, files = host
    place = f"{BRANCH}/{source}"
    return [
        (f"Source on {name}", f"{repository}/{files}blob/{place}"),
        ("Suggest an edit", f"{repository}/{files}edit/{place}"),
    ]


def set_addresses(app, config):
    """Set the address of the site, with the slash at its end that makes it a folder."""
    site = os.environ.get("SITE_URL", "").strip()
    if site and not re.match("https?://", site):
        raise ExtensionError(f"SITE_URL must begin with https:// (or http://), not {site!r}")
    config.html_baseurl = site and site.rstrip("/") + "/"


def add_links(app, pagename, templatename, context, doctree):
    """Give the templates `repository_url`, `launch_links` and `source_links`."""
    repository = repository_address(app.srcdir)
    context |= {"repository_url": repository, "launch_links": [], "source_links": []}
    if doctree is None:
        return
    source = app.env.doc2path(pagename, base=False)
    context["source_links"] = source_links(repository, source)
    if source.endswith(".ipynb"):
        context["launch_links"] = launch_links(repository, source)


def setup(app):
    """Connect to configuration and writing."""
    app.connect("config-inited", set_addresses)
    app.connect("html-page-context", add_links)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
