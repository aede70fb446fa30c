// The state of the loss-surface explorer: what the model holds, and the path so far.
import { clamp } from "./shared.js";
import { meanHeight, pulls } from "./surface.js";
import { farthest, minus, scaled, sumOf } from "./vectors.js";

export const LONGEST = 1000; // steps of a path
export const MOST = 200; // samples, as in loss_surface_explorer.py

export function walker({ model, change, watch }) {
  let [path, heights, rates, chosen] = [[], [], [], 0];
  let redraw = () => {};

  const data = () => {
    const [X, y, loss] = ["X", "y", "loss"].map((name) => model.get(name));
    const count = Math.min(X.length, y.length); // for a moment one of them may be ahead
    return { X: X.slice(0, count), y: y.slice(0, count), loss, chosen: clamp(chosen, 0, count - 1) };
  };
  const heightAt = (w) => {
    const { X, y, loss } = data();
    return meanHeight(loss, w, X, y);
  };
  const restart = () => {
    path = [model.get("w")];
    heights = path.map(heightAt);
    rates = [];
  };
  const isFull = () => path.length > LONGEST;
  // A step to a point, of gradient descent with this rate or of another kind.
  const goTo = (w, rate = null) => {
    path.push(w);
    heights.push(heightAt(w));
    rates.push(rate);
    change({ w });
  };
  const state = () => {
    const { X, y, loss, chosen: marked } = data();
    const [w, rate] = [model.get("w"), model.get("rate")];
    const pulled = pulls(loss, w, X, y);
    const gradient = scaled(-1 / X.length, sumOf(pulled));
    return {
      X, y, loss, w, rate, path, heights, rates, chosen: marked, reach: reachOf(path),
      ground: [model.get("X"), model.get("y"), loss],
      pulls: pulled, gradient, next: minus(w, scaled(rate, gradient)),
    };
  };
  watch("X y loss", restart);
  watch("w", () => path.at(-1).some((value, j) => value !== model.get("w")[j]) && restart());
  const choose = (i) => {
    chosen = i;
    redraw();
  };
  const add = (x) => {
    const { X, y, chosen: like } = data();
    if (X.length >= MOST) return;
    change({ X: [...X, x], y: [...y, y[like]] });
    choose(X.length);
  };
  const reset = () => {
    restart();
    choose(0);
  };
  return { data, state, isFull, goTo, choose, add, reset, whenChosen: (handler) => (redraw = handler) };
}

// The map reaches to 4, or as far as the path, in doublings.
function reachOf(path) {
  const far = farthest(path);
  return far <= 4 ? 4 : 4 * 2 ** Math.ceil(Math.log2(far / 4));
}
