// Reads one formula a line, {"latex", "display"}, and answers one line, {"html"} or {"error"}.
// Ends with its input, so that it cannot outlive the build.
"use strict";
const katex = require(process.argv[2]);

// KaTeX sets whatever stands above or below the line with a table of some ten elements. For the two
// that a chapter has by the hundred, an arrow over a letter and an index or exponent of one letter,
// fewer do, at the same place; a test compares them. All else stays as it is.
const ELEMENT = '<span class="(?:mord|mbin|mrel)[^"]*"(?: style="[^"]*")?>[^<]+</span>';
const LETTER = `(?<letter>${ELEMENT})`;
const close = (count) => "</span>".repeat(count);

// An arrow stands once in the page; here it is moved to the right by the skew of the letter.
const ROW = (number) => `<span style="top:-(?<row${number}>[.\\d]+)em;">`
  + `<span class="pstrut" style="height:\\k<row${number}>em;"></span>`; // on the line itself
const VECTOR = new RegExp(
  '<span class="mord accent(?: mtight)?"><span class="vlist-t"><span class="vlist-r">'
  + `<span class="vlist" style="height:[^"]*">${ROW(1)}${LETTER}</span>${ROW(2)}`
  + `<span class="accent-body" style="left:(?<left>[-.\\d]+)em;">`
  + '<span class="overlay(?: mtight)?" style="height:0.714em;width:0.471em;">'
  + `<svg [^>]*viewBox="0 0 471 714"[^>]*><path [^>]*/></svg>${close(7)}`, "g");
const WIDTH = 0.471;

function vector({ letter, left }) {
  const skew = (Number(left) + WIDTH / 2).toFixed(3);
  return `<span class="vec"><svg style="left:${skew}em"><use href="#vec"/></svg>${letter}</span>`;
}

// Lengths in the size of the line become lengths in the size of the script, 0.7 of it.
const SCRIPT = '<span class="msupsub"><span class="vlist-t(?: vlist-t2)?"><span class="vlist-r">'
  + '<span class="vlist" style="height:[^"]*">'
  + '<span style="top:(?<top>[-.\\d]+)em;(?:margin-left:(?<left>[-.\\d]+)em;)?margin-right:0.05em;">'
  + '<span class="pstrut" style="height:2.7em;"></span>'
  + `<span class="sizing reset-size6 size3 mtight">${LETTER}</span></span></span>`;
const BELOW = new RegExp(`${SCRIPT}<span class="vlist-s">\u200b</span></span>`
  + `<span class="vlist-r"><span class="vlist" style="height:[^"]*"><span></span>${close(4)}`, "g");
const ABOVE = new RegExp(SCRIPT + close(3), "g");

function script({ letter, top, left = 0 }) {
  const lengths = [-2.7 - Number(top), Number(left)].map((x) => `${(x / 0.7).toFixed(3)}em`);
  const aside = Number(left) ? `;margin-left:${lengths[1]}` : "";
  return `<span class="script" style="vertical-align:${lengths[0]}${aside}">${letter}</span>`;
}

function shortened(html) {
  const by = (write) => (...match) => write(match.at(-1));
  const vectors = html.replace(VECTOR, by(vector));
  return vectors.replace(BELOW, by(script)).replace(ABOVE, by(script));
}

// The LaTeX of a formula, which KaTeX adds to its MathML, is of use for displayed ones alone.
const SOURCE = /<semantics>(.*?)<annotation.*?<\/semantics>/s;

function typeset({ latex, display, stock }) {
  try {
    const options = { displayMode: display, throwOnError: true, strict: "error" };
    const html = katex.renderToString(latex, options);
    if (stock) return { html };
    return { html: shortened(display ? html : html.replace(SOURCE, "$1")) };
  } catch (error) {
    return { error: error.message };
  }
}

const lines = require("node:readline").createInterface({ input: process.stdin });
lines.on("line", (line) => process.stdout.write(JSON.stringify(typeset(JSON.parse(line))) + "\n"));
