// A derivation with a slip: mark the equals signs that are false, then repair the line.
import { chainValues, differs, falseLinks, readDerivation, whereRight, whereWrong } from "./derivation.js";
import { letter } from "./expression.js";
import { formulaBox } from "./formula.js";
import { typeset } from "./notation.js";
import { probePanel } from "./probe.js";
import { button, exercise, feedback, h, put, toolbar } from "./shared.js";
import { makeRound, repairs, SLIP_WORDS } from "./slips.js";
import { falseLine, place, short } from "./verdict.js";

export default exercise("Error hunt", (life) => {
  const { model, root, watch, change, listen } = life;
  const derivation = readDerivation(model.get("derivation"));
  const said = feedback();
  let round;
  const lineName = (k) => `(${derivation.lines[k].number})`;
  const chain = chainView(life, lineName);
  const probe = probePanel(life, {
    values: (sample) => chainValues(derivation, shownTrees(), sample),
    sides: (k) => [k ? lineName(k - 1) : "the slope, by a nudge", lineName(k)],
  });
  const repair = repairView(life);
  const act = button(life, () => step().act());
  const task = h("p", { class: "xe-task" });
  const form = h("form", {}, chain.element, probe.element, repair.element, h("div", { class: "xe-action" }, act));
  listen(form, "submit", (event) => event.preventDefault());
  root.append(task, form, said.element, toolbar(life, { onReset: said.clear }));

  const shownTrees = () => (model.get("solved") ? derivation.lines.map(({ tree }) => tree) : round.trees);

  const checkMarks = () => {
    const marked = [...new Set(model.get("marked"))]; // a link may name one twice
    const wrong = marked.find((k) => !round.key.includes(k));
    const missing = round.key.length - marked.length;
    if (!marked.length) said.say("note", "First mark an equals sign that you think is false.");
    else if (wrong !== undefined) said.say("wrong", ...agreement(wrong));
    else if (missing) said.say("wrong", `What you marked is false. ${missing} more ${missing > 1 ? "are" : "is"} false, too.`);
    else {
      change({ found: true });
      said.say("right", h("strong", {}, "Found. "), foundWords(round, lineName), " Now repair it.");
      repair.element.querySelector("input").focus();
    }
  };
  const agreement = (k) => {
    const { sample, value } = whereRight(derivation, round.trees, k, probe.sample());
    return [h("strong", {}, `The equals sign before ${lineName(k)} is true. `),
      `At ${place(sample, ["x", "w", "y"])} both sides are ${short(value)}.`];
  };
  const checkRepair = () => {
    const option = round.options[model.get("repair")];
    if (!option) return said.say("note", "First choose a line.");
    const { kind, tree } = option;
    const right = derivation.lines[round.line];
    if (!differs(derivation, tree, right.tree)) {
      change({ solved: true });
      return said.say("right", h("strong", {}, "Right. "), `In ${lineName(round.line)}, ${SLIP_WORDS[round.kind]}. ${right.rule.replaceAll(" - ", " − ")}`);
    }
    return said.say("wrong", h("strong", {}, `Not yet: here, ${SLIP_WORDS[kind]}. `), falseLine(whereWrong(derivation, tree)));
  };
  const next = () => {
    change({ ...model.get("start"), seed: model.get("seed") + 1 });
    chain.element.querySelector("input").focus();
  };

  const step = () => {
    if (model.get("solved")) return { act: next, words: "Another derivation" };
    if (model.get("found")) return { act: checkRepair, words: "Check the repair" };
    return { act: checkMarks, words: "Check" };
  };

  watch("seed", () => {
    const seed = model.get("seed");
    round = makeRound(derivation, seed);
    round.key = falseLinks(derivation, round.trees);
    round.options = repairs(derivation, round, seed);
    said.clear();
    task.replaceChildren(h("strong", {}, `Derivation ${seed + 1}${seed ? "" : ", as it was printed"}. `),
      "It contains a slip. Mark each equals sign whose two sides are not equal; numbers in both sides help.");
  });
  watch("seed marked probed found solved repair", () => {
    const [found, solved] = ["found", "solved"].map((name) => model.get(name));
    chain.show(shownTrees(), { ...round, locked: found });
    repair.show(found && !solved ? round.options : [], `How must line ${lineName(round.line)} read?`);
    act.textContent = step().words;
  });
  watch("seed solved probed x w y", probe.show);
});

function foundWords({ key, line }, lineName) {
  const around = key.length === 2 ? `Both equals signs beside ${lineName(line)} are false` : `The equals sign before ${lineName(line)} is false`;
  return key.length === 2 || line === 7 ? `${around}.` : `${around}; after it, the slip is carried on.`;
}

// The lines, each with its equals sign as a box to tick and a place for the probe.
function chainView(life, lineName) {
  const { model } = life;
  const head = h("div", { class: "xe-row" }, h("span", { class: "xe-left" }, typeset(letter("dl_dw"))),
    h("span", { class: "xe-number", "aria-hidden": "true" }, "test"));
  const rows = model.get("derivation").lines.map((_, k) => chainRow(life, k, lineName(k)));
  const element = h("div", { class: "xe-chain", role: "group", "aria-label": "The derivation" }, head,
    ...rows.map(({ row }) => row));
  const show = (trees, { locked, line }) => rows.forEach(({ row, box, radio, formula }, k) => {
    formula.show(trees[k]);
    box.checked = !model.get("solved") && model.get("marked").includes(k);
    box.disabled = locked;
    radio.checked = model.get("probed") === k;
    put(row, { "data-probed": radio.checked, "data-repaired": model.get("solved") && k === line });
  });
  return { element, show };
}

function chainRow(life, k, name) {
  const { model, listen, change } = life;
  const box = h("input", { type: "checkbox", class: "xe-equals", "aria-label": `The equals sign before ${name} is false` });
  const radio = h("input", { type: "radio", name: "probed", "aria-label": `Test the equals sign before ${name}` });
  const formula = formulaBox(life, `Line ${name}`);
  listen(box, "change", () => {
    const others = model.get("marked").filter((one) => one !== k);
    change({ marked: box.checked ? [...others, k].sort() : others });
  });
  listen(radio, "change", () => change({ probed: k }));
  const row = h("div", { class: "xe-row" }, box, formula.element, h("span", { class: "xe-number" }, name), radio);
  return { row, box, radio, formula };
}

// The lines of which one repairs the derivation.
function repairView({ model, listen, change }) {
  const element = h("fieldset", { class: "xe-panel" });
  let shown = null;
  let radios = [];
  listen(element, "change", () => change({ repair: radios.findIndex(({ checked }) => checked) }));
  const show = (lines, legend) => {
    element.hidden = !lines.length;
    if (shown !== lines) {
      radios = lines.map(() => h("input", { type: "radio", name: "repair" }));
      const options = lines.map(({ tree }, i) => h("label", { class: "xe-option" }, radios[i], typeset(tree)));
      element.replaceChildren(h("legend", {}, legend), ...options);
    }
    shown = lines;
    radios.forEach((radio, i) => (radio.checked = model.get("repair") === i));
  };
  return { element, show };
}
