"""A limit on the time of a reader's function, which may have a loop without an end.

The function runs in a thread of its own while the caller waits.  That works on every system,
wherever the caller is and whatever the function uses, where an alarm signal is for Unix and the
main thread alone, and not every function can be sent to another process.  Once the time is over,
the thread is sent `SystemExit` until it ends.  Two things are beyond it: a thread that catches even
that is left running, and a single step that does not return to Python, of NumPy or of
``sum(range(10**12))``, ends when it ends, and may keep the caller waiting as long.  Therefore the
calls are made in another process first, if they can be: see `crossentropy._dry_run`.
"""

import contextvars
import ctypes
import math
import threading
import time

_PATIENCE, _PAUSE = 20, 0.05  # how often a thread is told to end, and how long it has for it


def limited(function, seconds, total=math.inf):
    """Return the function with a limit: a call that takes longer raises `TimeoutError`.

    So does at once every call after those that took more than `total` seconds together.

    Other errors of the function come through; what is no `Exception`, such as `SystemExit`, comes
    as a `RuntimeError` that names it.

    Examples
    --------
    >>> limited(max, seconds=1)(1, 2)
    2
    """
    spent = 0

    def call(*arguments):
        nonlocal spent
        if spent > total:
            raise TimeoutError(f"the calls took more than {total:g} seconds together")
        start = time.monotonic()
        ended = []
        context = contextvars.copy_context()  # NumPy keeps in it how to report overflow
        thread = threading.Thread(
            target=lambda: ended.append(_result(context, function, arguments)), daemon=True
        )
        thread.start()
        try:
            thread.join(seconds)
            in_time = not thread.is_alive()
        finally:  # also when the reader interrupts the kernel
            stopped = _stop(thread)
            spent += time.monotonic() - start
        if not in_time:
            still = "" if stopped else ", and it still runs: restart the kernel"
            raise TimeoutError(f"no result within {seconds:g} seconds{still}")
        lost = RuntimeError("the function ended its thread, and nothing came")
        value, error = ended[0] if ended else (None, lost)
        if error is not None:
            raise error
        return value

    return call


def _result(context, function, arguments):
    """Return what a call gives, and the error that it raises; one of the two is None."""
    try:
        return context.run(function, *arguments), None
    except Exception as error:
        return None, error
    except BaseException as error:
        return None, RuntimeError(f"the function raised {type(error).__name__}")


def _stop(thread):
    """Tell a thread to end until it does; return whether it has."""
    for _ in range(_PATIENCE):
        if not thread.is_alive():
            return True
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(thread.ident), ctypes.py_object(SystemExit)
        )
        thread.join(_PAUSE)
    return not thread.is_alive()
