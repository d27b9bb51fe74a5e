/** What is still missing, told anew after every save; and a list of steps to choose from where a way leads to one. */

class LearnStructure extends HTMLElement {
  connectedCallback() {
    this.refresh = (event) => this.#refresh(event.detail?.response?.pk);
    document.addEventListener("w-autosave:success", this.refresh);
  }

  disconnectedCallback() {
    document.removeEventListener("w-autosave:success", this.refresh);
  }

  async #refresh(pk) {
    // A new page has no number before it is saved for the first time.
    const address = this.dataset.address.replace(/\/0\/$/, `/${pk ?? 0}/`);
    try {
      const answer = await fetch(address, { credentials: "same-origin", headers: { "X-Requested-With": "XMLHttpRequest" } });
      if (answer.ok) this.firstElementChild.innerHTML = await answer.text();
    } catch { /* Offline: the list of before stays. */ }
  }
}

/** The blocks of the form that are steps, in their order: their ids and titles. */
function stepsOf(form) {
  const named = { procedure_step: "title", decision: "question" };
  return [...form.querySelectorAll("input[name^='body-'][name$='-type']")]
    .filter((type) => /^body-\d+-type$/.test(type.name) && type.value in named)
    .map((type) => type.name.replace(/type$/, ""))
    .filter((prefix) => form.querySelector(`[name="${prefix}deleted"]`)?.value !== "1")
    .sort((one, other) => orderOf(form, one) - orderOf(form, other))
    .map((prefix, place) => {
      const type = form.querySelector(`[name="${prefix}type"]`).value;
      const title = form.querySelector(`[name="${prefix}value-${named[type]}"]`)?.value ?? "";
      return { id: form.querySelector(`[name="${prefix}id"]`)?.value ?? "", number: `${place + 1}`, title };
    });
}

function orderOf(form, prefix) {
  return Number(form.querySelector(`[name="${prefix}order"]`)?.value ?? 0);
}

/** Under the field stands a list of the steps; what is chosen there is written into the field. */
function offerSteps(field) {
  if (field.dataset.offered) return;
  field.dataset.offered = "yes";
  const choice = document.createElement("select");
  choice.setAttribute("aria-label", field.getAttribute("aria-label") ?? field.labels?.[0]?.textContent.trim() ?? "");
  const fill = () => {
    const steps = stepsOf(field.form);
    choice.replaceChildren(
      new Option("–", ""),
      ...steps.map((step) => new Option(`${step.number}. ${step.title}`, step.id || step.number)),
    );
    const chosen = steps.find((step) => field.value && (step.id === field.value || step.number === field.value));
    choice.value = chosen ? chosen.id || chosen.number : "";
    if (field.value && !chosen) choice.add(new Option("?", field.value, true, true));
  };
  choice.addEventListener("focus", fill);
  choice.addEventListener("change", () => {
    field.value = choice.value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
  field.after(choice);
  field.hidden = true;
  fill();
}

function offerAll(root) {
  root.querySelectorAll("input[data-step-reference]").forEach((field) => field.form && offerSteps(field));
}

customElements.define("learn-structure", LearnStructure);
new MutationObserver(() => offerAll(document)).observe(document.body, { childList: true, subtree: true });
offerAll(document);
