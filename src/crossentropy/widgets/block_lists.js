// Two lists of formulas, one to build and one to choose from: moved by buttons, or dragged.
import { formulaBox } from "./formula.js";
import { said } from "./notation.js";
import { button, clamp, drag, h, put } from "./shared.js";

const STILL = 4; // pixels by which a hand may tremble

// trees: the formulas; pool: the order of those not placed; onMove(order, words) gets the new order
// and what happened.
export function blockLists(life, { trees, pool, onMove }) {
  const { model } = life;
  const built = h("ol", { class: "xe-blocks", "aria-label": "Your derivation" });
  const rest = h("ul", { class: "xe-blocks xe-rest", "aria-label": "Lines to choose from" });
  const placed = () => model.get("placed").filter((id) => id in trees);

  // Take a block out, and put it in before `index` of the others; null leaves it out.
  const move = (id, index) => {
    const others = placed().filter((one) => one !== id);
    if (index === null) return onMove(others, "Taken out.");
    const at = clamp(index, 0, others.length);
    return onMove(others.toSpliced(at, 0, id), `Now in place ${at + 1} of ${others.length + 1}.`);
  };
  const blocks = trees.map((tree, id) => block(life, tree, {
    up: () => move(id, placed().indexOf(id) - 1),
    down: () => move(id, placed().indexOf(id) + 1),
    remove: () => move(id, null),
    add: () => move(id, placed().length),
  }));
  blocks.forEach(({ element, grip }, id) => draggable(life, {
    element, grip, built, rest, drop: (index) => move(id, index),
    others: () => placed().filter((one) => one !== id).map((one) => blocks[one].element),
  }));

  const show = () => {
    const focused = document.activeElement;
    const order = placed();
    built.replaceChildren(...order.map((id) => blocks[id].element));
    rest.replaceChildren(...pool.filter((id) => !order.includes(id)).map((id) => blocks[id].element));
    blocks.forEach((one, id) => one.show(order.indexOf(id), order.length));
    blocks.find(({ element }) => element.contains(focused))?.focus(focused);
  };
  const mark = (id) => blocks.forEach(({ element }, one) => put(element, { "data-wrong": one === id }));
  return { built, rest, show, mark };
}

function block(life, tree, actions) {
  const words = { up: ["↑", "Move up"], down: ["↓", "Move down"], remove: ["×", "Take out"], add: ["+", "Add"] };
  const buttons = Object.fromEntries(Object.entries(words).map(([name, [face, label]]) => {
    const element = button(life, actions[name], face);
    return [name, put(element, { "aria-label": `${label}: ${said(tree)}` })];
  }));
  const formula = formulaBox(life, said(tree));
  formula.show(tree);
  const grip = h("div", { class: "xe-grab" }, h("span", { class: "xe-handle", "aria-hidden": "true" }, "⠿"), formula.element);
  const element = h("li", { class: "xe-block" }, grip, h("span", { class: "xe-moves" }, ...Object.values(buttons)));
  const show = (index, length) => {
    for (const name of ["up", "down", "remove"]) buttons[name].hidden = index < 0;
    buttons.add.hidden = index >= 0;
    buttons.up.disabled = index === 0;
    buttons.down.disabled = index === length - 1;
  };
  const focus = (wanted) => {
    const usable = (one) => !one.hidden && !one.disabled;
    [wanted, ...Object.values(buttons)].find(usable).focus();
  };
  return { element, grip, show, focus };
}

// Drag a block by its grip: others() are the blocks it may stand between.
function draggable(life, { element, grip, built, rest, others, drop }) {
  let held; // pixels from the top of the block to the pointer
  let shift = 0;
  let index; // where it would be dropped; undefined before it moves

  const follow = (event, begins) => {
    const top = element.getBoundingClientRect().top - shift;
    if (begins) held = event.clientY - top;
    const wanted = event.clientY - held - top;
    if (begins || (index === undefined && Math.abs(wanted) <= STILL)) return;
    shift = wanted;
    element.style.transform = `translateY(${shift}px)`;
    put(element, { "data-dragged": true });
    element.scrollIntoView({ block: "nearest" });
    aim(event.clientY);
  };
  const aim = (y) => {
    const middle = (one) => one.getBoundingClientRect().top + one.offsetHeight / 2;
    const border = (built.getBoundingClientRect().bottom + rest.getBoundingClientRect().top) / 2;
    const items = others();
    index = y > border ? null : items.filter((one) => middle(one) < y).length;
    items.forEach((one, i) => put(one, { "data-drop": index === i }));
    put(built, { "data-drop": index === items.length });
  };
  const end = (event) => {
    const dropped = index;
    for (const one of [...others(), built]) put(one, { "data-drop": null });
    put(element, { "data-dragged": null });
    element.style.transform = "";
    shift = 0;
    index = undefined;
    if (event.type === "pointerup" && dropped !== undefined) drop(dropped);
  };
  drag(life, grip, follow);
  life.listen(grip, "pointerup pointercancel", end);
}
