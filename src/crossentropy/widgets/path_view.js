// The loss along the path, step by step.
import { growing, plane } from "./plane.js";
import { put, s } from "./shared.js";

export function pathView(life, { draw }) {
  const x = { from: 0, to: 10, ticks: [0, 10], name: () => ["step"] };
  const y = { from: 0, to: 1, ticks: [0, 1], name: () => ["mean loss L"] };
  const [line, dots] = ["way", "steps"].map((kind) => s("path", { class: `xe-${kind}` }));
  const view = plane(life, { x, y, height: 170, draw: () => (way.forget(), draw()) });
  const way = growing((height, k) => [view.X(k), view.Y(height)]);
  view.content.append(line, dots);

  const fit = (heights) => {
    const [across, up] = [roundUp(Math.max(10, heights.length - 1)), roundUp(Math.max(...heights) || 1)];
    if (across === x.to && up === y.to) return;
    Object.assign(x, { to: across, ticks: [0, across / 2, across] });
    Object.assign(y, { to: up, ticks: [0, up / 2, up] });
    view.layOut();
  };
  const show = ({ heights }) => {
    fit(heights);
    const drawn = way.of(heights);
    put(line, { d: drawn.line });
    put(dots, { d: drawn.dots });
    const last = heights.length - 1;
    put(view.svg, { "aria-label": `The mean loss after each of ${last} steps, from ${heights[0].toPrecision(3)} to ${heights[last].toPrecision(3)}.` });
  };
  return { svg: view.svg, show };
}

// The next round number.
function roundUp(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 1.5, 2, 3, 4, 5, 6, 8, 10].map((digit) => digit * power).find((round) => round >= value);
}
