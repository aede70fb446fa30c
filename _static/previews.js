// Shows the equation that a link leads to, on hover and on keyboard focus.
// Esc closes it; the pointer may move onto it (to scroll a long equation, to copy from it).
(() => {
  "use strict";
  const LINK = 'article a[href*="#eq-"]:not(.eqno)';
  const HIDE_DELAY = 200; // ms to move the pointer from the link to the preview

  const preview = document.createElement("div");
  preview.id = "equation-preview";
  preview.className = "equation-preview";
  preview.setAttribute("role", "tooltip");
  preview.hidden = true;

  let shownFor = null;
  let wanted = null; // what the reader points at, shown or on its way
  let timer = null;

  // Equations of other pages, as far as their scripts have come; each calls `previewEquation`.
  const foreign = new Map();
  window.previewEquation = (anchor, html) => {
    const template = document.createElement("template");
    template.innerHTML = html;
    foreign.set(anchor, template.content.firstElementChild);
  };

  function equationOf(link) {
    const anchor = decodeURIComponent(link.hash.slice(1));
    return (document.getElementById(anchor) ?? foreign.get(anchor))?.cloneNode(true);
  }

  function load(link) {
    const script = document.createElement("script");
    const { content_root: root } = document.documentElement.dataset;
    script.src = `${root}_static/equations/${decodeURIComponent(link.hash.slice(1))}.js`;
    script.addEventListener("load", () => {
      if (wanted === link) show(link);
    });
    document.head.append(script);
  }

  function place(link) {
    const gap = 6;
    const box = link.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = preview;
    const page = document.documentElement;
    const left = Math.min(Math.max(box.left + box.width / 2 - width / 2, gap),
      page.clientWidth - width - gap);
    const above = box.top - height - gap >= 0;
    const top = above ? box.top - height - gap : box.bottom + gap;
    preview.style.left = `${left + window.scrollX}px`;
    preview.style.top = `${top + window.scrollY}px`;
  }

  function show(link) {
    clearTimeout(timer);
    if (shownFor === link) return;
    hide();
    wanted = link;
    const equation = equationOf(link);
    if (!equation) {
      load(link);
      return;
    }
    equation.removeAttribute("id");
    const number = equation.querySelector("a.eqno");
    if (number) {
      const text = document.createElement("span"); // a tooltip holds nothing to tab to
      text.className = "eqno";
      text.textContent = number.textContent;
      number.replaceWith(text);
    }
    equation.querySelectorAll("[tabindex]").forEach((box) => box.removeAttribute("tabindex"));
    preview.replaceChildren(equation);
    preview.hidden = false;
    link.setAttribute("aria-describedby", preview.id);
    shownFor = link;
    place(link);
  }

  function hide() {
    clearTimeout(timer);
    wanted = null;
    preview.hidden = true;
    if (shownFor) shownFor.removeAttribute("aria-describedby");
    shownFor = null;
  }

  function hideSoon() {
    clearTimeout(timer);
    timer = setTimeout(hide, HIDE_DELAY);
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.body.append(preview);
    for (const link of document.querySelectorAll(LINK)) {
      link.addEventListener("pointerenter", (event) => {
        if (event.pointerType === "mouse") show(link);
      });
      link.addEventListener("pointerleave", hideSoon);
      link.addEventListener("focus", () => {
        if (link.matches(":focus-visible")) show(link);
      });
      link.addEventListener("blur", hide);
      link.addEventListener("click", hide);
    }
    preview.addEventListener("pointerenter", () => clearTimeout(timer));
    preview.addEventListener("pointerleave", hideSoon);
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") hide();
    });
    window.addEventListener("resize", hide);
  });
})();
