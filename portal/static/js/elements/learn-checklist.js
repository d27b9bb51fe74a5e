/** Which boxes did the reader tick? Kept on this device only, under the checklist's own key, and cleared by a button. */

class LearnChecklist extends HTMLElement {
  connectedCallback() {
    this.boxes = [...this.querySelectorAll("input[type=checkbox]")];
    this.clear = this.querySelector("[data-clear]");
    const ticked = this.#kept();
    this.boxes.forEach((box, index) => { box.checked = ticked.includes(index); });
    this.addEventListener("change", () => this.#keep());
    this.clear?.addEventListener("click", () => this.#forget());
    if (this.clear) this.clear.hidden = false;
  }

  get #key() {
    return `checklist:${this.dataset.key}`;
  }

  #kept() {
    try { return JSON.parse(localStorage.getItem(this.#key)) ?? []; } catch { return []; }
  }

  #keep() {
    const ticked = this.boxes.flatMap((box, index) => (box.checked ? [index] : []));
    try { localStorage.setItem(this.#key, JSON.stringify(ticked)); } catch { /* A device may refuse to remember. */ }
  }

  #forget() {
    this.boxes.forEach((box) => { box.checked = false; });
    try { localStorage.removeItem(this.#key); } catch { /* Nothing was kept. */ }
  }
}

customElements.define("learn-checklist", LearnChecklist);
