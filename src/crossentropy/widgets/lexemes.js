// Cuts a text into what an expression may be made of: numbers, letters, functions, signs, brackets.

const LONGEST = 300;

// `at` and `end` are the place in the text that the message speaks of.
export class ExpressionError extends Error {
  constructor(message, { at, end }) {
    super(message);
    Object.assign(this, { at, end });
  }
}

const SIGNS = {
  "+": "+", "-": "-", "−": "-", "–": "-", "*": "*", "·": "*", "⋅": "*", "×": "*", "∗": "*",
  "/": "/", "÷": "/", "∕": "/", "^": "^", "**": "^",
};
const FUNCTIONS = { exp: "exp", log: "log", ln: "log", sigma: "sigma", sigmoid: "sigma", "σ": "sigma" };
const NAMES = {
  x_j: "x_j", "(x_i)_j": "x_j", "x_{j}": "x_j", xj: "x_j", x: "x_j", w_j: "w_j", "w_{j}": "w_j",
  z: "z", p: "p", p_i: "p", y: "y", y_i: "y", e: "e",
  dH_dp: "dH_dp", dp_dw: "dp_dw", dl_dw: "dl_dw", answer: "answer",
};
const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

const byLength = (table) => Object.keys(table).sort((a, b) => b.length - a.length);
const SPELLED = { sign: byLength(SIGNS), function: byLength(FUNCTIONS), name: byLength(NAMES) };
const found = (kind, text, at) => SPELLED[kind].find((word) => text.startsWith(word, at));

// The tokens { kind, text, at, end } of a text, the last of kind "end". Only these letters may
// occur, if they are given; e may always.
export function lexemes(text, letters) {
  if (text.length > LONGEST) {
    const place = { at: LONGEST, end: text.length };
    throw new ExpressionError(`That is longer than ${LONGEST} characters.`, place);
  }
  const tokens = [];
  for (let at = 0; at < text.length; ) {
    if (/\s/.test(text[at])) at += 1;
    else {
      const read = lexeme(text, at);
      if (read.kind === "name") checkLetter(read, letters);
      if (read.power) tokens.push({ kind: "sign", text: "^", at, end: at });
      tokens.push(read);
      at = read.end;
    }
  }
  return [...tokens, { kind: "end", text: "", at: text.length, end: text.length }];
}

function lexeme(text, at) {
  const token = (kind, length, more) =>
    ({ kind, text: text.slice(at, at + length), at, end: at + length, ...more });
  const name = found("name", text, at); // before brackets, for one name begins with one: (x_i)_j
  if (name && !found("function", text, at)) return token("name", name.length, { name: NAMES[name] });
  if ("([{".includes(text[at])) return token("open", 1);
  if (")]}".includes(text[at])) return token("close", 1);
  const sign = found("sign", text, at);
  if (sign) return token("sign", sign.length, { text: SIGNS[sign] });
  const digits = run(text, at, "0123456789.");
  const power = text.slice(at + digits.length).match(/^e[-−+]?\d+/i);
  if (digits && power) {
    const words = `${digits}${power[0]} can be read in two ways. Write out all digits, or put a * before e.`;
    throw new ExpressionError(words, token("", digits.length + power[0].length));
  }
  if (/^(\d+\.?\d*|\.\d+)$/.test(digits)) return token("number", digits.length);
  const raised = run(text, at, SUPERSCRIPTS);
  if (raised) return token("number", raised.length, { power: true, text: lowered(raised) });
  const word = found("function", text, at);
  if (word) return token("function", word.length, { name: FUNCTIONS[word] });
  if (text[at] === "w") return token("name", scoreLength(text, at), { name: "z" });
  const unknown = String.fromCodePoint(text.codePointAt(at));
  throw new ExpressionError(advice(unknown, digits), token("", Math.max(unknown.length, digits.length)));
}

// The characters from `at` on that are all in `alphabet`.
function run(text, at, alphabet) {
  let end = at;
  while (end < text.length && alphabet.includes(text[end])) end += 1;
  return text.slice(at, end);
}

const lowered = (raised) => [...raised].map((digit) => SUPERSCRIPTS.indexOf(digit)).join("");

// How long wᵀx is, in one of its spellings: wᵀx, w^T x, w·x, w x; with x_i as well.
function scoreLength(text, at) {
  let end = at + 1;
  const skip = (...words) => {
    const word = words.find((one) => text.startsWith(one, end));
    end += word?.length ?? 0;
    while (text[end] === " ") end += 1;
    return word;
  };
  skip(" ");
  skip("ᵀ", "^T", "^⊤", "⊤", "T");
  skip("·", "⋅", "*");
  if (!text.startsWith("x_j", end) && skip("x_i", "x")) return text.slice(at, end).trimEnd().length;
  const isOfP = /p(_i)?\s*[([{]\s*$/.test(text.slice(0, at));
  throw new ExpressionError(isOfP ? OF_P : VECTOR, { at, end: at + 1 });
}

export const OF_P = "p is short for p(z) here: write p alone. A product of p and z is p * z.";
const VECTOR = "w alone is a vector. Write z for the score wᵀx, and w_j for one weight.";

function checkLetter(token, letters) {
  if (!letters || token.name === "e" || letters.includes(token.name)) return;
  const own = letters.filter((name) => name !== "w_j"); // no answer has a single weight
  const words = `${token.text} does not occur here. The letters are ${own.join(", ")}.`;
  throw new ExpressionError(words, token);
}

function advice(character, digits) {
  if (digits) return `${digits} is no number.`;
  if (character === "=") return "Type the right side alone, without an equals sign.";
  if (character === "_") return "This index has no place here. The feature is x_j, the weight w_j.";
  if (/[A-Z]/.test(character)) return `The letter ${character} is not known here. The letters are small ones.`;
  if (character === ",") return "A comma has no place here. In a number, write a point.";
  if (/\p{L}/u.test(character)) return `The letter ${character} is not known here.`;
  return `The sign ${character} is not known here.`;
}

// How a message names a token.
export const spoken = ({ text }) => `“${text}”`;
