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
LAUNCH_HOSTS = {"github.com": "gh", "gitlab.com": "gl"}  # as Binder abbreviates them
BRANCH = "main"


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


def launch_links(repository, source):
    """Return [(name, address)] of the services that run a notebook of a public repository."""
    host, _, project = repository.removeprefix("https://").partition("/")
    if host not in LAUNCH_HOSTS:
        return []
    if host == "gitlab.com":
        project = project.replace("/", "%2F")
    place = f"{LAUNCH_HOSTS[host]}/{project}/{BRANCH}?urlpath=lab/tree/{source}"
    return [("Binder", f"https://mybinder.org/v2/{place}")]


def set_addresses(app, config):
    """Set the address of the site, with the slash at its end that makes it a folder."""
    site = os.environ.get("SITE_URL", "").strip()
    if site and not re.match("https?://", site):
        raise ExtensionError(f"SITE_URL must begin with https:// (or http://), not {site!r}")
    config.html_baseurl = site and site.rstrip("/") + "/"


def add_links(app, pagename, templatename, context, doctree):
    """Give the templates `repository_url` and `launch_links`."""
    repository = repository_address(app.srcdir)
    context["repository_url"] = repository
    context["launch_links"] = []
    if doctree is not None and app.env.doc2path(pagename, base=False).endswith(".ipynb"):
        context["launch_links"] = launch_links(repository, f"{pagename}.ipynb")


def setup(app):
    """Connect to configuration and writing."""
    app.connect("config-inited", set_addresses)
    app.connect("html-page-context", add_links)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
