// What a page of the book does besides the theme's navigation.
(() => {
  "use strict";

  // A page opened from a folder may not fetch another: no excerpts in search results then.
  DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = location.protocol !== "file:";

  // A link to something inside closed folds opens them.
  function openFoldsAround(element) {
    for (let fold = element.closest("details"); fold; ) {
      fold.open = true;
      fold = fold.parentElement.closest("details");
    }
  }

  function placeOf(hash) {
    try {
      return document.getElementById(decodeURIComponent(hash.slice(1)));
    } catch (error) {
      if (!(error instanceof URIError)) throw error;
      return null; // a link that is cut off names no place
    }
  }

  function goTo(hash) {
    const target = placeOf(hash);
    if (!target || !target.closest("details")) return;
    openFoldsAround(target);
    target.scrollIntoView();
  }

  // On paper every fold is open, ink is dark, and a formula that is too wide is made smaller.
  const undo = [];
  function prepareForPaper() {
    const { theme } = document.documentElement.dataset;
    const folds = [...document.querySelectorAll("article details:not([open])")];
    document.documentElement.dataset.theme = "light";
    for (const fold of folds) fold.open = true;
    const formulas = [...document.querySelectorAll("article .formula")];
    formulas.forEach(fit);
    undo.push(() => {
      document.documentElement.dataset.theme = theme;
      for (const fold of folds) fold.open = false;
      for (const formula of formulas) formula.style.removeProperty("font-size");
    });
  }
  const PAPER = 600; // px between the margins of a page, less the number of an equation
  function fit(formula) {
    const { width } = formula.querySelector(".base").parentElement.getBoundingClientRect();
    if (width > PAPER) formula.style.fontSize = `${(100 * PAPER) / width}%`;
  }
  function leavePaper() {
    for (const step of undo.splice(0)) step();
  }

  // What scrolls sideways can be reached and scrolled with the keyboard. At first every box can that
  // may scroll somewhere; here those stay that do.
  const SCROLLING = ".formula, pre, .pst-scrollable-table-container, .output";
  // In sight, or near; to ask others lays out everything, which can wait for the first key.
  const inSight = (box) => box.checkVisibility?.({ contentVisibilityAuto: true }) ?? true;
  let hasKeyboard = false;
  function markScrolling() {
    if (document.fonts.status === "loading") return; // they change widths; see loadingdone below
    const all = [...document.querySelectorAll(SCROLLING)];
    const boxes = hasKeyboard ? all : all.filter(inSight);
    const scroll = boxes.map((box) => box.scrollWidth > box.clientWidth); // read all, then write
    boxes.forEach((box, index) => {
      if (scroll[index] === box.hasAttribute("tabindex")) return;
      if (scroll[index]) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    });
  }

  // What is not laid out is as high as was guessed, and must not seem to lie upon what follows.
  function clip(section, skipped) {
    section.style.overflow = skipped ? "hidden" : "";
  }
  for (const section of document.querySelectorAll(".bd-article > section > section")) {
    clip(section, !inSight(section.firstElementChild));
  }

  function addCopyButton(block) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy-code";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(block.querySelector("pre").innerText.trimEnd());
      button.textContent = "Copied";
      setTimeout(() => (button.textContent = "Copy"), 2000);
    });
    block.append(button);
  }

  // The scripts of the widgets come when they are of use: when the place of one comes near, when a key
  // is pressed, since the next may lead to one, or for a link to one: #logistic_explorer-1?w=2.
  function awaitWidgets() {
    const mark = document.querySelector("[data-widgets-script]");
    if (!mark) return;
    const near = new IntersectionObserver((places) => {
      if (places.some((place) => place.isIntersecting)) load();
    }, { rootMargin: "150%" });
    const byKey = () => load(true);
    const byLink = () => location.hash.includes("?") && load();

    function load(all = false) {
      if (!mark.isConnected) return; // a place may come near as a key is pressed: once is enough
      mark.remove();
      near.disconnect();
      window.removeEventListener("keydown", byKey);
      window.removeEventListener("hashchange", byLink);
      for (const address of [mark.dataset.widgetsStates, mark.dataset.widgetsScript]) {
        const script = document.createElement("script");
        script.src = address;
        script.async = false; // in this order
        if (all) script.dataset.all = "";
        document.head.append(script);
      }
    }

    document.querySelectorAll("[data-widget]").forEach((place) => near.observe(place));
    window.addEventListener("keydown", byKey);
    window.addEventListener("hashchange", byLink);
    byLink();
  }

  window.addEventListener("hashchange", () => goTo(location.hash));
  window.addEventListener("beforeprint", prepareForPaper);
  window.addEventListener("afterprint", leavePaper);
  window.addEventListener("resize", markScrolling);
  window.addEventListener("load", markScrolling);
  document.addEventListener("keydown", () => {
    hasKeyboard = true;
    markScrolling();
  }, { once: true });
  document.addEventListener("contentvisibilityautostatechange", ({ target, skipped }) => {
    clip(target, skipped);
    if (!skipped) markScrolling();
  }, true);
  document.fonts.addEventListener("loadingdone", markScrolling);
  document.addEventListener("toggle", markScrolling, true); // a fold that opens shows new boxes
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link && link.hash === location.hash) goTo(link.hash); // no hashchange then
  });
  document.addEventListener("DOMContentLoaded", () => {
    if (navigator.clipboard) {
      document.querySelectorAll(".cell_input .highlight, article > section .highlight-python .highlight")
        .forEach(addCopyButton);
    }
    goTo(location.hash);
    awaitWidgets();
  });
})();
