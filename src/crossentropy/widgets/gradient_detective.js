// Five gradients, one of them right: which bug has each of the others?
import { nameWords } from "./detective_words.js";
import { significant } from "./digits.js";
import { errorView } from "./error_view.js";
import { residual, sigmoid } from "./numerics.js";
import {
  button, exercise, feedback, h, number, put, quantity, rich, slider, toolbar,
} from "./shared.js";
import { differenceAt, drawSuspects, errorOf, judgeName, suspectAt } from "./suspects.js";
import { dotOf } from "./vectors.js";

const LETTERS = ["A", "B", "C", "D", "E"];
const REACH = 3; // of weights and features, as in gradient_detective.py
const RIGHT = "nothing is wrong with it";
const capital = (words) => (words.startsWith("p ") ? words : words[0].toUpperCase() + words.slice(1));

export default exercise("Gradient detective", (life) => {
  const { root, watch } = life;
  const file = caseFile(life);
  const who = suspectChoice(life);
  const picture = errorView(life, { setStep: file.setStep, draw: () => picture.show(file.points()) });
  const table = comparison(life, file);
  const controls = probeControls(life, file);
  const verdicts = verdictPanel(life, file);
  const task = h("p", { class: "xe-task" });
  root.append(task, who.element, picture.svg, table.element, controls.element, verdicts.action,
    verdicts.said.element, toolbar(life, { onReset: () => startOver() }));
  const redraw = () => {
    file.note();
    task.replaceChildren(...heading(file));
    for (const part of [who, table, controls, verdicts]) part.show(file);
    picture.show(file.points());
  };
  const startOver = () => {
    file.forget();
    verdicts.reset();
    redraw();
  };
  watch("seed suspect named choice w x y exponent", redraw);
});

// The case: who the suspects are, and what was probed -------------------------------------------

function caseFile({ model, change }) {
  let [seed, history] = [undefined, []]; // of each suspect, the probes made so far, each once
  const letter = () => model.get("suspect");
  const start = () => {
    const { w, x, y } = model.get("start");
    return { w, x, y };
  };
  const spot = () => String([model.get("w"), model.get("x"), model.get("y")]);
  const note = () => {
    if (seed !== model.get("seed")) [seed, history] = [model.get("seed"), LETTERS.map(() => new Map())];
    const [w, x, y, exponent] = ["w", "x", "y", "exponent"].map((name) => model.get(name));
    const [key, found] = [`${spot()} ${exponent}`, history[letter()]];
    if (!found.has(key)) {
      const probe = { w, x, y, exponent, h: 10 ** exponent };
      found.set(key, { ...probe, spot: spot(), error: errorOf(suspect(), probe) });
    }
    return found.get(key);
  };
  let drawn = {};
  const suspects = () => {
    const now = model.get("seed");
    if (drawn.seed !== now) drawn = { seed: now, keys: drawSuspects(now, start()) };
    return drawn.keys;
  };
  const suspect = () => suspects()[letter()];
  const probes = () => [...history[letter()].values()];
  const points = () => {
    const point = ({ exponent, error }) => [exponent, error];
    const [here, all] = [spot(), probes()];
    const isHere = (old) => old.spot === here;
    return {
      here: all.filter(isHere).map(point),
      elsewhere: all.filter((old) => !isHere(old)).map(point),
      now: point(note()),
    };
  };
  return {
    model, note, points, probes, suspects, suspect,
    forget: () => (seed = undefined),
    isSolved: (i = letter()) => model.get("named")[i] === suspects()[i],
    setStep: (exponent) => change({ exponent: Math.round(exponent * 4) / 4 }),
  };
}

function heading({ isSolved }) {
  const open = LETTERS.filter((_, i) => !isSolved(i));
  if (!open.length) return [h("strong", {}, "Case closed. "), "All five are named. A check is as good as the points at which it is made."];
  return [h("strong", {}, `${5 - open.length} of 5 named. `),
    "Five people have written a gradient of the loss of one sample. One is right; each of the others has one bug. Compare with the difference, probe other points, and name the bug."];
}

function suspectChoice({ model, change, listen }) {
  const name = `xe-${Math.random().toString(36).slice(2)}`;
  const inputs = LETTERS.map((_, i) => h("input", { type: "radio", name, value: i }));
  const marks = LETTERS.map(() => h("span"));
  inputs.forEach((input, i) => listen(input, "change", () => change({ suspect: i, choice: "" })));
  const labels = LETTERS.map((letter, i) => h("label", {}, inputs[i], ` ${letter} `, marks[i]));
  const element = h("fieldset", { class: "xe-suspects" }, h("legend", {}, "Gradient "), ...labels);
  const show = ({ isSolved }) => inputs.forEach((input, i) => {
    input.checked = i === model.get("suspect");
    marks[i].textContent = isSolved(i) ? "✓ named" : "";
  });
  return { element, show };
}

// The numbers and the controls -------------------------------------------------------------------

function comparison() {
  const cells = Array.from({ length: 2 }, () => [h("td"), h("td")]);
  const [names, error] = [["central difference", "gradient"].map((name) => h("th", { scope: "row" }, name)), h("span")];
  const head = h("tr", {}, h("td"), ...["w₁", "w₂"].map((w) => h("th", { scope: "col" }, "in ", quantity("w", w))));
  const table = h("table", { class: "xe-table" }, h("thead", {}, head),
    h("tbody", {}, ...cells.map((row, i) => h("tr", {}, names[i], ...row))));
  const facts = h("p");
  const element = h("div", { class: "xe-readout" }, table, h("p", {}, "relative error ", error), facts);
  const show = ({ model, note, suspect }) => {
    const here = note();
    const rows = [differenceAt(here, here.h), suspectAt(suspect(), here)];
    rows.forEach((row, i) => row.forEach((value, j) => (cells[i][j].textContent = significant(value, 6))));
    names[1].textContent = `gradient ${LETTERS[model.get("suspect")]}`;
    error.textContent = significant(here.error, 2);
    const z = dotOf(here.w, here.x);
    facts.replaceChildren(...rich(`Here {p} = ${number(sigmoid(z), 3)} and the error {p} − {y} = ${number(residual(z, here.y), 3)}.`));
  };
  return { element, show };
}

function probeControls(life, file) {
  const { model, change } = life;
  const step = slider(life, { label: ["step ", h("var", {}, "h")], min: -15, max: 0, step: 0.25, onInput: file.setStep });
  const entry = (name, j, label) => slider(life, {
    label: [quantity(name, label)], min: -REACH, max: REACH, step: 0.25,
    onInput: (value) => change({ [name]: model.get(name).with(j, value) }),
  });
  const vectors = ["w", "x"].flatMap((name) => ["₁", "₂"].map((digit, j) => ({ name, j, control: entry(name, j, `${name}${digit}`) })));
  const label = slider(life, { label: ["label ", quantity("y")], min: 0, max: 1, step: 1, onInput: (y) => change({ y }) });
  const all = [step, label, ...vectors.map(({ control }) => control)];
  const element = h("div", { class: "xe-controls" }, ...all.map((control) => control.element));
  const show = () => {
    step.show(model.get("exponent"), significant(10 ** model.get("exponent"), 2));
    label.show(model.get("y"), String(model.get("y")));
    vectors.forEach(({ name, j, control }) => control.show(model.get(name)[j]));
  };
  return { element, show };
}

// The verdict: a name from the list, judged by what was probed -----------------------------------

function verdictPanel(life, file) {
  const { model, change } = life;
  const said = feedback();
  const names = { right: RIGHT, ...model.get("names") };
  const select = h("select", {}, h("option", { value: "" }, "…"),
    ...Object.entries(names).map(([key, name]) => h("option", { value: key }, capital(name))));
  const commit = () => {
    const [named, suspect, probes] = [model.get("choice"), file.suspect(), file.probes()];
    if (!named) return said.say("note", "Choose what is wrong, or that nothing is.");
    const verdict = judgeName(named, suspect, probes);
    said.say(verdict.kind === "open" ? "note" : verdict.kind, ...rich(nameWords(verdict, { named, suspect, probes, names })));
    if (verdict.kind === "right") change({ named: model.get("named").with(model.get("suspect"), named) });
    return verdict.kind;
  };
  life.listen(select, "change", () => change({ choice: select.value }));
  const fresh = () => {
    said.clear();
    change({ ...model.get("start"), seed: model.get("seed") + 1 });
  };
  const commitButton = button(life, () => commit() === "right" && life.root.querySelector("input:checked").focus(), "Commit");
  const action = h("div", { class: "xe-action xe-pick" }, h("label", {}, "What is wrong? ", select), " ",
    commitButton, button(life, fresh, "New case"));
  let shown;
  const show = ({ isSolved }) => {
    const key = [model.get("seed"), model.get("suspect")].join();
    if (key !== shown) said.clear();
    shown = key;
    select.value = isSolved() ? file.suspect() : model.get("choice");
    for (const element of [select, commitButton]) put(element, { disabled: isSolved() });
  };
  return { action, said, show, reset: said.clear };
}
