// The conversations held, beside every page: opened again, named, kept as a file, deleted.
"use strict";

Parley.held = (() => {
  const { make, stream } = Parley;
  const LAST = "conversation"; // where this tab keeps the one that it showed last
  const aside = document.getElementById("held");
  if (aside === null) return null;
  const [list, told, more] = ["ol", ".told", ".more"].map((name) => aside.querySelector(name));
  let current = null;
  let cursor = null; // where the next page of the list begins

  // A browser may keep nothing.
  function last(id) {
    try {
      if (id === undefined) return sessionStorage.getItem(LAST);
      if (id === null) sessionStorage.removeItem(LAST);
      else sessionStorage.setItem(LAST, id);
    } catch { /* then the page begins anew */ }
    return null;
  }

  async function request(id, options) {
    const response = await fetch(`/v1/conversations/${encodeURIComponent(id)}`, options);
    if (!response.ok && response.status !== 404) throw await stream.refusal(response);
    return response;
  }

  function tell(fault) {
    told.textContent = fault instanceof stream.Refused ? fault.told : "The service could not be reached.";
  }

  async function remove(one, item) {
    if (!confirm(`Delete “${one.title}” with its answers? This cannot be undone.`)) return;
    try {
      await request(one.id, { method: "DELETE" });
      if (last() === one.id) last(null);
      if (current === one.id) location.assign("/");
      else item.remove();
      told.textContent = "Deleted.";
      aside.querySelector("a").focus();
    } catch (fault) {
      tell(fault);
    }
  }

  async function rename(one, item, title) {
    try {
      const response = await request(one.id, { method: "PATCH", headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ title }) });
      const named = drawn(response.ok ? await response.json() : one);
      item.replaceWith(named);
      named.querySelector("summary").focus();
    } catch (fault) {
      tell(fault);
    }
  }

  function naming(one, item) {
    const field = make("input", { value: one.title, maxlength: "200", required: "", "aria-label": "Name of the conversation" });
    const form = make("form", { class: "naming" }, field, make("button", { type: "submit", class: "quiet" }, "Save"));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (field.value.trim()) rename(one, item, field.value.trim());
    });
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault(); // the list stays open
      event.stopPropagation();
      const again = drawn(one);
      item.replaceWith(again);
      again.querySelector("summary").focus();
    });
    item.replaceChildren(form);
    field.select();
  }

  function button(words, act) {
    const made = make("button", { type: "button", class: "quiet" }, words);
    made.addEventListener("click", act);
    return made;
  }

  function drawn(one) {
    const link = make("a", { href: `/?c=${encodeURIComponent(one.id)}`, dir: "auto" }, one.title);
    if (one.id === current) link.setAttribute("aria-current", "page");
    const item = make("li", {}, link);
    const file = make("a", { href: `/v1/conversations/${encodeURIComponent(one.id)}/export?format=markdown`, download: "" }, "Save as file");
    item.append(make("details", {}, make("summary", { "aria-label": `More for: ${one.title}` }, "⋯"),
      make("div", { class: "tools" }, button("Rename", () => naming(one, item)), file,
        button("Delete", () => remove(one, item)))));
    return item;
  }

  async function load(from) {
    try {
      const response = await fetch(`/v1/conversations?limit=30${from === null ? "" : `&cursor=${from}`}`);
      if (!response.ok) throw await stream.refusal(response);
      const page = await response.json();
      if (from === null) list.replaceChildren();
      list.append(...page.conversations.map(drawn));
      cursor = page.next_cursor;
      more.hidden = cursor === null;
      told.textContent = list.childElementCount ? "" : "None yet.";
    } catch (fault) {
      tell(fault);
    }
  }

  // The one that is shown now; null for none yet.
  function show(id) {
    current = id;
    last(id);
    load(null);
  }

  more.addEventListener("click", () => load(cursor));
  const back = document.querySelector('.masthead nav a[href="/"]:not([aria-current])');
  if (back !== null) { // another page than the conversation's
    if (last()) back.href = `/?c=${encodeURIComponent(last())}`;
    load(null);
  }
  return { show };
})();
