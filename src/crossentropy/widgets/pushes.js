// What a sample asks of the weights, -x (p - y), and what is wrong with a drawing of it.
import { lossGradient, residual, slope } from "./numerics.js";
import { dotOf, lengthOf, minus, scaled, sumOf, turnFrom } from "./vectors.js";

const NEAR = 15; // degrees
const SUM_NEAR = 25;

export const pushOf = (w, x, y) => scaled(-1, lossGradient(w, x, y));
const isAlong = (v, direction, within) =>
  lengthOf(direction) > 0 && Math.abs(turnFrom(direction, v)) <= within;

// Judge the drawing of one push: { key, angle, ratio }. The key is "right" or names a mistake.
export function judgePush(drawn, w, x, y) {
  const push = pushOf(w, x, y);
  const comparison = { angle: turnFrom(push, drawn), ratio: lengthOf(drawn) / lengthOf(push) };
  return { ...comparison, key: pushKey(drawn, push, w, x, y) };
}

function pushKey(drawn, push, w, x, y) {
  if (lengthOf(drawn) < 0.05) return "nothing";
  if (isAlong(drawn, push, NEAR)) return lengthKey(drawn, push, x, y);
  if (isAlong(drawn, scaled(-1, push), NEAR)) return oppositeKey(drawn, w, x, y);
  return lineKey(drawn, w, x) ?? "turned";
}

// Which wrong line an arrow lies along, in either direction: the nearest, if it is near.
function lineKey(drawn, w, x) {
  const lines = { "along-w": w, "towards-w": minus(x, w), "no-inner-derivative": [1, 1] };
  const off = (line) => Math.min(...[1, -1].map((side) => Math.abs(turnFrom(scaled(side, line), drawn))));
  const known = Object.entries(lines).filter(([, line]) => lengthOf(line) > 0);
  const [key, line] = known.reduce((a, b) => (off(b[1]) < off(a[1]) ? b : a));
  return off(line) <= NEAR ? key : undefined;
}

// Along the push, but as long as a mistake makes it: multiples of x, by the error |p - y|.
function lengthKey(drawn, push, x, y) {
  const [length, right] = [lengthOf(drawn), lengthOf(push)];
  if (Math.abs(length - right) <= Math.max(0.12, 0.3 * right)) return "right";
  const size = lengthOf(x);
  const error = right / size;
  const curve = error * (1 - error); // p (1 - p)
  const named = nearestLength([
    ["all-of-x", size],
    ["probability-of-y", size * (1 - error)],
    ["extra-slope", right * curve],
    ["extra-slope", 2 * right * curve],
    ["divided-by-slope", right / curve],
    ["squared-loss", 2 * right],
    ...(y === 0 ? [["plus-minus-labels", size * (1 + error)]] : []), // for y = 1 it changes nothing
  ], length);
  return named ?? (length > right ? "too-long" : "too-short");
}

// Turned around: the sign is lost, or the push of the other label is drawn.
function oppositeKey(drawn, w, x, y) {
  const lengths = [
    ["sign", lengthOf(pushOf(w, x, y))],
    ["swapped-labels", lengthOf(pushOf(w, x, 1 - y))],
  ];
  return nearestLength(lengths, lengthOf(drawn)) ?? "sign";
}

function nearestLength(lengths, length) {
  const off = ([, value]) => Math.abs(length - value);
  const [key, value] = lengths.reduce((a, b) => (off(b) < off(a) ? b : a));
  return Math.abs(length - value) <= 0.12 * value ? key : undefined;
}

// Judge the drawing of the sum of all pushes.
export function judgeSum(drawn, w, X, y) {
  const sum = sumOf(X.map((x, i) => pushOf(w, x, y[i])));
  const comparison = { angle: turnFrom(sum, drawn), ratio: lengthOf(drawn) / lengthOf(sum) };
  return { ...comparison, key: sumKey(drawn, sum, wrongSums(w, X, y), X.length) };
}

function sumKey(drawn, sum, wrong, n) {
  if (lengthOf(drawn) < 0.02) return "nothing";
  const ratio = lengthOf(drawn) / lengthOf(sum);
  const isAlongSum = isAlong(drawn, sum, SUM_NEAR);
  if (isAlongSum && ratio > 0.6 && ratio < 1.6) return "right";
  const off = ([, vector]) => lengthOf(minus(drawn, vector));
  const [key, nearest] = wrong.reduce((a, b) => (off(b) < off(a) ? b : a));
  if (off([key, nearest]) <= 0.2 * lengthOf(nearest)) return key;
  if (isAlong(drawn, scaled(-1, sum), SUM_NEAR)) return "uphill";
  if (!isAlongSum) return "turned";
  if (ratio * n < 1.6) return "mean-for-sum";
  return ratio < 1 ? "too-short" : "too-long";
}

// The sums that mistakes lead to, by their keys.
function wrongSums(w, X, y) {
  const errors = X.map((x, i) => residual(dotOf(w, x), y[i]));
  const slopes = X.map((x) => slope(dotOf(w, x)));
  const sumWith = (factor) => sumOf(X.map((x, i) => scaled(-factor(i), x)));
  const ofLabel = (label) => sumWith((i) => (y[i] === label ? errors[i] : 0));
  const pushes = X.map((x, i) => scaled(-errors[i], x));
  const all = -errors.reduce((sum, error) => sum + error, 0);
  return [
    ["hardest-alone", pushes.reduce((a, b) => (lengthOf(b) > lengthOf(a) ? b : a))],
    ["uphill", sumWith((i) => -errors[i])],
    ["squared-loss", sumWith((i) => 2 * errors[i])],
    ["inner-sign", sumWith((i) => -Math.abs(errors[i]))],
    ["term-lost", ofLabel(0)],
    ["term-lost", ofLabel(1)],
    ["no-inner-derivative", [all, all]],
    ["all-of-x", sumWith((i) => Math.sign(errors[i]))],
    ["extra-slope", sumWith((i) => errors[i] * slopes[i])],
    ["divided-by-slope", sumWith((i) => errors[i] / slopes[i])],
    ["plus-minus-labels", sumWith((i) => errors[i] + 1 - y[i])],
    ["labels-forgotten", sumWith((i) => errors[i] + y[i])],
    ["swapped-labels", sumWith((i) => errors[i] + 2 * y[i] - 1)],
  ];
}
