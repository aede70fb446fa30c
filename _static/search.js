// What the book changes in Sphinx's search, whose script comes before this one.
"use strict";

// No word is marked: Sphinx would mark it in whatever page is opened next, in its menus as well.
const SPHINX_HIGHLIGHT_ENABLED = false;

// An excerpt has the text of the article, and each formula once.
{
  const { htmlToText } = Search;
  Search.htmlToText = (html, anchor) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    const others = page.querySelectorAll(".katex-html, annotation, .bd-header-article");
    for (const other of others) other.remove();
    return htmlToText(page.documentElement.outerHTML, anchor);
  };
}

Object.assign(Documentation.TRANSLATIONS, {
  "Search finished, found ${resultCount} page(s) matching the search query.":
    "Places found: ${resultCount}.",
  "Your search did not match any documents. Please make sure that all words are spelled correctly and that you've selected enough categories.":
    "Nothing found. Are all words spelled as in the book? The glossary has its terms.",
});
