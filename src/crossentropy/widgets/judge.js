// Decides by values whether an expression is right, and if not, which classic mistake it makes.
import { between, chance, oneOf } from "./chance.js";
import { evaluate, parse, trouble } from "./expression.js";

const TOLERANCE = 1e-9;
const VISIBLE = 0.01; // differences that the digits shown can tell

// A value that is not finite agrees with none.
export const agree = (a, b, share = TOLERANCE) =>
  Math.abs(a - b) <= share * (1 + Math.min(Math.abs(a), Math.abs(b)));

// Where expressions are compared: numbers to compute along with first, then chance.
const ROUND = { z: [0, 1, -1], p: [0.5, 0.25, 0.75], x_j: [2, -1], w_j: [1, -3], y: [1, 0] };
const DRAWN = {
  z: (random) => between(random, -4, 4),
  p: (random) => between(random, 0.02, 0.98),
  x_j: (random) => between(random, 0.5, 3) * oneOf(random, [-1, 1]),
  w_j: (random) => between(random, -3, 3),
  y: (random) => oneOf(random, [0, 1]),
};
const SOFT = { ...DRAWN, y: (random) => between(random, 0.1, 0.9) };
const MANY = 20;

// What somebody has to type: { arguments, truth, mistakes } as crossentropy.mistakes has it. Where
// there is a score there is its probability, and a weight may stand where it does not belong.
export function readTarget({ arguments: free, truth, mistakes }) {
  const shown = free.includes("z") ? [...free, "p"] : free;
  const letters = free.includes("z") ? [...shown, "w_j"] : free;
  const hard = [...roundPoints(letters), ...drawnPoints(letters, DRAWN)];
  const points = [...hard, ...drawnPoints(letters, SOFT)];
  const valuesOf = (text) => valuesAt(points, parse(text, letters));
  return {
    shown,
    letters,
    points, // those with hard labels first
    hard: hard.length,
    truth: parse(truth, letters),
    values: valuesOf(truth),
    mistakes: mistakes.map((one) => ({ ...one, values: one.expressions.map(valuesOf) })),
  };
}

// The letters that a tree or the truth depends on.
export function lettersOf(tree, { letters, truth }) {
  const occurs = (name, { args, ...own }) => own.name === name || args.some((arg) => occurs(name, arg));
  return letters.filter((name) => occurs(name, tree) || occurs(name, truth));
}

const valuesAt = (points, tree) => points.map((point) => evaluate(tree, point));

// The probability is free only where there is no score.
const completed = (point) => ("z" in point ? { ...point, p: 1 / (1 + Math.exp(-point.z)) } : point);
const isFree = (letters) => (name) => name !== "p" || !letters.includes("z");

function roundPoints(letters) {
  let points = [{}];
  for (const name of letters.filter(isFree(letters))) {
    points = points.flatMap((point) => ROUND[name].map((value) => ({ ...point, [name]: value })));
  }
  return points.map(completed);
}

function drawnPoints(letters, rules) {
  const random = chance(7);
  const draw = () => letters.filter(isFree(letters)).map((name) => [name, rules[name](random)]);
  return Array.from({ length: MANY }, () => completed(Object.fromEntries(draw())));
}

// The verdict { kind, ... } on a tree: "right", with whether it is so for soft labels too; the
// classic "mistake" it makes; "undefined" somewhere, but right elsewhere; or plainly "wrong". All
// but the first say where.
export function judge(answer, target) {
  const { points, hard, values } = target;
  const yours = valuesAt(points, answer);
  if (agreeing(yours, values, hard)) return { kind: "right", soft: agreeing(yours, values) };
  const mistake = classicMistake(yours, target);
  const where = counterexample(answer, yours, target);
  if (mistake) return { kind: "mistake", mistake, ...where };
  return { kind: where.why ? "undefined" : "wrong", ...where };
}

// First for all labels; then for 0 and 1 alone, if the answer has values there to compare.
function classicMistake(yours, { mistakes, hard }) {
  const made = (count) => mistakes.find(({ values }) => values.some((one) => agreeing(yours, one, count)));
  return made() ?? (yours.slice(0, hard).every(Number.isFinite) ? made(hard) : undefined);
}

// Whether the first so many values are the same.
const agreeing = (some, others, count = some.length) => some.slice(0, count).every((value, i) =>
  agree(value, others[i]) || (!Number.isFinite(value) && !Number.isFinite(others[i])));

// A point where an answer is wrong, as simple as can be, with both values; and, if it has no
// value at any such point, why it has none.
function counterexample(answer, yours, { points, hard, values }) {
  const cases = points.slice(0, hard).map((point, i) => ({ point, yours: yours[i], wanted: values[i] }));
  const finite = cases.filter((one) => Number.isFinite(one.yours));
  const off = (share) => finite.find((one) => !agree(one.yours, one.wanted, share));
  const found = off(VISIBLE) ?? off(TOLERANCE);
  if (found) return found;
  const broken = cases.find((one) => !Number.isFinite(one.yours));
  return { ...broken, why: trouble(answer, broken.point) };
}
