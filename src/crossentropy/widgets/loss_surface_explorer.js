// The mean loss over two weights: samples, map and path side by side, and tasks about them.
import { dataView, timesMean } from "./data_view.js";
import { mapView } from "./map_view.js";
import { pathView } from "./path_view.js";
import { exercise, h, rich, toolbar } from "./shared.js";
import { numbersHere, pointControls, sampleEditor } from "./surface_controls.js";
import { taskPanel } from "./surface_panel.js";
import { walker } from "./surface_walk.js";

const LEVELS = {
  "cross entropy": [0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64],
  "squared loss": [0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.8],
};

export default exercise("Loss-surface explorer", (life) => {
  const { root, watch } = life;
  const walk = walker(life);
  const panel = taskPanel(life, walk);
  const controls = pointControls(life, walk);
  const parts = [linkedViews(life, walk), numbersHere(), controls];
  const editor = sampleEditor(life, walk);
  const startOver = () => [walk, controls, panel, editor].forEach((part) => part.reset());
  root.append(panel.task, ...parts.map((part) => part.element), panel.action, panel.said.element,
    editor.element, toolbar(life, { onReset: startOver }));
  const redraw = () => {
    const now = walk.state();
    for (const part of [...parts, editor]) part.show(now);
  };
  walk.whenChosen(redraw);
  watch("X y loss w rate", redraw);
});

function linkedViews(life, walk) {
  const { change, model } = life;
  const again = (view) => () => view().show(walk.state());
  const data = dataView(life, {
    choose: walk.choose,
    move: (i, x) => change({ X: model.get("X").with(i, x) }),
    add: walk.add,
    draw: () => (data.place(walk.state()), data.show(walk.state())),
  });
  const map = mapView(life, { onDrag: (w) => change({ w }), draw: again(() => map) });
  const steps = pathView(life, { draw: again(() => steps) });
  const meaning = h("p", { class: "xe-legend" });
  let [surveyed, count] = [[], 0];
  const show = (now) => {
    const ground = [...now.ground, now.reach];
    if (ground.some((value, i) => value !== surveyed[i])) {
      surveyed = ground;
      data.fit(now.X);
      data.place(now);
      if (count !== now.X.length) meaning.replaceChildren(...legend((count = now.X.length)));
      map.survey(now, LEVELS[now.loss]);
    }
    for (const view of [data, map, steps]) view.show(now);
  };
  const element = h("div", {}, h("div", { class: "xe-views" }, data.svg, map.svg), meaning, steps.svg);
  return { element, show };
}

function legend(count) {
  const mark = (role, sign, words) => h("span", {}, h("span", { class: `xe-${role}` }, `${sign} `), ...rich(words));
  const times = timesMean(count);
  return [
    mark("y1", "●", "{y} = 1"),
    mark("y0", "■", "{y} = 0"),
    mark("gradient", "→", times === count ? "samples: the sum of their pulls" : `samples: ${times} times their mean pull`),
    mark("gradient", "→", "map: the next step, −η∇L"),
    mark("right", "●", "lowest point"),
    h("span", {}, "pulls are drawn at half length, and cut off at the border"),
  ];
}
