// The derivation (7) to (14) as trees: its values at a sample, and which of its links are false.
import { between, chance, oneOf } from "./chance.js";
import { evaluate, parse } from "./expression.js";
import { agree } from "./judge.js";

const NUDGE = 1e-4;
const CLOSE = 1e-6; // what a nudge leaves of equality

export const close = (a, b) => agree(a, b, CLOSE);

// Where lines are compared: numbers to compute along with first, then chance.
const ROUNDED = [[2, 0.5, 1], [2, 0.5, 0], [-1, 1, 1], [1, -2, 0]].map(([x, w, y]) => ({ x, w, y }));
const random = chance(14);
const SAMPLES = ROUNDED.concat(Array.from({ length: 20 }, (_, i) => ({
  x: between(random, 0.5, 2) * oneOf(random, [-1, 1]), w: between(random, -2, 2), y: i % 2,
})));

// From what Python says: lines { number, expression, rule }, the loss, what the symbols of (7)
// mean, and (7) as it was printed.
export function readDerivation({ lines, loss, symbols, printed }) {
  const meanings = Object.entries(symbols).map(([name, text]) => [name, parse(text)]);
  return {
    lines: lines.map((line) => ({ ...line, tree: parse(line.expression) })),
    loss: parse(loss),
    symbols: meanings,
    printed: parse(printed),
    points: SAMPLES.map((sample) => pointAt({ symbols: meanings }, sample)),
  };
}

// A sample of one feature x and one weight w, so that its score is w x.
export function pointAt({ symbols }, { x, w, y }) {
  const z = w * x;
  const point = { x_j: x, z, y, p: 1 / (1 + Math.exp(-z)) };
  const values = symbols.map(([name, tree]) => [name, evaluate(tree, point)]);
  return { ...point, ...Object.fromEntries(values) };
}

// The slope of the loss, measured by a nudge of the weight to either side.
function measured(derivation, { x, w, y }) {
  const loss = (weight) => evaluate(derivation.loss, pointAt(derivation, { x, w: weight, y }));
  return (loss(w + NUDGE) - loss(w - NUDGE)) / (2 * NUDGE);
}

// The values of the whole chain at a sample: the slope that is measured, then each line.
export function chainValues(derivation, trees, sample) {
  const point = pointAt(derivation, sample);
  return [measured(derivation, sample), ...trees.map((tree) => evaluate(tree, point))];
}

// The numbers of the false links; link k stands before line k.
export function falseLinks(derivation, trees) {
  const chains = SAMPLES.map((sample) => chainValues(derivation, trees, sample));
  const holds = (k) => chains.every((values) => close(values[k], values[k + 1]));
  return [...trees.keys()].filter((k) => !holds(k));
}

// Whether a tree has a value at every sample, but not always that of another.
export function differs({ points }, tree, other) {
  return points.some((point) => !close(evaluate(tree, point), evaluate(other, point)))
    && points.every((point) => Number.isFinite(evaluate(tree, point)));
}

// The first sample at which a tree is not the slope of the loss, with both values.
export function whereWrong(derivation, tree) {
  const cases = SAMPLES.map((sample) => {
    const [slope, value] = chainValues(derivation, [tree], sample);
    return { sample, slope, value };
  });
  return cases.find(({ slope, value }) => !close(slope, value));
}

// The first sample, of the given one and others, at which a true link says more than 0 = 0.
export function whereRight(derivation, trees, k, sample) {
  const value = (one) => chainValues(derivation, trees, one)[k + 1];
  const found = [sample, ...SAMPLES].find((one) => value(one) && Number.isFinite(value(one)));
  return { sample: found, value: value(found) };
}
