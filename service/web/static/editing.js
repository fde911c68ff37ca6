// Articles added, corrected in what is known of them, deleted: forms that ask the service and tell what it says.
"use strict";

(() => {
  const { stream, make } = Parley;
  const FACTS = ["title", "outlet", "published", "url", "language"];

  const address = (id) => `/v1/articles/${encodeURIComponent(id)}`;
  const lines = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean);

  // What was filled in; what wasn't is null. A day that was left as it is keeps its time.
  function facts(given, form) {
    const told = Object.fromEntries(FACTS.map((name) => [name, given.get(name).trim() || null]));
    const { known } = form.elements.published.dataset;
    if (told.published !== null && known.startsWith(told.published)) told.published = known;
    return { ...told, authors: lines(given.get("authors")) };
  }

  const OF_ONE = ["title", "url", "authors"];

  function upload(file, known) {
    const body = new FormData();
    body.append("file", file);
    for (const [name, value] of known) for (const one of [value].flat()) body.append(name, one);
    return request("/v1/articles", { method: "POST", body });
  }

  // One after the other, each with its line: what became of it, or why it was refused.
  async function addEach(files, known, form) {
    const wrong = known.find(([name]) => OF_ONE.includes(name));
    if (wrong) throw new Missing(wrong[0], "This is told of one article, and several files are chosen.");
    const report = form.querySelector(".report");
    report.replaceChildren();
    for (const file of files) {
      const line = report.appendChild(make("li", {}, make("span", { dir: "auto" }, file.name), ": "));
      try {
        const told = await (await upload(file, known)).json();
        const copy = told.duplicate_of ? ` of ${told.duplicate_of}` : "";
        line.append(make("a", { href: `/articles/${told.article.id}` }, `${told.outcome}${copy}`));
      } catch (fault) {
        const words = fault instanceof stream.Refused ? [fault.message, fault.remedy] : ["The service could not be reached."];
        line.append(`refused. ${words.filter(Boolean).map((one) => sentence(one, [file])).join(" ")}`);
        line.classList.add("refused");
      }
    }
    form.elements.file.value = "";
  }

  async function add(given, form) {
    const files = given.getAll("file").filter((file) => file.size || file.name);
    if (files.length > 1) {
      const known = Object.entries(facts(given, form)).filter(([, value]) => value !== null && value.length);
      await addEach(files, known, form);
      return;
    }
    if (!given.get("file").size && given.get("text").trim() === "") throw new Missing("text", "Choose a file, or put the text in here.");
    const known = Object.entries(facts(given, form)).filter(([, value]) => value !== null && value.length);
    const options = { method: "POST", headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ text: given.get("text"), ...Object.fromEntries(known) }) };
    if (given.get("file").size) {
      const { article } = await (await upload(given.get("file"), known)).json();
      location.assign(`/articles/${article.id}`);
      return;
    }
    const { article } = await (await request("/v1/articles", options)).json();
    location.assign(`/articles/${article.id}`);
  }

  async function edit(given, form) {
    const { article: id } = form.dataset;
    await request(address(id), { method: "PATCH", headers: { "Content-Type": "application/json" },
      body: JSON.stringify(facts(given, form)) });
    location.assign(`/articles/${id}`);
  }

  async function remove(given, form) {
    const { article: id, title } = form.dataset;
    const purge = given.get("purge") !== null;
    const what = purge ? "and erase it from earlier answers? This cannot be undone." : "? No later answer finds it.";
    if (!confirm(`Delete “${title}”${purge ? " " : ""}${what}`)) return;
    await request(`${address(id)}?purge=${purge}`, { method: "DELETE" });
    document.getElementById("main").replaceChildren(make("section", { id: "gone", role: "status", tabindex: "-1" },
      make("h1", {}, "Deleted"), make("p", { class: "lead" }, `“${title}” is deleted.`),
      make("p", {}, make("a", { href: "/articles" }, "See the articles"))));
    document.getElementById("gone").focus();
  }

  // Something that a form needs and hasn't got.
  class Missing extends Error {
    constructor(field, words) {
      super(words);
      this.field = field;
    }
  }

  async function request(path, options) {
    const response = await fetch(path, options);
    if (!response.ok) throw await stream.refusal(response);
    return response;
  }

  // A file's name that it opens with stays as it is.
  function sentence(words, files) {
    const first = files.some((file) => file.name && words.startsWith(file.name)) ? words[0] : words[0].toUpperCase();
    return `${first}${words.slice(1).replace(/\.$/, "")}.`;
  }

  // Beside the field that it is about, where there is one.
  function tell(place, fault, form) {
    const told = fault instanceof stream.Refused || fault instanceof Missing;
    const words = told ? [fault.message, fault.remedy] : ["The service could not be reached."];
    const named = told ? fault.field ?? /(?:^|`)([a-z]+)(?:[:.]|`)/.exec(fault.message)?.[1] : null;
    const field = form.querySelector(`[name="${named}"]`);
    if (field !== null) {
      field.setAttribute("aria-invalid", "true");
      field.setAttribute("aria-describedby", `${form.id}-told`);
      field.after(place);
      field.focus();
    }
    if (field !== null) words[0] = words[0].replace(/^(the article: )?(`[a-z]+`|[a-z]+:) /, "This ");
    const files = [...(form.elements.file?.files ?? [])];
    place.replaceChildren(...words.filter(Boolean).map((one) => make("span", {}, `${sentence(one, files)} `)));
    place.hidden = false;
  }

  function clear(place, form) {
    place.hidden = true;
    for (const field of form.querySelectorAll("[aria-invalid]")) {
      for (const name of ["aria-invalid", "aria-describedby"]) field.removeAttribute(name);
    }
    form.querySelector(".controls").before(place);
  }

  for (const [name, act] of Object.entries({ adding: add, editing: edit, deleting: remove })) {
    const form = document.getElementById(name);
    if (form === null) continue;
    const button = form.querySelector('[type="submit"]');
    const told = form.querySelector(".told");
    told.id = `${name}-told`;
    button.disabled = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      clear(told, form);
      button.disabled = true;
      form.setAttribute("aria-busy", "true");
      try {
        await act(new FormData(form), form);
      } catch (fault) {
        tell(told, fault, form);
      }
      button.disabled = false;
      form.setAttribute("aria-busy", "false");
    });
  }
})();
