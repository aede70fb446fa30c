// Steps downhill as crossentropy.descent makes them: w - η ∇L, (A.36), and Newton's, (A.38).
import { meanGradient, meanHeight, meanHessian } from "./surface.js";
import { dotOf, lengthOf, minus, scaled } from "./vectors.js";

export function gradientStep(loss, w, X, y, rate) {
  return minus(w, scaled(rate, meanGradient(loss, w, X, y)));
}

// [∇²L]⁻¹ ∇L, or the reason why it leads to no lowest point.
export function newtonDirection(loss, w, X, y) {
  const [[a, b], [, c]] = meanHessian(loss, w, X, y);
  const [low, high] = eigenvalues(a, b, c);
  if (high < 0 || low < -1e-12 * high) return { reason: "bends-down" };
  if (!(low > 16 * Number.EPSILON * high)) return { reason: "singular" };
  const [g, h] = meanGradient(loss, w, X, y);
  const [p, q, r] = [a / high, b / high, c / high]; // no product of these vanishes
  const determinant = (p * r - q * q) * high;
  return { direction: [(r * g - q * h) / determinant, (p * h - q * g) / determinant] };
}

// Of a symmetric 2 × 2 matrix, the smaller one first.
function eigenvalues(a, b, c) {
  const [middle, half] = [(a + c) / 2, Math.hypot((a - c) / 2, b)];
  const outer = middle < 0 ? middle - half : middle + half;
  const inner = outer === 0 ? 0 : (a / outer) * c - (b / outer) * b;
  return [Math.min(outer, inner), Math.max(outer, inner)];
}

// A Newton step, halved until the loss falls enough: { w, halvings } or { reason }.
export function newtonStep(loss, w, X, y) {
  const { direction, reason } = newtonDirection(loss, w, X, y);
  if (reason) return { reason };
  const here = meanHeight(loss, w, X, y);
  const gradient = meanGradient(loss, w, X, y);
  const fall = dotOf(gradient, direction);
  for (let halvings = 0; halvings < 60; halvings++) {
    const share = 0.5 ** halvings;
    const moved = minus(w, scaled(share, direction));
    const change = meanHeight(loss, moved, X, y) - here;
    if (change <= -1e-4 * share * fall) return { w: moved, halvings };
    const shorter = lengthOf(meanGradient(loss, moved, X, y)) < lengthOf(gradient);
    if (Math.abs(change) <= 8 * Number.EPSILON * here && shorter) return { w: moved, halvings };
  }
  return { reason: "no-fall" };
}

// The path of so many gradient steps, with the heights along it.
export function gradientPath(loss, start, X, y, rate, steps) {
  const path = [start];
  for (let k = 0; k < steps; k++) path.push(gradientStep(loss, path[k], X, y, rate));
  return { path, heights: path.map((w) => meanHeight(loss, w, X, y)) };
}

// The first step that leads up, beyond rounding; -1 if there is none.
export function firstRise(heights) {
  return heights.findIndex((height, k) => k > 0 && height > heights[k - 1] * (1 + 1e-12));
}

// 4n/‖X‖², (A.37): the largest eigenvalue of XᵀX is the square of the norm.
export function safeRate(X) {
  let [a, b, c] = [0, 0, 0];
  for (const [first, second] of X) {
    a += first * first;
    b += first * second;
    c += second * second;
  }
  return (4 * X.length) / eigenvalues(a, b, c)[1];
}

// Whether a line through the origin has each label on one side, strictly: turn the samples of
// label 0 around; then all must lie within less than half a turn.
export function isSeparable(X, y) {
  const turned = X.map(([a, b], i) => (y[i] === 1 ? [a, b] : [-a, -b]));
  if (turned.some(([a, b]) => a === 0 && b === 0)) return false;
  const angles = turned.map(([a, b]) => Math.atan2(b, a)).sort((a, b) => a - b);
  const gaps = angles.map((angle, i) => (angles[i + 1] ?? angles[0] + 2 * Math.PI) - angle);
  return Math.max(...gaps) > Math.PI + 1e-9;
}

// Where the loss is lowest, by Newton's method from 0; undefined where there is no such point, or
// more than one.
export function lowestPoint(loss, X, y) {
  let w = [0, 0];
  for (let k = 0; k < 100 && lengthOf(w) < 1e3; k++) {
    if (lengthOf(meanGradient(loss, w, X, y)) < 1e-9) {
      return isSeparable(X, y) || newtonDirection(loss, w, X, y).reason ? undefined : w;
    }
    const step = newtonStep(loss, w, X, y);
    if (step.reason) return undefined;
    w = step.w;
  }
  return undefined;
}
