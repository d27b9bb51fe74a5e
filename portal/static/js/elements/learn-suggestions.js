/** What begins like that? Offers pages below a search field (ARIA combobox); the form works without. */

let count = 0;

class LearnSuggestions extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("input[name=q]");
    this.told = this.querySelector("[role=status]");
    this.name = `suggestions-${++count}`;
    this.#say({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": false });
    this.field.addEventListener("input", (event) => this.#rest(event));
    this.field.addEventListener("keydown", (event) => this.#press(event));
    this.field.addEventListener("blur", () => this.#close());
    this.field.form.addEventListener("submit", () => this.#close());
    window.addEventListener("pagehide", () => this.#close());
    // An option that is pressed takes no focus: the list would be gone before the click.
    this.addEventListener("mousedown", (event) => event.target.closest("[role=listbox]") && event.preventDefault());
  }

  #say(attributes) {
    for (const name in attributes) this.field.setAttribute(name, attributes[name]);
  }

  get #text() {
    return this.field.value.trim();
  }

  /* What an input method puts together is asked for when the writer pauses. */
  #rest({ isComposing }) {
    this.#forget();
    if (this.#text.length < 2) this.#close();
    else this.timer = setTimeout(() => this.#ask(), isComposing ? 400 : 150);
  }

  #forget() {
    clearTimeout(this.timer);
    this.asked?.abort();
    this.asked = null;
    this.#choose(null);
  }

  /* An answer counts only while its question is the last. */
  async #ask() {
    const asked = (this.asked = new AbortController());
    const { from, within = "" } = this.dataset;
    const address = `${from}?${new URLSearchParams({ q: this.#text, within })}`;
    let html = "";
    try {
      const answer = await fetch(address, { signal: asked.signal, headers: { Accept: "text/html" } });
      if (answer.ok) html = await answer.text();
    } catch { /* The line is gone, or more was typed. */ }
    if (this.asked === asked) this.#show(html);
  }

  #show(html) {
    this.list?.remove();
    this.insertAdjacentHTML("beforeend", html);
    this.list = this.querySelector("[role=listbox]");
    this.options = [...(this.list?.children ?? [])];
    this.options.forEach((option, number) => { option.id = `${this.name}-${number}`; });
    this.isOpen = this.options.length > 0;
    if (this.list) {
      this.list.id = this.name;
      this.list.hidden = !this.isOpen;
    }
    this.#say({ "aria-expanded": this.isOpen, "aria-controls": this.name });
    this.told.textContent = this.list?.dataset.told ?? "";
  }

  #close() {
    this.#forget();
    this.isOpen = false;
    if (this.list) this.list.hidden = true;
    this.#say({ "aria-expanded": false });
    this.told.textContent = "";
  }

  #press(event) {
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (this.isOpen) this.#does(event.key) && event.preventDefault();
    else if (event.key === "ArrowDown" && this.#text.length > 1) this.#ask();
  }

  #does(key) {
    const { options, chosen } = this;
    const [last, place] = [options.length - 1, options.indexOf(chosen)];
    if (key === "Escape") this.#close();
    else if (key === "ArrowDown") this.#choose(options[place < last ? place + 1 : 0]);
    else if (key === "ArrowUp") this.#choose(options[place > 0 ? place - 1 : last]);
    else if (chosen && key === "Home") this.#choose(options[0]);
    else if (chosen && key === "End") this.#choose(options[last]);
    else if (chosen && key === "Enter") chosen.click();
    else return false;
    return true;
  }

  #choose(option) {
    this.chosen?.setAttribute("aria-selected", false);
    this.chosen = option;
    this.field.removeAttribute("aria-activedescendant");
    if (!option) return;
    option.setAttribute("aria-selected", true);
    option.scrollIntoView({ block: "nearest" });
    this.#say({ "aria-activedescendant": option.id });
  }
}

customElements.define("learn-suggestions", LearnSuggestions);
