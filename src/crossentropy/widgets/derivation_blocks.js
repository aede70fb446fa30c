// The derivation in shuffled lines: put them in order, then fill in what has faded.
import { blockLists } from "./block_lists.js";
import { chance, shuffled } from "./chance.js";
import { chainValues, close, readDerivation } from "./derivation.js";
import { letter } from "./expression.js";
import { fading } from "./fading.js";
import { typeset } from "./notation.js";
import { button, exercise, feedback, h, toolbar } from "./shared.js";
import { distractors, SLIP_WORDS } from "./slips.js";
import { place, short } from "./verdict.js";

const FALSE_LINES = 3; // as in derivation_blocks.py
const TRIALS = [[2, 0.75, 1], [2, 0.75, 0], [-1, 0.5, 1]].map(([x, w, y]) => ({ x, w, y }));

export default exercise("Derivation blocks", (life) => {
  const { model, root, watch, change } = life;
  const derivation = readDerivation(model.get("derivation"));
  const said = feedback();
  const stage = h("div", {});
  root.append(stage, toolbar(life, { onReset: said.clear }));

  let shown; // the stage on display
  watch("seed ordered", () => {
    const make = model.get("ordered") ? fading : ordering;
    shown = make(life, derivation, said);
    stage.replaceChildren(...shown.elements);
  });
  watch("seed ordered placed filled answer", () => shown.show());
});

// The first part: the lines in their order.
function ordering(life, derivation, said) {
  const { model, change } = life;
  const seed = model.get("seed");
  const extra = distractors(derivation, seed, FALSE_LINES);
  const trees = [...derivation.lines, ...extra].map(({ tree }) => tree);
  const status = h("p", { class: "xe-unseen", role: "status" });
  const lists = blockLists(life, {
    trees,
    pool: shuffled(chance(seed), trees.keys()),
    onMove: (placed, words) => {
      change({ placed });
      lists.mark(null);
      said.clear();
      status.textContent = words;
    },
  });

  const check = () => {
    const placed = model.get("placed");
    const wrong = placed.findIndex((id, k) => id !== k);
    if (wrong >= 0) {
      lists.mark(placed[wrong]);
      said.say("wrong", ...(placed[wrong] < derivation.lines.length ? outOfOrder(wrong) : isFalse(wrong, placed[wrong])));
    } else if (placed.length < derivation.lines.length) said.say("note", ...unfinished(placed.length));
    else {
      change({ ordered: true });
      said.say("right", h("strong", {}, "In order. "), "Now three parts fade from it.");
      life.root.querySelector("input").focus();
    }
  };
  const step = (k) => (k ? "The line before it leads to the next by this rule: " : "The first line comes by this rule: ")
    + derivation.lines[k].rule.replaceAll(" - ", " − ");
  const outOfOrder = (k) => [h("strong", {}, `Place ${k + 1}: this line is true, but not the next. `), step(k)];
  const unfinished = (k) => [k ? h("strong", {}, `Right so far, and ${derivation.lines.length - k} to go. `) : "", step(k)];
  const isFalse = (k, id) => {
    const values = TRIALS.map((sample) => [sample, ...chainValues(derivation, [trees[id]], sample)]);
    const [sample, slope, value] = values.find(([, a, b]) => !close(a, b)) ?? values[0];
    const slip = SLIP_WORDS[extra[id - derivation.lines.length].kind];
    return [h("strong", {}, `Place ${k + 1}: in this line, ${slip}. `),
      `At ${place(sample, ["x", "w", "y"])} it gives ${short(value)}, but the slope of the loss is ${short(slope)}.`];
  };

  const task = h("p", { class: "xe-task" }, h("strong", {}, "Part 1 of 2. "),
    `Build the derivation from its first line to its last. ${FALSE_LINES} of the lines are false and stay out. Drag a line, or use its buttons.`);
  const start = h("div", { class: "xe-start" }, typeset(letter("dl_dw")), " =");
  const action = h("div", { class: "xe-action" }, button(life, check, "Check"));
  const caption = h("p", { class: "xe-caption" }, "Lines to choose from");
  const elements = [task, start, lists.built, action, said.element, caption, lists.rest, status];
  return { elements, show: lists.show };
}
