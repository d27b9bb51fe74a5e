// Moves the bar of an import while the worker is busy, and shows the page again once something else is to be done.

const PAUSE = 1000;

class ImportProgress extends HTMLElement {
  connectedCallback() {
    this.bar = this.querySelector("progress");
    this.told = this.querySelector("[data-status]");
    this.timer = setInterval(() => this.ask(), PAUSE);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  async ask() {
    try {
      const answer = await fetch(this.dataset.address, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      this.show(await answer.json());
    } catch {
      this.told.textContent = this.dataset.unreachable;
    }
  }

  show({ state, done, total }) {
    this.told.textContent = "";
    if (state !== this.dataset.state) {
      clearInterval(this.timer);
      location.reload();
    } else if (total) {
      this.bar.max = total;
      this.bar.value = done;
    }
  }
}

customElements.define("learn-import-progress", ImportProgress);
