// Vectors of two components.

export const lengthOf = (v) => Math.hypot(...v);
export const dotOf = (a, b) => a[0] * b[0] + a[1] * b[1];
export const minus = (a, b) => [a[0] - b[0], a[1] - b[1]];
export const scaled = (factor, v) => v.map((value) => factor * value);
export const sumOf = (vectors) => vectors.reduce(([a, b], [c, d]) => [a + c, b + d], [0, 0]);

// The angle from one vector to another in degrees, from -180 to 180.
export function turnFrom([a, b], [c, d]) {
  return (Math.atan2(a * d - b * c, a * c + b * d) * 180) / Math.PI;
}
