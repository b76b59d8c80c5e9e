// @ts-check
// A button that copies an entry's BibTeX, or another text to take away. Without script the text is there to select.
"use strict";

{
  /** Add a button that copies, and a place to say that it did. @param {Element} code */
  const addCopy = (code) => {
    const source = /** @type {HTMLElement} */ (code.querySelector("pre"));
    code.insertAdjacentHTML("afterbegin", '<span role="status"></span><button type="button">Copy</button>');
    const [said, button] = code.children;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(source.textContent ?? "");
        said.textContent = "Copied";
        setTimeout(() => said.replaceChildren(), 3000);
      } catch {
        getSelection()?.selectAllChildren(source); // what script may not copy, the reader can
      }
    });
  };

  // When BibTeX is opened, which a search in the page does, too.
  addEventListener(
    "toggle",
    ({ target }) => {
      const code = target instanceof Element && target.querySelector(":scope[open] > .publication-code:not(:has(button))");
      if (code) addCopy(code);
    },
    true,
  );
  document.querySelectorAll(":not(details) > .publication-code").forEach(addCopy);
}
