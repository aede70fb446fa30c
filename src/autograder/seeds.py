"""The secret from which the hidden inputs follow."""

import stat
from pathlib import Path

SHORTEST = 16
MAKE_ONE = 'python -c "import secrets; print(secrets.token_hex())" > {path}'


class SeedError(ValueError):
    """There is no seed to be read."""


def read_seed(path: Path) -> tuple[str, list[str]]:
    """Return a seed, and warnings about it.

    Raises
    ------
    SeedError
        If the file does not exist, cannot be read, or is too short to be a secret.
    """
    hint = f"Make a new one once for each term, and keep it: {MAKE_ONE.format(path=path)}"
    try:
        seed = path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SeedError(f"The seed file {path} cannot be read: {error.strerror}. {hint}") from error
    except UnicodeDecodeError as error:
        raise SeedError(f"The seed file {path} is no text. {hint}") from error
    if len(seed) < SHORTEST:
        came = f"{len(seed)} characters" if seed else "an empty file"
        raise SeedError(
            f"The seed file {path} must hold at least {SHORTEST} characters, came {came}. {hint}"
        )
    if path.stat().st_mode & (stat.S_IROTH | stat.S_IRGRP):
        return seed, [f"Others can read the seed file {path}: chmod 600 {path}"]
    return seed, []
