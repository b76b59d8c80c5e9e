// @ts-check
// <model-figure name="pendulum" src="….js">: a model that a reader can set, computed and drawn in the browser.
//
// In it stands a still picture, which stays until the first result is there, and for good if there is none. The model
// is a module of its own (the contract is in model/types), loaded when the figure comes near the window.

import { figure, reason } from "./model/figure.js";
import { asked } from "./model/state.js";

const NEAR = "400px";

class ModelFigure extends HTMLElement {
  connectedCallback() {
    const height = Number(this.getAttribute("height"));
    if (height) this.style.minHeight = `${height}px`; // so that what is below moves less
    const look = (/** @type {IntersectionObserverEntry[]} */ seen) => {
      if (seen.some(({ isIntersecting }) => isIntersecting)) this.load();
    };
    this.watching = new IntersectionObserver(look, { rootMargin: NEAR });
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

  /** @type {ReturnType<typeof figure> | undefined} */
  live;

  /** Where links to the figure lead. @returns {HTMLElement} */
  get place() {
    return this.closest("figure") ?? this;
  }

  arrive = () => {
    if (!asked(location.hash, this.place.id)) return;
    this.place.scrollIntoView();
    if (this.live) this.live.obey();
    else this.load();
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
    try {
      const model = await import(src);
      if (this.isConnected) this.live = figure(this, model, { id: this.place.id, src, say: this.say });
    } catch (error) {
      this.say(`The live figure could not be loaded, so its picture stands still (${reason(error)}).`);
    }
  }
}

customElements.define("model-figure", ModelFigure);
