// Arrows, samples and the line where the score is 0, as the d of SVG paths in a plane.
import { s } from "./shared.js";

// Arrows have a path of their own, in tenths of a pixel: whole numbers are written three times as
// fast, and there may be hundreds of arrows to an event.
export const arrowPath = (kind) => s("path", { class: `xe-arrow xe-${kind}`, transform: "scale(0.1)" });

// An arrow in the data of a plane, from a point along so much of a vector; a short one has a small
// head.
export function arrowIn({ X, Y }, [a, b], [along, up], share = 1) {
  const [left, top] = [X(a), Y(b)];
  const [across, down] = [X(a + share * along) - left, Y(b + share * up) - top];
  const length = Math.sqrt(across * across + down * down);
  if (!(length > 0.5)) return "";
  const head = Math.min(9, 0.6 * length) / length;
  const [back, fall] = [head * across, head * down];
  const shaft = `M${tenths(left)} ${tenths(top)}l${tenths(across)} ${tenths(down)}`;
  const side = `l${tenths(fall / 2 - back)} ${tenths(-back / 2 - fall)}`;
  const other = `m${tenths(back - fall / 2)} ${tenths(back / 2 + fall)}l${tenths(-fall / 2 - back)} ${tenths(back / 2 - fall)}`;
  return shaft + side + other;
}

const tenths = (pixels) => Math.round(10 * pixels);

// How much of a way from a point stays in the square from -reach to reach.
export const shareWithin = ([a, b], [along, up], reach) =>
  Math.max(0, Math.min(1, roomFor(a, along, reach), roomFor(b, up, reach)));

const roomFor = (at, way, reach) => (way === 0 ? 1 : ((way > 0 ? reach : -reach) - at) / way);

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
