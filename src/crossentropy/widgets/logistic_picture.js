// The picture of the logistic explorer: p as a function of w, with its point and its tangent.
import { REACH, read } from "./logistic_tutor.js";
import { sigmoid } from "./numerics.js";
import { path, plane } from "./plane.js";
import { drag, number, put, s } from "./shared.js";

const WEIGHTS = Array.from({ length: 161 }, (_, i) => -REACH + (2 * REACH * i) / 160);
const AXES = {
  x: { from: -REACH, to: REACH, ticks: [-4, -2, 0, 2, 4], name: () => [tspan("w", "weight w")] },
  y: { from: 0, to: 1, ticks: [0, 0.5, 1], name: () => [tspan("p", "probability p")] },
};

// move({ w }) or move({ b }) is called with what the reader drags.
export function picture(life, move) {
  const { model } = life;
  const line = (kind) => s("line", { class: kind });
  const parts = {
    target: line("xe-target"),
    plumb: line("xe-plumb"),
    curve: s("path", { class: "xe-curve" }),
    curveGrip: s("path", { class: "xe-grip xe-curve-grip" }),
    rise: s("path", { class: "xe-rise" }),
    tangent: line("xe-tangent"),
    dot: s("circle", { class: "xe-dot", r: 8 }),
    dotGrip: s("circle", { class: "xe-grip", r: 18 }),
  };
  const show = (now) => paint(view, parts, now);
  const view = plane(life, { ...AXES, draw: () => show(read(model)) });
  view.content.append(...Object.values(parts));
  listenToPointers(life, view, parts, move);
  return { svg: view.svg, show };
}

function paint(view, { target, plumb, curve, curveGrip, rise, tangent, dot, dotGrip }, now) {
  const { X, Y } = view;
  const shape = JSON.stringify([now.x, now.b, X(REACH)]);
  if (curve.dataset.shape !== shape) { // it does not depend on w
    const d = path(WEIGHTS.map((w) => [w, sigmoid(w * now.x + now.b)]), X, Y);
    for (const outline of [curve, curveGrip]) put(outline, { d, "data-shape": shape });
  }
  for (const circle of [dot, dotGrip]) put(circle, { cx: X(now.w), cy: Y(now.p) });
  put(plumb, { x1: X(now.w), x2: X(now.w), y1: Y(0), y2: Y(now.p) });
  for (const part of [tangent, rise]) put(part, { display: now.withSlope ? null : "none" });
  const run = now.w + 1 <= REACH ? 1 : -1; // one unit of weight, and what it adds to p
  put(rise, { d: `M${X(now.w)} ${Y(now.p)}H${X(now.w + run)}V${Y(now.p + run * now.slope)}` });
  put(tangent, through(now, now.slope, view, 90));
  paintTarget(target, now, view);
  put(view.svg, { "aria-label": inWords(now), "data-locked": now.waiting });
}

function listenToPointers(life, view, { curveGrip, dotGrip }, move) {
  const unlocked = (handler) => (event, begins) => {
    const now = read(life.model);
    if (!now.waiting) handler(view.under(event)[0], now, begins);
  };
  drag(life, dotGrip, unlocked((w) => move({ w })));
  let held = 0; // the score where the curve is held, which stays under the pointer
  drag(life, curveGrip, unlocked((w, { x, b }, begins) => {
    if (begins) held = w * x + b;
    else move({ b: held - w * x });
  }));
}

const tspan = (role, text) => s("tspan", { class: `xe-fill-${role}` }, text);

// The ends of a line through the dot, so many pixels long on the screen.
function through({ w, p }, value, { X, Y }, length) {
  const [across, up] = [X(1) - X(0), Y(1) - Y(0)];
  const half = length / 2 / Math.hypot(across, up * value);
  const end = (t) => [X(w + t), Y(p + t * value)];
  const [[x1, y1], [x2, y2]] = [end(-half), end(half)];
  return { x1, y1, x2, y2 };
}

function paintTarget(line, now, view) {
  const { X, Y } = view;
  const { task } = now;
  put(line, { display: task ? null : "none" });
  if (!task) return;
  const level = { x1: X(-REACH), x2: X(REACH), y1: Y(task.target), y2: Y(task.target) };
  put(line, task.kind === "slope" ? through(now, task.target, view, 140) : level);
}

function inWords({ w, p, slope: value, withSlope }) {
  const tangent = withSlope ? `, where the tangent has the slope ${number(value)}` : "";
  return `The probability p over the weight w, an S-shaped curve. At w = ${number(w)}, p = ${number(p)}${tangent}.`;
}
