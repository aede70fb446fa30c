// The tasks of the loss-surface explorer, one after the other: commit, check, learn, go on.
import { button, feedback, h, rich } from "./shared.js";
import { astray, surfaceTasks } from "./surface_tasks.js";

// What a verdict leaves open: the prediction stands, and the experiment is still to be made.
const PENDING = ["not-there", "overlap", "no-run"];

export function taskPanel(life, walk) {
  const { model, change, watch } = life;
  const flip = model.get("flip");
  const all = flip === null ? [] : surfaceTasks(flip, model.get("start"));
  const task = h("div", { class: "xe-task", tabindex: -1 });
  const action = h("div", { class: "xe-action" });
  const said = feedback();
  let options = [];

  const current = () => all[model.get("task")];
  const offer = (...buttons) => {
    const hadFocus = action.contains(document.activeElement);
    action.replaceChildren(...buttons);
    if (hadFocus) (action.querySelector("button") ?? task).focus();
  };
  const goOn = () => {
    said.clear();
    const { X, y, loss } = model.get("start");
    const next = model.get("task") + 1;
    change({ ...(all[next] ? { X, y, loss, ...all[next].begin } : {}), answer: "", task: next });
  };
  const nextButton = () => button(life, goOn, model.get("task") + 1 < all.length ? "Next task" : "Finish");
  const lock = (isLocked) => options.forEach((input) => (input.disabled = isLocked));
  const check = () => {
    const choice = options.find((input) => input.checked)?.value;
    const attempt = { ...walk.state(), choice, start: model.get("start") };
    const verdict = astray(current(), attempt) ?? current().judge(attempt);
    said.say(PENDING.includes(verdict.key) ? "note" : verdict.kind, ...rich(verdict.words));
    lock(verdict.kind === "right" || PENDING.includes(verdict.key));
    if (verdict.kind === "right") finish();
    else offer(checkButton(), current().reveal ? button(life, reveal, "Show me") : button(life, goOn, "Skip it"));
  };
  const checkButton = () => button(life, check, "Check");
  const finish = () => {
    const { reveal: shown } = current();
    if (model.get("task") === 0) change(shown());
    offer(nextButton());
  };
  const reveal = () => {
    change(current().reveal());
    said.say("note", ...rich(current().told));
    offer(nextButton());
  };
  const mark = () => options.forEach((input) => (input.checked = input.value === model.get("answer")));
  watch("answer", mark);
  watch("task", () => {
    const now = current();
    task.replaceChildren(...(now ? question(now) : closing()));
    offer(...(now ? [checkButton()] : []));
  });

  function question({ ask, options: texts = [] }) {
    const name = `xe-${Math.random().toString(36).slice(2)}`; // radios of one view belong together
    options = texts.map(([value]) => h("input", { type: "radio", name, value }));
    options.forEach((input) => life.listen(input, "change", () => change({ answer: input.value })));
    mark();
    const count = h("strong", {}, `Task ${model.get("task") + 1} of ${all.length}. `);
    const words = h("p", {}, count, ...rich(ask));
    const labels = texts.map(([, label], i) => h("label", {}, options[i], h("span", {}, ...rich(label))));
    return texts.length ? [h("fieldset", {}, h("legend", {}, words), ...labels)] : [words];
  }
  function closing() {
    options = [];
    const words = all.length ? "Done. Every task is behind you; explore as you like." : "Explore: drag the point, take steps, change the samples.";
    return [h("p", {}, words)];
  }
  const reset = () => {
    said.clear();
    const now = current();
    if (now) task.replaceChildren(...question(now));
    offer(...(now ? [checkButton()] : []));
  };
  return { task, action, said, reset };
}
