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
  const placed = () => [...new Set(model.get("placed"))]; // a link may name one twice

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
  blocks.forEach((one, id) => draggable(life, {
    ...one, built, rest, drop: (index) => move(id, index),
    others: () => placed().filter((other) => other !== id).map((other) => blocks[other].element),
  }));

  const show = () => {
    const focused = document.activeElement;
    const order = placed();
    blocks.forEach((one, id) => one.show(order.indexOf(id), order.length));
    arrange(built, order.map((id) => blocks[id].element));
    arrange(rest, pool.filter((id) => !order.includes(id)).map((id) => blocks[id].element));
    blocks.find(({ owns }) => owns(focused))?.focus(focused);
  };
  const mark = (id) => put(blocks[id].element, { "data-wrong": true });
  return { built, rest, placed, show, mark };
}

// Give a list its items, and leave those in place that are: a formula that moves is laid out anew.
function arrange(list, items) {
  for (const one of [...list.children]) if (!items.includes(one)) one.remove();
  items.forEach((one, k) => {
    if (list.children[k] !== one) list.insertBefore(one, list.children[k] ?? null);
  });
}

const BUTTONS = { up: ["↑", "Move up"], down: ["↓", "Move down"], remove: ["×", "Take out"], add: ["+", "Add"] };

function block(life, tree, actions) {
  const buttons = Object.fromEntries(Object.entries(BUTTONS).map(([name, [face, label]]) => {
    const element = button(life, actions[name], face);
    return [name, put(element, { "aria-label": `${label}: ${said(tree)}` })];
  }));
  const formula = formulaBox(life, said(tree));
  formula.show(tree);
  const handle = h("span", { class: "xe-handle", "aria-hidden": "true" }, "⠿");
  const moves = h("span", { class: "xe-moves" });
  const grip = h("div", { class: "xe-grab" }, handle, formula.element);
  const element = h("li", { class: "xe-block" }, grip, moves);

  const { up, down, remove, add } = buttons;
  const show = (index, length) => {
    const wanted = index < 0 ? [add] : [up, down, remove];
    if (moves.firstChild !== wanted[0]) moves.replaceChildren(...wanted);
    up.disabled = index === 0;
    down.disabled = index === length - 1;
    put(element, { "data-wrong": null });
  };
  const owns = (one) => Object.values(buttons).includes(one);
  const focus = (wanted) => {
    const usable = (one) => one.isConnected && !one.disabled;
    [wanted, ...Object.values(buttons)].find(usable).focus();
  };
  return { element, grip, handle, show, owns, focus };
}

// Drag a block by its handle, with a mouse by its formula, too; a finger scrolls there. others()
// are the blocks that it may stand between.
function draggable(life, { element, grip, handle, built, rest, others, drop }) {
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
  drag(life, handle, follow);
  life.listen(handle, "pointerup pointercancel", end);
  life.listen(grip, "pointerdown", (event) => {
    const elsewhere = event.pointerType === "mouse" && event.target !== handle;
    if (elsewhere) handle.dispatchEvent(new PointerEvent("pointerdown", event));
  });
}
