// Articles added, corrected in what is known of them, deleted: forms that ask the service and tell what it says.
"use strict";

(() => {
  const { stream, make } = Parley;
  const FACTS = ["title", "outlet", "published", "url", "language"];

  const address = (id) => `/v1/articles/${encodeURIComponent(id)}`;
  const lines = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean);

  // What was filled in; what wasn't is null.
  function facts(given) {
    const told = Object.fromEntries(FACTS.map((name) => [name, given.get(name).trim() || null]));
    return { ...told, authors: lines(given.get("authors")) };
  }

  async function add(given) {
    const known = Object.entries(facts(given)).filter(([, value]) => value !== null && value.length);
    let options = { headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ text: given.get("text"), ...Object.fromEntries(known) }) };
    if (given.get("file").size) {
      const body = new FormData();
      body.append("file", given.get("file"));
      for (const [name, value] of known) for (const one of [value].flat()) body.append(name, one);
      options = { body };
    }
    const { article } = await (await request("/v1/articles", { method: "POST", ...options })).json();
    return `/articles/${article.id}`;
  }

  async function edit(given, id) {
    await request(address(id), { method: "PATCH", headers: { "Content-Type": "application/json" },
      body: JSON.stringify(facts(given)) });
    return `/articles/${id}`;
  }

  async function remove(given, id) {
    await request(`${address(id)}?purge=${given.get("purge") !== null}`, { method: "DELETE" });
    return "/articles";
  }

  async function request(path, options) {
    const response = await fetch(path, options);
    if (!response.ok) throw await stream.refusal(response);
    return response;
  }

  function tell(place, fault) {
    const words = fault instanceof stream.Refused ? [fault.message, fault.remedy] : ["The service could not be reached."];
    place.replaceChildren(...words.filter(Boolean).map((one) => make("span", {}, `${one} `)));
    place.hidden = false;
  }

  for (const [name, act] of Object.entries({ adding: add, editing: edit, deleting: remove })) {
    const form = document.getElementById(name);
    if (form === null) continue;
    const button = form.querySelector('[type="submit"]');
    const told = form.querySelector(".told");
    button.disabled = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      told.hidden = true;
      button.disabled = true;
      form.setAttribute("aria-busy", "true");
      try {
        location.assign(await act(new FormData(form), form.dataset.article));
      } catch (fault) {
        tell(told, fault);
      }
      button.disabled = false;
      form.setAttribute("aria-busy", "false");
    });
  }
})();
