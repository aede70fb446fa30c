// One weight w, one input x, and b for the rest of the score: p(w) = σ(w x + b).
import { picture } from "./logistic_picture.js";
import { REACH, judge, plain, question, read } from "./logistic_tutor.js";
import {
  button, clamp, exercise, feedback, h, number, quantity, rich, slider, toolbar,
} from "./shared.js";

const STEP = 0.01;

export default exercise("Logistic explorer", (life) => {
  const { model, root, watch, change } = life;
  const move = (values) => {
    const [[name, value]] = Object.entries(values);
    change({ [name]: clamp(Math.round(value / STEP) * STEP, -REACH, REACH) });
  };
  const drawing = picture(life, move);
  const controls = sliders(life, move);
  const readout = readouts();
  const tasks = tutor(life, () => controls.element.querySelector("input").focus());
  root.append(tasks.task, drawing.svg, controls.element, readout.element, tasks.action,
    tasks.said.element, toolbar(life, { onReset: tasks.said.clear }));
  watch("w b x tasks solved guess", () => {
    const now = read(model);
    for (const part of [drawing, controls, readout]) part.show(now);
  });
});

// The tasks: a question to commit to, then a target to hit.
function tutor(life, focusControls) {
  const { model, change, watch } = life;
  const task = h("p", { class: "xe-task", tabindex: -1 });
  const action = h("div", { class: "xe-action" });
  const said = feedback();
  let judged = false;

  const predict = (guess) => {
    const { answer, why } = question(read(model));
    change({ guess });
    const opening = guess === answer ? "Right. " : "It is the other way round. ";
    said.say(guess === answer ? "right" : "wrong", opening, ...rich(why));
    judged = false;
    focusControls();
  };
  const check = () => {
    const { kind, words } = judge(read(model));
    said.say(kind, ...rich(words));
    judged = true;
    if (kind !== "right") return;
    change({ guess: "", solved: model.get("solved") + 1 });
    (action.querySelector("button") ?? task).focus();
  };
  watch("w b", () => judged && said.clear());
  let shown = null; // what the panel was made for: it keeps the focus while that stays the same
  watch("w b x tasks solved guess", () => {
    const now = read(model);
    const made = JSON.stringify([model.get("solved"), now.task, now.waiting && now]);
    if (made === shown) return;
    shown = made;
    task.replaceChildren(...heading(model, now.task));
    if (!now.task) action.replaceChildren();
    else if (!now.waiting) action.replaceChildren(button(life, check, "Check"));
    else action.replaceChildren(...asked(life, question(now), predict));
  });
  return { task, action, said };
}

function heading(model, task) {
  if (!task) return [h("strong", {}, "Done. "), "Every target is hit; explore as you like."];
  const count = `Task ${model.get("solved") + 1} of ${model.get("tasks").length}. `;
  const goal = task.kind === "slope" ? "Bring the slope of the tangent to " : "Bring the probability {p} to ";
  return [h("strong", {}, count), ...rich(goal), h("strong", {}, number(task.target)), "."];
}

function asked(life, { words, options }, predict) {
  const buttons = options.map(([guess, label]) => button(life, () => predict(guess), ...rich(label)));
  return [h("p", {}, h("strong", {}, "Predict first. "), ...rich(words)), ...buttons];
}

function sliders(life, move) {
  const make = (name, label) => slider(life, {
    label, min: -REACH, max: REACH, step: STEP, onInput: (value) => move({ [name]: value }),
  });
  const w = make("w", ["weight ", quantity("w")]);
  const b = make("b", ["rest of the score ", quantity("b")]);
  const element = h("div", { class: "xe-controls" }, w.element, b.element);
  const show = (now) => {
    element.hidden = now.waiting;
    w.show(now.w);
    b.show(now.b);
  };
  return { element, show };
}

// The three formulas with the present numbers.
function readouts() {
  const [z, p, slope] = ["z", "p", "slope"].map(() => h("span"));
  const last = h("div", {}, "slope ", quantity("gradient", "p(1 − p)x"), " = ", slope);
  const element = h("div", { class: "xe-readout" },
    h("div", {}, ...rich("{z} = {w}{x} + {b} = "), z),
    h("div", {}, ...rich("{p} = σ({z}) = "), p),
    last);
  const show = (now) => {
    const b = `${now.b < 0 ? "−" : "+"} ${number(Math.abs(now.b))}`;
    const three = (value) => number(value, 3);
    z.textContent = `${number(now.w)} · ${plain(now.x)} ${b} = ${number(now.z)}`;
    p.textContent = three(now.p);
    last.hidden = !now.withSlope;
    slope.textContent =
      `${three(now.p)} · ${three(now.other)} · ${plain(now.x)} = ${three(now.slope)}`;
  };
  return { element, show };
}
