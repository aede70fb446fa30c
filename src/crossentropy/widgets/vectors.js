// Vectors of two components.

export const lengthOf = (v) => Math.hypot(...v);
export const dotOf = (a, b) => a[0] * b[0] + a[1] * b[1];
export const minus = (a, b) => [a[0] - b[0], a[1] - b[1]];
export const scaled = (factor, v) => v.map((value) => factor * value);
export const sumOf = (vectors) => [0, 1].map((j) => vectors.reduce((sum, v) => sum + v[j], 0));

// The angle from one vector to another in degrees, from -180 to 180.
export function turnFrom([a, b], [c, d]) {
  return (Math.atan2(a * d - b * c, a * c + b * d) * 180) / Math.PI;
}
