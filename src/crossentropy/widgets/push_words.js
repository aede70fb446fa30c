// What push and pull says to a drawing, by the key that pushes.js gives it.
import { sigmoid } from "./numerics.js";
import { pushOf } from "./pushes.js";
import { number } from "./shared.js";
import { dotOf, scaled, sumOf } from "./vectors.js";

export const vector = (v) => `(${v.map((value) => number(value)).join(", ")})`;
const plainVector = (v) => `(${v.map((value) => String(value).replace("-", "−")).join(", ")})`;

// The sample in numbers: everything that its push depends on.
export function askPush(w, x, y) {
  const z = dotOf(w, x);
  return `The sample {x} = ${plainVector(x)} has the label {y} = ${y}, and the weights {w} = ${plainVector(w)} give it {p} = ${number(sigmoid(z))}. Which way does it push {w}, and how hard? Draw its push from the tip of {w}.`;
}

export function askSum(n) {
  return `Now all ${n} samples push at once; each arrow starts at its sample. Which way does their sum push {w}, and how hard?`;
}

const compared = ({ angle, ratio }) =>
  `Your arrow is ${number(Math.abs(angle), 0)}° off and ${number(ratio, 1)} times as long as it should be.`;

const PUSH = {
  nothing: () => "Drag the tip of the arrow first, or move the two sliders: what would bring {p} nearer to {y}? No push at all would treat {p} as a constant, but it changes with {w}.",
  sign: ({ y }) => y === 1
    ? "You drew the direction of +{x}({p} − {y}), the gradient: it points where the loss rises. The push is its opposite. With {y} = 1 the sample wants a larger {p}, so it pulls {w} along {x}."
    : "You drew along {x}, but {y} = 0. That is the direction of +{x}({p} − {y}), the gradient, along which the loss rises; or the sign of the derivative of log(1 − {p}) is lost. The sample wants a smaller {p}, so it pushes {w} away from {x}.",
  "swapped-labels": ({ y }) => y === 1
    ? "You drew −{x}{p}: the push for the label 0, or one in which the label is forgotten. With {y} = 1 the error is {p} − 1. Look at the label again."
    : "You drew the push for the label 1: {p} − 1 in place of {p} − 0. Look at the label again.",
  "along-w": () => "Your arrow lies along {w}. The push lies along the input {x}, whatever the weights are: they decide only how large {p} is.",
  "towards-w": () => "Your arrow lies on the line between {w} and the sample. The push has the direction of {x} itself, the way from the origin to the sample.",
  "no-inner-derivative": () => "Your arrow has two equal components: the features do not appear. The inner derivative, that of {w}ᵀ{x} in each weight, brings them: the push lies along {x}.",
  "all-of-x": ({ error }) => `The direction is right, but this is all of {x}. The push is {x} times the error, and the error is only ${number(error)}.`,
  "probability-of-y": ({ error }) => `The direction is right. For the length you took the probability of the label, ${number(1 - error)}; what counts is what is missing to 1, the error ${number(error)}. A nearly right forecast pushes little.`,
  "extra-slope": () => "The direction is right, but the length has one factor {p}(1 − {p}) too many: that is the squared loss. In the cross entropy it cancels.",
  "divided-by-slope": () => "The direction is right, but the length is divided by {p}(1 − {p}): the slope of {p} is still to be multiplied in, and then the two cancel.",
  "squared-loss": () => "The direction is right, but this is twice the error: the factor 2 belongs to the squared loss, ({p} − {y})², not to the cross entropy.",
  "plus-minus-labels": ({ error }) => `The direction is right, but you took the label for −1: {p} + 1 in place of {p} − 0. In this formula the labels are 0 and 1, so the error is ${number(error)}.`,
  "too-long": ({ error }) => error < 0.25
    ? `The direction is right, but {p} is nearly {y}: the error is only ${number(error)}, and a nearly right forecast pushes little.`
    : `The direction is right. The length is that of {x} times the error ${number(error)}: shorter than you drew.`,
  "too-short": ({ error }) => error > 0.4
    ? `The direction is right, but {p} is far from {y}: the error is ${number(error)}, and a forecast that is so wrong pushes hard.`
    : `The direction is right. The length is that of {x} times the error ${number(error)}: longer than you drew.`,
  turned: () => "The push lies on the line through the origin and the sample: along {x} if {p} is too small, against it if {p} is too large.",
};

// Words for a verdict of judgePush.
export function pushWords(verdict, w, x, y) {
  const residual = sigmoid(dotOf(w, x)) - y;
  const push = vector(pushOf(w, x, y));
  if (verdict.key === "right") {
    return `Right: −{x}({p} − {y}) = −${plainVector(x)} · (${number(residual)}) = ${push}. ${compared(verdict)}`;
  }
  const words = PUSH[verdict.key]({ y, error: Math.abs(residual) });
  return verdict.key === "nothing" ? words : `${words} ${compared(verdict)}`;
}

export const shownPush = (w, x, y) =>
  `The push is −{x}({p} − {y}) = ${vector(pushOf(w, x, y))}: the input, times the error, turned around.`;

const SUM = {
  nothing: () => "Draw an arrow first. To add arrows, put each at the tip of the one before.",
  "hardest-alone": () => "You drew the hardest push alone. The others are weaker, but they are many: add them up.",
  uphill: () => "You drew the opposite: the sum of {x}({p} − {y}), along which the mean loss rises.",
  "squared-loss": () => "You drew twice the sum: the factor 2 belongs to the squared loss, ({p} − {y})².",
  "inner-sign": () => "You turned the pushes of the squares around: a sign is lost in the derivative of log(1 − {p}). With {y} = 0 a sample pushes away from its {x}.",
  "term-lost": () => "You added up the samples of one label alone. The cross entropy has a term for each label, and both kinds push.",
  "no-inner-derivative": () => "You added up the errors without the features: an arrow with two equal components. Each error goes along its own {x}.",
  "all-of-x": () => "You added up the inputs as they are. Each counts by its error: nearly right forecasts push little.",
  "extra-slope": () => "You drew the sum with one factor {p}(1 − {p}) too many in each push: that is the squared loss.",
  "divided-by-slope": () => "You drew the sum of the pushes divided by {p}(1 − {p}): the slope of {p} is still to be multiplied in.",
  "plus-minus-labels": () => "You took the squares for samples of label −1: {p} + 1 in place of {p} − 0. In this formula the labels are 0 and 1.",
  "labels-forgotten": () => "You added up −{x}{p}: the labels do not appear.",
  "swapped-labels": () => "You drew the sum with the two labels swapped: circles have {y} = 1.",
  "mean-for-sum": (n) => `The direction is right, and you drew the mean, one ${n}th of the sum. Asked is the sum.`,
  "too-short": () => "The direction is right, but the sum is longer.",
  "too-long": () => "The direction is right, but the pushes nearly cancel: their sum is shorter.",
  turned: () => "That is not where they lead together. Put the arrows one at the tip of the other: where do you end?",
};

export function sumWords(verdict, pushes) {
  if (verdict.key === "right") return `Right. ${shownSum(pushes)}`;
  const words = SUM[verdict.key](pushes.length);
  return verdict.key === "nothing" ? words : `${words} ${compared(verdict)}`;
}

export function shownSum(pushes) {
  const sum = sumOf(pushes);
  const mean = scaled(1 / pushes.length, sum);
  return `Put one after the other, the pushes lead to ${vector(sum)}. Divided by ${pushes.length} this is their mean, −∇L = ${vector(mean)}. Single pushes are hard; together they nearly cancel, like a tug of war.`;
}
