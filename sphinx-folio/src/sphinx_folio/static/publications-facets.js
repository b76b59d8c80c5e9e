// @ts-check
// The form that narrows a list of {publications}, with its state in the page's address. Without script it is not shown
// (publications-facets.css), and every entry is there to read.
"use strict";

{
  /** An entry: where it stands, its values of each facet and, after the first search, its text.
   * @typedef {{item: HTMLElement, section?: HTMLElement, values: Record<string, string[]>, text?: string}} Entry */

  /** Values chosen of each facet. @typedef {Map<string, Set<string>>} Chosen */

  const LETTERS = { ß: "ss", ø: "o", ł: "l", đ: "d", æ: "ae", œ: "oe", ı: "i", "’": "'", "‐": "-", "–": "-" };

  /** Text without case and accents. @param {string} text */
  const fold = (text) =>
    Object.entries(LETTERS).reduce(
      (folded, [letter, plain]) => folded.replaceAll(letter, plain),
      text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase(),
    );

  /** What is searched of an entry. @param {Entry} entry */
  const textOf = ({ item, values }) => {
    const parts = [...item.querySelectorAll(":scope > p, .publication-authors p, .publication-abstract p")];
    return fold([...parts.map((part) => part.textContent), ...(values.topic ?? [])].join("\n"));
  };

  /** The entries with every word and, of each facet, any chosen value; and how many each value would give if of its own
   * facet nothing were chosen. @param {Entry[]} entries @param {string[]} words @param {Chosen} chosen */
  const narrow = (entries, words, chosen) => {
    /** @type {Set<Entry>} */
    const shown = new Set();
    /** @type {Record<string, number>} */
    const counts = {};
    for (const entry of entries) {
      if (!words.every((word) => (entry.text ??= textOf(entry)).includes(word))) continue;
      const failed = [...chosen].filter(([name, any]) => any.size && !entry.values[name]?.some((value) => any.has(value)));
      if (!failed.length) shown.add(entry);
      for (const name of chosen.keys())
        if (failed.every(([each]) => each === name))
          for (const value of new Set(entry.values[name])) counts[`${name}=${value}`] = (counts[`${name}=${value}`] ?? 0) + 1;
    }
    return { shown, counts };
  };

  /** What the address leads to on this page. */
  const led = () => {
    try {
      return document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch {
      return null; // a stray % in the address
    }
  };

  const QUIET = 400; // milliseconds after the last key until the number is said and the address changes

  /** Make a form narrow its lists; in the address its names begin with the prefix.
   * @param {HTMLFormElement} form @param {string} prefix */
  const enhance = (form, prefix) => {
    /** @type {NodeListOf<HTMLInputElement>} */
    const boxes = form.querySelectorAll("[type=checkbox]");
    const search = /** @type {HTMLInputElement} */ (form.querySelector("[type=search]"));
    const output = /** @type {HTMLOutputElement} */ (form.querySelector("output"));
    const all = output.value;
    /** @type {Entry[] | undefined} */
    let entries; // read when first needed
    let found = all;
    let timer = 0;

    const read = () => {
      /** @type {NodeListOf<HTMLElement>} */
      const items = document.querySelectorAll(`[data-facets="${form.id}"] > *`);
      return Array.from(items, (item) => {
        const section = item.closest("section") ?? undefined;
        const values = JSON.parse(item.dataset.values ?? "{}");
        return { item, section: section?.contains(form) ? undefined : section, values };
      });
    };

    const narrowed = () => search.value.trim() !== "" || form.querySelector(":checked") !== null;

    const show = () => {
      entries ??= read();
      /** @type {Chosen} */
      const chosen = new Map();
      for (const { name } of boxes) chosen.set(name, new Set());
      for (const { name, value, checked } of boxes) if (checked) chosen.get(name)?.add(value);
      const words = fold(search.value).split(/\s+/).filter(Boolean);
      const { shown, counts } = narrow(entries, words, chosen);
      const filled = new Set(Array.from(shown, ({ section }) => section));
      for (const entry of entries) {
        entry.item.hidden = !shown.has(entry);
        if (entry.section) entry.section.hidden = !filled.has(entry.section);
      }
      for (const { name, value, nextElementSibling: chip } of boxes) {
        const number = counts[`${name}=${value}`] ?? 0;
        const count = /** @type {Element} */ (chip?.querySelector(".publications-count"));
        // In as much room as before, with spaces as wide as digits: no chip moves.
        count.textContent = `${number}`.padStart(count.textContent?.length ?? 0, "\u2007");
        chip?.classList.toggle("publications-none", !number);
      }
      form.classList.toggle("publications-narrowed", narrowed());
      found = narrowed() ? `${shown.size} of ${all}` : all;
    };

    const settle = () => {
      output.value = found;
      const url = new URL(location.href);
      for (const { name } of [search, ...boxes]) url.searchParams.delete(prefix + name);
      for (const { name, value, checked } of boxes) if (checked) url.searchParams.append(prefix + name, value);
      if (search.value.trim()) url.searchParams.append(prefix + search.name, search.value.trim());
      try {
        history.replaceState(history.state, "", url);
      } catch {
        // Safari allows only so many in a time; the list is narrowed all the same.
      }
    };

    const update = (delay = 0) => {
      show();
      clearTimeout(timer);
      timer = setTimeout(settle, delay);
    };

    /** Choose what the address says, as far as it can be chosen here. */
    const restore = () => {
      const asked = new URLSearchParams(location.search);
      search.value = asked.get(prefix + search.name) ?? "";
      for (const box of boxes) {
        box.checked = asked.getAll(prefix + box.name).includes(box.value);
        const folded = box.checked && box.closest("details");
        if (folded) folded.open = true;
      }
      if (entries || narrowed()) show();
      output.value = found;
    };

    /** Show all if a link leads to what is not shown. */
    const reveal = () => {
      const target = led();
      const away = target?.closest("[hidden]");
      if (!entries?.some(({ item, section }) => away && (item === away || section === away))) return;
      form.reset();
      setTimeout(() => target?.scrollIntoView());
    };

    const arrive = () => {
      restore();
      reveal();
    };

    form.addEventListener("input", ({ target }) => update(target === search ? QUIET : 0));
    form.addEventListener("reset", () => setTimeout(update)); // by then it is
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      update();
    });
    addEventListener("popstate", arrive); // by a link within the page, too
    arrive();
  };

  /** @type {NodeListOf<HTMLFormElement>} */
  const forms = document.querySelectorAll("form.publications-facets");
  forms.forEach((form, index) => enhance(form, index ? `${form.id}.` : ""));
}
