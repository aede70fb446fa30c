// Numbers put into both sides of an equals sign, for a sample with one feature.
import { close } from "./derivation.js";
import { h, rich, slider } from "./shared.js";
import { short } from "./verdict.js";

const REACH = { x: 3, w: 2 }; // as in error_hunt.py

// values(sample) are those of the whole chain; sides(k) names what is left and right of link k.
export function probePanel(life, { values, sides }) {
  const { model, listen, change } = life;
  const make = (name, words) => slider(life, {
    label: rich(`${words} {${name}}`), min: -REACH[name], max: REACH[name], step: 0.05,
    onInput: (value) => change({ [name]: value }),
  });
  const [x, w] = [make("x", "feature"), make("w", "weight")];
  const labels = [0, 1].map((y) => h("input", { type: "radio", name: "y" }));
  labels.forEach((radio, y) => listen(radio, "change", () => change({ y })));
  const label = h("div", { class: "xe-choice", role: "group", "aria-label": "label y" }, ...rich("label {y}"),
    ...labels.map((radio, y) => h("label", {}, radio, String(y))));
  const output = h("output", { class: "xe-sides" });
  const element = h("fieldset", { class: "xe-panel" }, h("legend", {}, "Numbers in both sides"),
    h("div", { class: "xe-controls" }, x.element, w.element, label), output);

  const sample = () => Object.fromEntries(["x", "w", "y"].map((name) => [name, model.get(name)]));
  const show = () => {
    const here = sample();
    x.show(here.x);
    w.show(here.w);
    labels.forEach((radio, y) => (radio.checked = here.y === y));
    const k = model.get("probed");
    const [left, right] = values(here).slice(k, k + 2);
    const [before, after] = sides(k);
    const sign = h("span", { class: "xe-relation" }, close(left, right) ? "=" : "≠");
    output.replaceChildren(side(before, left), sign, side(after, right));
  };
  return { element, sample, show };
}

const side = (name, value) => h("span", {}, h("small", {}, `${name} `), h("strong", {}, digits(value)));
const digits = (value) => (Number.isFinite(value) ? short(value) : "no value");
