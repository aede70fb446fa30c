// Widget 9, at the end of each chapter: questions with an answer to every choice.
import { exercise, feedback, h, toolbar } from "./shared.js";

// Words and elements as Python writes them: "words", ["em", ["stress"]], ["formula", …, "read so"].
const content = (tree) => tree.map((one) => (typeof one === "string" ? one : element(...one)));

function element(tag, children, spoken) {
  const name = spoken && { role: "math", "aria-label": spoken }; // where a piece is raised
  if (tag === "formula") return h("span", { class: "xe-formula", ...name }, ...content(children));
  return h(tag, {}, ...content(children));
}

const rightChoice = ({ choices }) => choices.findIndex((choice) => choice.right);

// A question: its form, and show(tries) with the choices that have been checked, the last one last.
function questionForm({ listen }, question, number, onCheck) {
  const { ask, choices } = question;
  const said = feedback();
  const inputs = choices.map((_, k) => h("input", { type: "radio", name: "choice", value: k }));
  const labels = choices.map(({ text }, k) => h("label", {}, inputs[k], h("span", {}, ...content(text))));
  const legend = h("legend", {}, h("strong", {}, `${number}. `), ...content(ask));
  const check = h("button", { type: "submit" }, "Check");
  const form = h("form", { class: "xe-question" }, h("fieldset", {}, legend, ...labels), check, said.element);
  listen(form, "submit", (event) => {
    event.preventDefault();
    const choice = inputs.findIndex((input) => input.checked);
    if (choice >= 0) onCheck(choice);
    else said.say("note", "Choose an answer first.");
  });
  const show = (tries) => {
    labels.forEach((label, k) => {
      label.dataset.verdict = tries.includes(k) ? verdict(k) : "open";
    });
    const last = tries.at(-1);
    inputs.forEach((input, k) => (input.checked = k === last));
    if (last === undefined) return said.clear();
    const word = choices[last].right ? "Right. " : "Not this one. ";
    said.say(verdict(last), h("strong", {}, word), ...content(choices[last].why));
  };
  const verdict = (k) => (choices[k].right ? "right" : "wrong");
  return { form, show };
}

export default exercise("Check yourself", (life) => {
  const { model, root, watch, change } = life;
  const questions = model.get("questions");
  const right = questions.map(rightChoice);
  const parts = questions.map((question, i) => questionForm(life, question, i + 1, (choice) => {
    change({ tries: model.get("tries").map((own, k) => (k === i ? [...own, choice] : own)) });
  }));
  const end = feedback();
  // What was chosen and not checked is no part of the state, and goes too.
  const onReset = () => parts.forEach(({ show }, i) => show(model.get("tries")[i]));
  root.append(...parts.map(({ form }) => form), end.element, toolbar(life, { onReset }));

  let shown = [];
  watch("tries", () => {
    const tries = model.get("tries");
    parts.forEach(({ show }, i) => {
      if (String(tries[i]) !== shown[i]) show(tries[i]); // what has not changed is not read again
    });
    shown = tries.map(String);
    const solved = tries.filter((own, i) => own.includes(right[i])).length;
    const first = tries.filter((own, i) => own[0] === right[i]).length;
    if (solved < right.length) end.say("note", `${solved} of ${right.length} answered.`);
    else end.say("right", `All ${solved} answered, ${first} of them at the first try.`);
  });
});
