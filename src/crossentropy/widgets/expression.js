// Reads what somebody types as an expression, and computes its value. Nothing is ever executed:
// a text becomes a tree of { op, args }, and a tree a number.
//
//   op                        args
//   + - * / ^                 two trees
//   neg exp log sigma         one tree
//   number                    none; `value`, and `text` as it was typed
//   name                      none; `name`
import { ExpressionError, lexemes, OF_P, spoken } from "./lexemes.js";

const DEEPEST = 40; // brackets and signs inside each other

export const node = (op, ...args) => ({ op, args });
export const numeral = (text) => ({ op: "number", args: [], value: Number(text), text });
export const letter = (name) => ({ op: "name", args: [], name });

// A tree with another in the place of a name.
export const substituted = (tree, name, part) =>
  (tree.name === name ? part : { ...tree, args: tree.args.map((arg) => substituted(arg, name, part)) });

// The tree of a text. Sums bind least, then products, then powers, as in Python; a product needs
// no sign, but after a division, where it could be read in two ways.
export function parse(text, letters = null) {
  const reader = new Reader(lexemes(text, letters));
  if (reader.next.kind === "end") throw new ExpressionError("Type an expression.", reader.next);
  const tree = reader.sum();
  if (reader.next.kind === "end") return tree;
  throw new ExpressionError(`This ${reader.next.text} was never opened.`, reader.next);
}

class Reader {
  #tokens;
  #depth = 0;

  constructor(tokens) {
    this.#tokens = tokens;
  }

  get next() {
    return this.#tokens[0];
  }

  take() {
    return this.#tokens.shift();
  }

  // The next token, if it is one of these signs.
  accept(...signs) {
    return this.next.kind === "sign" && signs.includes(this.next.text) ? this.take() : null;
  }

  sum() {
    let left = this.signed(() => this.product());
    for (let sign; (sign = this.accept("+", "-")); ) {
      left = node(sign.text, left, this.signed(() => this.product()));
    }
    return left;
  }

  signed(rest) {
    const sign = this.accept("+", "-");
    if (!sign) return rest();
    const inner = this.deeper(sign, () => this.signed(rest));
    return sign.text === "-" ? node("neg", inner) : inner;
  }

  product() {
    let factor = this.power();
    let left = factor;
    for (let divides = false; ; ) {
      const sign = this.accept("*", "/");
      if (sign) {
        divides = sign.text === "/";
        factor = this.signed(() => this.power());
        left = node(sign.text, left, factor);
      } else if (this.#begins()) {
        if (factor.name === "p" && this.#isScore()) throw new ExpressionError(OF_P, this.next);
        if (divides) throw new ExpressionError(TWO_READINGS, this.next);
        factor = this.power();
        left = node("*", left, factor);
      } else return left;
    }
  }

  // Whether a factor begins here, without a sign between it and the one before.
  #begins() {
    if (this.next.kind === "number") {
      throw new ExpressionError("Before a number, write the sign of the product, * or ·.", this.next);
    }
    return ["name", "function", "open"].includes(this.next.kind);
  }

  // Whether the score alone stands in brackets here.
  #isScore() {
    const [open, inner, close] = this.#tokens;
    return open.kind === "open" && inner.name === "z" && close.kind === "close";
  }

  power() {
    const base = this.atom();
    const sign = this.accept("^");
    if (!sign) return base;
    const exponent = this.deeper(sign, () => this.signed(() => this.power()));
    return base.name === "e" ? node("exp", exponent) : node("^", base, exponent);
  }

  atom() {
    const token = this.take();
    if (token.kind === "number") return numeral(token.text);
    if (token.kind === "name") return letter(token.name);
    if (token.kind === "open") return this.bracketed(token);
    if (token.kind === "function") return this.call(token);
    throw new ExpressionError(lacking(token), token);
  }

  call(token) {
    if (this.next.kind !== "open") {
      throw new ExpressionError(`After ${token.text} comes a bracket: ${token.text}(…)`, token);
    }
    return node(token.name, this.bracketed(this.take()));
  }

  bracketed(open) {
    const inner = this.deeper(open, () => this.sum());
    const close = this.take();
    if (close.kind === "end") throw new ExpressionError(`This ${open.text} is never closed.`, open);
    if (close.text === CLOSING[open.text]) return inner;
    throw new ExpressionError(`A ${open.text} is closed by ${CLOSING[open.text]}, not by ${close.text}`, close);
  }

  deeper(token, read) {
    if (++this.#depth > DEEPEST) throw new ExpressionError("Too many brackets and signs inside each other.", token);
    const tree = read();
    this.#depth -= 1;
    return tree;
  }
}

const CLOSING = { "(": ")", "[": "]", "{": "}" };

const TWO_READINGS = "Does this still belong to the denominator? Put the denominator in brackets, or a * before this.";

function lacking(token) {
  if (token.kind === "end") return "Here the expression breaks off: a number, a letter or a bracket is missing.";
  return `Before ${spoken(token)}, a number, a letter or a bracket is missing.`;
}

// The value at a point, which gives each letter a number; as floating point has it, so that a
// division by zero is infinite.
export function evaluate(tree, point) {
  if (tree.op === "number") return tree.value;
  if (tree.op === "name") return tree.name === "e" ? Math.E : point[tree.name];
  return RULES[tree.op](...tree.args.map((arg) => evaluate(arg, point)));
}

const RULES = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "^": (a, b) => a ** b,
  neg: (a) => -a,
  exp: Math.exp,
  log: Math.log,
  sigma: (z) => 1 / (1 + Math.exp(-z)),
};

// Why there is no finite value at a point, in words; null if there is one.
export function trouble(tree, point) {
  if (Number.isFinite(evaluate(tree, point))) return null;
  const inner = tree.args.find((arg) => !Number.isFinite(evaluate(arg, point)));
  if (inner) return trouble(inner, point);
  const values = tree.args.map((arg) => evaluate(arg, point));
  if (tree.op === "/" && values[1] === 0) return "it divides by 0";
  if (tree.op === "log") return values[0] === 0 ? "it takes the logarithm of 0" : "it takes the logarithm of a negative number";
  const hasNone = values[0] === 0 || (values[0] < 0 && !Number.isInteger(values[1]));
  if (tree.op === "^" && hasNone) return `it raises ${values[0] === 0 ? "0" : "a negative number"} to a power that this has not`;
  return "it gets too large for the machine";
}
