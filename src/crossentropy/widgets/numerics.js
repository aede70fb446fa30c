// The numerics of src/crossentropy in its own forms: nothing overflows, nothing cancels.
// z is a score, y a label in [0, 1], w weights, x a sample. tests/test_widget_numerics.py compares.

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

// ∇ℓ of one sample, (15)
export function lossGradient(w, x, y) {
  const factor = residual(dot(w, x), y);
  return x.map((value) => value * factor);
}
