// @ts-check
// <model-figure name="pendulum" src="….js">: a model that a reader can set, computed and drawn in the browser.
//
// In it stands a still picture, which stays until the first result is there, and for good if there is none. All else is
// modules, loaded when the figure comes near the window. This is none itself: from a disk no module is loaded, and
// somebody has to say so.

customElements.define("model-figure", class extends HTMLElement {
  connectedCallback() {
    const height = Number(this.getAttribute("height"));
    if (height) this.style.minHeight = `${height}px`; // so that what is below moves less
    const look = (/** @type {IntersectionObserverEntry[]} */ seen) => {
      if (seen.some(({ isIntersecting }) => isIntersecting)) this.load();
    };
    this.watching = new IntersectionObserver(look, { rootMargin: "400px" });
    this.watching.observe(this);
    addEventListener("hashchange", this.arrive);
    this.paper.addEventListener("change", this.unfold);
    this.arrive();
  }

  disconnectedCallback() {
    this.watching?.disconnect();
    this.live?.stop();
    removeEventListener("hashchange", this.arrive);
    this.paper.removeEventListener("change", this.unfold);
  }

  paper = matchMedia("print");

  /** @type {Awaited<ReturnType<typeof import("./model/figure.js").figure>> | undefined} */
  live;

  /** An address may lead here; the figure knows. */
  arrive = () => {
    if (this.live) this.live.obey();
    else if (location.hash.startsWith(`#${this.getAttribute("name")}`)) this.load();
  };

  /** What is folded, or not seen yet, is printed, too. */
  unfold = () => {
    this.live?.complete();
    for (const details of this.querySelectorAll("details:not(.model-data)")) {
      if (this.paper.matches) details.toggleAttribute("data-folded", !details.hasAttribute("open"));
      if (details.hasAttribute("data-folded")) details.toggleAttribute("open", this.paper.matches);
    }
  };

  /** A sentence above the figure, heard, too. @param {string} words */
  say = (words) => {
    const status = this.querySelector(":scope > .model-status");
    if (status && status.textContent !== words) status.textContent = words;
  };

  async load() {
    if (this.loading) return;
    this.loading = true;
    this.watching?.disconnect();
    this.insertAdjacentHTML("afterbegin", '<p class="model-status" role="status"></p>');
    const src = new URL(this.getAttribute("src") ?? "", document.baseURI).href;
    const id = (this.closest("figure") ?? this).id; // where links to the figure lead
    try {
      const [{ figure }, model] = await Promise.all([import("./model/figure.js"), import(src)]);
      const live = await figure(this, model, { id, src, say: this.say });
      if (this.isConnected) this.live = live;
      else live.stop();
    } catch (error) {
      this.classList.add("model-still");
      this.say(`The live figure could not be loaded, so its picture stands still (${/** @type {Error} */ (error)?.message ?? error}).`);
    }
  }
});
