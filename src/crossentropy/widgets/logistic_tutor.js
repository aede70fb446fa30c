// What the logistic explorer asks, and what it answers. Words in braces are quantities.
import { logit, sigmoid, slope } from "./numerics.js";
import { number } from "./shared.js";

const CLOSE = 0.01;
const within = (a, b) => Math.abs(a - b) <= CLOSE + 1e-12;
export const plain = (value) => String(value).replace("-", "−");

export const REACH = 4; // of w and b to either side, as in logistic_explorer.py

// What follows from a setting of the sliders.
export function at(w, b, x) {
  const z = w * x + b;
  return { w, b, x, z, p: sigmoid(z), other: sigmoid(-z), steep: slope(z), slope: slope(z) * x };
}

// The setting, the task, and whether the reader has yet to predict.
export function read(model) {
  const now = at(model.get("w"), model.get("b"), model.get("x"));
  const tasks = model.get("tasks");
  const task = tasks[model.get("solved")];
  const waiting = Boolean(task) && !model.get("guess") && !met(task, now);
  return { ...now, task, waiting, withSlope: tasks.some(({ kind }) => kind === "slope") };
}

const met = (task, now) => within(task.kind === "slope" ? now.slope : now.p, task.target);

// { words, options: [[guess, label]], answer, why }
export function question({ task, ...now }) {
  if (task.kind === "slope") {
    const flatter = Math.abs(now.slope) > Math.abs(task.target);
    return {
      words: `The slope is now ${number(now.slope)}. To bring it to ${number(task.target)}, must {p} move towards ½ or away from it?`,
      options: [["towards", "towards ½"], ["away", "away from ½"]],
      answer: flatter ? "away" : "towards",
      why: `{p}(1 − {p}) is largest at {p} = ½: the curve is steepest where it is undecided, so a ${flatter ? "flatter" : "steeper"} tangent lies ${flatter ? "farther from" : "nearer to"} it.`,
    };
  }
  const rise = task.target > now.p;
  const [more, higher] = rise ? ["larger", "higher"] : ["smaller", "lower"];
  const grow = rise === now.x > 0;
  return {
    words: `The probability is now ${number(now.p)}. To bring it to ${number(task.target)}, must the weight {w} grow or shrink?`,
    options: [["grow", "{w} must grow"], ["shrink", "{w} must shrink"]],
    answer: grow ? "grow" : "shrink",
    why: `A ${more} probability needs a ${higher} score, and since {x} = ${plain(now.x)} is ${sign(now)}, a ${grow ? "larger" : "smaller"} {w} gives a ${higher} score.`,
  };
}

const sign = ({ x }) => (x > 0 ? "positive" : "negative");

// How the score is raised or lowered, and why that way.
function advice(now, raise) {
  const way = (up) => (up ? "raise" : "lower");
  return `${way(raise)} the score: ${way(raise === now.x > 0)} {w}, since {x} = ${plain(now.x)} is ${sign(now)}, or ${way(raise)} {b}.`;
}

// { kind: "right" | "wrong", words }
export function judge({ task, ...now }) {
  const [hit, missed] = task.kind === "slope" ? [slopeHit, slopeMissed] : [scoreHit, scoreMissed];
  if (met(task, now)) return { kind: "right", words: hit(task, now) };
  return { kind: "wrong", words: missed(task, now) };
}

function scoreHit({ target }) {
  const odds = `${number(target)}/${number(1 - target)}`;
  return `Right: {p} is ${number(target)}, because the score {z} is the logarithm of the odds, log(${odds}) = ${number(logit(target))}.`;
}

function slopeHit(task, { p, other, x, slope: value }) {
  return `Right: the slope is {p}(1 − {p}){x} = ${number(p)} · ${number(other)} · ${plain(x)} = ${number(value)}. At the mirror image, {p} = ${number(other)}, it is the same.`;
}

function scoreMissed({ target }, now) {
  const raise = now.p < target;
  const todo = advice(now, raise);
  if (within(now.z, target)) {
    return `You have set the score {z} to ${number(target)}; the probability is {p} = σ({z}) = ${number(now.p)}. To move it, ${todo}`;
  }
  if (within(now.other, target)) {
    return `That is the other outcome: 1 − {p} is ${number(target)}. The score has the right size but the wrong sign, so ${todo}`;
  }
  return `Not yet: {p} = ${number(now.p)} is too ${raise ? "small" : "large"}, so ${todo}`;
}

function slopeMissed({ target }, now) {
  if (within(now.steep, target)) {
    return `That is {p}(1 − {p}) = ${number(target)}, the slope per point of score. One more unit of {w} moves the score by {x} = ${plain(now.x)}: the factor {x} is missing.`;
  }
  if (within(now.p, target)) {
    return `You have set the probability {p} to ${number(target)}. Wanted is the slope of the tangent, {p}(1 − {p}){x}, which is ${number(now.slope)} here.`;
  }
  const flat = Math.abs(now.slope) < Math.abs(target);
  const high = now.p > 0.5;
  const todo = advice(now, flat !== high);
  return flat
    ? `Not yet: ${number(now.slope)} is too flat, because {p} = ${number(now.p)} is too near to ${high ? 1 : 0}, where the curve levels off. To move {p} towards ½, ${todo}`
    : `Not yet: ${number(now.slope)} is too steep, because {p} = ${number(now.p)} is too near to ½. To move {p} away from it, ${todo}`;
}
