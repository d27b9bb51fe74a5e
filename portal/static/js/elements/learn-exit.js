/** How does somebody leave at once? Shift three times within five seconds, or the link: cover, then replace the page. */

const PRESSES = 3;
const WITHIN = 5000;

class LearnExit extends HTMLElement {
  #presses = [];
  #shiftAlone = false;

  connectedCallback() {
    this.link = this.querySelector("a");
    this.status = this.querySelector("[role=status]");
    this.link.addEventListener("click", (event) => this.#leave(event));
    document.addEventListener("keydown", (event) => this.#down(event));
    document.addEventListener("keyup", (event) => this.#up(event));
    window.addEventListener("pageshow", (event) => event.persisted && document.documentElement.classList.remove("covered"));
  }

  /* Shift that makes a capital letter is writing, not a call for help. */
  #down(event) {
    this.#shiftAlone = event.key === "Shift";
    if (!this.#shiftAlone) this.#presses = [];
  }

  #up(event) {
    if (event.key !== "Shift" || !this.#shiftAlone) return;
    this.#shiftAlone = false;
    const now = event.timeStamp;
    this.#presses = [...this.#presses.filter((at) => now - at < WITHIN), now];
    if (this.#presses.length >= PRESSES) this.#leave(event);
    else this.status.textContent = this.dataset[this.#presses.length === 1 ? "once" : "twice"];
  }

  #leave(event) {
    event.preventDefault();
    document.documentElement.classList.add("covered");
    document.title = this.dataset.leaving;
    window.location.replace(this.link.href);
  }
}

customElements.define("learn-exit", LearnExit);
