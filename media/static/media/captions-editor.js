// <learn-captions-editor>: the parts of a text as a list, each with its times, beside the recording.
//
// The page works without this: the form holds the whole text as WebVTT in one field, and that field is what is sent.
// Here it is only shown in another way. Which text is right the server says (`data-check`); no rule is written twice.

const ARROW = "-->";
const PAUSE = 600; // milliseconds without a key before the server is asked
const NUDGE = 100;
const NEW_PART = 2000;

/** "1:02.5" in milliseconds, in the digits of any of our languages; null if it is no time. */
function milliseconds(text) {
  const plain = text.trim().replace(/\p{Nd}/gu, (digit) => digit.codePointAt(0) & 0xf);
  const found = /^(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,4})(?:[.,](\d{1,3}))?$/.exec(plain);
  if (!found) return null;
  const [hours, minutes, seconds] = found.slice(1, 4).map((part) => Number(part ?? 0));
  if ((found[1] && minutes > 59) || (found[2] && seconds > 59)) return null;
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + Number((found[4] ?? "").padEnd(3, "0"));
}

function clock(time) {
  const whole = Math.max(0, Math.round(time));
  const two = (number) => String(number).padStart(2, "0");
  const seconds = Math.floor(whole / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `${parts.map(two).join(":")}.${String(whole % 1000).padStart(3, "0")}`;
}

const tidyTime = (text) => (milliseconds(text) === null ? text.trim() : clock(milliseconds(text)));

/** The parts of a text; what has no times becomes a part without times, so that nothing is lost. */
function partsOf(text) {
  const blocks = text.replace(/^\ufeff/, "").split(/\r\n|\r|\n/).join("\n").split(/\n[ \t]*(?:\n[ \t]*)+/);
  return blocks.flatMap((block, number) => {
    const lines = block.split("\n").filter((line) => line.trim());
    if (number === 0 && lines.length && /^WEBVTT(?:[ \t]|$)/.test(lines[0])) lines.shift();
    return lines.length ? partsOfBlock(lines) : [];
  });
}

function partsOfBlock(lines) {
  const places = lines.flatMap((line, place) => (line.includes(ARROW) ? [place] : []));
  if (!places.length) return [{ above: "", start: "", end: "", settings: "", text: lines.join("\n") }];
  return places.map((place, number) => {
    const next = places[number + 1] ?? lines.length;
    const [start, rest] = lines[place].split(ARROW);
    const [end, ...settings] = rest.trim().split(/\s+/);
    return {
      above: number === 0 ? lines.slice(0, place).join("\n") : "",
      start: start.trim(),
      end: end ?? "",
      settings: settings.join(" "),
      text: lines.slice(place + 1, next).join("\n"),
    };
  });
}

/** The parts as one text, and the line on which the times of each stand. */
function written(parts) {
  const lines = ["WEBVTT", ""];
  const numbers = parts.map((part) => {
    if (part.above) lines.push(...part.above.split("\n"));
    lines.push(`${part.start} ${ARROW} ${part.end} ${part.settings}`.trimEnd());
    const number = lines.length;
    const words = part.text.replaceAll(ARROW, "--&gt;").split("\n").filter((line) => line.trim());
    lines.push(...words, "");
    return number;
  });
  return { text: lines.join("\n"), numbers };
}

class CaptionsEditor extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("[data-form]");
    this.whole = this.querySelector("#id_vtt");
    this.list = this.querySelector("[data-cues]");
    this.template = this.querySelector("[data-cue-template]");
    this.player = this.querySelector("[data-player]");
    this.status = this.querySelector("[data-status]");
    this.undoButton = this.querySelector("[data-undo]");
    this.deleted = [];
    this.isDirty = "unsaved" in this.dataset;
    this.reference = JSON.parse(document.getElementById("reference")?.textContent ?? "null");
    for (const part of this.querySelectorAll("[data-scripted]")) part.hidden = false;
    for (const part of this.querySelectorAll("[data-unscripted]")) part.hidden = true;
    this.listen();
    this.showList();
    this.ask();
  }

  listen() {
    this.querySelector("[data-switch]").addEventListener("click", () => this.switchView());
    this.querySelector("[data-add]").addEventListener("click", () => this.add(this.cues.at(-1)));
    this.undoButton.addEventListener("click", () => this.undo());
    this.list.addEventListener("click", (event) => this.press(event));
    this.list.addEventListener("input", (event) => this.input(event));
    this.list.addEventListener("change", (event) => this.leaveTime(event));
    this.addEventListener("keydown", (event) => this.key(event));
    this.whole.addEventListener("input", () => this.changed());
    this.form.addEventListener("change", () => (this.isDirty = true));
    this.form.addEventListener("submit", () => this.submit());
    this.querySelector("[data-problems]").addEventListener("click", (event) => this.goToProblem(event));
    this.player?.addEventListener("timeupdate", () => this.follow());
    this.player?.addEventListener("seeked", () => this.follow());
    window.addEventListener("beforeunload", (event) => this.isDirty && event.preventDefault());
  }

  get cues() {
    return [...this.list.children];
  }

  get isList() {
    return !this.list.hidden;
  }

  get now() {
    return Math.round((this.player?.currentTime ?? 0) * 1000);
  }

    // --- two ways to see the same text ---------------------------------------------------------------------------

  showList() {
    this.list.replaceChildren(...partsOf(this.whole.value).map((part) => this.made(part)));
    this.setView(true);
    this.number();
    for (const cue of this.cues) this.fit(cue);
  }

  switchView() {
    if (!this.isList) {
      this.showList();
    } else {
      this.write();
      this.setView(false);
    }
    this.ask();
  }

  setView(isList) {
    this.list.hidden = this.querySelector("[data-add]").hidden = !isList;
    this.querySelector("[data-whole]").hidden = isList;
    this.querySelector("[data-switch]").setAttribute("aria-pressed", String(!isList));
  }

    /** Into the field that is sent. */
  write() {
    const { text, numbers } = written(this.cues.map((cue) => this.part(cue)));
    this.whole.value = text;
    this.lines = numbers;
  }

  submit() {
    if (this.isList) this.write();
    this.isDirty = false;
  }

    // --- one part ------------------------------------------------------------------------------------------------

  made(part) {
    const cue = this.template.content.firstElementChild.cloneNode(true);
    const text = cue.querySelector("[data-text]");
    cue.dataset.above = part.above ?? "";
    cue.dataset.settings = part.settings ?? "";
    cue.querySelector("[data-start]").value = tidyTime(part.start);
    cue.querySelector("[data-end]").value = tidyTime(part.end);
    text.value = part.text;
    this.refer(cue);
    return cue;
  }

    /** The box is as high as its words; where boxes are hidden there is nothing to measure. */
  fit(cue) {
    const text = cue.querySelector("[data-text]");
    text.rows = Math.max(2, text.value.split("\n").length, Math.ceil(text.value.length / 60));
  }

  part(cue) {
    const [start, end, text] = ["start", "end", "text"].map((name) => cue.querySelector(`[data-${name}]`).value);
    return { above: cue.dataset.above, start: tidyTime(start), end: tidyTime(end), settings: cue.dataset.settings, text };
  }

  times(cue) {
    const part = this.part(cue);
    return [milliseconds(part.start), milliseconds(part.end)];
  }

  setTime(cue, name, time) {
    cue.querySelector(`[data-${name}]`).value = clock(time);
    this.refer(cue);
    this.changed();
  }

    /** The words that the other language has at the same time. */
  refer(cue) {
    if (!this.reference) return;
    const [start, end] = this.times(cue);
    const beside = this.reference.cues.filter((other) => other[0] < end && other[1] > start).map((other) => other[2]);
    const place = cue.querySelector("[data-reference]");
    place.hidden = !beside.length;
    place.lang = this.reference.language;
    place.textContent = beside.join("\n");
  }

  number() {
    this.cues.forEach((cue, place) => {
      const number = String(place + 1);
      const text = cue.querySelector("[data-text]");
      cue.setAttribute("aria-label", this.dataset.number.replace("{number}", number));
      text.setAttribute("aria-label", this.dataset.words.replace("{number}", number));
      cue.querySelector('[data-do="merge"]').disabled = place === this.cues.length - 1;
    });
  }

    // --- what can be done ----------------------------------------------------------------------------------------

  press(event) {
    const button = event.target.closest("[data-do]");
    if (!button) return;
    const cue = button.closest(".cue");
    const deeds = {
      play: () => this.play(cue),
      "start-now": () => this.setTime(cue, "start", this.now),
      "end-now": () => this.setTime(cue, "end", this.now),
      add: () => this.add(cue),
      split: () => this.split(cue),
      merge: () => this.merge(cue),
      delete: () => this.remove(cue),
    };
    deeds[button.dataset.do]();
  }

  play(cue) {
    const [start] = this.times(cue);
    if (!this.player || start === null) return;
    this.player.currentTime = start / 1000;
    this.player.play();
  }

  add(after) {
    const start = after ? (this.times(after)[1] ?? this.now) : this.now;
    const following = after?.nextElementSibling;
    const until = following ? (this.times(following)[0] ?? Infinity) : Infinity;
    const end = until > start ? Math.min(start + NEW_PART, until) : start + NEW_PART;
    const cue = this.made({ start: clock(start), end: clock(end), text: "" });
    if (after) after.after(cue);
    else this.list.append(cue);
    this.number();
    this.changed();
    cue.querySelector("[data-text]").focus();
    return cue;
  }

    /** At the cursor; the time is divided as the words are, unless the player stands inside of the part. */
  split(cue) {
    const text = cue.querySelector("[data-text]");
    const [start, end] = this.times(cue);
    const [before, behind] = [text.value.slice(0, text.selectionStart), text.value.slice(text.selectionStart)];
    if (start === null || end === null || !before.trim() || !behind.trim()) {
      text.focus();
      return;
    }
    const share = Math.round(start + ((end - start) * before.length) / text.value.length);
    const middle = this.now > start && this.now < end ? this.now : share;
    const second = this.made({ start: clock(middle), end: clock(end), settings: cue.dataset.settings, text: behind.trim() });
    text.value = before.trim();
    cue.after(second);
    this.setTime(cue, "end", middle);
    this.number();
    [cue, second].forEach((each) => this.fit(each));
    const words = second.querySelector("[data-text]");
    words.focus();
    words.setSelectionRange(0, 0);
  }

  merge(cue) {
    const next = cue.nextElementSibling;
    if (!next) return;
    const [first, second] = [this.part(cue), this.part(next)];
    const text = cue.querySelector("[data-text]");
    text.value = [first.text, second.text].filter((words) => words.trim()).join("\n");
    cue.querySelector("[data-end]").value = second.end;
    next.remove();
    this.number();
    this.fit(cue);
    this.refer(cue);
    this.changed();
    text.focus();
  }

  remove(cue) {
    const place = this.cues.indexOf(cue);
    this.deleted.push({ cue, place });
    cue.remove();
    this.number();
    this.changed();
    this.say(this.dataset.deleted.replace("{number}", String(place + 1)));
    this.undoButton.hidden = false;
    this.undoButton.focus();
  }

  undo() {
    const { cue, place } = this.deleted.pop();
    this.list.insertBefore(cue, this.cues[place] ?? null);
    this.undoButton.hidden = !this.deleted.length;
    this.say("");
    this.number();
    this.changed();
    cue.querySelector("[data-text]").focus();
  }

  say(sentence) {
    this.status.textContent = sentence;
  }

    // --- keys ----------------------------------------------------------------------------------------------------

  key(event) {
    if (event.ctrlKey && event.key === " " && this.player) {
      event.preventDefault();
      if (this.player.paused) this.player.play();
      else this.player.pause();
      return;
    }
    const cue = event.target.closest?.(".cue");
    if (!cue) return;
    if (event.ctrlKey && event.key === "Enter") {
      event.preventDefault();
      this.endAndGoOn(cue);
    } else if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      this.nudge(cue, event.target, event.key === "ArrowUp" ? NUDGE : -NUDGE);
    }
  }

  endAndGoOn(cue) {
    const now = this.now;
    this.setTime(cue, "end", now);
    const next = cue.nextElementSibling;
    if (!next) {
      this.add(cue);
      return;
    }
    next.querySelector("[data-text]").focus();
  }

  nudge(cue, field, by) {
    const names = field.matches("[data-start]") ? ["start"] : field.matches("[data-end]") ? ["end"] : ["start", "end"];
    const times = Object.fromEntries(names.map((name) => [name, milliseconds(this.part(cue)[name])]));
    if (names.some((name) => times[name] === null || times[name] + by < 0)) return;
    for (const name of names) this.setTime(cue, name, times[name] + by);
  }

  input(event) {
    const cue = event.target.closest(".cue");
    if (event.target.matches("[data-text]")) this.fit(cue);
    this.changed();
  }

  leaveTime(event) {
    if (!event.target.matches("[data-start], [data-end]")) return;
    event.target.value = tidyTime(event.target.value);
    this.refer(event.target.closest(".cue"));
  }

    // --- what is wrong -------------------------------------------------------------------------------------------

  changed() {
    this.isDirty = true;
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    if (this.isList) this.write();
    this.preview();
    const [sent, lines, isList] = [new FormData(), this.lines ?? [], this.isList];
    sent.append("vtt", this.whole.value);
    sent.append("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    this.asking?.abort();
    this.asking = new AbortController();
    try {
      const answer = await fetch(this.dataset.check, { method: "POST", body: sent, signal: this.asking.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      this.show(await answer.json(), isList ? lines : null);
    } catch (error) {
      if (error.name !== "AbortError") this.say(this.dataset.unreachable);
    }
  }

  show({ problems, summary }, lines) {
    const isNew = lines && !this.cues.some((cue) => cue.querySelector("[data-text]").value.trim());
    this.querySelector("[data-problems]").hidden = !problems.length || isNew;
    this.querySelector("[data-summary]").textContent = summary;
    const list = this.querySelector("[data-problem-list]");
    const marked = problems.map((problem) => ({ ...problem, place: lines ? this.placeOf(problem.line, lines) : -1 }));
    list.replaceChildren(...marked.map((problem) => this.link(problem)));
    const cues = this.cues;
    const beside = grouped(marked);
    cues.forEach((cue, place) => this.mark(cue, beside.get(place) ?? []));
  }

    /** The part to which a line belongs: the last whose times stand above it, or whose words they are. */
  placeOf(line, lines) {
    if (!line) return -1;
    const place = lines.findLastIndex((number) => number <= line);
    return place < 0 ? 0 : place;
  }

  link({ line, isError, sentence, place }) {
    const item = document.createElement("li");
    const link = document.createElement(line ? "a" : "span");
    item.classList.toggle("captions-problems__error", isError);
    if (line) link.href = "#id_vtt";
    link.dataset.line = String(line);
    if (place >= 0) link.dataset.place = String(place);
    const name = place >= 0 ? this.dataset.number.replace("{number}", String(place + 1)) : "";
    link.textContent = name ? `${name}: ${sentence}` : sentence;
    item.append(link);
    return item;
  }

  mark(cue, problems) {
    const list = cue.querySelector("[data-cue-problems]");
    cue.classList.toggle("cue--wrong", problems.some((problem) => problem.isError));
    list.hidden = !problems.length;
    list.replaceChildren(
      ...problems.map((problem) => {
        const item = document.createElement("li");
        item.classList.toggle("cue__error", problem.isError);
        item.textContent = problem.sentence;
        return item;
      }),
    );
  }

  goToProblem(event) {
    const link = event.target.closest("a");
    if (!link) return;
    event.preventDefault();
    if (this.isList) {
      const cue = this.cues[Number(link.dataset.place ?? 0)];
      cue?.querySelector("[data-text]").focus();
      cue?.scrollIntoView({ block: "center" });
      return;
    }
    const lines = this.whole.value.split("\n");
    const before = lines.slice(0, Math.max(0, Number(link.dataset.line) - 1)).join("\n").length;
    this.whole.focus();
    this.whole.setSelectionRange(before && before + 1, before + 1 + (lines[Number(link.dataset.line) - 1] ?? "").length);
  }

    /** A film shows the captions as they are just now. */
  preview() {
    if (!this.player?.matches("[data-shows-captions]") || !this.isList) return;
    this.track ??= this.player.addTextTrack("captions");
    this.track.mode = "showing";
    for (const old of [...(this.track.cues ?? [])]) this.track.removeCue(old);
    for (const cue of this.cues) {
      const [start, end] = this.times(cue);
      const words = cue.querySelector("[data-text]").value;
      if (start !== null && end > start && words.trim()) {
        this.track.addCue(new VTTCue(start / 1000, end / 1000, words));
      }
    }
  }

    // --- the recording beside it ---------------------------------------------------------------------------------

  follow() {
    if (!this.isList) return;
    const now = this.now;
    const current = this.cues.find((cue) => {
      const [start, end] = this.times(cue);
      return start !== null && end !== null && start <= now && now < end;
    });
    if (current === this.current) return;
    this.current?.removeAttribute("aria-current");
    current?.setAttribute("aria-current", "true");
    this.current = current;
    const mayScroll = this.querySelector("[data-follow]").checked && !this.list.contains(document.activeElement);
    if (current && mayScroll && !this.player.paused) current.scrollIntoView({ block: "nearest" });
  }
}

function grouped(problems) {
  const groups = new Map();
  for (const problem of problems) groups.set(problem.place, [...(groups.get(problem.place) ?? []), problem]);
  return groups;
}

customElements.define("learn-captions-editor", CaptionsEditor);
