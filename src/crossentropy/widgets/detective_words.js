// What the gradient detective says to a name that is given to a suspect.
import { significant } from "./digits.js";
import { differenceAt, errorOf, relativeError, suspectAt } from "./suspects.js";

const GOOD_STEP = 1e-5;
const at = (v) => `(${v.map((value) => significant(value)).join(", ")})`;
const asSet = (v) => `(${v.join(", ")})`.replaceAll("-", "−");
const place = ({ w, x, y }) => `{w} = ${asSet(w)}, {x} = ${asSet(x)}, {y} = ${y}`;

// Words for a verdict of judgeName; names holds the words for each key.
export function nameWords(verdict, { named, suspect, probes, names }) {
  if (verdict.kind === "open") return openWords(verdict);
  return WORDS[verdict.because]({ ...verdict, named, suspect, probes, names });
}

const WORDS = {
  right: ({ probes }) => `Right: nothing is wrong with it. At its best step you saw a relative error of ${significant(Math.min(...probes.map((probe) => errorOf("right", probe))), 1)}. For tiny h the error grows like 1/h, but that is rounding in the difference, not a bug in the gradient.`,
  bug: ({ named, names }) => `Right: ${names[named]}. Among the answers in the list, no other fits all that you probed.`,
  "rounding-for-bug": () => "No bug: the error grows where h is tiny, for there two nearly equal losses are subtracted, their digits cancel, and the rounding that is left is divided by 2h. Near h = 10⁻⁵ difference and gradient agree.",
  "long-step-for-bug": () => "No bug: the error grows where h is large, and a tenth of the step leaves a hundredth of it. That is truncation, the part of Taylor’s formula that a difference cuts off. Near h = 10⁻⁵ difference and gradient agree.",
  "no-bug": ({ named, against, names }) => `That does not fit. If ${names[named]}, the gradient at ${place(against)} would be ${at(suspectAt(named, against))}. It is ${at(suspectAt("right", against))}, as the difference says.`,
  "bug-for-rounding": ({ suspect, against }) => `It is not right. At ${place(against)} the relative error is ${significant(errorThere(suspect, against), 2)} for every sensible h. Rounding would shrink when h grows to 10⁻⁵; this stays.`,
  "other-bug": ({ named, suspect, against, names }) => `That does not fit. If ${names[named]}, the gradient at ${place(against)} would be ${at(suspectAt(named, against))}. It is ${at(suspectAt(suspect, against))}.`,
};

const errorThere = (suspect, probe) =>
  relativeError(suspectAt(suspect, probe), differenceAt(probe, GOOD_STEP));

const CHANGE = {
  y: "Change the label y",
  x: "Change the input x",
  w: "Change the weights w",
};

function openWords({ others, advice }) {
  if (advice === "h") return "It may be so, but at every step that you tried the error is large. Move h to where neither rounding nor truncation hides the answer.";
  const many = others.length === 1 ? "one other answer fits" : `${others.length} other answers fit`;
  const passes = others.includes("right") ? ", “nothing is wrong” among them" : "";
  return `It may be so, but ${many} all that you probed just as well${passes}. ${CHANGE[advice]} and look again: a good test point has nothing special about it.`;
}
