// Writes a formula with a third of KaTeX's elements, every glyph at the same place: a test compares.
//
// KaTeX stacks what stands above and below the line in tables of ten and more elements, and gives
// each element classes that no style sheet reads. Here a stack is one cell of a grid, whose items
// share the baseline and are moved from there; what has no effect goes. The classes that are ours
// (frac, script, stack, vec) have their rules in _static/book.css.
"use strict";

const NO_EFFECT = new Set(["", "mord", "mbin", "mrel", "mop", "mopen", "mclose", "mpunct", "minner",
  "mtight", "msupsub"]);
const SIZES = [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.2, 1.44, 1.728, 2.074, 2.488]; // of size1, size2, ...
const LINE = { height: 0.9155, depth: 0.2845 }; // em, of an empty line in KaTeX_Main
const ARROW = { viewBox: "0 0 471 714", width: 0.471 }; // of \vec, in the page once

const has = (node, name) => node.classes?.includes(name) ?? false;
const isDrawing = (node) => !node.classes || !("children" in node || "text" in node);
const holdsDrawing = (node) => isDrawing(node)
  || (!(has(node, "vlist-t") && isVector(allRows(node))) && (node.children ?? []).some(holdsDrawing));
const number = (length = "0") => Number.parseFloat(length);
const em = (length) => (Math.abs(length) < 0.0005 ? undefined : `${Number(length.toFixed(3))}em`);

// What a node of KaTeX's becomes: texts, and elements as { classes, style, content } or { html }.
function lean(node, level = 0) {
  if (isDrawing(node)) return [{ html: node.toMarkup() }];
  if (has(node, "strut") && isWithinLine(node.style)) return [];
  const rows = rowsOf(node);
  if (rows) return [stack(rows)];
  const [first, middle, last] = node.children ?? [];
  if (node.children?.length === 3 && [first, last].every((side) => has(side, "nulldelimiter"))) {
    const [fraction] = lean(middle);
    if (fraction.classes.includes("stack")) return [{ ...fraction, classes: ["frac"] }];
  }
  const inTable = has(node, "vlist") ? 2 : Math.max(0, level - 1); // where an element is a row
  const content = "text" in node ? [node.text]
    : node.children.flatMap((child) => lean(child, inTable));
  const { position, ...style } = node.style; // position is also in the rules of such classes
  if (node.italic > 0) style.marginRight = em(node.italic);
  const classes = scaleOf(node) === 0.7 ? ["small"] : node.classes.filter((x) => !NO_EFFECT.has(x));
  if (content.length === 1 && content[0].classes?.includes("stack") && !Object.keys(style).length) {
    return [{ ...content[0], classes: [...classes, ...content[0].classes] }];
  }
  const isBare = !classes.length && !Object.keys(style).length;
  return isBare && !level ? content : [{ classes, style, content }];
}

const isWithinLine = ({ height, verticalAlign }) =>
  number(height) + number(verticalAlign) <= LINE.height && -number(verticalAlign) <= LINE.depth;

// The rows of a stack, unless it is none, or one that scales a drawing with its height: not that of
// a vector, whose arrow has a size of its own.
function rowsOf(node) {
  if (!has(node, "vlist-t")) return undefined;
  const rows = allRows(node);
  return isVector(rows) || !rows.some(({ element }) => holdsDrawing(element)) ? rows : undefined;
}

function allRows(table) {
  return table.children[0].children[0].children.map(({ style, children: [strut, element] }) => ({
    below: number(style.top) + number(strut.style.height), // the baseline of the line
    left: number(style.marginLeft),
    right: number(style.marginRight),
    element,
  }));
}

const isVector = ([letter, arrow]) =>
  arrow?.element.children?.[0]?.children?.[0]?.attributes?.viewBox === ARROW.viewBox
  && em(letter.below) === undefined && em(arrow.below) === undefined;

function stack(rows) {
  if (isVector(rows)) return vector(rows);
  if (rows.length === 1 && scaleOf(rows[0].element) === 0.7) return script(rows[0]);
  return { classes: ["stack"], style: {}, content: rows.map(item) };
}

// The arrow starts in the middle of the letter, or where the skew of the letter puts that.
function vector([letter, { element }]) {
  const left = em(number(element.style.left) + ARROW.width / 2);
  const content = [{ html: '<use href="#vec"/>' }];
  const arrow = { tag: "svg", classes: [], style: { left }, content };
  return { classes: ["vec"], style: {}, content: [arrow, asElement(lean(letter.element))] };
}

// What is in a smaller size has its lengths in that size.
function script({ below, left, right, element }) {
  const style = { verticalAlign: em(-below / 0.7), marginLeft: em(left / 0.7) };
  if (em(right - 0.05)) style.marginRight = em(right / 0.7);
  const content = element.children.flatMap((child) => lean(child));
  return merged({ classes: ["script"], style, content });
}

function item({ below, left, right, element }) {
  const inside = asElement(lean(element));
  const moved = (scale) => Object.fromEntries(
    Object.entries({ top: below, marginLeft: left, marginRight: right })
      .map(([key, length]) => [key, em(length / scale)]).filter(([, length]) => length));
  const style = moved(scaleOf(element));
  return Object.keys(style).some((key) => key in inside.style)
    ? { classes: [], style: moved(1), content: [inside] }
    : merged({ ...inside, style: { ...inside.style, ...style } });
}

function scaleOf(node) {
  if (!has(node, "sizing")) return 1;
  const [from, to] = ["reset-size", "size"].map((prefix) => SIZES[node.classes.find(
    (name) => name.startsWith(prefix) && name !== "sizing").slice(prefix.length) - 1]);
  return to / from;
}

const asElement = (content) => (content.length === 1 && content[0].classes ? content[0]
  : { classes: [], style: {}, content });

// One element in place of one in another.
function merged(outer) {
  const [inner] = outer.content;
  if (outer.content.length !== 1 || !inner.classes || Object.keys(inner.style).length) return outer;
  return { ...outer, classes: [...outer.classes, ...inner.classes], content: inner.content };
}

// Lengths in thousandths of an em are classes, `t-230` for top: -0.23em; formula_lengths.py has
// their rules. Whatever else KaTeX sets stays a style.
const LENGTHS = new Map(Object.entries({
  height: "h", verticalAlign: "v", top: "t", left: "l", marginLeft: "ml", marginRight: "mr",
}));

function written(node) {
  if (typeof node === "string") {
    return node.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  }
  if (node.html) return node.html;
  const { tag = "span", classes, style, content } = node;
  const isLength = ([key, value]) => LENGTHS.has(key) && /^-?[\d.]+em$/.test(value);
  const set = Object.entries(style).filter(([, value]) => value !== undefined);
  const lengths = set.filter(isLength).filter(([, value]) => em(number(value)))
    .map(([key, value]) => LENGTHS.get(key) + Math.round(1000 * number(value)));
  const rules = set.filter((rule) => !isLength(rule)).map(
    ([key, value]) => `${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}:${value}`);
  const attributes = Object.entries({ class: [...classes, ...lengths].join(" "), style: rules.join(";") })
    .filter(([, value]) => value).map(([name, value]) => ` ${name}="${value}"`);
  return `<${tag}${attributes.join("")}>${content.map(written).join("")}</${tag}>`;
}

/** The HTML of a part of what KaTeX makes of a formula. */
exports.shorten = (node) => lean(node).map(written).join("");
