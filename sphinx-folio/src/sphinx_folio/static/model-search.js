/* The search shows the still picture of a page's first model beside what it found there: it reads the page anyway. */

const root = (page) => page.documentElement.dataset.content_root;
const inWords = Search.makeSearchSummary;

Search.makeSearchSummary = (html, words, anchor) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  const figure = anchor ? null : page.querySelector("model-figure[poster]");
  const title = figure?.querySelector("title")?.textContent ?? "";
  page.querySelectorAll("svg").forEach((drawing) => drawing.remove()); // words of axes say nothing in a sentence
  const summary = inWords(page.documentElement.outerHTML, words, anchor);
  if (!figure) return summary;
  const found = document.createElement("div");
  const picture = document.createElement("img");
  picture.src = root(document) + figure.getAttribute("poster").slice(root(page).length);
  picture.alt = title;
  picture.className = "search-picture";
  found.append(picture, ...(summary ? [summary] : []));
  return found;
};
