// What became, since an answer was given, of the articles that it cites.
"use strict";

Object.assign(Parley, (() => {
  const { make, day } = Parley;
  const NAMES = { title: "title", outlet: "outlet", published: "date", url: "address" };
  const shown = (name, value) => (value === null ? "not known" : name === "published" ? day(value) : value);

  // `now` is the article as it is, null where it was deleted. Null where nothing is to be told.
  function told(cited, now) {
    if (now === null) return "Deleted since: no later answer cites it.";
    const changed = Object.keys(NAMES).filter((name) => now[name] !== cited[name]);
    if (changed.length) {
      return `Corrected since: ${changed.map((name) => `${NAMES[name]} ${shown(name, now[name])}`).join("; ")}.`;
    }
    return now.version > cited.version ? "A newer version has come in since." : null;
  }

  // Undefined where that isn't known. The version that was cited opens also where its article was deleted.
  async function current({ id, version }) {
    const address = `/v1/articles/${encodeURIComponent(id)}`;
    const response = await fetch(`${address}?version=${version}`);
    if (!response.ok) return undefined;
    const cited = await response.json();
    if (cited.latest_version === null || cited.latest_version === version) return cited.latest_version && cited;
    return (await fetch(address)).json();
  }

  // Beside each source on the page that cites one of them. `known` are the articles by id, where the page has
  // them; else the service is asked.
  async function since(citations, known = null) {
    const cited = new Map(citations.filter((one) => !one.withdrawn)
      .map(({ article }) => [`${article.id} ${article.version}`, article]));
    for (const [key, article] of cited) {
      const now = known === null ? await current(article).catch(() => undefined) : known[article.id];
      const words = now === undefined ? null : told(article, now);
      if (words === null) continue;
      for (const place of document.querySelectorAll(`.sources-list li[data-article="${CSS.escape(key)}"]`)) {
        place.querySelector(".title").after(make("p", { class: "since note" }, words));
      }
    }
  }

  return { since };
})());
