// What the loss-surface explorer says to an attempt at each of its tasks.
// An attempt is { loss, w, X, y, rate, path, heights, choice }: path and heights since the start.
import { number } from "./shared.js";
import { meanGradient, meanHeight } from "./surface.js";
import { dotOf, lengthOf, minus } from "./vectors.js";
import { firstRise, gradientPath, isSeparable, lowestPoint, safeRate } from "./walk.js";

export const STEPS = 100;
const EIGHT = 8; // steps are enough to see a path swing
export const PLATEAU = { lowest: 0.6, steepest: 0.05 }; // of the loss, and of its gradient
const point = (w) => `(${number(w[0])}, ${number(w[1])})`;
export const asSet = (x) => `(${x.join(", ")})`.replaceAll("-", "−");
export const wrong = (key, words) => ({ kind: "wrong", key, words });
const right = (words) => ({ kind: "right", key: "right", words });

// 1. A label is flipped: where does the lowest point go? The point w is the prediction.
export function judgeMove({ w, X, y }, flipped) {
  const after = y.map((label, i) => (i === flipped ? 1 - label : label));
  const [from, to] = [y, after].map((labels) => lowestPoint("cross entropy", X, labels));
  const [guess, move, x] = [minus(w, from), minus(to, from), X[flipped]];
  const cosine = dotOf(guess, move) / (lengthOf(guess) * lengthOf(move));
  const way = after[flipped] === 1 ? "along" : "away from";
  const reason = `With its new label the sample {x} = ${asSet(x)} pulls {w} ${way} {x}`;
  if (lengthOf(w) === 0 && lengthOf(minus(to, w)) > 0.2 * lengthOf(move)) {
    return wrong("no-guess", "The point lies where the task put it, at (0, 0). Drag it to where you expect the lowest point.");
  }
  if (lengthOf(guess) < 0.2 * lengthOf(move)) {
    return wrong("unmoved", `You left the point where it was lowest so far. There the pulls cancelled; now one of them is turned around, so they cancel no more. ${reason}.`);
  }
  if (lengthOf(minus(w, x)) < 0.35) {
    return wrong("features-for-weights", `${asSet(x)} are the features of the sample. This map shows weights: the sample is an arrow that pulls the point, not a place on the map.`);
  }
  if (cosine < -0.5) {
    return wrong("away", `You went the other way. ${reason}, so the lowest point goes that way too, until the other samples hold against it.`);
  }
  if (cosine < 0.8) {
    return wrong("sideways", `The direction is ${number((Math.acos(cosine) * 180) / Math.PI, 0)}° off. ${reason}: first in that direction, then the others answer.`);
  }
  const ratio = lengthOf(guess) / lengthOf(move);
  if (ratio > 1.7) return wrong("too-far", "The direction is good, but you went too far: the longer the way, the harder the other samples pull back.");
  if (ratio < 0.55) return wrong("too-near", "The direction is good, but you stopped too early: a pull that turns around counts twice, the old one is gone and the new one is there.");
  return right(`Right: the lowest point goes from ${point(from)} to ${point(to)}. ${reason}, until the other pulls hold against it.`);
}

// 2. A step size with which the path swings from side to side: the one with which it was made.
export function judgeSwing({ loss, path, rates, X, y }) {
  const [rate, ...others] = rates.slice(-EIGHT);
  if (!rate || others.length < EIGHT - 1 || others.some((other) => other !== rate)) {
    return wrong("no-run", "Run the descent first: at least eight steps with the same η, then judge what you see.");
  }
  const gradients = path.slice(-6).map((w) => meanGradient(loss, w, X, y));
  const turns = gradients.slice(1).filter((g, k) => dotOf(g, gradients[k]) < 0).length;
  if (turns < 4) {
    return wrong("creeps", `With η = ${number(rate)} the last steps point the same way: nothing swings. Which step would jump over the lowest line of the valley to its other side?`);
  }
  return right(`Right: with η = ${number(rate)} each step lands on the other side, and the next gradient points back.`);
}

// 3. The largest step size with which the loss never goes up, within a tenth.
export function judgeLargest({ loss, path, X, y, rate }) {
  const rises = (eta) => firstRise(gradientPath(loss, path[0], X, y, eta, STEPS).heights);
  const safe = safeRate(X);
  const bound = `4n/‖X‖² = ${number(safe)}`;
  const rise = rises(rate);
  if (rise > 0) {
    return wrong("goes-up", `With η = ${number(rate)} the loss goes up at step ${rise}: it lands higher on the other side than it was. Take a smaller one.`);
  }
  if (Math.abs(rate / safe - 1) < 0.03 && rises(1.1 * rate) < 0) {
    return wrong("bound", `You took ${bound}. That is a promise for every start and all labels, made from the steepest curvature that these inputs allow. Here more is possible: try.`);
  }
  if (rises(1.1 * rate) < 0) {
    return wrong("too-small", `With η = ${number(rate)} the loss never goes up, but neither does it with ${number(1.1 * rate)}. You are looking for the largest.`);
  }
  return right(`Right: ${number(rate)} never goes up, and a tenth more does. The promise ${bound} holds for every start; it asks for less because it does not know how flat the ground is here.`);
}

// 4. At the lowest point: what is zero there?
export function judgeBalance({ loss, w, X, y, choice }) {
  const size = lengthOf(meanGradient(loss, w, X, y));
  if (!choice) return wrong("no-choice", "Choose an answer first.");
  if (size > 1e-3) return wrong("not-there", `The gradient still has the length ${number(size, 3)} here. Go to the lowest point first: run, or take Newton steps.`);
  if (choice === "cancel") return right("Right: the arrows at the samples are as long as ever, but added up they give zero. At the lowest point the tug of war ends in a draw.");
  if (choice === "equal") return wrong("p-equals-y", `“Gradient zero” does not mean {p} = {y}. Look at the samples: each has an arrow, so each has an error {p} − {y}. No weights make even one error zero, since {p} is never exactly 0 or 1. What do the arrows do together?`);
  if (choice === "loss") return wrong("loss-zero", `The loss is ${number(meanHeight(loss, w, X, y), 3)} here, not 0. Lowest means that no direction leads down, not that there is nothing left.`);
  return wrong("weights-zero", `The weights are ${point(w)}. The gradient is what is zero, not the point where it is taken.`);
}

// 5. Separable data: what will the weights do? The prediction comes first, then the experiment.
export function judgeSeparable({ X, y, path, heights, choice }) {
  if (!choice) return wrong("no-choice", "Predict first: choose an answer.");
  if (!isSeparable(X, y)) return wrong("overlap", "Not separable yet: no line through the origin has all circles on one side and all squares on the other. Move, flip or remove a sample that is on the wrong side.");
  const grown = lengthOf(path.at(-1)) - lengthOf(path[0]);
  if (path.length <= STEPS || !(grown > 0)) return wrong("no-run", `The data is separable. Now run at least ${STEPS} steps and watch the weights and the loss.`);
  const seen = `After ${path.length - 1} steps the weights are ${number(lengthOf(path.at(-1)), 1)} long and the loss is ${heights.at(-1).toPrecision(2)}; both go on`;
  if (choice === "grow") return right(`Right: ${seen}. Longer weights make every forecast surer, all are right, so longer is always better.`);
  if (choice === "rest") return wrong("comes-to-rest", `You expected a lowest point. ${seen}: the loss comes as near to 0 as you like and never arrives.`);
  if (choice === "equal") return wrong("p-equals-y", `You expected {p} = {y}. ${seen}: no finite score gives {p} = 1, so a small rest of error always pushes on.`);
  return wrong("overflow", `You expected an overflow. ${seen}, and no number here overflows: the loss is computed from the score, in a form that chapter 6 derives.`);
}

// 6. Squared loss: a place that is badly wrong and nearly flat.
export function judgePlateau({ loss, w, X, y }) {
  const size = lengthOf(meanGradient("squared loss", w, X, y));
  const height = meanHeight("squared loss", w, X, y);
  const steep = lengthOf(meanGradient("cross entropy", w, X, y));
  if (loss !== "squared loss") return wrong("other-loss", "This is the surface of the cross entropy: it is never flat where it is badly wrong. Switch to the squared loss.");
  if (size >= PLATEAU.steepest) return wrong("steep", `The gradient has the length ${number(size, 3)} here: still steep. Where have most forecasts gone so wrong that {p}(1 − {p}) is nearly 0?`);
  if (height < PLATEAU.lowest) return wrong("low", `It is flat here, but the loss is ${number(height)}, not above ${PLATEAU.lowest}. Look for flat ground that is higher.`);
  return right(`Right: the loss is ${number(height)} and the gradient only ${number(size, 3)}. The cross entropy has the gradient ${number(steep, 3)} at this point, and would leave at once.`);
}
