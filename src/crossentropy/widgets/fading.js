// The second part of the blocks: the derivation with parts that have faded, to be typed.
import { letter, substituted } from "./expression.js";
import { expressionField, reading } from "./field.js";
import { formulaBox } from "./formula.js";
import { judge, lettersOf, readTarget } from "./judge.js";
import { typeset, written } from "./notation.js";
import { button, h, put } from "./shared.js";
import { blanks, SLIP_WORDS, slipsIn } from "./slips.js";
import { values } from "./verdict.js";

const COUNT = 3; // as in derivation_blocks.py
const FREE = ["z", "x_j", "y"];
const SHOWN = [...FREE, "p"];
const LETTERS = [...SHOWN, "w_j"]; // a weight may stand where it does not belong

export function fading(life, derivation, said) {
  const { model, change, listen } = life;
  const seed = model.get("seed");
  const gaps = blanks(derivation, seed, COUNT).map((gap, i) => ({ ...gap, name: "ABC"[i] }));
  const target = ({ missing }) => {
    const slips = slipsIn(derivation, missing);
    const mistakes = slips.map(({ kind, tree }) => ({ kind, expressions: [written(tree)] }));
    return readTarget({ arguments: FREE, truth: written(missing), mistakes });
  };
  const rows = derivation.lines.map(({ number }) => {
    const formula = formulaBox(life, `Line (${number})`);
    const row = h("div", { class: "xe-row" }, h("span", {}, "="), formula.element, h("span", { class: "xe-number" }, `(${number})`));
    return { row, formula };
  });

  const check = () => {
    const i = model.get("filled");
    const wanted = target(gaps[i]);
    const { tree, error } = reading(model.get("answer"), wanted.letters);
    if (error) {
      said.say("wrong", error.message);
      return field.select(error);
    }
    const verdict = judge(tree, wanted);
    if (verdict.kind !== "right") {
      const slip = verdict.kind === "mistake" ? `: here, ${SLIP_WORDS[verdict.mistake.kind]}` : "";
      return said.say("wrong", h("strong", {}, `Not yet${slip}. `), values(verdict, lettersOf(tree, wanted)));
    }
    change({ filled: i + 1, answer: "" });
    const done = i + 1 === COUNT;
    said.say("right", h("strong", {}, "Right. "), done ? "The derivation is whole again." : "On to the next.");
    return done ? action.querySelector("button").focus() : field.input.focus();
  };
  const again = () => {
    change({ ...model.get("start"), seed: seed + 1 });
    life.root.querySelector("button").focus(); // the first one of the new lines
  };
  const action = h("div", { class: "xe-action" }, button(life, again, "Once more, with other lines"));
  const label = h("span", {});
  const field = expressionField(life, {
    label: [label],
    letters: LETTERS,
    shown: SHOWN,
    action: [button(life, check, "Check")],
    onInput: (answer) => {
      change({ answer });
      said.clear();
    },
  });
  const form = h("form", {}, field.element);
  listen(form, "submit", (event) => {
    event.preventDefault();
    check();
  });

  const task = h("p", { class: "xe-task" }, h("strong", {}, "Part 2 of 2. "), "Type each part that has faded, in any form that has its value.");
  const chain = h("div", { class: "xe-chain" }, h("div", { class: "xe-row" }, h("span", { class: "xe-left" }, typeset(letter("dl_dw")))),
    ...rows.map(({ row }) => row));

  const show = () => {
    const filled = model.get("filled");
    const text = model.get("answer");
    rows.forEach(({ row, formula }, k) => {
      const i = gaps.findIndex(({ line }) => line === k);
      formula.show(i < 0 || i < filled ? derivation.lines[k].tree : inPlace(gaps[i], i === filled ? text : ""));
      put(row, { "data-probed": i === filled, "data-repaired": i >= 0 && i < filled });
    });
    form.hidden = filled === COUNT;
    action.hidden = !form.hidden;
    if (form.hidden) return;
    label.textContent = `What stands in the place of ${gaps[filled].name}?`;
    field.show(text);
  };
  const inPlace = ({ tree, name }, text) => {
    const part = reading(text, LETTERS).tree;
    return part ? substituted(tree, name, part) : tree;
  };
  return { above: [task, chain, form, action], below: [], show };
}
