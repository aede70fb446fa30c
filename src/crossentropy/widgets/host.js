// Shows the widgets of a page that has no kernel: a front-end model over the state in the page.
import { h } from "./shared.js";

// Rows that are the same object are passed over: of two hundred samples, one has been moved.
const same = (a, b) => Object.is(a, b)
  || (Array.isArray(a) && Array.isArray(b)
    ? a.length === b.length && a.every((item, i) => same(item, b[i]))
    : JSON.stringify(a) === JSON.stringify(b));

class SavedModel {
  #state;
  #handlers = [];
  #onSend;

  constructor(state, onSend) {
    this.#state = state;
    this.#onSend = onSend;
  }

  get(name) {
    return this.#state[name];
  }

  set(name, value) {
    const values = typeof name === "string" ? { [name]: value } : name;
    const changed = Object.keys(values).filter((key) => !same(this.#state[key], values[key]));
    for (const key of changed) this.#state[key] = values[key];
    for (const key of changed) this.#emit(`change:${key}`, this, values[key]);
    if (changed.length) this.#emit("change", this);
  }

  save_changes() {} // there is nobody to tell

  on(events, handler) {
    for (const event of events.split(" ")) this.#handlers.push({ event, handler });
  }

  // Without a name or a handler: all of them.
  off(events = null, handler = null) {
    const named = events?.split(" ");
    this.#handlers = this.#handlers.filter(
      (one) => (named && !named.includes(one.event)) || (handler && one.handler !== handler),
    );
  }

  send() {
    this.#onSend();
  }

  #emit(event, ...values) {
    for (const one of this.#handlers.filter((each) => each.event === event)) one.handler(...values);
  }
}

// Whether a value from a link is one that Python allows for it.
function fits(value, rule) {
  if (rule.enum) return rule.enum.includes(value);
  if (rule.type === "array") {
    return Array.isArray(value) && value.length >= rule.minItems && value.length <= rule.maxItems
      && value.every((item, i) => fits(item, rule.prefixItems?.[i] ?? rule.items));
  }
  if (rule.type === "string") return typeof value === "string" && value.length <= rule.maxLength;
  if (rule.type === "boolean") return typeof value === "boolean";
  const whole = rule.type === "number" || Number.isInteger(value);
  return Number.isFinite(value) && whole && value >= (rule.minimum ?? -Infinity)
    && value <= (rule.maximum ?? Infinity);
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // fits no rule
  }
}

// Of an entry in the browser's history: who goes back to it finds the work that was done since.
const FOLLOWED = { followed: true };

// A place on the page: #logistic_explorer-1?w=0.5&b=1 in the address sets its widget.
class Place {
  constructor(element, key) {
    this.element = element;
    this.key = key;
    this.note = h("p", { class: "xe-host-note", role: "status" });
    this.rules = JSON.parse(element.dataset.link);
    this.model = new SavedModel(JSON.parse(element.dataset.state), () => this.say(
      "This needs a running Python, which a page has not. Run the notebook to use it.",
    ));
  }

  say(sentence) {
    this.note.textContent = sentence;
  }

  address() {
    const values = Object.keys(this.rules).map((name) => [name, JSON.stringify(this.model.get(name))]);
    return `${location.href.split("#")[0]}#${this.key}?${new URLSearchParams(values)}`;
  }

  share = async () => {
    const address = this.address();
    history.replaceState(FOLLOWED, "", address);
    try {
      await navigator.clipboard.writeText(address);
      return "The link is copied.";
    } catch { // a browser may refuse, and lets no page find out beforehand
      return "Your browser keeps pages from copying: take the link from its address bar.";
    }
  };

  follow() {
    const [key, query] = location.hash.slice(1).split("?");
    if (key !== this.key) return;
    this.element.scrollIntoView();
    history.replaceState(FOLLOWED, "");
    const values = [...new URLSearchParams(query)].map(([name, text]) => [name, parsed(text)]);
    const good = values.filter(([name, value]) => this.allows(name, value));
    this.model.set(Object.fromEntries(good));
    const whole = good.length === values.length;
    this.say(whole ? "" : "A part of this link is damaged; it is left out here.");
  }

  allows(name, value) {
    return value !== undefined && Object.hasOwn(this.rules, name) && fits(value, this.rules[name]);
  }

  async show(widget) {
    const el = document.createElement("div");
    await widget.render({ model: this.model, el, share: this.share });
    this.element.replaceChildren(el, this.note);
    this.follow();
    window.addEventListener("hashchange", () => history.state?.followed || this.follow());
  }
}

// A widget is shown when its place comes near. Who uses the keyboard gets all of them at once, lest
// the key Tab passes one by; who follows a link to one gets that one.
// Where a widget fails, the words without script stay, and the error reaches the console.
export function showWidgets(widgets, all) {
  const waiting = new Map();
  const observer = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) if (isIntersecting) showOne(target);
  }, { rootMargin: "100%" });

  function showOne(element) {
    const show = waiting.get(element);
    waiting.delete(element);
    observer.unobserve(element);
    show?.().catch(reportError);
  }

  function showLinked() {
    const [key] = location.hash.slice(1).split("?");
    for (const element of waiting.keys()) if (element.id === key) showOne(element);
  }

  const seen = {};
  for (const element of document.querySelectorAll("[data-widget]")) {
    const name = element.dataset.widget;
    seen[name] = (seen[name] ?? 0) + 1;
    element.id = `${name}-${seen[name]}`;
    waiting.set(element, async () => new Place(element, element.id).show(widgets[name]));
    observer.observe(element);
  }
  const showAll = () => [...waiting.keys()].forEach(showOne);
  if (all) showAll();
  showLinked();
  window.addEventListener("hashchange", showLinked);
  window.addEventListener("keydown", showAll, { once: true });
}
