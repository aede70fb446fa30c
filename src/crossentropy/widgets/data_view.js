// The samples with their pulls, the sum of these, and the line on which the score is 0.
import { arrowIn, arrowPath, boundary, sampleMark, shareWithin } from "./arrows.js";
import { plane } from "./plane.js";
import { clamp, drag, put, s } from "./shared.js";
import { farthest, scaled, sumOf } from "./vectors.js";

const KINDS = ["cross", "boundary", "pull1", "pull0", "marks1", "marks0", "truth", "chosen"];
const ARROWS = ["pull1", "pull0", "truth"];

const HALF = 0.5; // of their length is drawn of the pulls, or as much as stays in the plane

export const timesMean = (count) => Math.min(count, 6); // of this many samples the sum is drawn

// choose(i) is called when sample i is taken, move(i, [a, b]) while it is dragged, and add([a, b])
// for a press where there is none; the style sheet says when there is ground to press on.
export function dataView(life, { choose, move, add, draw }) {
  const axis = (name) => ({ from: -3, to: 3, ticks: [-3, 0, 3], name: () => [name] });
  const [x, y] = [axis("feature 1"), axis("feature 2")];
  const pathOf = (kind) => (ARROWS.includes(kind) ? arrowPath(kind) : s("path", { class: `xe-${kind}` }));
  const paths = Object.fromEntries(KINDS.map((kind) => [kind, pathOf(kind)]));
  const ground = s("rect", { class: "xe-ground" });
  const grip = s("path", { class: "xe-grip xe-dot-grip" });
  let [placed, spots] = [[], []]; // samples, and the mark of each
  let pulled = { X: [] }; // what the pulls were drawn for, and the arrow of each
  const view = plane(life, { x, y, height: "wide", draw: () => ((placed = []), (pulled = { X: [] }), draw()) });
  put(view.svg, { class: "xe-plane xe-square" });
  view.content.append(ground, ...Object.values(paths), grip);

  // As far as the samples reach; a drag cannot leave it.
  const fit = (X) => {
    const far = Math.max(3, Math.ceil(farthest(X) * 1.1));
    if (far <= x.to && far > x.to / 2) return;
    for (const one of [x, y]) Object.assign(one, { from: -far, to: far, ticks: [-far, 0, far] });
    view.layOut();
  };
  // What the samples alone decide, and what the weights decide, too.
  const place = ({ X, y: labels }) => {
    const [left, top] = [view.X(x.from), view.Y(x.to)];
    spots = X.map((one, i) => (one === placed[i] ? spots[i] : spot(view, one)));
    placed = X;
    put(ground, { x: left, y: top, width: view.X(x.to) - left, height: view.Y(x.from) - top });
    put(paths.marks1, { d: spots.filter((_, i) => labels[i] === 1).join("") });
    put(paths.marks0, { d: spots.filter((_, i) => labels[i] === 0).join("") });
    put(grip, { d: spots.join("") });
  };
  const show = (now) => {
    pulled = { ...now, arrows: pullArrows(now, pulled, view, x.to) };
    for (const [kind, d] of Object.entries(dataShapes(pulled, view, x.to))) put(paths[kind], { d });
    put(view.svg, { "aria-label": dataInWords(now) });
  };

  const under = (event) => view.under(event)
    .map((value) => clamp(Math.round(value * 20) / 20, x.from, x.to));
  let held; // the sample that is dragged
  drag(life, grip, (event, begins) => {
    if (begins) choose((held = nearest(life.model.get("X"), view.under(event))));
    else move(held, under(event));
  });
  life.listen(ground, "click", (event) => add(under(event)));
  return { svg: view.svg, fit, place, show };
}

function nearest(samples, [a, b]) {
  const distances = samples.map(([x1, x2]) => Math.hypot(x1 - a, x2 - b));
  return distances.indexOf(Math.min(...distances));
}

// A line without a length: its round or square caps are the mark.
const spot = ({ X, Y }, [a, b]) => `M${X(a).toFixed(1)} ${Y(b).toFixed(1)}h0`;

const within = (view, far, point, way) => arrowIn(view, point, way, shareWithin(point, way, far));

// The arrow of each sample; while the point rests, those of samples that rest are as before.
function pullArrows({ w, loss, X, y, pulls }, before, view, far) {
  const rests = w === before.w && loss === before.loss;
  return X.map((x, i) => (rests && x === before.X[i] && y[i] === before.y[i]
    ? before.arrows[i] : within(view, far, x, scaled(HALF, pulls[i]))));
}

function dataShapes({ w, X, y, pulls, arrows, chosen }, view, far) {
  const { X: left, Y: top } = view;
  const pullsOf = (label) => arrows.filter((_, i) => y[i] === label).join("");
  const [a, b] = X[chosen];
  return {
    cross: `M${left(-far)} ${top(0)}H${left(far)}M${left(0)} ${top(-far)}V${top(far)}`,
    boundary: boundary(view, w, far),
    pull1: pullsOf(1),
    pull0: pullsOf(0),
    truth: within(view, far, [0, 0], scaled((HALF * timesMean(X.length)) / X.length, sumOf(pulls))),
    chosen: sampleMark(left(a), top(b), 1, 11),
  };
}

function dataInWords({ X, y }) {
  const ones = y.filter((label) => label === 1).length;
  return `${X.length} samples in the plane of the two features, ${ones} with the label 1 as circles and ${X.length - ones} with the label 0 as squares. An arrow at each shows how it pulls the weights, at half its length; the line of score 0 divides the plane.`;
}
