// Reads one formula a line, {"latex", "display"}, and answers one line, {"html"} or {"error"}.
// Ends with its input, so that it cannot outlive the build.
"use strict";
const katex = require(process.argv[2]);
const { shorten } = require("./shorten.js");

// What KaTeX adds to its MathML and a screen reader has no use for: the LaTeX, the namespace that
// HTML implies, and looks, since its HTML is what is seen.
const SOURCE = /<semantics><mrow>(.*?)<\/mrow><annotation.*?<\/semantics>/s;
const LOOKS = / (?:xmlns|stretchy|fence|separator|(?:min|max)size|column\w+|rowspacing)="[^"]*"| mathvariant="normal"/g;

function short(latex, options) {
  const tree = katex.__renderToDomTree(latex, options);
  const [mathml, html] = (options.displayMode ? tree.children[0] : tree).children;
  const hidden = mathml.toMarkup().replace(SOURCE, "$1").replace(LOOKS, "");
  const formula = `<span class="katex">${hidden}`
    + `<span class="katex-html" aria-hidden="true">${html.children.map(shorten).join("")}</span></span>`;
  return options.displayMode ? `<span class="katex-display">${formula}</span>` : formula;
}

function typeset({ latex, display, stock }) {
  try {
    const options = { displayMode: display, throwOnError: true, strict: "error" };
    return { html: stock ? katex.renderToString(latex, options) : short(latex, options) };
  } catch (error) {
    if (!(error instanceof katex.ParseError)) throw error;
    return { error: error.message };
  }
}

const lines = require("node:readline").createInterface({ input: process.stdin });
lines.on("line", (line) => process.stdout.write(JSON.stringify(typeset(JSON.parse(line))) + "\n"));
