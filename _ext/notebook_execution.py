"""Execute the notebooks: as many at a time as there are cores, and anew when the package changed.

MyST-NB executes one notebook after the other, and its cache knows a notebook by its code alone:
without this, a changed figure would be seen in no chapter before `make clean`. What fails here is
left to MyST-NB, which executes it once more and reports it.
"""

import asyncio
import hashlib
import os
import shutil
from contextlib import suppress
from pathlib import Path

import nbformat
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from jupyter_client import KernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError
from notebook_places import FAILED, failed_cell
from sphinx.util import logging

LOGGER = logging.getLogger(__name__)

STAMP = "package.sha256"


def package_hash(folder):
    """Return a hash of all that the package's files hold."""
    total = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.suffix in (".py", ".js", ".css")):
        total.update(path.relative_to(folder).as_posix().encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def drop_stale_outputs(folder, package):
    """Empty the cache if it was filled with another package; return whether it was."""
    stamp, now = folder / STAMP, package_hash(package)
    if stamp.exists() and stamp.read_text(encoding="utf-8") == now:
        return False
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    stamp.write_text(now, encoding="utf-8")
    return True


def not_cached(cache, path):
    """Return a notebook that the cache does not hold, or None."""
    notebook = nbformat.read(path, as_version=4)
    with suppress(KeyError):
        cache.match_cache_notebook(notebook)
        return None
    return notebook


async def execute_all(waiting, *, timeout):
    """Execute {path: notebook} in place; return the paths of those that went through."""
    cores = asyncio.Semaphore(os.cpu_count())

    async def goes_through(path):
        where = {"metadata": {"path": str(path.parent)}}
        settings = {"timeout": timeout, "resources": where, "record_timing": False}
        # a busy machine sends one line in two parts, and MyST-NB would break it between them
        client = NotebookClient(waiting[path], coalesce_streams=True, **settings)
        async with cores:
            LOGGER.info("executing %s", path.name)
            try:
                await client.async_execute()
            except (CellExecutionError, CellTimeoutError, RuntimeError) as error:
                LOGGER.info("%s: %s", path.name, type(error).__name__)
                if number := failed_cell(waiting[path]):
                    FAILED[str(path)] = number
                return False  # MyST-NB tries it once more, and reports it
        return True

    went = await asyncio.gather(*map(goes_through, waiting))
    return [path for path, through in zip(waiting, went, strict=True) if through]


def fill_cache(folder, paths, *, timeout):
    """Execute the notebooks that the cache does not hold."""
    cache = get_cache(str(folder))
    waiting = {path: notebook for path in paths if (notebook := not_cached(cache, path))}
    for path in asyncio.run(execute_all(waiting, timeout=timeout)):
        bundle = CacheBundleIn(waiting[path], str(path))
        cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)


def prepare(app):
    """Bring the cache up to date before MyST-NB looks into it."""
    source = Path(app.srcdir)
    shutil.rmtree(Path(app.outdir) / "reports", ignore_errors=True)  # of an earlier failure
    folder = Path(app.config.nb_execution_cache_path or Path(app.outdir).parent / ".jupyter_cache")
    package = source / "src" / "crossentropy"
    app.config.package_changed = drop_stale_outputs(folder, package)
    notebooks = sorted((source / "chapters").glob("*.ipynb"))
    fill_cache(folder, notebooks, timeout=app.config.nb_execution_timeout)


def outdated_pages(app, env, added, changed, removed):
    """Have every page read again whose outputs were dropped."""
    return sorted(env.found_docs) if app.config.package_changed else []


def setup(app):
    """Connect before anything is read."""
    KernelManager.transport_encryption.default_value = "auto"  # else each kernel warns
    app.add_config_value("package_changed", False, "")
    app.connect("builder-inited", prepare, priority=900)
    app.connect("env-get-outdated", outdated_pages)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
