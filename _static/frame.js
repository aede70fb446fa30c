// The frame around each page: its colours, the search, the two sidebars.
(() => {
  "use strict";
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const wide = matchMedia("(min-width: 992px)"); // from here on the chapters stand beside the text

  function setColours(mode) {
    root.dataset.mode = mode;
    root.dataset.theme = mode !== "auto" ? mode : dark.matches ? "dark" : "light";
    localStorage.setItem("mode", mode);
  }

  // Whatever comes behind "auto" is a change.
  function nextColours() {
    const modes = dark.matches ? ["auto", "light", "dark"] : ["auto", "dark", "light"];
    setColours(modes[(modes.indexOf(root.dataset.mode) + 1) % modes.length]);
  }

  // A click beside a dialog is one on the dialog, too.
  function isBeside(box, { clientX, clientY }) {
    return clientX < box.left || clientX > box.right || clientY < box.top || clientY > box.bottom;
  }

  function setUpDialog(dialog) {
    dialog.addEventListener("click", (event) => {
      const followed = event.target.closest("a");
      const beside = event.target === dialog && isBeside(dialog.getBoundingClientRect(), event);
      if (followed || beside) dialog.close();
    });
  }

  // Wherever the focus is: Sphinx keeps this key for itself, and then no dialog closes.
  function closeDialog(event) {
    const dialog = event.key === "Escape" && document.querySelector("dialog[open]");
    if (!dialog) return;
    event.stopPropagation();
    event.preventDefault();
    dialog.close();
  }

  function setUpSearch() {
    const dialog = document.getElementById("pst-search-dialog");
    const field = document.querySelector(".bd-search-container input"); // on the search page alone
    const apple = /^(Mac|iPhone|iPad)/.test(navigator.platform);
    const toggle = () => {
      if (field) field.select();
      else if (dialog.open) dialog.close();
      else dialog.showModal();
    };
    setUpDialog(dialog);
    for (const button of document.querySelectorAll(".search-button__button")) {
      button.addEventListener("click", toggle);
      if (apple) button.setAttribute("aria-keyshortcuts", "Meta+K");
    }
    if (apple) {
      for (const key of document.querySelectorAll(".kbd-shortcut__modifier")) key.textContent = "⌘";
    }
    document.addEventListener("keydown", (event) => {
      const modifier = apple ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
      if (!modifier || event.shiftKey || event.altKey || event.key.toLowerCase() !== "k") return;
      event.preventDefault();
      toggle();
    });
    field?.select();
  }

  function move(from, to) {
    to.append(...from.childNodes);
    to.classList.add(...from.classList);
    from.removeAttribute("class");
  }

  // Beside the text where there is room, else in a dialog.
  function setUpSidebar(name) {
    const button = document.querySelector(`.${name}-toggle`);
    const place = document.getElementById(`pst-${name}-sidebar`);
    const dialog = document.getElementById(`pst-${name}-sidebar-modal`);
    if (!button || !place) return;
    dialog.setAttribute("aria-label", button.getAttribute("aria-label"));
    setUpDialog(dialog);
    dialog.addEventListener("close", () => move(dialog, place));
    button.addEventListener("click", () => {
      if (name === "primary" && wide.matches) {
        const hidden = place.classList.toggle("pst-sidebar-hidden");
        button.setAttribute("aria-expanded", !hidden);
      } else {
        move(place, dialog);
        dialog.showModal();
      }
    });
  }

  function markRead(links, current) {
    for (const link of links) {
      const entry = link.closest(".toc-entry");
      link.classList.toggle("active", link === current);
      entry.classList.toggle("active", current !== undefined && entry.contains(current));
      if (link === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  // Marks in the page's contents the section that is being read.
  function followReading() {
    const links = [...document.querySelectorAll("#pst-page-toc-nav a[href^='#']")];
    const section = (link) => document.getElementById(decodeURIComponent(link.hash.slice(1)));
    const read = new Set();
    const observer = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target } of entries) {
        if (isIntersecting) read.add(target);
        else read.delete(target);
      }
      markRead(links, links.findLast((link) => read.has(section(link))));
    }, { rootMargin: "-64px 0px -70% 0px" }); // what stands in the upper part of the window
    for (const link of links) observer.observe(section(link));
  }

  // A menu closes with Escape, and when attention goes elsewhere.
  function setUpMenu(menu) {
    const close = () => (menu.open = false);
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      close();
      menu.querySelector("summary").focus();
    });
    menu.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !menu.contains(event.relatedTarget)) close();
    });
    document.addEventListener("click", (event) => {
      if (!menu.contains(event.target)) close();
    });
  }

  // Brings the link of this page into sight, once and without a word to the page itself.
  function showPlaceInBook() {
    const sidebar = document.getElementById("pst-primary-sidebar");
    const link = sidebar.querySelector("a.current");
    if (!link || !wide.matches) return;
    const observer = new IntersectionObserver(([entry]) => {
      const below = entry.boundingClientRect.bottom - innerHeight / 2;
      if (!entry.isIntersecting) sidebar.scrollTop += below;
      observer.disconnect();
    });
    observer.observe(link);
  }

  document.addEventListener("keydown", closeDialog, true);
  dark.addEventListener("change", () => setColours(root.dataset.mode));
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelector(".theme-switch-button").addEventListener("click", nextColours);
    setUpSearch();
    document.querySelectorAll(".page-menu").forEach(setUpMenu);
    setUpSidebar("primary");
    setUpSidebar("secondary");
    followReading();
    showPlaceInBook();
  });
})();
