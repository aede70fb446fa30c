// The numerics of src/crossentropy in its own forms: nothing overflows, nothing cancels.
// z is a score, y a label in [0, 1], w weights, X samples as rows. tests/widgets compares.

const dot = (a, b) => a.reduce((sum, value, j) => sum + value * b[j], 0);
const decay = (z) => Math.exp(-Math.abs(z));

// (A.2)
export function sigmoid(z) {
  const e = decay(z);
  return (z >= 0 ? 1 : e) / (1 + e);
}

// p (1 - p), (A.10)
export function slope(z) {
  const e = decay(z);
  return e / (1 + e * (2 + e));
}

// The inverse of the sigmoid, (A.6)
export function logit(p) {
  return Math.log(p) - Math.log1p(-p);
}

// log(1 + e^z) - y z, (A.17)
export function lossAt(z, y) {
  return Math.log1p(decay(z)) + ((z >= 0 ? 1 : 0) - y) * z;
}

// p - y in the form (11)
export function residual(z, y) {
  const e = decay(z);
  return ((z >= 0 ? 1 : 0) - y + ((z < 0 ? 1 : 0) - y) * e) / (1 + e);
}

// ∇p of one sample, (4)
export function logisticGradient(w, x) {
  const factor = slope(dot(w, x));
  return x.map((value) => value * factor);
}

// ∇ℓ of one sample, (15)
export function lossGradient(w, x, y) {
  const factor = residual(dot(w, x), y);
  return x.map((value) => value * factor);
}

// (A.18)
export function meanLoss(w, X, y) {
  return X.reduce((sum, x, i) => sum + lossAt(dot(w, x), y[i]), 0) / X.length;
}

// (A.20)
export function meanLossGradient(w, X, y) {
  const gradient = w.map(() => 0);
  X.forEach((x, i) => {
    const factor = residual(dot(w, x), y[i]);
    x.forEach((value, j) => (gradient[j] += factor * value));
  });
  return gradient.map((sum) => sum / X.length);
}

// (A.21)
export function meanLossHessian(w, X) {
  const hessian = w.map(() => w.map(() => 0));
  for (const x of X) {
    const factor = slope(dot(w, x));
    x.forEach((left, j) => x.forEach((right, k) => (hessian[j][k] += factor * left * right)));
  }
  return hessian.map((row) => row.map((sum) => sum / X.length));
}

// A row of the surface of the mean loss over two weights: L at (w0[j], w1), (A.18)
export function surfaceRow(w0, w1, X, y) {
  return Float64Array.from(w0, (first) => meanLoss([first, w1], X, y));
}
