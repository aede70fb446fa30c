// A plane to draw in: axes with ticks, and lengths in pixels, so that type keeps its size on a
// narrow screen.
import { s, put } from "./shared.js";

const MARGIN = { left: 40, right: 16, top: 24, bottom: 42 };

// x and y: { from, to, ticks, name: [elements], text }; text writes a tick. A height of "wide" makes as much room upwards as
// across. draw() runs whenever the width changes, or layOut() is called after a change of x or y.
export function plane({ signal }, { x, y, height = 260, draw }) {
  let width = 560;
  const axes = s("g", { class: "xe-axes", "aria-hidden": "true" });
  const content = s("g");
  const svg = s("svg", { class: "xe-plane", role: "img" }, axes, content);
  const across = () => width - MARGIN.left - MARGIN.right;
  const tall = () => (height === "wide" ? across() + MARGIN.top + MARGIN.bottom : height);
  const up = () => tall() - MARGIN.top - MARGIN.bottom;
  const X = (value) => MARGIN.left + ((value - x.from) / (x.to - x.from)) * across();
  const Y = (value) => MARGIN.top + ((y.to - value) / (y.to - y.from)) * up();

  // The point of the plane under a pointer.
  const under = (event) => {
    const box = svg.getBoundingClientRect();
    const left = ((event.clientX - box.left) * width) / box.width - MARGIN.left;
    const top = ((event.clientY - box.top) * tall()) / box.height - MARGIN.top;
    return [x.from + (left / across()) * (x.to - x.from), y.to - (top / up()) * (y.to - y.from)];
  };

  const layOut = () => {
    put(svg, { viewBox: `0 0 ${width} ${tall()}`, height: tall() });
    axes.replaceChildren(...axisLines(x, y, X, Y));
    draw?.();
  };
  const observer = new ResizeObserver(([entry]) => {
    const wide = Math.round(entry.contentRect.width);
    if (!wide || wide === width) return; // no width: not in view
    width = wide;
    layOut();
  });
  observer.observe(svg);
  signal.addEventListener("abort", () => observer.disconnect());
  axes.replaceChildren(...axisLines(x, y, X, Y));
  put(svg, { viewBox: `0 0 ${width} ${tall()}`, height: tall() });
  return { svg, content, X, Y, under, layOut };
}

function axisLines(x, y, X, Y) {
  const bottom = Y(y.from);
  const line = (x1, y1, x2, y2, kind) => s("line", { x1, y1, x2, y2, class: kind });
  const words = (left, top, anchor, ...content) =>
    s("text", { x: left, y: top, "text-anchor": anchor }, ...content);
  const plain = (value) => String(value).replace("-", "−");
  return [
    line(X(x.from), bottom, X(x.to), bottom, "xe-axis"),
    line(X(x.from), bottom, X(x.from), Y(y.to), "xe-axis"),
    ...x.ticks.flatMap((value) => [
      line(X(value), bottom, X(value), bottom + 4, "xe-axis"),
      words(X(value), bottom + 18, "middle", (x.text ?? plain)(value)),
    ]),
    ...y.ticks.flatMap((value) => [
      line(X(x.from), Y(value), X(x.to), Y(value), "xe-grid"),
      words(X(x.from) - 6, Y(value) + 4, "end", (y.text ?? plain)(value)),
    ]),
    words(X(x.to), bottom + 36, "end", ...x.name()),
    words(X(x.from) + 4, Y(y.to) - 8, "start", ...y.name()),
  ];
}

// The points of a curve as the d of a path.
export function path(points, X, Y) {
  return points.map(([a, b], i) => `${i ? "L" : "M"}${X(a).toFixed(2)} ${Y(b).toFixed(2)}`).join("");
}

// The d of a line through points, and that of a dot at each, of a list that only grows: each point
// is written once. Another list, or forget(), begins anew.
export function growing(pointOf) {
  let [list, count, line, dots] = [undefined, 0, "", ""];
  const of = (items) => {
    if (items !== list) [list, count, line, dots] = [items, 0, "", ""];
    for (; count < items.length; count += 1) {
      const [left, top] = pointOf(items[count], count).map((value) => value.toFixed(1));
      line += `${count ? "L" : "M"}${left} ${top}`;
      dots += `M${left} ${top}h0`; // its round caps are the dot
    }
    return { line, dots };
  };
  return { of, forget: () => (list = undefined) };
}
