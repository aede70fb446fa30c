// The derivation in shuffled lines: put them in order, then fill in what has faded.
import { blockLists } from "./block_lists.js";
import { chance, shuffled } from "./chance.js";
import { readDerivation, whereWrong } from "./derivation.js";
import { letter } from "./expression.js";
import { fading } from "./fading.js";
import { typeset } from "./notation.js";
import { button, exercise, feedback, h, toolbar } from "./shared.js";
import { distractors, SLIP_WORDS } from "./slips.js";
import { falseLine } from "./verdict.js";

const FALSE_LINES = 3; // as in derivation_blocks.py

export default exercise("Derivation blocks", (life) => {
  const { model, root, watch } = life;
  const derivation = readDerivation(model.get("derivation"));
  const said = feedback();
  const [above, below] = [h("div", {}), h("div", {})];
  // What is said has its place between the two: a region that is moved may stay silent.
  root.append(above, said.element, below, toolbar(life, { onReset: said.clear }));

  let part = null; // the one on display
  watch("seed ordered", () => {
    part?.end();
    part = episode(life);
    part.view = (model.get("ordered") ? fading : ordering)(part.life, derivation, said);
    above.replaceChildren(...part.view.above);
    below.replaceChildren(...part.view.below);
    said.clear();
  });
  watch("seed ordered placed filled answer", () => part.view.show());
});

// A life within a life: what is started in it ends before, when end() is called.
function episode(life) {
  const controller = new AbortController();
  const { signal } = controller;
  const end = () => controller.abort();
  life.signal.addEventListener("abort", end, { signal });
  const listen = (target, types, handler, options) => {
    for (const type of types.split(" ")) target.addEventListener(type, handler, { ...options, signal });
  };
  return { life: { ...life, signal, listen }, end };
}

// The first part: the lines in their order.
function ordering(life, derivation, said) {
  const { model, change } = life;
  const seed = model.get("seed");
  const extra = distractors(derivation, seed, FALSE_LINES);
  const trees = [...derivation.lines, ...extra].map(({ tree }) => tree);
  const lists = blockLists(life, {
    trees,
    pool: shuffled(chance(seed), trees.keys()),
    onMove: (placed, words) => {
      change({ placed });
      said.say("note", words);
    },
  });

  const check = () => {
    const placed = lists.placed();
    const wrong = placed.findIndex((id, k) => id !== k);
    if (wrong >= 0) {
      lists.mark(placed[wrong]);
      said.say("wrong", ...(placed[wrong] < derivation.lines.length ? outOfOrder(wrong) : isFalse(wrong, placed[wrong])));
    } else if (!placed.length) said.say("note", "First put a line in.");
    else if (placed.length < derivation.lines.length) said.say("note", ...unfinished(placed.length));
    else {
      change({ ordered: true });
      said.say("right", h("strong", {}, "In order. "), "Now three parts fade from it.");
      life.root.querySelector("input").focus();
    }
  };
  const step = (k) => `${k ? "The next" : "The first"} step is: ${derivation.lines[k].rule.replaceAll(" - ", " − ")}`;
  const outOfOrder = (k) => [h("strong", {}, `Place ${k + 1}: this line is true, but does not come here. `), step(k)];
  const unfinished = (k) => [h("strong", {}, `Right so far, and ${derivation.lines.length - k} to go. `), step(k)];
  const isFalse = (k, id) => {
    const slip = SLIP_WORDS[extra[id - derivation.lines.length].kind];
    return [h("strong", {}, `Place ${k + 1}: here, ${slip}. `), falseLine(whereWrong(derivation, trees[id]))];
  };

  const task = h("p", { class: "xe-task" }, h("strong", {}, "Part 1 of 2. "),
    `Build the derivation from its first line to its last. It has ${derivation.lines.length} lines; the others here are false and stay out. Drag a line, or use its buttons.`);
  const start = h("div", { class: "xe-start" }, typeset(letter("dl_dw")), " =");
  const action = h("div", { class: "xe-action" }, button(life, check, "Check"));
  const caption = h("p", { class: "xe-caption" }, "Lines to choose from");
  return { above: [task, start, lists.built, action], below: [caption, lists.rest], show: lists.show };
}
