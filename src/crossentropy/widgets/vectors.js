// Vectors of two components.

export const lengthOf = (v) => Math.hypot(...v);
export const dotOf = (a, b) => a[0] * b[0] + a[1] * b[1];
export const minus = (a, b) => [a[0] - b[0], a[1] - b[1]];
export const scaled = (factor, [a, b]) => [factor * a, factor * b];

export function sumOf(vectors) {
  let [a, b] = [0, 0];
  for (const vector of vectors) [a, b] = [a + vector[0], b + vector[1]];
  return [a, b];
}

// The largest component of any of them, without its sign.
export function farthest(vectors) {
  let far = 0;
  for (const [a, b] of vectors) far = Math.max(far, Math.abs(a), Math.abs(b));
  return far;
}

// The angle from one vector to another in degrees, from -180 to 180.
export function turnFrom([a, b], [c, d]) {
  return (Math.atan2(a * d - b * c, a * c + b * d) * 180) / Math.PI;
}
