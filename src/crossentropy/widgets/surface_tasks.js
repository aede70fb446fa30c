// The tasks of the loss-surface explorer: what each asks, where it begins, what it may show.
import {
  asSet, judgeBalance, judgeLargest, judgeMove, judgePlateau, judgeSeparable, judgeSwing, PLATEAU, STEPS, wrong,
} from "./surface_judges.js";
import { firstRise, gradientPath, safeRate } from "./walk.js";

const CROSS_ENTROPY = "cross entropy";
const CORNER = [-2, 2]; // where the tasks about the step size begin

// An attempt that is not about the task: it has the other loss, or samples that the task has not.
export function astray(task, { loss, X, y, start }) {
  if (!task.anyLoss && loss !== CROSS_ENTROPY) {
    return wrong("other-loss", "This task is about the cross entropy: choose it again as the loss.");
  }
  if (task.ownSamples && JSON.stringify([X, y]) !== JSON.stringify([start.X, start.y])) {
    return wrong("other-samples", "These are no longer the samples of the task. Under “Change the samples”, replace all by those of the start.");
  }
  return undefined;
}

// What a task asks, where it begins, and who judges; `reveal` gives what the reader may be shown.
// The samples are those at the start. There is no last task if they have no such place.
export const surfaceTasks = (flipped, { X, y }) => [
  {
    ownSamples: true,
    ask: `Sample ${flipped + 1}, {x} = ${asSet(X[flipped])}, gets the other label. Where will the lowest point be then? Drag the point {w} there, before you see the new map.`,
    begin: { w: [0, 0] },
    judge: (attempt) => judgeMove(attempt, flipped),
    reveal: () => ({ X, loss: CROSS_ENTROPY, y: y.map((label, i) => (i === flipped ? 1 - label : label)) }),
    told: "The label is flipped: see where the contours close now.",
  },
  {
    ask: "How long may a step be? First find a step size η with which the path swings from side to side. Run it, then check.",
    begin: { w: CORNER, rate: 0.5 },
    judge: judgeSwing,
    reveal: () => ({ X, y, loss: CROSS_ENTROPY, w: CORNER, rate: 0.9 * largestRate(CORNER, X, y) }),
    told: "With this η it swings: run it and see.",
  },
  {
    ask: "Now find the largest step size η, to a tenth, with which the loss never goes up on the way from here.",
    begin: { w: CORNER },
    judge: judgeLargest,
    reveal: () => ({ X, y, loss: CROSS_ENTROPY, w: CORNER, rate: largestRate(CORNER, X, y) }),
    told: "This is the largest: run it, then try a tenth more.",
  },
  {
    ask: "Go to the lowest point, by running or by Newton steps. The gradient is zero there. What follows?",
    options: [["equal", "every {p} equals its {y}"], ["cancel", "the pulls of the samples cancel"], ["loss", "the loss is zero"], ["weights", "the weights are zero"]],
    begin: { w: [-1, 1], rate: 1 },
    judge: judgeBalance,
  },
  {
    ask: "Change the samples so that a line through the origin separates the labels, and run. What will the weights do?",
    options: [["rest", "come to rest at a new lowest point"], ["grow", "grow for ever, while the loss falls"], ["equal", "stop once every {p} equals its {y}"], ["overflow", "grow until a number overflows"]],
    begin: { w: [0, 0], rate: 2 },
    judge: judgeSeparable,
  },
  {
    anyLoss: true,
    ask: `Switch to the squared loss, ({p} − {y})². Find a place where the loss is above ${PLATEAU.lowest} and the gradient still shorter than ${PLATEAU.steepest}.`,
    begin: { w: [1, 1] },
    judge: judgePlateau,
    reveal: () => ({ X, y, loss: "squared loss", w: plateau(X, y) }),
    told: "Here most forecasts are surely wrong, and {p}(1 − {p}) flattens the ground.",
  },
].filter(({ judge }) => judge !== judgePlateau || plateau(X, y));

// By halving: the largest step size with which the loss never goes up.
function largestRate(w, X, y) {
  let [low, high] = [safeRate(X), 50 * safeRate(X)];
  for (let k = 0; k < 30; k++) {
    const middle = (low + high) / 2;
    const rises = firstRise(gradientPath(CROSS_ENTROPY, w, X, y, middle, STEPS).heights) > 0;
    [low, high] = rises ? [low, middle] : [middle, high];
  }
  return low;
}

// A place as the last task asks for it, looked for on wider and wider circles; there is none where
// no line has enough labels on its wrong side.
function plateau(X, y) {
  for (let radius = 4; radius < 1e3; radius *= 1.25) {
    for (let turn = 0; turn < 64; turn++) {
      const w = [Math.cos, Math.sin].map((along) => Number((radius * along((turn * Math.PI) / 32)).toFixed(2)));
      if (judgePlateau({ loss: "squared loss", w, X, y }).kind === "right") return w;
    }
  }
  return undefined;
}
