// A line of the derivation with a part missing: the reader types it, in any equivalent form.
import { letter, parse, substituted } from "./expression.js";
import { expressionField, reading } from "./field.js";
import { judge, lettersOf, readTarget } from "./judge.js";
import { typeset } from "./notation.js";
import { button, exercise, feedback, h, rich, toolbar } from "./shared.js";
import { values } from "./verdict.js";

export default exercise("Type the step", (life) => {
  const { model, root, watch, change, listen } = life;
  const { question, left, frame, line, label } = model.get("step");
  const target = readTarget(model.get("target"));
  const said = feedback();
  const display = h("div", { class: "xe-display" });
  const equation = (right) => typeset({ op: "=", args: [letter(left), right] });

  const check = () => {
    const { tree, error } = reading(model.get("answer"), target.letters);
    if (error) {
      said.say("wrong", error.message);
      field.select(error);
      return;
    }
    const verdict = judge(tree, target);
    const right = verdict.kind === "right";
    change({ solved: right });
    said.say(right ? "right" : "wrong", ...inWords(verdict, tree, target));
    if (right) said.element.append(equation(parse(line)), ` ${label}`);
  };
  const field = expressionField(life, {
    label: ["Your answer"],
    letters: target.letters,
    shown: target.shown,
    action: [button(life, check, "Check")],
    onInput: (answer) => {
      change({ answer, solved: false });
      said.clear();
    },
  });
  const form = h("form", {}, field.element);
  listen(form, "submit", (event) => {
    event.preventDefault();
    check();
  });
  root.append(h("p", { class: "xe-task" }, h("strong", {}, "Your turn. "), ...rich(question)), display, form,
    said.element, toolbar(life, { onReset: said.clear }));

  watch("answer", () => {
    const text = model.get("answer");
    field.show(text);
    const part = reading(text, target.letters).tree ?? letter("answer");
    display.replaceChildren(equation(substituted(parse(frame), "answer", part)));
  });
});

function inWords(verdict, tree, target) {
  if (verdict.kind === "right") {
    const more = verdict.soft ? "" : " So it is for the labels 0 and 1; the book’s form holds for every label between them, too.";
    return [h("strong", {}, "Right."), `${more} In the book it looks like this:`];
  }
  const where = values(verdict, lettersOf(tree, target));
  if (verdict.kind !== "mistake") return [h("strong", {}, "Not yet. "), where];
  const { name, hint } = verdict.mistake;
  return [h("strong", {}, `Not yet: ${name}. `), `${hint} ${where}`];
}
