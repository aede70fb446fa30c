// Reads one formula a line, {"latex", "display"}, and answers one line, {"html"} or {"error"}.
// Ends with its input, so that it cannot outlive the build.
"use strict";
const katex = require(process.argv[2]);

function typeset({ latex, display }) {
  try {
    const options = { displayMode: display, throwOnError: true, strict: "error" };
    return { html: katex.renderToString(latex, options) };
  } catch (error) {
    return { error: error.message };
  }
}

const lines = require("node:readline").createInterface({ input: process.stdin });
lines.on("line", (line) => process.stdout.write(JSON.stringify(typeset(JSON.parse(line))) + "\n"));
