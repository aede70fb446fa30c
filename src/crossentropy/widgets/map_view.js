// The mean loss over the two weights as a map: contours, the path, the point to drag.
import { arrowIn, arrowPath, shareWithin } from "./arrows.js";
import { contourLines } from "./contours.js";
import { significant } from "./digits.js";
import { inIdleTime } from "./idle.js";
import { growing, path, plane } from "./plane.js";
import { clamp, drag, put, s } from "./shared.js";
import { surfaceRows } from "./surface.js";
import { minus, turnFrom } from "./vectors.js";
import { lowestPoint } from "./walk.js";

const SIZES = [25, 100]; // a rough map at once, then a fine one

export function mapView(life, { onDrag, draw }) {
  const axis = (name) => ({ from: -4, to: 4, ticks: [-4, 0, 4], name: () => [name] });
  const round = (value) => Math.round((value * 400) / x.to) * x.to / 400;
  const [x, y] = [axis("weight 1"), axis("weight 2")];
  const layer = (kind) => s("path", { class: `xe-${kind}` });
  const [lines, trail, steps] = ["contours", "way", "steps"].map(layer);
  const next = arrowPath("truth");
  const levels = s("g", { class: "xe-levels" });
  const lowest = s("circle", { class: "xe-lowest", r: 5 });
  const [handle, grip] = [s("circle", { class: "xe-knob xe-knob-w", r: 7 }), s("circle", { class: "xe-grip", r: 20 })];
  const view = plane(life, { x, y, height: "wide", draw: () => (way.forget(), drawGround(), draw()) });
  const way = growing(([a, b]) => [view.X(a), view.Y(b)]);
  put(view.svg, { class: "xe-plane xe-square" });
  view.content.append(lines, levels, lowest, trail, steps, handle, next, grip);
  drag(life, grip, (event) => onDrag(view.under(event).map((value) => clamp(round(value), x.from, x.to))));

  // The ground and its lowest point: found in idle time, drawn when a size is ready.
  let ground = [];
  let [bottom, names] = [undefined, []];
  let stop = () => {};
  const drawGround = () => {
    put(lines, { d: ground.map(({ found }) => found.map((line) => path(line, view.X, view.Y)).join("")).join("") });
    names = levelNames(ground, view, x.to);
    levels.replaceChildren(...names.map(({ element }) => element));
  };
  const survey = (now, heights) => {
    const { reach } = now;
    stop();
    if (reach !== x.to) {
      for (const one of [x, y]) Object.assign(one, { from: -reach, to: reach, ticks: [-reach, 0, reach] });
      view.layOut();
    }
    put(view.svg, { "aria-busy": "true" });
    stop = inIdleTime(life, surveying(now, heights, (size, found, lowestFound) => {
      [ground, bottom] = [found, lowestFound];
      drawGround();
      draw();
      if (size === SIZES.at(-1)) put(view.svg, { "aria-busy": false });
    }));
  };

  const show = (now) => {
    const [left, top] = [view.X(now.w[0]), view.Y(now.w[1])];
    for (const circle of [handle, grip]) put(circle, { cx: left, cy: top });
    const drawn = way.of(now.path);
    put(trail, { d: drawn.line });
    put(steps, { d: drawn.dots });
    const onward = minus(now.next, now.w);
    put(next, { d: arrowIn(view, now.w, onward, shareWithin(now.w, onward, x.to)) });
    for (const { at, element } of names) {
      put(element, { visibility: Math.hypot(at[0] - left, at[1] - top) < 20 ? "hidden" : "visible" });
    }
    const seen = bottom && Math.max(...bottom.map(Math.abs)) <= x.to;
    put(lowest, { visibility: seen ? "visible" : "hidden" });
    if (seen) put(lowest, { cx: view.X(bottom[0]), cy: view.Y(bottom[1]) });
    put(view.svg, { "aria-label": mapInWords(now, bottom) });
  };
  return { svg: view.svg, show, survey };
}

function* surveying({ loss, reach, X, y }, heights, publish) {
  const bottom = loss === "cross entropy" ? lowestPoint(loss, X, y) : undefined;
  for (const size of SIZES) {
    const surface = yield* surfaceRows(loss, reach, size, X, y);
    const [middle, ground] = [lowestOf(surface), []];
    for (const level of heights) {
      const found = contourLines(surface.weights, surface.heights, level);
      if (found.length) ground.push({ level, found, middle });
      yield;
    }
    publish(size, ground, bottom);
  }
}

// The point of a grid where the surface is lowest.
function lowestOf({ weights, heights }) {
  const place = heights.reduce((best, height, k) => (height < heights[best] ? k : best), 0);
  return [weights[place % weights.length], weights[Math.floor(place / weights.length)]];
}

// Each level where a line of it lies in one direction, unless another one is written there.
function levelNames(ground, { X, Y }, reach) {
  const written = [];
  for (const { level, found, middle } of ground) {
    const across = middle.map((value) => (value > 0 ? -1 : 1)); // where the map is widest
    const off = (point) => Math.abs(turnFrom(across, minus(point, middle)));
    const place = found.flat().reduce((a, b) => (off(b) < off(a) ? b : a));
    const [left, top] = [X(place[0]), Y(place[1])];
    const isFree = written.every(({ at }) => Math.hypot(at[0] - left, at[1] - top) > 22);
    const isInside = Math.max(...place.map(Math.abs)) < 0.93 * reach && off(place) < 20;
    if (isFree && isInside) written.push({ level, at: [left, top] });
  }
  return written.map(({ level, at }) => {
    const element = s("text", { x: at[0], y: at[1] + 4, "text-anchor": "middle" }, String(level));
    return { at, element };
  });
}

function mapInWords({ w, heights, reach, loss }, lowest) {
  const at = (v) => `(${v.map((value) => significant(value)).join(", ")})`;
  const bottom = lowest ? ` The lowest point is ${at(lowest)}.` : "";
  return `A map of the mean ${loss} over both weights, each from ${-reach} to ${reach}, with lines of equal height. The point is at ${at(w)}, where the height is ${significant(heights.at(-1))}.${bottom}`;
}
