// A field for an expression, with the keys that a phone hides and the place of an error.
import { parse } from "./expression.js";
import { ExpressionError } from "./lexemes.js";
import { button, h } from "./shared.js";

// What stands in a text: { tree }, or { error } with its place.
export function reading(text, letters) {
  try {
    return { tree: parse(text, letters) };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return { error };
  }
}

const KEYS = [["(", "(", ")"], [")", ")"], ["/", "/"], ["²", "^2"]];
const EXPONENTIAL = ["e^(−z)", "e^(-z)"];

// show(text) displays a text; select(error) puts the cursor to the place of an error. `letters` may
// be typed, `shown` have keys; `action` is what stands beside the input.
export function expressionField(life, { label, letters, shown, action = [], onInput }) {
  const input = h("input", {
    type: "text", autocomplete: "off", autocapitalize: "off", autocorrect: "off", spellcheck: "false",
  });
  const place = h("div", { class: "xe-place" });
  const typed = () => onInput(input.value);
  const insert = (text) => {
    input.focus();
    if (document.execCommand("insertText", false, text)) return; // which can be undone
    input.setRangeText(text, input.selectionStart, input.selectionEnd, "end");
    typed();
  };
  const keys = [...shown.map((name) => [name, name]), ...(shown.includes("z") ? [EXPONENTIAL] : []), ...KEYS];
  const keyboard = h("div", { class: "xe-keys", role: "group", "aria-label": "Insert" },
    ...keys.map(([face, text]) => button(life, () => insert(text), face)));
  life.listen(input, "input", typed);
  const entry = h("div", { class: "xe-entry" }, h("label", {}, ...label, input), ...action);
  const element = h("div", { class: "xe-field" }, entry, place, keyboard);

  const show = (text) => {
    if (input.value !== text) input.value = text;
    const { error } = text.trim() ? reading(text, letters) : {};
    place.replaceChildren(...(error ? marked(text, error) : []));
  };
  const select = ({ at, end }) => {
    input.focus();
    input.setSelectionRange(at, end);
  };
  return { element, input, show, select };
}

// The text with the place of the error marked, and what is wrong there.
function marked(text, { at, end, message }) {
  const wrong = h("mark", {}, text.slice(at, end) || "\u00a0");
  return [h("code", { "aria-hidden": "true" }, text.slice(0, at), wrong, text.slice(end)), h("span", {}, message)];
}
