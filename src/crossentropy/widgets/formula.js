// A formula in its place, which scrolls where it is too long; then the keyboard must reach it.
import { typeset } from "./notation.js";
import { h, put } from "./shared.js";

// `name` is what a screen reader calls the place that scrolls. show(tree) sets the formula.
export function formulaBox({ signal }, name) {
  const reached = { tabindex: "0", role: "group", "aria-label": name };
  const element = h("div", { class: "xe-line", ...reached }); // until it is laid out
  const observer = new ResizeObserver(() => {
    const scrolls = element.scrollWidth > element.clientWidth;
    put(element, scrolls ? reached : { tabindex: null, role: null, "aria-label": null });
  });
  signal.addEventListener("abort", () => observer.disconnect());
  observer.observe(element);
  let shown = null;
  const show = (tree) => {
    if (shown === tree) return;
    shown = tree;
    observer.disconnect();
    const math = typeset(tree);
    element.replaceChildren(math);
    for (const each of [element, math]) observer.observe(each);
  };
  return { element, show };
}
