// What all widgets share: elements, controls, feedback, and a life that ends without a trace.

const SVG = "http://www.w3.org/2000/svg";

// h("p", { class: "xe-note" }, "text", child) makes an element; s does the same in an SVG.
export const h = (tag, attributes, ...children) =>
  fill(document.createElement(tag), attributes, children);
export const s = (tag, attributes, ...children) =>
  fill(document.createElementNS(SVG, tag), attributes, children);

function fill(element, attributes, children) {
  put(element, attributes ?? {});
  element.append(...children);
  return element;
}

// Set attributes; false and null take one away. What stays as it is costs the browser nothing.
export function put(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    const text = value === false || value === null ? null : value === true ? "" : String(value);
    if (element.getAttribute(name) === text) continue;
    if (text === null) element.removeAttribute(name);
    else element.setAttribute(name, text);
  }
  return element;
}

// A quantity in its colour: quantity("w"), or a formula in it: quantity("gradient", "p(1 − p)x").
export function quantity(role, formula = role) {
  const parts = formula.split(/(\p{Letter})/u).map((part, i) => (i % 2 ? h("var", {}, part) : part));
  return h("span", { class: `xe-${role}` }, ...parts);
}

// Words with quantities in braces: rich("raise {w}").
export function rich(words) {
  return words.split(/\{(\w+)\}/).map((part, i) => (i % 2 ? quantity(part) : part));
}

// A rounded number with a true minus sign.
export function number(value, decimals = 2) {
  const text = value.toFixed(decimals);
  return (Number(text) === 0 ? (0).toFixed(decimals) : text).replace("-", "−");
}

export const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

// A front-end module: build(life) fills life.root. All that life.listen, life.watch and
// life.signal start ends with the view.
export function exercise(title, build) {
  return {
    render({ model, el, share }) {
      const life = begin(model, title);
      const { root, stop } = life;
      build({ ...life, share });
      el.append(root);
      return () => {
        stop();
        root.remove();
      };
    },
  };
}

function begin(model, title) {
  const controller = new AbortController();
  const { signal } = controller;
  // The attribute and the listener below keep JupyterLab from taking keys for commands.
  const attributes = { class: "xe", role: "group", "aria-label": title };
  const root = h("div", { ...attributes, "data-lm-suppress-shortcuts": "true" });
  const listen = (target, types, handler, options) => {
    for (const type of types.split(" ")) {
      target.addEventListener(type, handler, { ...options, signal });
    }
  };
  // Call the handler now and whenever one of the named values changes.
  const watch = (names, handler) => {
    const events = names.split(" ").map((name) => `change:${name}`);
    for (const event of events) model.on(event, handler);
    signal.addEventListener("abort", () => events.forEach((event) => model.off(event, handler)));
    handler();
  };
  const change = (values) => {
    for (const [name, value] of Object.entries(values)) model.set(name, value);
    model.save_changes();
  };
  listen(root, "keydown", (event) => event.stopPropagation());
  return { model, root, signal, listen, watch, change, stop: () => controller.abort() };
}

export function button({ listen }, onClick, ...content) {
  const element = h("button", { type: "button" }, ...content);
  listen(element, "click", onClick);
  return element;
}

// A labelled range with its value above its end; show(value, text) moves it.
export function slider({ listen }, { label, min, max, step, onInput }) {
  const input = h("input", { type: "range", min, max, step });
  const output = h("span", { class: "xe-value", "aria-hidden": "true" });
  listen(input, "input", () => onInput(Number(input.value)));
  const element = h("div", { class: "xe-slider" }, h("label", {}, h("span", {}, ...label), input), output);
  const show = (value, text = number(value)) => {
    if (input.valueAsNumber !== value) input.value = value;
    if (output.textContent === text) return;
    input.setAttribute("aria-valuetext", text);
    output.textContent = text;
  };
  return { element, input, show };
}

// A region that is read out when it changes; say("right" | "wrong" | "note", ...content).
export function feedback() {
  const element = h("p", { class: "xe-feedback", role: "status" });
  const say = (kind, ...content) => {
    element.dataset.kind = kind;
    element.replaceChildren(...content);
  };
  return { element, say, clear: () => say("none") };
}

// Start over, and on a page without a kernel a link to the present state.
export function toolbar({ model, listen, change, share }, { onReset = () => {} } = {}) {
  const said = h("span", { role: "status" });
  const reset = button({ listen }, () => {
    change(model.get("start"));
    said.textContent = "";
    onReset();
  }, "Start over");
  const element = h("div", { class: "xe-tools" }, reset);
  if (share) element.append(button({ listen }, async () => (said.textContent = await share()), "Copy link"));
  element.append(said);
  return element;
}

// Follow a pointer from the moment it presses on an element. The handler gets the event and
// whether the drag begins; what is dragged needs a control for the keyboard too.
export function drag({ listen }, element, handler) {
  // A finger on it drags and does not scroll; touch-action has no effect inside an SVG.
  listen(element, "touchstart", (event) => event.preventDefault(), { passive: false });
  listen(element, "pointerdown", (event) => {
    if (event.button !== 0 || !event.isPrimary) return;
    event.preventDefault(); // no selection of text
    element.setPointerCapture(event.pointerId);
    handler(event, true);
  });
  listen(element, "pointermove", (event) => {
    if (element.hasPointerCapture(event.pointerId)) handler(event, false);
  });
}
