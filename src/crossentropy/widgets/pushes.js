// What a sample asks of the weights, -x (p - y), and what is wrong with a drawing of it.
import { lossGradient } from "./numerics.js";
import { lengthOf, minus, scaled, sumOf, turnFrom } from "./vectors.js";

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
  const gap = minus(x, w);
  if (isAlong(drawn, push, NEAR)) return lengthKey(drawn, push, w, x, y);
  if (isAlong(drawn, scaled(-1, push), NEAR)) return oppositeKey(drawn, w, x, y);
  if (isAlong(drawn, w, NEAR) || isAlong(drawn, scaled(-1, w), NEAR)) return "along-w";
  if (isAlong(drawn, gap, NEAR) || isAlong(drawn, scaled(-1, gap), NEAR)) return "towards-w";
  return "turned";
}

function lengthKey(drawn, push, w, x, y) {
  const [length, right] = [lengthOf(drawn), lengthOf(push)];
  if (Math.abs(length - right) <= Math.max(0.12, 0.3 * right)) return "right";
  const error = right / lengthOf(x);
  const wrong = {
    "all-of-x": lengthOf(x),
    "probability-of-y": lengthOf(x) * (1 - error),
    "extra-slope": lengthOf(x) * error * error * (1 - error),
  };
  const named = nearestLength(wrong, length);
  return named ?? (length > right ? "too-long" : "too-short");
}

// Turned around: the sign is lost, or the push of the other label is drawn.
function oppositeKey(drawn, w, x, y) {
  const lengths = {
    sign: lengthOf(pushOf(w, x, y)),
    "swapped-labels": lengthOf(pushOf(w, x, 1 - y)),
  };
  return nearestLength(lengths, lengthOf(drawn)) ?? "sign";
}

function nearestLength(lengths, length) {
  const off = ([, value]) => Math.abs(length - value);
  const [key, value] = Object.entries(lengths).sort((a, b) => off(a) - off(b))[0];
  return Math.abs(length - value) <= 0.12 * value ? key : undefined;
}

// Judge the drawing of the sum of all pushes.
export function judgeSum(drawn, pushes) {
  const sum = sumOf(pushes);
  const comparison = { angle: turnFrom(sum, drawn), ratio: lengthOf(drawn) / lengthOf(sum) };
  return { ...comparison, key: sumKey(drawn, sum, pushes, comparison) };
}

function sumKey(drawn, sum, pushes, { ratio }) {
  if (lengthOf(drawn) < 0.02) return "nothing";
  const hardest = pushes.reduce((a, b) => (lengthOf(b) > lengthOf(a) ? b : a));
  const off = lengthOf(minus(drawn, hardest));
  if (off <= 0.2 * lengthOf(hardest)) return "hardest-alone";
  if (isAlong(drawn, scaled(-1, sum), SUM_NEAR)) return "uphill";
  if (!isAlong(drawn, sum, SUM_NEAR)) return "turned";
  if (ratio * pushes.length < 1.6) return "mean-for-sum";
  if (ratio < 1 / 2) return "too-short";
  return ratio > 2 ? "too-long" : "right";
}
