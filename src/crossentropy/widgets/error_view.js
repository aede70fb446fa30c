// The relative error of a gradient check over the step h, both on logarithmic scales.
import { powerOfTen, significant } from "./digits.js";
import { plane } from "./plane.js";
import { clamp, drag, put, s } from "./shared.js";

const FLOOR = -17; // an error of 0 has no logarithm and stands below all others
const AXES = {
  x: { from: -15, to: 0, ticks: [-15, -10, -5, 0], text: (k) => (k ? powerOfTen(k) : "1"), name: () => ["step h"] },
  y: { from: FLOOR, to: 1, ticks: [FLOOR, -12, -8, -4, 0], text: (k) => (k === FLOOR ? "0" : k ? powerOfTen(k) : "1"), name: () => ["relative error"] },
};

// setStep gets the exponent of h.
export function errorView(life, { setStep, draw }) {
  const [older, dots, plumb] = ["older", "dots", "plumb"].map((kind) => s("path", { class: `xe-${kind}` }));
  const [dot, grip] = [s("circle", { class: "xe-knob", r: 7 }), s("circle", { class: "xe-grip", r: 20 })];
  const view = plane(life, { ...AXES, height: 240, draw });
  view.content.append(plumb, older, dots, dot, grip);
  drag(life, grip, (event) => setStep(clamp(view.under(event)[0], -15, 0)));

  const where = ([exponent, error]) =>
    [view.X(exponent), view.Y(error === 0 ? FLOOR : clamp(Math.log10(error), FLOOR, 1))];
  const spots = (points) => points.map((point) => {
    const [left, top] = where(point);
    return `M${left.toFixed(1)} ${top.toFixed(1)}h0`;
  }).join("");
  // Points [exponent of h, error]: those of other places, those of this place, and the present one.
  const show = ({ elsewhere, here, now }) => {
    put(older, { d: spots(elsewhere) });
    put(dots, { d: spots(here) });
    const [left, top] = where(now);
    for (const circle of [dot, grip]) put(circle, { cx: left, cy: top });
    put(plumb, { d: `M${left} ${view.Y(FLOOR)}V${top}` });
    put(view.svg, { "aria-label": `The relative error over the step h, ${here.length} points at this place. At h = ${significant(10 ** now[0], 2)} it is ${significant(now[1], 2)}.` });
  };
  return { svg: view.svg, show };
}
