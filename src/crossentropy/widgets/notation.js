// Writes a tree down: as a text that reads as the same tree, and as MathML. Both put brackets
// where they are needed and nowhere else.

const TIGHTNESS = { "+": 1, "-": 1, neg: 2, "*": 3, "/": 3, "^": 4, exp: 4 };
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
  return texts.join("+-".includes(tree.op) ? ` ${tree.op} ` : tree.op);
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

const fence = (text) => ["mo", { fence: "true", stretchy: "true" }, text];
const sign = (text) => ["mo", {}, text];
const group = (parts) => (parts.length === 1 ? parts[0] : ["mrow", {}, ...parts]);

// The parts of a formula as [tag, attributes, ...children].
export function formula(tree) {
  return (FORMULAS[tree.op] ?? applied)(tree, ...tree.args);
}

const FORMULAS = {
  number: ({ text }) => [["mn", {}, text]],
  name: ({ name }) => [LETTERS[name] ?? derivative(...DERIVATIVES[name])],
  blank: ({ text }) => [["mi", { class: "xe-blank" }, text]], // a box in the place of a part
  "+": (tree) => [...operand(tree, 0), sign("+"), ...operand(tree, 1)],
  "-": (tree) => [...operand(tree, 0), sign("−"), ...operand(tree, 1)],
  neg: (tree) => [["mo", { form: "prefix" }, "−"], ...operand(tree, 0)],
  "*": (tree, left, right) => {
    const times = startsWithDigit(right) ? sign("·") : sign("\u2062"); // a product without a sign
    return [...operand(tree, 0), times, ...operand(tree, 1)];
  },
  "/": (tree, above, below) => [["mfrac", {}, group(formula(above)), group(formula(below))]],
  "^": (tree, base, exponent) => [["msup", {}, group(operand(tree, 0)), group(formula(exponent))]],
  exp: (tree, exponent) => [["msup", {}, ["mi", {}, "e"], group(formula(exponent))]],
};

const applied = ({ op }, inner) =>
  [["mi", {}, op === "sigma" ? "σ" : op], sign("\u2061"), ...bracketed(inner)];

const italic = (text, role) => ["mi", { class: `xe-${role}` }, text];
const indexed = (text, role) => ["msub", {}, italic(text, role), ["mi", {}, "j"]];
const LETTERS = {
  x_j: indexed("x", "x"),
  w_j: indexed("w", "w"),
  z: italic("z", "z"),
  p: italic("p", "p"),
  y: italic("y", "y"),
  e: ["mi", {}, "e"],
};

const del = (inner) => ["mrow", {}, ["mi", {}, "∂"], inner];
const derivative = (above, below) => ["mfrac", {}, del(above), del(below)];
const DERIVATIVES = {
  dH_dp: [["mi", {}, "H"], LETTERS.p],
  dp_dw: [LETTERS.p, LETTERS.w_j],
  dl_dw: [["mi", {}, "ℓ"], LETTERS.w_j],
};

function operand(tree, i) {
  const inner = tree.args[i];
  if (tree.op === "*" && inner.name in DERIVATIVES) return enclosed("[", formula(inner), "]");
  const factor = tree.op === "*" && "*/".includes(inner.op); // a fraction holds itself together
  return factor || !loose(tree, i) ? formula(inner) : bracketed(inner);
}

// Square brackets around round ones.
function bracketed(inner) {
  const parts = formula(inner);
  return JSON.stringify(parts).includes('"("]') ? enclosed("[", parts, "]") : enclosed("(", parts, ")");
}

const enclosed = (open, parts, close) => [["mrow", {}, fence(open), ...parts, fence(close)]];

function startsWithDigit(tree) {
  if (tree.op === "number") return true;
  return "*^".includes(tree.op) && startsWithDigit(tree.args[0]);
}
