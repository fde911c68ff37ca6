// Which articles a question is asked of, as chosen in the form: for the service, for the address, in words.
"use strict";

Parley.narrowing = (() => {
  const form = document.getElementById("composer");
  const told = document.getElementById("narrowed");

  function chosen() {
    const given = new FormData(form);
    return { articles: given.getAll("article"), outlets: given.getAll("outlet"), from: given.get("from"), to: given.get("to"), as_of: given.get("as_of") };
  }

  // The part of a request that narrows it; nothing where all articles are asked.
  function filters() {
    const { articles, outlets, from, to, as_of } = chosen();
    const found = {};
    if (articles.length) found.article_ids = articles;
    const named = outlets.filter(Boolean);
    if (named.length) found.outlets = named;
    if (named.length < outlets.length) found.no_outlet = true;
    if (from) found.from = from;
    if (to) found.to = to;
    if (as_of) found.as_of = as_of;
    return Object.keys(found).length ? { filters: found } : {};
  }

  // The page's address with what is chosen beside.
  function address(beside) {
    const { articles, outlets, from, to, as_of } = chosen();
    const parts = new URLSearchParams(beside);
    for (const id of articles) parts.append("article", id);
    for (const name of outlets) parts.append("outlet", name);
    if (from) parts.set("from", from);
    if (to) parts.set("to", to);
    if (as_of) parts.set("as_of", as_of);
    return `?${parts}`;
  }

  function tell() {
    if (told === null) return;
    const { articles, outlets, from, to, as_of } = chosen();
    const words = [articles.length === 1 ? form.querySelector('[name="article"]:checked').parentElement.textContent.trim()
      : articles.length ? `${articles.length} articles` : "", outlets.map((name) => name || "outlet not known").join(", "),
    from ? `from ${Parley.day(from)}` : "", to ? `to ${Parley.day(to)}` : "", as_of ? `as it stood on ${Parley.day(as_of)}` : ""].filter(Boolean);
    told.textContent = words.join("; ") || "all articles";
  }

  form.addEventListener("change", tell);
  document.getElementById("widen")?.addEventListener("click", () => {
    for (const box of form.querySelectorAll('.scope [type="checkbox"]')) box.checked = false;
    for (const day of form.querySelectorAll('.scope [type="date"]')) day.value = "";
    tell();
  });
  tell();
  return { filters, address };
})();
