// The state of the loss-surface explorer: what the model holds, and the path so far.
import { clamp } from "./shared.js";
import { meanGradient, meanHeight, pulls } from "./surface.js";
import { lowestPoint } from "./surface_judges.js";
import { gradientStep } from "./walk.js";

const LONGEST = 1000; // steps of a path
export const MOST = 200; // samples, as in loss_surface_explorer.py

export function walker({ model, change, watch }) {
  let [path, heights, lowest, chosen] = [[], [], undefined, 0];
  let redraw = () => {};

  const data = () => {
    const [X, y, loss] = ["X", "y", "loss"].map((name) => model.get(name));
    const count = Math.min(X.length, y.length); // for a moment one of them may be ahead
    return { X: X.slice(0, count), y: y.slice(0, count), loss };
  };
  const heightAt = (w) => {
    const { X, y, loss } = data();
    return meanHeight(loss, w, X, y);
  };
  const restart = () => {
    path = [model.get("w")];
    heights = path.map(heightAt);
  };
  const goTo = (w) => {
    if (path.length > LONGEST) return;
    path.push(w);
    heights.push(heightAt(w));
    change({ w });
  };
  const state = () => {
    const { X, y, loss } = data();
    const [w, rate] = [model.get("w"), model.get("rate")];
    chosen = clamp(chosen, 0, X.length - 1);
    return {
      X, y, loss, w, rate, path, heights, lowest, chosen, reach: reachOf(path),
      ground: [model.get("X"), model.get("y"), loss],
      pulls: pulls(loss, w, X, y),
      gradient: meanGradient(loss, w, X, y),
      next: gradientStep(loss, w, X, y, rate),
    };
  };
  watch("X y loss", () => {
    const { X, y, loss } = data();
    lowest = loss === "cross entropy" ? lowestPoint(loss, X, y) : undefined;
    restart();
  });
  watch("w", () => path.at(-1) !== model.get("w") && restart());
  const choose = (i) => {
    chosen = i;
    redraw();
  };
  const add = (x) => {
    const { X, y } = data();
    if (X.length >= MOST) return;
    change({ X: [...X, x], y: [...y, y[chosen]] });
    choose(X.length);
  };
  const reset = () => {
    restart();
    choose(0);
  };
  return { state, goTo, choose, add, reset, whenChosen: (handler) => (redraw = handler) };
}

// The map reaches to 4, or as far as the path, in doublings.
function reachOf(path) {
  const far = Math.max(...path.flat().map(Math.abs));
  return far <= 4 ? 4 : 4 * 2 ** Math.ceil(Math.log2(far / 4));
}
