// Ways to spoil a derivation, and what is made of them: rounds, distractors, blanks.
import { chance, oneOf, shuffled } from "./chance.js";
import { differs } from "./derivation.js";
import { letter, node, numeral } from "./expression.js";

const size = (tree) => 1 + tree.args.map(size).reduce((sum, part) => sum + part, 0);

// What is left of a product that still looks like one: not the lesser part of it.
const larger = (args) => args.filter((arg) => args.every((other) => size(arg) >= size(other)));

// What may stand in the place of a node.
const SLIPS = {
  sign: ({ op, args }) => ({ "+": [node("-", ...args)], "-": [node("+", ...args)], neg: args })[op] ?? [],
  factor: ({ op, args }) => (op === "*" ? larger(args) : []),
  denominator: ({ op, args }) => (op === "/" ? [args[0]] : []),
  square: ({ op, args }) => (op === "^" ? [args[0]] : []),
  sum: ({ op, args }) => (op === "*" ? [node("+", ...args)] : []),
};

export const SLIP_WORDS = {
  sign: "a sign is turned around",
  factor: "a factor is missing",
  denominator: "a denominator is missing",
  square: "a square is missing",
  labels: "the labels are swapped",
  sum: "a product is turned into a sum",
};

// The trees in which one node is changed.
function* changedOnce(tree, change) {
  yield* change(tree);
  for (const [i, arg] of tree.args.entries()) {
    for (const other of changedOnce(arg, change)) yield { ...tree, args: tree.args.with(i, other) };
  }
}

const turned = (tree) => (tree.op === "neg" ? tree.args[0] : node("neg", tree));

const isOtherLabel = ({ op, args }) => op === "-" && args[0].text === "1" && args[1].name === "y";

function withLabelsSwapped(tree) {
  if (isOtherLabel(tree)) return letter("y");
  if (tree.name === "y") return node("-", numeral("1"), letter("y"));
  return { ...tree, args: tree.args.map(withLabelsSwapped) };
}

function withoutFeature(tree) {
  const args = tree.args.map(withoutFeature);
  return tree.op === "*" && args[0].name === "x_j" ? args[1] : { ...tree, args };
}

// Every way to spoil a line by its look: [{ kind, tree }]. Some leave its value as it is.
export function changed(tree) {
  const local = Object.entries(SLIPS).flatMap(([kind, change]) =>
    [...changedOnce(tree, change)].map((other) => ({ kind, tree: other })));
  return [...local, { kind: "sign", tree: turned(tree) }, { kind: "labels", tree: withLabelsSwapped(tree) }];
}

// The first ones that have another value than any of these trees, and than each other.
function distinct(derivation, candidates, trees, count = Infinity) {
  const found = [];
  for (const one of candidates) {
    const others = [...trees, ...found.map((each) => each.tree)];
    if (others.every((other) => differs(derivation, one.tree, other))) found.push(one);
    if (found.length === count) break;
  }
  return found;
}

// Every slip in a tree that changes its value, each value once: [{ kind, tree }].
export const slipsIn = (derivation, tree) => distinct(derivation, changed(tree), [tree]);

// A few of them, in an order left to chance.
function spoiled(derivation, tree, random, { kind, count = 1, not = [] } = {}) {
  const candidates = changed(tree).filter((each) => !kind || each.kind === kind);
  return distinct(derivation, shuffled(random, candidates), [tree, ...not], count);
}

// A spoiled derivation { trees, line, kind }: for the seed 0 the printed one, else a slip in one
// line, or in one line and carried on to the end.
export function makeRound(derivation, seed) {
  const trees = derivation.lines.map(({ tree }) => tree);
  if (seed === 0) return { trees: trees.with(0, derivation.printed), line: 0, kind: "sign" };
  const random = chance(seed);
  return random() < 1 / 3 ? carriedOn(trees, random) : inOneLine(derivation, trees, random);
}

function inOneLine(derivation, trees, random) {
  const kind = oneOf(random, ["sign", "factor", "denominator", "square", "labels"]);
  for (const line of shuffled(random, trees.keys())) {
    const [slip] = spoiled(derivation, trees[line], random, { kind });
    if (slip) return { trees: trees.with(line, slip.tree), line, kind };
  }
  throw new Error(`no line can be spoiled by the slip ${kind}`);
}

function carriedOn(trees, random) {
  const change = { sign: turned, factor: withoutFeature, labels: withLabelsSwapped };
  const kind = oneOf(random, Object.keys(change));
  const line = 1 + Math.floor(random() * (trees.length - 1)); // (7) is made of symbols
  return { trees: trees.map((tree, k) => (k < line ? tree : change[kind](tree))), line, kind };
}

// What may be put in the place of the spoiled line: the right one, of kind null, among wrong ones.
export function repairs(derivation, { trees, line }, seed, count = 4) {
  const random = chance(seed + 1);
  const right = derivation.lines[line].tree;
  const wrong = spoiled(derivation, right, random, { count: count - 1, not: [trees[line]] });
  return shuffled(random, [{ kind: null, tree: right }, ...wrong]);
}

// Spoiled lines that look like right ones: [{ kind, tree }], each made of another line.
export function distractors(derivation, seed, count) {
  const random = chance(seed);
  const lines = shuffled(random, derivation.lines.slice(1)).slice(0, count);
  return lines.flatMap(({ tree }) => spoiled(derivation, tree, random));
}

const BLANK = { from: 3, to: 12 }; // nodes

// Lines with a part taken out: [{ line, tree, missing }], in the order of the derivation. Letters
// from A on stand in the place of the parts.
export function blanks(derivation, seed, count) {
  const random = chance(seed);
  const lines = shuffled(random, [...derivation.lines.keys()].slice(1)).slice(0, count).sort();
  return lines.map((line, i) => {
    const { tree } = derivation.lines[line];
    return { line, ...oneOf(random, [...takenOut(tree, letter("ABC"[i]))]) };
  });
}

function* takenOut(tree, hole) {
  for (const [i, arg] of tree.args.entries()) {
    const withPart = (part) => ({ ...tree, args: tree.args.with(i, part) });
    const isPart = "+-*/^".includes(arg.op) && size(arg) >= BLANK.from && size(arg) <= BLANK.to;
    if (isPart) yield { tree: withPart(hole), missing: arg };
    for (const found of takenOut(arg, hole)) yield { ...found, tree: withPart(found.tree) };
  }
}
