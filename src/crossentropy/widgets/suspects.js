// Gradients of one sample's loss, one of them right, and what probes can prove about them.
import { chance, shuffled } from "./chance.js";
import { lossAt, residual, sigmoid, slope } from "./numerics.js";
import { dotOf, lengthOf, minus } from "./vectors.js";

// Each gets { w, x, y, p, e, s }: e is p - y, s is p (1 - p). The keys are those of
// crossentropy.mistakes, which a test compares.
const alongX = (factor) => (at) => at.x.map((value) => value * factor(at));
export const SUSPECTS = {
  right: alongX(({ e }) => e),
  sign: alongX(({ e }) => -e),
  "inner-sign": alongX(({ p, y }) => -y * (1 - p) - (1 - y) * p),
  "no-inner-derivative": ({ x, e }) => x.map(() => e),
  "no-square": alongX(({ p, e }) => e / p),
  "no-exponential": alongX(({ p, e, s }) => (e * p * p) / s),
  "wrong-exponent": alongX(({ p, y }) => 1 - p - y),
  "p-constant": alongX(() => 0),
  "derivative-in-p": ({ x, e, s }) => x.map(() => e / s),
  "extra-slope": alongX(({ e, s }) => e * s),
  "divided-by-slope": alongX(({ e, s }) => e / s),
  "swapped-labels": alongX(({ p, y }) => p - (1 - y)),
  "term-lost": alongX(({ p, y }) => -y * (1 - p)),
  "labels-forgotten": alongX(({ p }) => p),
  "plus-minus-labels": alongX(({ p, y }) => p - (2 * y - 1)),
  "weights-for-features": ({ w, e }) => w.map((value) => value * e),
};

// The gradient of a suspect at a probe { w, x, y }.
export function suspectAt(key, { w, x, y }) {
  const z = dotOf(w, x);
  return SUSPECTS[key]({ w, x, y, p: sigmoid(z), e: residual(z, y), s: slope(z) });
}

// Central differences of the loss in each weight, (A.22); divided by how far apart the two points
// are in floating point.
export function differenceAt({ w, x, y }, h) {
  return w.map((_, j) => {
    const [ahead, behind] = [h, -h].map((step) => w.map((v, k) => (k === j ? v + step : v)));
    const change = lossAt(dotOf(ahead, x), y) - lossAt(dotOf(behind, x), y);
    return change / (ahead[j] - behind[j]);
  });
}

// How far two gradients are apart, relative to the longer one.
export function relativeError(gradient, reference) {
  const longer = Math.max(lengthOf(gradient), lengthOf(reference));
  return longer === 0 ? 0 : lengthOf(minus(gradient, reference)) / longer;
}

// The right gradient and four wrong ones, in an order that the seed decides. Two of the wrong ones
// pass at the start, so that a check at one point does not find them.
export function drawSuspects(seed, start) {
  const random = chance(seed);
  const wrong = Object.keys(SUSPECTS).filter((key) => key !== "right");
  const hides = (key) => isEqualAt(key, "right", start);
  const hidden = shuffled(random, wrong.filter(hides)).slice(0, 2);
  const plain = shuffled(random, wrong.filter((key) => !hides(key))).slice(0, 4 - hidden.length);
  return shuffled(random, ["right", ...hidden, ...plain]);
}

const isEqualAt = (key, other, probe) =>
  relativeError(suspectAt(key, probe), suspectAt(other, probe)) < 1e-9;

// Judge a name that is given to a suspect, by what was probed: [{ w, x, y, h }].
export function judgeName(named, suspect, probes) {
  const against = probes.find((probe) => !isEqualAt(named, suspect, probe));
  if (against) return { kind: "wrong", because: contradiction(named, suspect, probes), against };
  const others = Object.keys(SUSPECTS).filter(
    (key) => key !== named && probes.every((probe) => isEqualAt(key, suspect, probe)),
  );
  if (others.length) return { kind: "open", others, advice: tellingChange(named, others, probes) };
  const best = Math.min(...probes.map((probe) => errorOf(suspect, probe)));
  if (named === "right" && best > 1e-6) return { kind: "open", others, advice: "h" };
  return { kind: "right", because: named === "right" ? "right" : "bug" };
}

export const errorOf = (suspect, probe) =>
  relativeError(suspectAt(suspect, probe), differenceAt(probe, probe.h));

// Why a wrong name was tempting: errors of rounding or of a long step, or a bug that was overlooked.
function contradiction(named, suspect, probes) {
  if (suspect === "right") return stepMistake(probes);
  if (named === "right") return "bug-for-rounding";
  return "other-bug";
}

// Where the right gradient was suspected: which end of the steps showed a large error.
function stepMistake(probes) {
  const shows = (isEnd) => probes.some((probe) => isEnd(probe.h) && errorOf("right", probe) > 1e-7);
  if (shows((h) => h < 1e-9)) return "rounding-for-bug";
  return shows((h) => h > 1e-4) ? "long-step-for-bug" : "no-bug";
}

// What to change about the last probe so that it tells the named suspect from another one.
function tellingChange(named, others, probes) {
  const last = probes.at(-1);
  const changes = {
    y: { ...last, y: 1 - last.y },
    x: { ...last, x: [last.x[0] === 1 ? 2 : 1, -1.5] },
    w: { ...last, w: [-0.5, 1] },
  };
  const tells = ([, probe]) => others.some((key) => !isEqualAt(key, named, probe));
  return Object.entries(changes).find(tells)?.[0] ?? "y";
}
