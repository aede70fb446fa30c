// Which way, and how hard, does a sample push the weights? Then all samples together.
import { arrowIn, arrowPath, boundary, sampleMark } from "./arrows.js";
import { plane } from "./plane.js";
import { askPush, askSum, pushWords, shownPush, shownSum, sumWords, vector } from "./push_words.js";
import { judgePush, judgeSum, pushOf } from "./pushes.js";
import {
  button, clamp, drag, exercise, feedback, h, put, quantity, rich, s, slider, toolbar,
} from "./shared.js";
import { sumOf } from "./vectors.js";

const REACH = 2; // of a drawn arrow in each direction, as in push_and_pull.py
const STEP = 0.05;
const snap = (value) => clamp(Math.round(value / STEP) * STEP, -REACH, REACH);

export default exercise("Push and pull", (life) => {
  const { model, root, watch } = life;
  const picture = draw(life);
  const controls = sliders(life);
  const panel = rounds(life, controls.first);
  root.append(panel.task, picture.svg, legend(), controls.element, panel.action, panel.said.element,
    toolbar(life, { onReset: panel.reset }));
  watch("drawn shown round", () => {
    const now = stateOf(model);
    controls.show(now);
    picture.show(now);
  });
});

function stateOf(model) {
  const [w, X, y, ask] = ["w", "X", "y", "ask"].map((name) => model.get(name));
  const [round, drawn, shown] = ["round", "drawn", "shown"].map((name) => model.get(name));
  const pushes = X.map((x, i) => pushOf(w, x, y[i]));
  const isDone = round > ask.length;
  const sample = round < ask.length ? ask[round] : undefined;
  return { w, X, y, ask, round, drawn, shown, pushes, isDone, sample, locked: shown || isDone };
}

// The rounds: draw, compare, go on -------------------------------------------------------------

function rounds(life, firstControl) {
  const { model, change, watch } = life;
  const task = h("p", { class: "xe-task", tabindex: -1 });
  const action = h("div", { class: "xe-action" });
  const said = feedback();

  const offer = (...buttons) => {
    const hadFocus = action.contains(document.activeElement);
    action.replaceChildren(...buttons);
    if (hadFocus) (action.querySelector("button") ?? firstControl).focus();
  };
  const compare = () => {
    const { key, words } = verdictOn(stateOf(model));
    said.say(key === "right" ? "right" : "wrong", ...rich(words));
    if (key === "right") change({ shown: true });
    else if (key !== "nothing") offer(...waiting(true));
  };
  const show = () => {
    said.say("note", ...rich(answer(stateOf(model))));
    change({ shown: true });
  };
  const goOn = () => {
    said.clear();
    change({ round: model.get("round") + 1, drawn: [0, 0], shown: false });
    (firstControl.disabled ? task : firstControl).focus(); // at the end there is nothing to move
  };
  const waiting = (tried) => [
    button(life, compare, "Compare"),
    ...(tried ? [button(life, show, "Show me")] : []),
  ];
  const lay = () => {
    const now = stateOf(model);
    task.replaceChildren(...heading(now));
    if (now.isDone) offer();
    else offer(...(now.shown ? [button(life, goOn, nextLabel(now))] : waiting(false)));
  };
  const reset = () => {
    said.clear();
    lay();
  };
  watch("round shown", lay);
  return { task, action, said, reset };
}

function heading({ w, X, y, ask, round, sample, isDone }) {
  if (isDone) return [h("strong", {}, "Done. "), "Each sample pushes along the line of its own input, the harder the larger its error is."];
  const count = h("strong", {}, `Round ${round + 1} of ${ask.length + 1}. `);
  return [count, ...rich(sample === undefined ? askSum(X.length) : askPush(w, X[sample], y[sample]))];
}

const nextLabel = ({ round, ask }) =>
  round + 1 < ask.length ? "Next sample" : round < ask.length ? "All samples" : "Finish";

function verdictOn({ drawn, sample, w, X, y, pushes }) {
  if (sample === undefined) {
    const verdict = judgeSum(drawn, w, X, y);
    return { key: verdict.key, words: sumWords(verdict, pushes) };
  }
  const verdict = judgePush(drawn, w, X[sample], y[sample]);
  return { key: verdict.key, words: pushWords(verdict, w, X[sample], y[sample]) };
}

const answer = ({ sample, w, X, y, pushes }) =>
  sample === undefined ? shownSum(pushes) : shownPush(w, X[sample], y[sample]);

function sliders(life) {
  const { model, change } = life;
  const make = (j, name) => slider(life, {
    label: ["push in ", quantity("w", name)], min: -REACH, max: REACH, step: STEP,
    onInput: (value) => change({ drawn: model.get("drawn").with(j, value) }),
  });
  const both = [make(0, "w₁"), make(1, "w₂")];
  const element = h("div", { class: "xe-controls" }, ...both.map((one) => one.element));
  const show = ({ drawn, locked }) => both.forEach((one, j) => {
    one.show(drawn[j]);
    one.input.disabled = locked;
  });
  return { element, first: both[0].input, show };
}

// The picture ----------------------------------------------------------------------------------

function legend() {
  const sample = (label) => h("span", {}, h("span", { class: `xe-y${label}` }, label ? "● " : "■ "), ...rich(`{y} = ${label}`));
  const line = h("span", {}, h("span", { class: "xe-muted" }, "┄┄ "), ...rich("{p} = ½"));
  return h("p", { class: "xe-legend" }, sample(1), sample(0), line);
}

function draw(life) {
  const { model, change } = life;
  const { w, X } = stateOf(model);
  const far = Math.ceil(Math.max(...[...X, w].flat().map(Math.abs)) + 0.75);
  const axis = (name) => ({ from: -far, to: far, ticks: [-far, 0, far], name: () => [name] });
  const plain = ["lattice", "cross", "boundary", "ray"].map((kind) => [kind, s("path", { class: `xe-${kind}` })]);
  const arrows = ["pull1", "pull0", "chain", "weights", "truth", "drawn"].map((kind) => [kind, arrowPath(kind)]);
  const paths = Object.fromEntries([...plain, ...arrows]);
  const marks = X.map(() => s("path"));
  const names = { w: s("text", { class: "xe-fill-w" }, "w"), x: s("text", {}, "x") };
  const [handle, grip] = [s("circle", { class: "xe-knob", r: 7 }), s("circle", { class: "xe-grip", r: 20 })];
  const view = plane(life, {
    x: axis("feature 1, weight 1"), y: axis("feature 2, weight 2"), height: "wide",
    draw: () => show(stateOf(model)),
  });
  put(view.svg, { class: "xe-plane xe-square" });
  view.content.append(...Object.values(paths), ...marks, ...Object.values(names), handle, grip);

  const show = (now) => {
    for (const [kind, d] of Object.entries(shapes(now, view, far))) put(paths[kind], { d });
    now.X.forEach(([a, b], i) => put(marks[i], {
      d: sampleMark(view.X(a), view.Y(b), now.y[i], i === now.sample ? 8 : 5),
      class: `xe-sample xe-sample${now.y[i]}`,
    }));
    const [a, b] = tipOf(now);
    for (const circle of [handle, grip]) put(circle, { cx: view.X(a), cy: view.Y(b), visibility: now.locked ? "hidden" : "visible" });
    put(names.w, { x: view.X(now.w[0] / 2) + 2, y: view.Y(now.w[1] / 2) + 16 });
    if (now.sample !== undefined) put(names.x, beside(view, now.X[now.sample]));
    put(names.x, { visibility: now.sample === undefined ? "hidden" : "visible" });
    put(view.svg, { "aria-label": inWords(now), "data-locked": now.locked });
  };
  drag(life, grip, (event) => {
    const now = stateOf(model);
    if (now.locked) return;
    const [a, b] = view.under(event);
    change({ drawn: [snap(a - now.w[0]), snap(b - now.w[1])] });
  });
  return { svg: view.svg, show };
}

const tipOf = ({ w, drawn }) => [w[0] + drawn[0], w[1] + drawn[1]];

// The d of each path. Pushes appear once they were asked for, and all of them for their sum.
function shapes(now, view, far) {
  const { w, X, y, ask, round, sample, shown, drawn, pushes, isDone } = now;
  const { X: left, Y: top } = view;
  const known = X.map((_, i) => sample === undefined || ask.slice(0, round).includes(i));
  const pulls = (label) => X.map((x, i) => (known[i] && y[i] === label ? arrowIn(view, x, pushes[i]) : ""));
  const isSum = sample === undefined;
  const truth = isSum ? sumOf(pushes) : pushes[sample];
  const ray = isSum ? "" : `M${left(0)} ${top(0)}L${left(X[sample][0])} ${top(X[sample][1])}`;
  return {
    lattice: lattice(view, far),
    cross: `M${left(-far)} ${top(0)}H${left(far)}M${left(0)} ${top(-far)}V${top(far)}`,
    boundary: boundary(view, w, far),
    ray,
    pull1: pulls(1).join(""),
    pull0: pulls(0).join(""),
    chain: isSum && (shown || isDone) ? chainOf(view, w, pushes) : "",
    weights: arrowIn(view, [0, 0], w),
    truth: shown || isDone ? arrowIn(view, w, truth) : "",
    drawn: isDone ? "" : arrowIn(view, w, drawn),
  };
}

// A line at each whole number.
function lattice({ X, Y }, far) {
  const whole = Array.from({ length: 2 * far + 1 }, (_, i) => i - far);
  return whole.map((at) => `M${X(-far)} ${Y(at)}H${X(far)}M${X(at)} ${Y(-far)}V${Y(far)}`).join("");
}

// Where the name of a sample is clear of it: outside, seen from the origin.
function beside({ X, Y }, [a, b]) {
  return { x: X(a) + (a < 0 ? -24 : 14), y: Y(b) + (b < 0 ? 16 : -4) };
}

// All pushes, each from the tip of the one before.
function chainOf(view, w, pushes) {
  let [a, b] = w;
  return pushes.map((push) => {
    const piece = arrowIn(view, [a, b], push);
    [a, b] = [a + push[0], b + push[1]];
    return piece;
  }).join("");
}

function inWords({ w, X, y, sample, drawn, shown, pushes }) {
  const which = sample === undefined ? `all ${X.length} samples with their pushes` : `the sample ${vector(X[sample])} with label ${y[sample]}`;
  const truth = sample === undefined ? sumOf(pushes) : pushes[sample];
  const found = shown ? ` The push is ${vector(truth)}.` : "";
  return `A plane with the weights ${vector(w)} as an arrow and ${which}. Your arrow from the tip of the weights is ${vector(drawn)}.${found}`;
}
