/** How does the browser's own player lead through a transcript, and the transcript back? Nothing loads before play. */

const KEPT = "player:choice";
const STEP = 5;
const SAME_WORDS = ["whole", "small", "sound"];
const TIMES = /(?:(\d+):)?(\d\d):(\d\d\.\d+)\s+-->\s+(?:(\d+):)?(\d\d):(\d\d\.\d+)[^\n]*\n([^]+)/;

const seconds = (hours, minutes, rest) => Number(hours ?? 0) * 3600 + Number(minutes) * 60 + Number(rest);
const filled = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const folded = (text) => text.normalize("NFC").toLowerCase();

class LearnPlayer extends HTMLElement {
  connectedCallback() {
    this.media = this.querySelector("video, audio");
    this.stage = this.querySelector(".player__stage");
    this.choices = [...this.querySelectorAll("[data-choice]")];
    this.folded = this.querySelector("[data-transcript]");
    this.box = this.querySelector(".player__box");
    this.list = this.querySelector(".player__lines");
    this.told = this.querySelector("[data-told]");
    this.sample = this.list?.querySelector(".player__line").cloneNode(true);
    if (this.media) this.#connectMedia();
    if (this.list) this.#connectTranscript();
    if (this.list) this.#connectAddresses();
  }

  disconnectedCallback() {
    this.exit?.disconnect();
    this.addresses?.abort();
    this.media?.pause();
  }

  /* --- one player, several sources ------------------------------------------------------------------------- */

  #connectMedia() {
    this.choices.forEach((choice) => {
      choice.setAttribute("role", "button");
      choice.addEventListener("click", (event) => { event.preventDefault(); this.#choose(choice); this.#keep(choice); });
    });
    this.media.addEventListener("timeupdate", () => this.#follow());
    this.media.addEventListener("play", () => { this.isLed = true; });
    this.addEventListener("keydown", (event) => this.#press(event));
    // Who leaves at once must not be heard while the next page is still on its way.
    this.exit = new MutationObserver(() => document.documentElement.classList.contains("covered") && this.media.pause());
    this.exit.observe(document.documentElement, { attributeFilter: ["class"] });
    this.#choose(this.#first());
  }

  /* What the reader took last time, or what suits a line that is slow or paid by the byte. */
  #first() {
    const named = (name) => this.choices.find((choice) => choice.dataset.choice === name);
    let kept = null;
    try { kept = localStorage.getItem(KEPT); } catch { /* A device may refuse to remember. */ }
    const line = navigator.connection;
    const isThin = line?.saveData || /2g/.test(line?.effectiveType ?? "");
    const [lightest] = SAME_WORDS.map(named).filter(Boolean).sort((one, other) => one.dataset.size - other.dataset.size);
    return named(kept) ?? (isThin ? lightest : this.choices[0]);
  }

  /* Who reads aloud, and so in which language, is not remembered: others may use this device. */
  #keep(choice) {
    if (choice.dataset.choice === "spoken") return;
    try { localStorage.setItem(KEPT, choice.dataset.choice); } catch { /* A device may refuse to remember. */ }
  }

  #choose(chosen) {
    const isRead = chosen.dataset.choice === "read";
    this.choices.forEach((choice) => choice.setAttribute("aria-pressed", String(choice === chosen)));
    this.stage.hidden = isRead;
    if (isRead) {
      this.media.pause();
      this.folded.open = true;
    } else if (this.media.src !== chosen.href) this.#switchTo(chosen.href);
  }

  #switchTo(address) {
    const { currentTime, paused, playbackRate } = this.media;
    this.media.src = address;
    if (currentTime) this.media.currentTime = currentTime;
    this.media.playbackRate = playbackRate;
    if (!paused) this.#play();
  }

  #playFrom(start) {
    if (this.stage.hidden) this.#choose(this.choices[0]);
    this.media.currentTime = start;
    this.isLed = true;
    this.#play();
  }

  /* The reader may go on before it comes, and a file may have been withdrawn; the browser's controls say so. */
  #play() {
    this.media.play().catch(() => {});
  }

  /* --- keys, inside the player only -------------------------------------------------------------------------- */

  #press(event) {
    const { target } = event;
    // On a Thai or Khmer keyboard the key tells its place, not its letter.
    const key = /^[^ -~]$/.test(event.key) ? event.code.replace("Key", "").toLowerCase() : event.key;
    if (event.altKey || event.ctrlKey || event.metaKey || target.closest("input, select, textarea")) return;
    if (key === " " && target.closest("[role=button]")) target.click();
    else if (!this.#does(key, target)) return;
    event.preventDefault();
  }

  /* The browser's own controls have their own space and arrows: the volume, for one. */
  #does(key, target) {
    const isOwn = target === this.media || target.closest("button, summary");
    if (key === "k" || (key === " " && !isOwn)) this.media.paused ? this.#play() : this.media.pause();
    else if (key === "ArrowLeft" && target !== this.media) this.media.currentTime -= STEP;
    else if (key === "ArrowRight" && target !== this.media) this.media.currentTime += STEP;
    else if (key === "c") this.#turnCaptions();
    else if (key === "t" && this.folded) this.folded.open = !this.folded.open;
    else return false;
    return true;
  }

  #turnCaptions() {
    const captions = [...this.media.textTracks].filter((track) => track.kind === "captions");
    const shown = captions.find((track) => track.mode === "showing");
    const wanted = captions.find((track) => track.language === this.list?.lang) ?? captions[0];
    if (shown) shown.mode = "disabled";
    else if (wanted) wanted.mode = "showing";
  }

  /* --- the transcript ------------------------------------------------------------------------------------------ */

  #connectTranscript() {
    this.search = this.querySelector(".player__search");
    this.languages = [...this.querySelectorAll("[data-words]")];
    ["wheel", "touchmove", "keydown"].forEach((kind) => this.box.addEventListener(kind, () => { this.isLed = false; }, { passive: true }));
    this.list.addEventListener("click", (event) => {
      const line = event.target.closest("button")?.closest("li");
      if (line) this.#playFrom(Number(line.dataset.start));
    });
    this.languages.forEach((link) => link.addEventListener("click", (event) => { event.preventDefault(); this.#translate(link); }));
    this.#connectSearch();
    this.#take([...this.list.children]);
  }

  /* Who comes by an address that ends in a time, from a search perhaps, finds its words open and the player at them.
     Nothing plays by itself. */
  #connectAddresses() {
    this.addresses = new AbortController();
    addEventListener("hashchange", () => this.#open(), { signal: this.addresses.signal });
    this.#open();
  }

  #open() {
    const begin = `#${this.id}-t`;
    const second = location.hash.startsWith(begin) ? Number(location.hash.slice(begin.length)) : NaN;
    const found = this.lines.find(({ start }) => Math.floor(start) >= second);
    if (!found) return;
    this.folded.open = true;
    this.#show(found.line, true);
    found.line.scrollIntoView({ block: "center" });
    if (!this.media) return;
    this.media.currentTime = found.start;
    this.#follow();
  }

  /* The times become buttons where there is something to play. */
  #take(lines) {
    this.lines = lines.map((line) => ({ line, start: Number(line.dataset.start), end: Number(line.dataset.end), words: line.lastElementChild, text: line.lastElementChild.textContent }));
    if (this.media) lines.forEach((line) => line.firstElementChild.replaceWith(this.#button(line.firstElementChild.textContent)));
    this.#find();
  }

  #button(time) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "player__time", textContent: time });
    button.setAttribute("aria-label", filled(this.dataset.from, { time }));
    return button;
  }

  #follow() {
    const now = this.media.currentTime;
    const current = this.lines?.filter(({ start, end }) => start <= now && now < end) ?? [];
    if (!this.lines || current.map(({ start }) => start).join() === this.current) return;
    this.current = current.map(({ start }) => start).join();
    this.lines.forEach((each) => {
      if (current.includes(each)) each.line.setAttribute("aria-current", "true");
      else each.line.removeAttribute("aria-current");
    });
    const seen = current.find(({ line }) => line.classList.contains("player__line--seen"));
    if (seen) this.told.textContent = seen.text;
    if (current.length && this.isLed) this.#show(current[0].line);
  }

  /* Only the box moves, never the page. */
  #show(line, always = false) {
    if (!always && matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const top = line.offsetTop;
    if (top < this.box.scrollTop || top + line.offsetHeight > this.box.scrollTop + this.box.clientHeight) this.box.scrollTop = top - this.box.clientHeight / 4;
  }

  async #translate(link) {
    const addresses = [link.href, link.dataset.descriptions].filter(Boolean);
    const texts = await Promise.all(addresses.map(async (address) => { const answer = await fetch(address); return answer.ok ? answer.text() : ""; }));
    const lines = texts.flatMap((text, number) => this.#linesOf(text, number === 1)).sort((one, other) => one.dataset.start - other.dataset.start);
    if (!lines.length) return;
    this.languages.forEach((each) => each.toggleAttribute("aria-current", false));
    link.setAttribute("aria-current", "true");
    this.querySelector("[data-unchecked]").hidden = !link.hasAttribute("data-is-unchecked");
    this.list.lang = link.lang;
    this.list.replaceChildren(...lines);
    this.current = "";
    this.#take(lines);
  }

  #linesOf(vtt, areSeen) {
    return vtt.replace(/\r\n?/g, "\n").split(/\n{2,}/).map((block) => TIMES.exec(block)).filter(Boolean).map((found) => this.#line(found, areSeen));
  }

  #line([, ...found], isSeen) {
    const line = this.sample.cloneNode(true);
    line.removeAttribute("id");
    const [start, end] = [seconds(...found.slice(0, 3)), seconds(...found.slice(3, 6))];
    Object.assign(line.dataset, { start, end });
    line.classList.toggle("player__line--seen", isSeen);
    const [time, words] = line.children;
    const minutes = Math.floor(start / 60);
    time.textContent = [...(minutes < 60 ? [minutes] : [Math.floor(minutes / 60), String(minutes % 60).padStart(2, "0")]), String(Math.floor(start % 60)).padStart(2, "0")].join(":");
    const marked = found[6].trim().replace(/<v\s+([^>]+)>/g, "$1: ").replace(/<[^>]*>/g, "");
    const plain = new DOMParser().parseFromString(marked, "text/html").documentElement.textContent.normalize("NFC");
    words.textContent = isSeen ? filled(this.folded.dataset.seen, { words: plain }) : plain;
    return line;
  }

  /* --- searching: by letters, for Thai and Khmer write no spaces between words ----------------------------------- */

  #connectSearch() {
    this.search.hidden = false;
    this.field = this.search.querySelector("input");
    this.found = this.search.querySelector("output");
    this.field.addEventListener("input", () => this.#find());
    this.field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !event.shiftKey) return;
      event.preventDefault();
      this.#step(-1);
    });
    this.search.addEventListener("submit", (event) => { event.preventDefault(); this.#step(1); });
    this.search.querySelector("[data-step='-1']").addEventListener("click", () => this.#step(-1));
  }

  #find() {
    const sought = folded(this.field.value.trim());
    this.marks = this.lines.flatMap((each) => this.#mark(each, sought));
    this.place = -1;
    this.search.querySelectorAll("button").forEach((button) => { button.disabled = !this.marks.length; });
    this.found.textContent = sought && !this.marks.length ? this.search.dataset.nothing : "";
    if (this.marks.length) this.#step(1);
  }

  #mark({ words, text }, sought) {
    words.textContent = text;
    const [marks, among] = [[], folded(text)];
    let rest = words.firstChild;
    for (let at = sought ? among.lastIndexOf(sought) : -1; at >= 0; at = at ? among.lastIndexOf(sought, at - sought.length) : -1) {
      if (at + sought.length > rest.length) break;
      const range = document.createRange();
      range.setStart(rest, at);
      range.setEnd(rest, at + sought.length);
      const mark = document.createElement("mark");
      range.surroundContents(mark);
      marks.unshift(mark);
      if (at < sought.length) break;
    }
    return marks;
  }

  #step(by) {
    if (!this.marks.length) return;
    this.marks[this.place]?.removeAttribute("aria-current");
    this.place = (this.place + by + this.marks.length) % this.marks.length;
    this.isLed = false;
    this.marks[this.place].setAttribute("aria-current", "true");
    this.found.textContent = filled(this.search.dataset.found, { number: this.place + 1, total: this.marks.length });
    this.#show(this.marks[this.place].closest("li"), true);
  }
}

customElements.define("learn-player", LearnPlayer);
