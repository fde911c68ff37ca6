// Opens cases, and filters their list. Whatever comes from the run is set as text, never as markup.
"use strict";

(() => {
  const bodies = JSON.parse(document.getElementById("bodies").textContent);
  const entries = [...document.querySelectorAll("details.case")];
  const groups = [...document.querySelectorAll("details.group")];
  const form = document.getElementById("filter");
  const search = document.getElementById("search");
  const selects = [...form.querySelectorAll("select")];
  const MANY = 100; // cases that "Open shown" opens at most

  // -- Building --------------------------------------------------------------------------------------
  function make(name, given, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(given || {})) {
      if (value === true) element.setAttribute(key, "");
      else if (value !== false && value !== null) element.setAttribute(key, value);
    }
    element.append(...children.flat(2).filter((child) => child !== null && child !== ""));
    return element;
  }
  const part = (title, ...children) => make("section", { class: "part" }, make("h5", {}, title), children);
  const unseen = (text) => make("span", { class: "unseen" }, text);
  const STANDING = {
    gold: "matches gold",
    review: "to review: exact, but matches no gold",
    inexact: "not exact: these words don’t stand there",
    elsewhere: "not in this suite: its article can’t be looked into",
    plain: "exact",
  };
  const FOUND = { grounded: "✓ grounded", stated: "~ stated, not beside its evidence", missed: "✗ missed" };

  function answer(trial, prefix) {
    const said = trial.statements.map((statement) =>
      make("p", { class: `statement ${statement.kind === "notice" ? "notice" : ""}`, dir: "auto" },
        statement.parts.map(([text, theirs]) => make("span", { class: theirs ? "article" : "ours" }, text)),
        statement.citations.map((id) => [" ", make("a", { class: "cite", href: `#${prefix}-c${id}` }, unseen("citation "), `${id}`)])));
    const sure = trial.confidence ? `, confidence ${trial.confidence}` : "";
    const others = trial.model ? "the model’s or Parley’s" : "Parley’s own";
    return part("Answer",
      make("p", { class: "hint" }, `${trial.status}${sure}. The article’s words in serif, ${others} in sans.`),
      trial.model ? make("p", { class: "hint" }, trial.model) : null,
      trial.error ? make("p", { class: "note problem" }, trial.error) : null,
      said, trial.text ? make("p", { class: "statement", dir: "auto" }, make("span", { class: "ours" }, trial.text)) : null);
  }

  function opinions(trial) {
    if (!trial.opinions.length) return null;
    return part("A judge’s opinion", make("ul", { class: "facts-list" }, trial.opinions.map(([number, support, why]) =>
      make("li", { dir: "auto" }, make("span", { class: "found" }, `statement ${number}: ${support}`), why ? ` ${why}` : ""))));
  }

  function citations(trial, prefix) {
    if (!trial.citations.length) return null;
    return part("Citations", make("ol", { class: "citations" }, trial.citations.map((cited) =>
      make("li", { class: cited.standing, id: `${prefix}-c${cited.id}`, tabindex: "-1" },
        make("p", {}, make("a", { class: "cite", href: `#${prefix}-m${cited.id}`, "data-marked": true }, unseen("show citation "), `${cited.id}`),
          " ", make("strong", {}, STANDING[cited.standing])),
        make("p", { class: "quoted", dir: "auto" }, cited.quote),
        make("p", { class: "hint" }, `${cited.source}, characters ${cited.place}`,
          cited.said.map(([role, name]) => ` · ${role}: ${name}`))))));
  }

  function expected(body, trial) {
    const facts = trial.nuggets.map((nugget) => make("li", { class: nugget.found },
      make("span", { class: "found" }, FOUND[nugget.found]), " ", nugget.text, nugget.vital ? "" : make("span", { class: "hint" }, " (okay, not vital)")));
    const said = trial.said.map((one) => make("li", { class: one.right ? "grounded" : "missed" },
      make("span", { class: "found" }, `${one.right ? "✓" : "✗"} ${one.found}`), ` ${one.speaker}`, one.to ? ` to ${one.to}` : "", one.quote ? `: “${one.quote}”` : ""));
    const forbidden = trial.forbidden.map(([words, found]) => make("li", { class: found ? "missed" : "" },
      make("span", { class: "found" }, found ? "✗ said" : "✓ not said"), ` ${words}`));
    const list = (title, items) => (items.length ? [make("h6", {}, title), make("ul", { class: "facts-list" }, items)] : null);
    return part("Expected",
      body.answerable ? null : make("p", {}, "Not answerable from these articles: silence is right."),
      list("Facts", facts), list("Who said it", said), list("Must not be said", forbidden),
      list("Answers that count", trial.nuggets.length ? [] : body.answers.map((text) => make("li", {}, text))),
      body.notes ? [make("h6", {}, "Note"), make("p", { class: "case-note" }, body.notes)] : null);
  }

  function source(article, prefix, first) {
    const runs = (cut) => cut.runs.map(([text, cited, gold]) => {
      if (!cited.length && !gold) return document.createTextNode(text);
      const begins = cited.filter((id) => !first.has(id));
      begins.forEach((id) => first.add(id));
      const label = [cited.length ? `citation ${cited.join(", ")}` : "", gold ? "gold" : ""].filter(Boolean).join(" and ");
      return make("mark", { class: `${cited.length ? "cited" : ""} ${gold ? "gold" : ""}`, title: label },
        begins.map((id) => make("span", { class: "number", id: `${prefix}-m${id}`, tabindex: "-1" }, `${id}`)),
        unseen(`[${label}: `), text, unseen("]"));
    });
    const about = [...article.about, `${article.length.toLocaleString("en")} characters`].join(" · ");
    return make("article", { class: "source" }, make("h6", { dir: "auto" }, article.title), make("p", { class: "hint" }, about),
      article.whole_is_gold ? make("p", { class: "note" }, "Gold is this article as a whole.") : null,
      article.windows.map((cut) => make("div", { class: "text", dir: "auto", role: "region", tabindex: "0", "aria-label": article.title },
        cut.start > 0 ? make("span", { class: "gap" }, "… ") : null, runs(cut), cut.end < article.length ? make("span", { class: "gap" }, " …") : null)));
  }

  function sources(trial, prefix) {
    if (!trial.sources.length) return null;
    const first = new Set();
    return part("Articles",
      make("p", { class: "legend" }, make("mark", { class: "cited" }, "cited"), " ", make("mark", { class: "gold" }, "gold"), " ", make("mark", { class: "cited gold" }, "cited, and gold")),
      trial.sources.map((article) => source(article, prefix, first)));
  }

  function table(head, rows, caption) {
    const cells = (row) => row.map((cell, at) => make(at ? "td" : "th", at ? {} : { scope: "row" }, cell));
    return make("div", { class: "scroll", role: "region", "aria-label": caption, tabindex: "0" }, make("table", { class: "small" },
      make("caption", { class: "unseen" }, caption),
      make("thead", {}, make("tr", {}, head.map((title) => make("th", { scope: "col" }, title)))),
      make("tbody", {}, rows.map((row) => make("tr", {}, cells(row))))));
  }

  function retrieved(trial) {
    if (!trial.hits.length) return null;
    const rows = trial.hits.map(([title, dense, lexical, fused, gold, words], at) => [
      `${at + 1}`, gold ? make("strong", { class: "is-gold" }, "gold") : "", fused, dense, lexical,
      make("span", { class: "passage" }, make("span", { class: "hint" }, title), ` ${words}`)]);
    const more = trial.retrieved - trial.hits.length;
    const ranks = trial.hits.flatMap((hit, at) => (hit[4] ? [at + 1] : []));
    const where = ranks.length ? `gold at ${ranks.join(", ")}` : "none of those listed holds gold";
    return part("Retrieved", make("details", { class: "passages" },
      make("summary", {}, `${trial.retrieved} passages, ${where}`),
      table(["Rank", "Gold", "Fused", "Dense", "Lexical", "Passage"], rows, "Retrieved passages, best first"),
      more > 0 ? make("p", { class: "hint" }, `${more} more not listed.`) : null));
  }

  const pairs = (title, list) => (list.length
    ? part(title, make("dl", { class: "pairs" }, list.map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", {}, value)))))
    : null);

  function fill(entry) {
    if (entry.querySelector(".body")) return;
    const body = bodies[Number(entry.dataset.number)];
    const shown = make("div", { class: "body" });
    if (body.turns.length) {
      shown.append(part("Before", make("ol", { class: "turns" }, body.turns.map(([role, text]) =>
        make("li", { dir: "auto" }, make("span", { class: "hint" }, `${role}: `), text)))));
    }
    body.trials.forEach((trial) => {
      const prefix = `${entry.id}-t${trial.trial}`;
      if (body.trials.length > 1) shown.append(make("h4", {}, `Trial ${trial.trial + 1}`));
      else shown.append(make("h4", { class: "unseen" }, "The case"));
      if (trial.standalone) shown.append(part("Understood as", make("p", { dir: "auto" }, trial.standalone)));
      shown.append(make("div", { class: "desk" },
        make("div", {}, [answer(trial, prefix), citations(trial, prefix), opinions(trial), expected(body, trial)].filter(Boolean)),
        make("div", {}, [sources(trial, prefix)].filter(Boolean))));
      shown.append(...[retrieved(trial)].filter(Boolean));
      shown.append(make("div", { class: "desk" }, [pairs("Scores", trial.values), pairs("Timings", trial.timings)].filter(Boolean)));
    });
    entry.append(shown);
    for (const text of shown.querySelectorAll(".text")) { // begins where something is marked
      const mark = text.querySelector("mark");
      if (mark) text.scrollTop = mark.offsetTop - text.offsetTop - 48;
    }
  }

  // -- Filtering -------------------------------------------------------------------------------------
  const words = new Map(); // what the search looks at, by entry, made when first asked for
  function wordsOf(entry) {
    if (!words.has(entry)) {
      const body = bodies[Number(entry.dataset.number)];
      const said = body.trials.flatMap((trial) => [trial.text, ...trial.statements.flatMap((s) => s.parts.map(([text]) => text))]);
      words.set(entry, [entry.textContent, body.notes, ...said].join(" ").toLowerCase());
    }
    return words.get(entry);
  }

  const begunOpen = new Set(groups.filter((group) => group.open));
  function filter() {
    const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const chosen = selects.filter((select) => select.value);
    const active = wanted.length > 0 || chosen.length > 0;
    let count = 0;
    for (const entry of entries) {
      const fits = chosen.every((select) => entry.dataset[select.dataset.field] === select.value)
        && wanted.every((word) => wordsOf(entry).includes(word));
      entry.hidden = !fits;
      count += fits;
    }
    for (const group of groups) {
      const fitting = group.querySelectorAll("details.case:not([hidden])").length;
      const all = group.querySelectorAll("details.case").length;
      group.hidden = fitting === 0;
      group.querySelector("summary .count").textContent = active ? `${fitting} of ${all}` : `${all}`;
      if (group.dataset.group !== "test") group.open = active ? true : begunOpen.has(group);
    }
    document.getElementById("none-found").hidden = count > 0;
    document.getElementById("found").textContent = active ? `${count} of ${entries.length} cases` : `${entries.length} cases`;
  }

  function choose(field, value) {
    form.reset();
    const select = selects.find((one) => one.dataset.field === field);
    if (select) select.value = value;
    filter();
    document.getElementById("cases").scrollIntoView();
    document.getElementById("cases-title").focus({ preventScroll: true });
  }

  // -- Moving about ----------------------------------------------------------------------------------
  function reveal() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let at = target; at; at = at.parentElement) if (at instanceof HTMLDetailsElement) at.open = true;
    if (target && target.matches("details.case")) {
      if (target.hidden) { form.reset(); filter(); target.closest("details.group").open = true; }
      target.scrollIntoView();
      target.querySelector("summary").focus({ preventScroll: true });
    }
  }

  document.addEventListener("toggle", (event) => {
    if (event.target.matches("details.case") && event.target.open) fill(event.target);
  }, true);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    if (link.dataset.field) { event.preventDefault(); choose(link.dataset.field, link.dataset.value); }
    if (link.matches(".cite")) {
      const target = document.getElementById(link.hash.slice(1));
      event.preventDefault();
      if (!target) return;
      target.scrollIntoView({ block: "center" });
      target.focus({ preventScroll: true });
    }
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) { event.preventDefault(); search.focus(); }
  });
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  document.getElementById("show-all").addEventListener("click", () => { form.reset(); search.focus(); });
  document.getElementById("open-all").addEventListener("click", () => {
    entries.filter((entry) => entry.checkVisibility()).slice(0, MANY).forEach((entry) => { entry.open = true; });
  });
  window.addEventListener("hashchange", reveal);
  form.hidden = false;
  filter();
  reveal();
})();
