// Arrows, samples and the line where the score is 0, as the d of SVG paths in a plane.

// An arrow between two points in pixels; a short one has a small head.
export function arrow([x1, y1], [x2, y2]) {
  const [across, down] = [x2 - x1, y2 - y1];
  const length = Math.hypot(across, down);
  if (!(length > 0.5)) return "";
  const head = Math.min(9, 0.6 * length) / length;
  const side = (turn) => [
    x2 - head * (across - turn * down / 2),
    y2 - head * (down + turn * across / 2),
  ].map((value) => value.toFixed(1)).join(" ");
  const tip = `${x2.toFixed(1)} ${y2.toFixed(1)}`;
  return `M${x1.toFixed(1)} ${y1.toFixed(1)}L${tip}M${side(1)}L${tip}L${side(-1)}`;
}

// An arrow in the data of a plane, from a point along a vector.
export const arrowIn = ({ X, Y }, [a, b], [along, up]) =>
  arrow([X(a), Y(b)], [X(a + along), Y(b + up)]);

// How much of a way from a point stays in the square from -reach to reach.
export function shareWithin(point, way, reach) {
  const room = way.map((value, j) => (value === 0 ? Infinity : (Math.sign(value) * reach - point[j]) / value));
  return Math.max(0, Math.min(1, ...room));
}

// A circle for the label 1 and a square for the label 0, around a point in pixels.
export function sampleMark(x, y, label, size = 5) {
  if (label === 1) return `M${x - size} ${y}a${size} ${size} 0 1 0 ${2 * size} 0a${size} ${size} 0 1 0 ${-2 * size} 0Z`;
  return `M${x - size} ${y - size}h${2 * size}v${2 * size}h${-2 * size}Z`;
}

// The line on which the score is 0, within a square from -reach to reach; nothing for w = 0.
export function boundary({ X, Y }, w, reach) {
  const largest = Math.max(Math.abs(w[0]), Math.abs(w[1]));
  if (largest === 0) return "";
  const [a, b] = [(-w[1] / largest) * reach, (w[0] / largest) * reach];
  return `M${X(a)} ${Y(b)}L${X(-a)} ${Y(-b)}`;
}
