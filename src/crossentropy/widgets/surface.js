// The mean loss over two weights, for either loss: height, gradient, Hessian, and whole surfaces.
// tests/test_surface_widget.py holds it to src/crossentropy.
import { lossAt, residual, slope } from "./numerics.js";
import { dotOf, scaled, sumOf } from "./vectors.js";

// Of one sample, as functions of its score: the loss, its slope and its curvature. The squared
// loss is (p - y)², (A.33).
export const LOSSES = {
  "cross entropy": { at: lossAt, slope: residual, curvature: slope },
  "squared loss": {
    at: (z, y) => residual(z, y) ** 2,
    slope: (z, y) => 2 * residual(z, y) * slope(z),
    curvature: (z, y) => 2 * slope(z) * (slope(z) - residual(z, y) * Math.tanh(z / 2)),
  },
};

export function meanHeight(loss, w, X, y) {
  const { at } = LOSSES[loss];
  return X.reduce((sum, x, i) => sum + at(dotOf(w, x), y[i]), 0) / X.length;
}

// What each sample asks of the weights: minus the gradient of its own loss.
export function pulls(loss, w, X, y) {
  const { slope: slopeAt } = LOSSES[loss];
  return X.map((x, i) => scaled(-slopeAt(dotOf(w, x), y[i]), x));
}

export const meanGradient = (loss, w, X, y) => scaled(-1 / X.length, sumOf(pulls(loss, w, X, y)));

export function meanHessian(loss, w, X, y) {
  const { curvature } = LOSSES[loss];
  let [a, b, c] = [0, 0, 0];
  X.forEach((x, i) => {
    const factor = curvature(dotOf(w, x), y[i]);
    a += factor * x[0] * x[0];
    b += factor * x[0] * x[1];
    c += factor * x[1] * x[1];
  });
  return [[a / X.length, b / X.length], [b / X.length, c / X.length]];
}

// Weights from -reach to reach, and the heights over them as rows of equal w2. A generator that
// pauses after every few thousand losses, so that the page stays alive.
export function* surfaceRows(loss, reach, size, X, y) {
  const { at } = LOSSES[loss];
  const weights = Float64Array.from({ length: size }, (_, i) => reach * ((2 * i) / (size - 1) - 1));
  const [first, second] = [0, 1].map((j) => Float64Array.from(X, (x) => x[j]));
  const heights = new Float64Array(size * size);
  const pause = Math.ceil(4000 / X.length);
  for (let k = 0; k < heights.length; k++) {
    const [w1, w2] = [weights[k % size], weights[Math.floor(k / size)]];
    let sum = 0;
    for (let i = 0; i < first.length; i++) sum += at(w1 * first[i] + w2 * second[i], y[i]);
    heights[k] = sum / first.length;
    if (k % pause === 0) yield;
  }
  return { weights, heights };
}
