// Wagtail's field for tags and its dialogues are nameless to people who hear the page: they get the name that is seen.
// The name is copied, for the titles of page and dialogue have the same id.
function nameAfter(thing, seen) {
  const name = seen?.textContent.trim();
  if (name && thing.ariaLabel !== name) thing.ariaLabel = name;
}

function nameAll() {
  for (const input of document.querySelectorAll(".tagit-new input")) {
    nameAfter(input, input.closest(".w-panel, .w-field__wrapper")?.querySelector("label, .w-panel__heading"));
  }
  for (const dialogue of document.querySelectorAll(".modal[role=dialog]")) {
    nameAfter(dialogue, dialogue.querySelector("h1"));
  }
}

nameAll();
new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });
