// The controls of the loss-surface explorer: the point, its steps, the loss, the samples.
import { significant } from "./digits.js";
import { button, h, put, quantity, rich, slider } from "./shared.js";
import { LOSSES } from "./surface.js";
import { LONGEST, MOST } from "./surface_walk.js";
import { farthest, lengthOf } from "./vectors.js";
import { newtonStep } from "./walk.js";

const FLAT = 1e-6; // a run ends where the gradient is shorter
const RUN = 300; // steps of a run
const pair = (v) => `(${v.map((value) => significant(value)).join(", ")})`;

export function numbersHere() {
  const [point, height, slope] = Array.from({ length: 3 }, () => new Text());
  const line = h("div", {}, ...rich("{w}"), point, ...rich("L({w})"), height, quantity("gradient", "∇L"), slope);
  const show = ({ w, heights, gradient, path }) => {
    point.data = ` = ${pair(w)}, `;
    height.data = ` = ${significant(heights.at(-1), 4)}, `;
    slope.data = ` = ${pair(gradient)}, its length ${significant(lengthOf(gradient))}; step ${path.length - 1}`;
  };
  return { element: h("div", { class: "xe-readout" }, line), show };
}

export function pointControls(life, walk) {
  const { model, change } = life;
  const weight = (j, name) => slider(life, {
    label: ["weight ", quantity("w", name)], min: -4, max: 4, step: 0.01,
    onInput: (value) => change({ w: model.get("w").with(j, value) }),
  });
  const weights = [weight(0, "w₁"), weight(1, "w₂")];
  const rate = slider(life, {
    label: ["step size η, the learning rate"], min: -2, max: 2, step: 0.01,
    onInput: (value) => change({ rate: Number((10 ** value).toPrecision(3)) }),
  });
  const loss = choice(life, "loss", Object.keys(LOSSES), (value) => change({ loss: value }));
  const { element: buttons, said, reset } = stepButtons(life, walk);
  const element = h("div", {}, buttons, said,
    h("div", { class: "xe-controls" }, ...[...weights, rate].map((one) => one.element), loss.element));
  let reach; // of the two sliders
  const show = (now) => {
    weights.forEach((one, j) => {
      if (now.reach !== reach) put(one.input, { min: -now.reach, max: now.reach, step: now.reach / 400 });
      one.show(now.w[j], significant(now.w[j]));
    });
    reach = now.reach;
    rate.show(Math.log10(now.rate), significant(now.rate));
    loss.select.value = now.loss;
  };
  return { element, show, reset };
}

function choice({ listen }, name, options, onChange) {
  const select = h("select", {}, ...options.map((option) => h("option", {}, option)));
  listen(select, "change", () => onChange(select.value));
  return { element: h("div", { class: "xe-pick" }, h("label", {}, `${name} `, select)), select };
}

const FULL = `A path has at most ${LONGEST} steps: move the point to begin another one.`;
const REASONS = {
  "bends-down": "No Newton step: the surface bends downwards here, and its parabola has no lowest point.",
  singular: "No Newton step: in some direction the surface is straight, so the parabola has no single lowest point.",
  "no-fall": "No Newton step: the loss is as low as numbers of 16 digits can tell.",
};

function stepButtons(life, walk) {
  const { signal, watch } = life;
  const said = h("p", { class: "xe-note", role: "status" });
  let timer;
  let left = 0;
  const goTo = (w, rate) => {
    if (walk.isFull()) said.textContent = FULL;
    else walk.goTo(w, rate);
  };
  const step = () => {
    const { next, rate } = walk.state();
    goTo(next, rate);
  };
  const isOver = () => left <= 0 || walk.isFull() || lengthOf(walk.state().gradient) < FLAT;
  const stop = () => {
    cancelAnimationFrame(timer);
    left = 0;
    run.textContent = "Run";
  };
  const go = () => {
    left -= 1;
    step();
    if (isOver()) stop();
    else timer = requestAnimationFrame(go);
  };
  const run = button(life, () => {
    if (left > 0) return stop();
    said.textContent = "";
    left = RUN;
    run.textContent = "Stop";
    if (!matchMedia("(prefers-reduced-motion: reduce)").matches) return go();
    do {
      left -= 1;
      step();
    } while (!isOver());
    return stop();
  }, "Run");
  signal.addEventListener("abort", stop);
  const one = button(life, () => (stop(), (said.textContent = ""), step()), "Step");
  const newton = button(life, () => {
    stop();
    const { loss, w, X, y } = walk.state();
    const { w: there, halvings, reason } = newtonStep(loss, w, X, y);
    said.textContent = reason ? REASONS[reason] : halvings ? `The whole step would lead up: it is halved ${halvings === 1 ? "once" : `${halvings} times`}.` : "";
    if (there) goTo(there);
  }, "Newton step");
  const reset = () => {
    if (left > 0) stop();
    said.textContent = "";
  };
  watch("task loss X y", reset);
  return { element: h("div", {}, one, run, newton), said, reset };
}

// The samples: choose one, move it, flip its label, add and remove --------------------------------

export function sampleEditor(life, walk) {
  const { model, change } = life;
  const name = h("span", { role: "status" });
  const turn = (by) => {
    const { X, chosen } = walk.data();
    walk.choose((chosen + by + X.length) % X.length);
  };
  const feature = (j, label) => slider(life, {
    label: ["its ", quantity("x", label)], min: -3, max: 3, step: 0.05,
    onInput: (value) => {
      const { X, chosen } = walk.data();
      change({ X: X.with(chosen, X[chosen].with(j, value)) });
    },
  });
  const features = [feature(0, "x₁"), feature(1, "x₂")];
  const flip = () => {
    const { y, chosen } = walk.data();
    change({ y: y.with(chosen, 1 - y[chosen]) });
  };
  const add = button(life, () => {
    walk.add([0.5, 0.5]);
    if (add.disabled) remove.focus();
  }, "Add one");
  const remove = button(life, () => {
    const { X, y, chosen } = walk.data();
    change({ X: X.toSpliced(chosen, 1), y: y.toSpliced(chosen, 1) });
    if (remove.disabled) add.focus(); // a button that rests cannot keep the focus
  }, "Remove it");
  const sets = { "as at the start": model.get("start"), ...model.get("datasets") };
  const load = choice(life, "replace all by", ["…", ...Object.keys(sets)], (key) => {
    if (sets[key]) change({ X: sets[key].X, y: sets[key].y });
    load.select.value = "…";
  });
  const element = h("details", { class: "xe-fold" }, h("summary", {}, "Change the samples"),
    h("p", {}, "Drag a sample to move it. Press where there is none to add one there, with the label of the chosen sample."),
    h("div", {}, button(life, () => turn(-1), "Previous"), button(life, () => turn(1), "Next"), name),
    h("div", { class: "xe-controls" }, ...features.map((one) => one.element)),
    h("div", {}, button(life, flip, "Flip its label"), remove, add), load.element);
  let [shown, far] = [[], 3];
  const show = ({ ground, X, y, chosen }) => {
    const now = [...ground, chosen];
    if (now.every((value, i) => value === shown[i])) return;
    shown = now;
    const words = `sample ${chosen + 1} of ${X.length}, y = ${y[chosen]}`;
    if (name.textContent !== words) name.textContent = words; // it is read out
    const reach = Math.max(3, Math.ceil(farthest(X) * 1.1));
    if (reach !== far) for (const one of features) put(one.input, { min: -reach, max: reach });
    far = reach;
    features.forEach((one, j) => one.show(X[chosen][j]));
    add.disabled = X.length >= MOST;
    remove.disabled = X.length <= 1;
  };
  return { element, show, reset: () => (element.open = false) };
}
