// One weight w, one input x, and b for the rest of the score: p(w) = σ(w x + b).
import { logit, sigmoid, slope } from "./numerics.js";
import { path, plane } from "./plane.js";
import {
  button, clamp, drag, exercise, feedback, h, number, put, quantity, rich, s, slider, toolbar,
} from "./shared.js";

const REACH = 4; // of w and b to either side, as in logistic_explorer.py
const STEP = 0.01;
const CLOSE = 0.01;
const GRID = Array.from({ length: 161 }, (_, i) => -REACH + (2 * REACH * i) / 160);
const within = (a, b) => Math.abs(a - b) <= CLOSE + 1e-12;

export default exercise("Logistic explorer", (life) => {
  const { model, root, watch } = life;
  const picture = draw(life);
  const readout = readouts(life);
  const { element: controls, wSlider, bSlider } = sliders(life, () => panel.moved());
  const panel = tasks(life, wSlider.input);
  root.append(panel.task, picture.svg, controls, readout.element, panel.action, panel.said.element,
    toolbar(life, { onReset: panel.reset }));
  watch("w b x tasks solved guess", () => {
    const now = state(model);
    controls.hidden = waiting(model);
    wSlider.show(now.w);
    bSlider.show(now.b);
    readout.show(now);
    picture.show(now);
  });
});

function state(model) {
  const [w, b, x] = ["w", "b", "x"].map((name) => model.get(name));
  const z = w * x + b;
  return { w, b, x, z, p: sigmoid(z), other: sigmoid(-z), steep: slope(z), slope: slope(z) * x };
}

const taskOf = (model) => model.get("tasks")[model.get("solved")];

const met = (task, now) => within(task.kind === "slope" ? now.slope : now.p, task.target);

// Whether the reader has yet to predict.
const waiting = (model) => {
  const task = taskOf(model);
  return Boolean(task) && !model.get("guess") && !met(task, state(model));
};

const showsSlope = (model) => model.get("tasks").some((task) => task.kind === "slope");

// The tasks: a question to commit to, then a target to hit ------------------------------------

function tasks(life, firstControl) {
  const { model, change, watch } = life;
  const task = h("p", { class: "xe-task" });
  const action = h("div", { class: "xe-action" });
  const said = feedback();
  let judged = false;

  const predict = (guess) => {
    const { answer, why } = question(taskOf(model), state(model));
    change({ guess });
    const opening = guess === answer ? "Right. " : "It is the other way round. ";
    said.say(guess === answer ? "right" : "wrong", opening, ...rich(why));
    judged = false;
    firstControl.focus();
  };
  const check = () => {
    const verdict = judge(taskOf(model), state(model));
    said.say(verdict.kind, ...rich(verdict.words));
    judged = true;
    if (verdict.kind !== "right") return;
    change({ guess: "" });
    change({ solved: model.get("solved") + 1 });
    (action.querySelector("button") ?? firstControl).focus();
  };
  watch("tasks solved guess", () => {
    const current = taskOf(model);
    task.replaceChildren(...heading(model, current));
    if (!current) action.replaceChildren();
    else if (waiting(model)) action.replaceChildren(...asked(life, question(current, state(model)), predict));
    else action.replaceChildren(button(life, check, "Check"));
  });
  const moved = () => judged && said.clear();
  return { task, action, said, moved, reset: said.clear };
}

function heading(model, task) {
  const all = model.get("tasks").length;
  if (!task) return [h("strong", {}, "Done. "), "Every target is hit; explore as you like."];
  const count = h("strong", {}, `Task ${model.get("solved") + 1} of ${all}. `);
  const goal = task.kind === "slope" ? "Bring the slope of the tangent to " : "Bring the probability {p} to ";
  return [count, ...rich(goal), h("strong", {}, number(task.target)), "."];
}

function asked(life, { words, options }, predict) {
  const buttons = options.map(([guess, label]) => button(life, () => predict(guess), ...rich(label)));
  return [h("p", {}, h("strong", {}, "Predict first. "), ...rich(words)), ...buttons];
}

function question(task, now) {
  if (task.kind === "slope") {
    const flatter = Math.abs(now.slope) > Math.abs(task.target);
    return {
      words: `The slope is now ${number(now.slope)}. To bring it to ${number(task.target)}, must {p} move towards ½ or away from it?`,
      options: [["towards", "towards ½"], ["away", "away from ½"]],
      answer: flatter ? "away" : "towards",
      why: `{p}(1 − {p}) is largest at {p} = ½: the curve is steepest where it is undecided, so a ${flatter ? "flatter" : "steeper"} tangent lies ${flatter ? "farther from" : "nearer to"} it.`,
    };
  }
  const rise = task.target > now.p;
  return {
    words: `The probability is now ${number(now.p)}. To bring it to ${number(task.target)}, must the weight {w} grow or shrink?`,
    options: [["grow", "{w} must grow"], ["shrink", "{w} must shrink"]],
    answer: rise === now.x > 0 ? "grow" : "shrink",
    why: `A ${rise ? "larger" : "smaller"} probability needs a ${rise ? "higher" : "lower"} score, and ${advice(now, rise)}`,
  };
}

// How the score is raised or lowered, and why that way.
function advice({ x }, raise) {
  const wUp = raise === x > 0;
  const sign = x > 0 ? "positive" : "negative";
  return `{x} = ${plain(x)} is ${sign}: ${wUp ? "raise" : "lower"} {w}, or ${raise ? "raise" : "lower"} {b}.`;
}

const plain = (value) => String(value).replace("-", "−");

function judge(task, now) {
  if (met(task, now)) return { kind: "right", words: task.kind === "slope" ? slopeMet(now) : probabilityMet(task) };
  return { kind: "wrong", words: task.kind === "slope" ? slopeMissed(task, now) : probabilityMissed(task, now) };
}

function probabilityMet({ target }) {
  const odds = `${plain(target)}/${plain(Number((1 - target).toFixed(12)))}`;
  return `Right: {p} is ${number(target)}, because the score {z} is the logarithm of the odds, log(${odds}) = ${number(logit(target))}.`;
}

function slopeMet({ p, other, x, slope: value }) {
  return `Right: the slope is {p}(1 − {p}){x} = ${number(p)} · ${number(other)} · ${plain(x)} = ${number(value)}. At the mirror image, {p} = ${number(other)}, it is the same.`;
}

function probabilityMissed({ target }, now) {
  const raise = now.p < target;
  if (within(now.z, target)) {
    return `You have set the score {z} to ${number(target)}. The probability is {p} = σ({z}) = ${number(now.p)}; for ${number(target)} ${advice(now, raise)}`;
  }
  if (within(now.other, target)) {
    return `That is the other outcome: 1 − {p} is ${number(target)}. The score has the right size and the wrong sign; ${advice(now, raise)}`;
  }
  return `Not yet: {p} = ${number(now.p)} is too ${raise ? "small" : "large"}. The score has to ${raise ? "rise" : "fall"}, and ${advice(now, raise)}`;
}

function slopeMissed({ target }, now) {
  if (within(now.steep, target)) {
    return `That is {p}(1 − {p}) = ${number(target)}, the slope per point of score. One more unit of {w} moves the score by {x} = ${plain(now.x)}: the factor {x} is missing.`;
  }
  if (within(now.p, target)) {
    return `You have set the probability {p} to ${number(target)}. Wanted is the slope of the tangent, {p}(1 − {p}){x}, which is ${number(now.slope)} here.`;
  }
  const flat = Math.abs(now.slope) < Math.abs(target);
  const high = now.p > 0.5;
  const raise = flat !== high;
  return flat
    ? `Not yet: ${number(now.slope)} is too flat, because {p} = ${number(now.p)} is too near to ${high ? 1 : 0}, where the curve levels off. Move {p} towards ½: ${advice(now, raise)}`
    : `Not yet: ${number(now.slope)} is too steep, because {p} = ${number(now.p)} is too near to ½. Move {p} away from it: ${advice(now, raise)}`;
}

// The controls and the numbers -----------------------------------------------------------------

const snap = (value) => clamp(Math.round(value / STEP) * STEP, -REACH, REACH);

function sliders(life, moved) {
  const make = (name, label) => slider(life, {
    label, min: -REACH, max: REACH, step: STEP,
    onInput: (value) => (life.change({ [name]: value }), moved()),
  });
  const wSlider = make("w", ["weight ", quantity("w")]);
  const bSlider = make("b", ["rest of the score ", quantity("b")]);
  const element = h("div", { class: "xe-controls" }, wSlider.element, bSlider.element);
  return { element, wSlider, bSlider };
}

function readouts({ model }) {
  const rows = ["z", "p", "slope"].map(() => h("span"));
  const [z, p, slopeText] = rows;
  const element = h("div", { class: "xe-readout" },
    h("div", {}, ...rich("{z} = {w}{x} + {b} = "), z),
    h("div", {}, ...rich("{p} = σ({z}) = "), p));
  const last = h("div", {}, "slope ", quantity("gradient", "p(1 − p)x"), " = ", slopeText);
  if (showsSlope(model)) element.append(last);
  const show = (now) => {
    const sign = now.b < 0 ? "−" : "+";
    z.textContent = `${number(now.w)} · ${plain(now.x)} ${sign} ${number(Math.abs(now.b))} = ${number(now.z)}`;
    p.textContent = number(now.p, 3);
    slopeText.textContent = `${number(now.p, 3)} · ${number(now.other, 3)} · ${plain(now.x)} = ${number(now.slope, 3)}`;
  };
  return { element, show };
}

// The picture: p as a function of w ------------------------------------------------------------

function draw(life) {
  const { model, change } = life;
  const curve = s("path", { class: "xe-curve" });
  const grip = s("path", { class: "xe-grip xe-curve-grip" });
  const target = s("line", { class: "xe-target" });
  const tangent = s("line", { class: "xe-tangent" });
  const rise = s("path", { class: "xe-rise" });
  const plumb = s("line", { class: "xe-plumb" });
  const dot = s("circle", { class: "xe-dot", r: 8 });
  const dotGrip = s("circle", { class: "xe-grip", r: 18 });
  const axes = {
    x: { from: -REACH, to: REACH, ticks: [-4, -2, 0, 2, 4], name: () => [tspan("w", "weight w")] },
    y: { from: 0, to: 1, ticks: [0, 0.5, 1], name: () => [tspan("p", "probability p")] },
  };
  const view = plane(life, { ...axes, draw: () => show(state(model)) });
  const slopes = showsSlope(model) ? [rise, tangent] : [];
  view.content.append(target, plumb, curve, grip, ...slopes, dot, dotGrip);

  const show = (now) => {
    const { X, Y } = view;
    const d = path(GRID.map((w) => [w, sigmoid(w * now.x + now.b)]), X, Y);
    put(curve, { d });
    put(grip, { d });
    for (const circle of [dot, dotGrip]) put(circle, { cx: X(now.w), cy: Y(now.p) });
    put(plumb, { x1: X(now.w), x2: X(now.w), y1: Y(0), y2: Y(now.p) });
    const right = now.w + 1 <= REACH ? 1 : -1; // one unit of weight, and what it adds to p
    put(tangent, through(now, now.slope, view, 90));
    put(rise, { d: `M${X(now.w)} ${Y(now.p)}H${X(now.w + right)}V${Y(now.p + right * now.slope)}` });
    showTarget(target, taskOf(model), now, view);
    put(view.svg, { "aria-label": inWords(now, showsSlope(model)), "data-locked": waiting(model) });
  };

  const unlocked = (handler) => (event, begins) => waiting(model) || handler(event, begins);
  drag(life, dotGrip, unlocked((event) => change({ w: snap(view.under(event)[0]) })));
  let held = 0; // w x + b where the curve is held
  drag(life, grip, unlocked((event, begins) => {
    const { x, b } = state(model);
    const shift = view.under(event)[0] * x;
    if (begins) held = shift + b;
    else change({ b: snap(held - shift) });
  }));
  return { svg: view.svg, show };
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

function showTarget(line, task, now, view) {
  put(line, { visibility: task ? "visible" : "hidden" });
  if (!task) return;
  const { X, Y } = view;
  const level = { x1: X(-REACH), x2: X(REACH), y1: Y(task.target), y2: Y(task.target) };
  put(line, task.kind === "slope" ? through(now, task.target, view, 140) : level);
}

function inWords({ w, p, slope: value }, withSlope) {
  const tangent = withSlope ? `, where the tangent has the slope ${number(value)}` : "";
  return `The probability p over the weight w, an S-shaped curve. At w = ${number(w)}, p = ${number(p)}${tangent}.`;
}
