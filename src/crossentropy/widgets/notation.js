// Writes a tree down: as a text that reads as the same tree, and as MathML. Both put brackets
// where they are needed and nowhere else.

const TIGHTNESS = { "=": 0, "+": 1, "-": 1, neg: 2, "*": 3, "/": 3, "^": 4, exp: 4 };
const tightness = ({ op }) => TIGHTNESS[op] ?? 5;
// What the operands of each must be at least, to stand without brackets.
const NEEDED = { "+": [1, 3], "-": [1, 3], neg: [3], "*": [3, 4], "/": [3, 4], "^": [5, 5] };
const loose = (tree, i) => tightness(tree.args[i]) < (NEEDED[tree.op]?.[i] ?? 0);

// A text that parses to this tree, but for the two spellings of an exponential.
export function written(tree) {
  if (tree.op === "number") return tree.text;
  if (tree.op === "name") return tree.name;
  const texts = tree.args.map((arg, i) => (loose(tree, i) ? `(${written(arg)})` : written(arg)));
  if (tree.op === "neg") return `-${texts[0]}`;
  if (tree.op === "exp") return `e^(${texts[0]})`;
  if (tree.args.length === 1) return `${tree.op}(${texts[0]})`;
  return texts.join("+-=".includes(tree.op) ? ` ${tree.op} ` : tree.op);
}

const MATHML = "http://www.w3.org/1998/Math/MathML";

// A <math> element for a tree, with the text of the tree as its name.
export function typeset(tree, { display = "block" } = {}) {
  return element(["math", { display, "aria-label": said(tree) }, ...formula(tree)]);
}

// What a screen reader says that passes over MathML.
export const said = (tree) => written(tree).replaceAll("*", " · ").replaceAll("-", "−");

function element([tag, attributes, ...children]) {
  const made = document.createElementNS(MATHML, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.map((child) => (Array.isArray(child) ? element(child) : child)));
  return made;
}

const sign = (text) => ["mo", {}, text];
const group = (parts) => (parts.length === 1 ? parts[0] : ["mrow", {}, ...parts]);

// The parts of a formula as [tag, attributes, ...children]. In a flat one fractions are written with
// a slash: so they are inside another fraction and in exponents.
export function formula(tree, flat = false) {
  return (FORMULAS[tree.op] ?? applied)(tree, flat);
}

const infix = (text) => (tree, flat) => [...operand(tree, 0, flat), sign(text), ...operand(tree, 1, flat)];

const FORMULAS = {
  number: ({ text }) => [["mn", {}, text]],
  name: ({ name }) => [LETTERS[name] ?? derivative(name) ?? box(name)],
  "=": infix("="),
  "+": infix("+"),
  "-": infix("−"),
  neg: (tree, flat) => [["mo", { form: "prefix" }, "−"], ...operand(tree, 0, flat)],
  "*": (tree, flat) => infix(startsWithDigit(tree.args[1]) ? "·" : "\u2062")(tree, flat), // or no sign
  "/": (tree, flat) =>
    flat ? infix("/")(tree, flat) : [["mfrac", {}, ...tree.args.map((arg) => group(formula(arg, true)))]],
  "^": (tree, flat) => [["msup", {}, group(operand(tree, 0, flat)), group(formula(tree.args[1], true))]],
  exp: (tree) => [["msup", {}, italic("e"), group(formula(tree.args[0], true))]],
};

const applied = ({ op, args }, flat) =>
  [op === "sigma" ? italic("σ") : ["mi", {}, op], sign("\u2061"), ...bracketed(args[0], flat)];

// An italic letter, in the colour of its quantity. Its font has no other letters.
const italic = (text) => ["mi", { class: `xe-italic xe-${text}`, mathvariant: "normal" }, text];
const indexed = (text) => ["msub", {}, italic(text), italic("j")];
const LETTERS = {
  x_j: indexed("x"), w_j: indexed("w"), z: italic("z"), p: italic("p"), y: italic("y"), e: italic("e"),
};

const del = (inner) => ["mrow", {}, ["mi", { mathvariant: "normal" }, "∂"], inner];
const derivative = (name) => DERIVATIVES[name] && ["mfrac", {}, ...DERIVATIVES[name].map(del)];
const DERIVATIVES = {
  dH_dp: [italic("H"), LETTERS.p],
  dp_dw: [LETTERS.p, LETTERS.w_j],
  dl_dw: [["mi", { mathvariant: "normal" }, "ℓ"], LETTERS.w_j],
};

// In the place of a part that is yet to come.
const box = (name) => ["mi", { class: "xe-box", mathvariant: "normal" }, name === "answer" ? "?" : name];

function operand(tree, i, flat) {
  const inner = tree.args[i];
  if (tree.op === "*" && inner.name in DERIVATIVES) return enclosed("[", formula(inner, flat), "]");
  const factor = tree.op === "*" && (inner.op === "*" || (inner.op === "/" && !flat));
  return factor || !loose(tree, i) ? formula(inner, flat) : bracketed(inner, flat);
}

// Square brackets around round ones.
function bracketed(inner, flat) {
  const parts = formula(inner, flat);
  return JSON.stringify(parts).includes(',"("]') ? enclosed("[", parts, "]") : enclosed("(", parts, ")");
}

// Brackets as tall as what they hold. Only a font made for mathematics can stretch them, and many
// machines have none; so they are larger letters, lowered to the middle of the line.
function enclosed(open, parts, close) {
  const height = [1, 1.9, 2.8][Math.min(storeys(["mrow", {}, ...parts]), 2)];
  const lowered = { voffset: `${0.25 * (1 - height)}em`, depth: "0", height: "0" };
  const fence = (text) => ["mo", { stretchy: "false", mathsize: `${height}em` }, text];
  const placed = (text) => (height === 1 ? fence(text) : ["mpadded", lowered, fence(text)]);
  return [["mrow", {}, placed(open), ...parts, placed(close)]];
}

// How many fractions stand inside each other.
function storeys(part) {
  if (!Array.isArray(part)) return 0;
  const [tag, , ...children] = part;
  return Math.max(0, ...children.map(storeys)) + (tag === "mfrac" ? 1 : 0);
}

function startsWithDigit(tree) {
  if (tree.op === "number") return true;
  return "*^".includes(tree.op) && startsWithDigit(tree.args[0]);
}
