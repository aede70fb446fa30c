"""Inside the sandbox: runs the cells of a notebook, then answers calls of its functions.

One process runs the cells, and stays as they left it.  For each question it forks an answerer, so
that no call can harm, or tell anything to, the calls of another question.  Nothing here is secret
or trusted: the student's code shares the process and may do as it likes with it.  It only keeps
clear of the student's accidents: names are imported one by one, in case a module is patched.

It imports NumPy, the standard library and the modules of its kind; nothing else is in the sandbox.
"""

import ast
import builtins
import json
import sys
from _socket import CMSG_SPACE, socket
from _thread import _count as threads
from codeop import Compile
from json import dumps, loads
from linecache import cache
from os import _exit, fork, getpid, kill, waitpid
from resource import RLIMIT_NOFILE, setrlimit
from signal import ITIMER_PROF, SIGKILL, SIGPROF, setitimer, signal
from time import process_time
from traceback import StackSummary, TracebackException
from types import CoroutineType, ModuleType

from numpy import errstate

from autograder.jupyter import install
from autograder.magics import parse
from autograder.values import decode, encode

NAMES, ORIGINALS = vars(builtins), dict(vars(builtins))
LONGEST = 4000  # characters of a traceback
BLOCK = 1 << 16
FILES, SPARE = 64, 8  # open ones
IMPORTS = (ast.Import, ast.ImportFrom)
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
ALIVE = 77  # the exit status of a copy that was left in peace


class TimeUp(BaseException):
    """The statement ran past its limit; no ``except Exception`` catches it."""


class Lines:
    """JSON objects, one a line, over a socket; a file descriptor may come with them."""

    def __init__(self, descriptor):
        self.connection, self.rest, self.came = socket(fileno=descriptor), b"", []

    def read(self):
        """Return the next object, or end the process when nobody will send one."""
        self.connection.setblocking(True)  # whatever a cell did with it
        while b"\n" not in self.rest:
            data, ancillary, *_ = self.connection.recvmsg(BLOCK, CMSG_SPACE(4))
            self.came += [int.from_bytes(number[:4], sys.byteorder) for *_, number in ancillary]
            self.rest += data
            if not data:
                _exit(0)
        line, self.rest = self.rest.split(b"\n", 1)
        return loads(line)

    def write(self, message):
        """Send an object."""
        self.connection.sendall(dumps(message, separators=(",", ":")).encode() + b"\n")


class Notebook:
    """The global names of a notebook, as its cells leave them."""

    def __init__(self):
        module = sys.modules["__main__"] = ModuleType("__main__")
        self.names = module.__dict__
        self.compile = Compile()  # it keeps ``from __future__ import`` for later cells
        self.compile.flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        self.process = getpid()
        self.cells = {}  # by name, the number of the cell that gave it its value
        install(self.names)

    def run(self, source, number, *details):
        """Run a cell; return the failures of its statements.

        Where a cell runs for a second time, the names that later cells gave values to keep these.
        """
        before = dict(self.names)
        later = {name: cell for name, cell in self.cells.items() if cell > number}
        kept = {name: before[name] for name in later if name in before}
        failures = self.run_statements(source, number, *details)
        after = [(name, value) for name, value in dict(self.names).items() if type(name) is str]
        changed = [name for name, value in after if before.get(name, self) is not value]
        self.cells |= dict.fromkeys(changed, number) | later
        self.names.update(kept)
        return failures

    def run_statements(self, source, number, skip, start, limit, begin, end):
        """Run the statements of a cell from one of them on; return the failures of them.

        After one that fails, as in Jupyter, the rest does not run, with two exceptions: imports
        always run and stop nothing, and no function is lost that nothing else defines.  `begin` is
        told the index of each statement before it runs, `end` is called after it; `skip` leaves
        some out.
        """
        name, failures, known = f"cell {number}", [], None
        cache[name] = (len(source), None, source.splitlines(True), name)
        try:
            statements = parse(source).body
        except BaseException as error:
            return [described(error)]
        until = process_time() + limit
        for index, statement in enumerate(statements):
            is_import = isinstance(statement, IMPORTS)  # it runs in any case
            if index in skip or (not is_import and (index < start or is_known(statement, known))):
                continue
            begin(index)
            rest = max(until - process_time(), 0.01)
            failure = self.execute(statement, index == len(statements) - 1, name, rest)
            end()
            failures += [{**failure, "at": index}] if failure else []
            if failure and not is_import:
                known = known or set(self.names)
        return failures

    def execute(self, statement, is_last, name, limit):
        """Run one statement, showing the value of a last expression; return its failure or None."""
        try:
            signal(SIGPROF, time_up)
            setitimer(ITIMER_PROF, limit)
            try:
                if is_last and isinstance(statement, ast.Expr):
                    code = self.compile(ast.Interactive([statement]), name, "single")
                else:
                    code = self.compile(ast.Module([statement], []), name, "exec")
                finish(eval(code, self.names))
            finally:
                setitimer(ITIMER_PROF, 0)
                self.back()
        except BaseException as error:
            return described(error)

    def back(self):
        """Leave the student's code: end forks that return from it, and mend patched built-ins."""
        NAMES.update(ORIGINALS)
        if getpid() != self.process:
            _exit(0)

    def call(self, name, arguments, proxy):
        """Return as a message what a function returns, or how it failed."""
        function = self.names.get(name)
        if not callable(function):
            return {"failure": "missing", "what": "function"}
        try:
            with errstate(all="ignore"):  # as in the public tests, whatever a cell has set
                value = function(*(decode(argument, proxy) for argument in arguments))
        except BaseException as error:
            self.back()
            return {"failure": "raised", "what": kind_of(error), "detail": described(error)["text"]}
        self.back()
        return readable(value)

    def variable(self, name):
        """Return as a message a global variable, or that there is none."""
        if name not in self.names:
            return {"failure": "missing", "what": "variable"}
        return readable(self.names[name])


def is_known(statement, known):
    """Return whether a statement defines nothing, or what was known when the cell failed."""
    return known and not (isinstance(statement, DEFINITIONS) and statement.name not in known)


def time_up(*_):
    """Stop the statement that runs."""
    raise TimeUp("ran past its time limit")


def finish(result):
    """Run what a top-level ``await`` left to do."""
    if isinstance(result, CoroutineType):
        import asyncio

        asyncio.run(result)


def readable(value):
    """Return as a message a value, or that it is none."""
    try:
        return {"value": encode(value)}
    except BaseException:
        return {"failure": "unreadable", "what": kind_of(value)}


def kind_of(value):
    """Return the name of a value's type."""
    return str(type(value).__name__)[:100]


def described(error):
    """Return an exception in words; its own methods may fail or lie."""
    try:
        report = TracebackException.from_exception(error)
        report.stack = StackSummary.from_list(
            [frame for frame in report.stack if frame.filename != __file__]
        )
        text = "".join(report.format())
    except BaseException:
        text = kind_of(error)
    return {"kind": kind_of(error), "text": text[-LONGEST:]}


def answer(notebook, lines):
    """Answer calls until there are no more."""
    while True:
        request = lines.read()
        if request["op"] == "call":
            proxy = caller(lines, request["id"])
            reply = notebook.call(request["name"], request["arguments"], proxy)
        elif request["op"] == "variable":
            reply = notebook.variable(request["name"])
        else:
            reply = {}
        lines.write({"id": request["id"], **reply})


def caller(lines, identity):
    """Return what makes a function of the number of one that the grader keeps."""

    def proxy(number):
        def function(*arguments):
            sent = [encode(argument) for argument in arguments]
            lines.write({"id": identity, "callback": number, "arguments": sent})
            reply = lines.read()
            if "error" in reply:
                raise ValueError(reply["error"])
            return decode(reply["value"])

        return function

    return proxy


def require_copies():
    """End the process unless a copy of it can be made, and lives until it ends itself."""
    copy = fork()
    if not copy:
        _exit(ALIVE)
    if waitpid(copy, 0)[1] >> 8 != ALIVE:
        _exit(1)


class Server:
    """Runs cells and forks answerers, as the grader says on a socket.

    With `alone`, the sandbox has a process table of its own, and every other process there can be
    ended, daemons and fork bombs among them; else the last answerer only.  A few file descriptors
    are kept from the cells, so that one can still come along.
    """

    def __init__(self, descriptor, alone):
        self.lines, self.notebook = Lines(descriptor), Notebook()
        self.alone, self.answerer = alone, None

    def serve(self):
        """Do what the grader asks until it hangs up."""
        operations = {"hello": lambda _: None, "run": self.run, "fork": self.fork}
        while True:
            request = self.lines.read()
            value = operations[request["op"]](request)
            self.lines.write({"id": request["id"], "value": value, "threads": threads()})

    def run(self, request):
        """Run a cell."""

        def begin(index):
            self.lines.write({"id": request["id"], "at": index})

        try:
            setrlimit(RLIMIT_NOFILE, (FILES, FILES + SPARE))
            details = (request[key] for key in ("source", "cell", "skip", "start", "limit"))
            end = require_copies if request["careful"] else int
            return self.notebook.run(*details, begin, end)
        finally:
            setrlimit(RLIMIT_NOFILE, (FILES + SPARE, FILES + SPARE))
            self.end_others()

    def fork(self, _):
        """Put an answerer, on the connection that came along, in place of the one before."""
        self.end_others()
        lines = Lines(self.lines.came.pop())
        self.answerer = fork()
        if self.answerer:
            lines.connection.close()
            return self.answerer
        try:
            self.lines.connection.close()
            self.notebook.process = getpid()
            answer(self.notebook, lines)
        finally:
            _exit(1)

    def end_others(self):
        """End the processes that earlier cells and questions left behind."""
        try:
            if self.alone:
                kill(-1, SIGKILL)
            elif self.answerer:
                kill(self.answerer, SIGKILL)
            while self.alone or self.answerer:  # until none is left to wait for
                waitpid(-1 if self.alone else self.answerer, 0)
        except (ProcessLookupError, ChildProcessError):
            pass


def serve(descriptor, alone, limits):
    """Set the limits for everything that follows, then do what the grader asks."""
    for number, value in limits:
        setrlimit(number, (value, value))
    Server(descriptor, alone).serve()


def main():
    """Serve as the command line says."""
    serve(**json.loads(sys.argv[1]))
