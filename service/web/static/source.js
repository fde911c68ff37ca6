// A citation's number, what it shows when pointed at, and the panel that it opens: the quotation, marked, in
// its article, beside the answer (or over its lower part, where there is no room beside).
"use strict";

Object.assign(Parley, (() => {
  const { make, facts, title, alsoIn, quotation, ownLink, originalLink } = Parley;
  const BESIDE = matchMedia("(min-width: 60rem)");
  const REACH = 60; // lines shown before and after the quotation
  const panel = document.getElementById("source");
  const peek = document.getElementById("peek");
  const [heading, about, passage] = ["heading", "about", "passage"].map((name) => panel.querySelector(`.${name}`));
  const texts = new Map(); // what was read of articles' pages, by path
  let opener = null; // the number that opened the panel

  function said(attribution) {
    const rows = attribution === null ? [] : [["Said by", attribution.speaker], ["To", attribution.to],
      ["Where", attribution.venue], ["When", attribution.when]].filter(([, value]) => value);
    if (rows.length === 0) return null;
    const list = make("dl", { class: "said" });
    for (const [name, value] of rows) {
      list.append(make("div", {}, make("dt", {}, name), make("dd", { dir: "auto" }, value)));
    }
    return list;
  }

  // The article's text from its own page, which marks the quotation. Throws what is to be told.
  async function read(path) {
    const response = await fetch(path, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const [text, ...rest] = page.querySelectorAll(".text"); // the headline's part, where that stands apart, and the rest
    if (!response.ok || text === undefined) throw new Error(page.querySelector("#problem .lead")?.textContent);
    for (const part of rest) text.append(...part.childNodes);
    for (const node of text.querySelectorAll("[id]")) node.removeAttribute("id");
    for (const node of text.querySelectorAll("[aria-level]")) for (const name of ["role", "aria-level"]) node.removeAttribute(name);
    return shortened(document.importNode(text, true));
  }

  // A long article: what stands around the quotation.
  function shortened(text) {
    const lines = [...text.querySelectorAll(".line")];
    const marked = lines.flatMap((line, at) => (line.querySelector("mark") ? [at] : []));
    const [from, to] = [(marked[0] ?? 0) - REACH, (marked.at(-1) ?? 0) + REACH];
    lines.forEach((line, at) => { if (at < from || at > to) line.remove(); });
    for (const region of text.querySelectorAll(".region:empty")) region.remove();
    return text;
  }

  async function showPassage(citation, path) {
    const quoted = quotation(citation);
    passage.replaceChildren(quoted);
    if (path === null) return;
    try {
      if (!texts.has(path)) texts.set(path, await read(path));
      if (quoted.isConnected) passage.replaceChildren(texts.get(path));
    } catch (fault) {
      passage.append(make("p", { class: "note" }, `The article could not be opened here. ${fault.message ?? ""}`));
    }
    const mark = passage.querySelector("mark");
    if (mark !== null) passage.scrollTop += mark.getBoundingClientRect().top - passage.getBoundingClientRect().top - 90;
  }

  function links(citation, path) {
    const ask = document.getElementById("composer") === null ? null // a shared answer's reader can't
      : make("a", { href: `/?article=${encodeURIComponent(citation.article.id)}` }, "Ask about this article");
    return make("p", { class: "links" },
      path === null ? null : make("a", { class: "read", href: `${path}#quote` }, "Open the article"),
      ask, originalLink(citation.article.url));
  }

  function fill(citation) {
    heading.textContent = `Source ${citation.id}`;
    panel.dataset.citation = citation.id;
    if (citation.withdrawn) {
      about.replaceChildren(make("p", {}, "This article has been withdrawn; its text is gone."));
      passage.replaceChildren();
      return;
    }
    const path = ownLink(citation.article.link);
    const parts = [facts(citation.article), title(citation.article), said(citation.said), alsoIn(citation), links(citation, path)];
    about.replaceChildren(...parts.filter((part) => part !== null));
    showPassage(citation, path);
  }

  // What was pointed at stays where it was on the screen while the columns make room.
  function inPlace(button, change) {
    const before = button.getBoundingClientRect().top;
    change();
    scrollBy({ top: button.getBoundingClientRect().top - before, behavior: "instant" });
  }

  function open(citation, button) {
    hide();
    opener?.setAttribute("aria-expanded", "false");
    opener = button;
    button.setAttribute("aria-expanded", "true");
    inPlace(button, () => {
      if (!panel.open) BESIDE.matches ? panel.show() : panel.showModal();
    });
    fill(citation);
    heading.focus({ preventScroll: true });
  }

  function closed() {
    const button = opener;
    opener = null;
    button?.setAttribute("aria-expanded", "false");
    button?.focus({ preventScroll: true });
  }

  function close() {
    if (opener === null) panel.close();
    else inPlace(opener, () => panel.close());
  }

  function hide() {
    peek.hidden = true;
    document.querySelector('[aria-describedby="peek"]')?.removeAttribute("aria-describedby");
  }

  function show(citation, button) {
    if (panel.open && opener === button) return;
    hide();
    peek.replaceChildren(...(citation.withdrawn ? ["Withdrawn"] : [facts(citation.article), quotation(citation)]));
    peek.hidden = false;
    button.setAttribute("aria-describedby", "peek");
    const [at, size] = [button.getBoundingClientRect(), peek.getBoundingClientRect()];
    const left = Math.max(8, Math.min(at.left, document.documentElement.clientWidth - size.width - 8));
    const above = at.top - size.height;
    peek.style.left = `${left + scrollX}px`;
    peek.style.top = `${(above > 0 ? above : at.bottom) + scrollY}px`;
  }

  // The number of a citation: a button that opens the panel.
  function chip(citation) {
    const where = citation.withdrawn ? "withdrawn" : citation.article.outlet ?? "unknown outlet";
    const button = make("button", { type: "button", class: "chip", "data-citation": citation.id,
      "aria-expanded": "false", "aria-haspopup": "dialog", "aria-label": `Source ${citation.id}, ${where}` },
    `[${citation.id}]`);
    button.addEventListener("click", () => (opener === button ? close() : open(citation, button)));
    button.addEventListener("pointerenter", (event) => { if (event.pointerType === "mouse") show(citation, button); });
    button.addEventListener("pointerleave", (event) => { if (!peek.contains(event.relatedTarget)) hide(); });
    button.addEventListener("focus", () => { if (button.matches(":focus-visible")) show(citation, button); });
    button.addEventListener("blur", hide);
    return button;
  }

  panel.addEventListener("close", closed);
  panel.querySelector(".close").addEventListener("click", close);
  panel.addEventListener("click", (event) => { if (event.target === panel && panel.matches(":modal")) close(); });
  peek.addEventListener("pointerleave", hide);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || (!panel.open && peek.hidden)) return;
    event.stopImmediatePropagation(); // and a question that is being answered goes on
    if (peek.hidden && !panel.matches(":modal")) close();
    hide();
  });

  return { chip };
})());
