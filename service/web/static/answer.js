// Draws one answer of POST /v1/chat.
"use strict";

Object.assign(Parley, (() => {
  const { make, facts, title, alsoIn, quotation, ownLink, originalLink, chip } = Parley;
  const { STATUS, KIND, DROPPED, DEGRADED } = Parley.words;
  let made = 0; // numbers the statements, so that each has an id of its own

  function statement(said, citations) {
    const words = make("p", { class: "words" });
    const place = make("div", { class: "statement", id: `statement-${++made}`, "data-kind": said.kind });
    const label = KIND[said.kind];
    if (label) place.append(make("p", { class: "label" }, label));
    else if (said.kind === "quote") words.append(make("span", { class: "unseen" }, "Quotation: "));
    place.append(words);
    const waiting = new Set(said.citations);
    const add = (number) => {
      if (waiting.delete(number) && citations.has(number)) words.append(" ", chip(citations.get(number)));
    };
    // An article's words end with a quotation mark of ours, and the number stands behind that.
    const behind = said.kind === "paraphrase" ? 0 : 1;
    said.parts.forEach((part, at) => {
      words.append(make("span", { class: "part", "data-origin": part.origin, dir: "auto" }, part.text));
      const cited = said.parts[at - behind]?.citation ?? null;
      const again = said.parts.slice(at - behind + 1).some((later) => later.citation === cited);
      if (cited !== null && !again) add(cited);
    });
    [...waiting].forEach(add);
    if (said.kind === "paraphrase") words.append(make("span", { class: "mark" }, "in other words, checked"));
    return place;
  }

  function conflict(found, citations) {
    const sides = make("div", { class: "sides" });
    for (const number of found.citations) {
      const citation = citations.get(number);
      if (!citation || citation.withdrawn) continue;
      sides.append(make("div", { class: "side" }, facts(citation.article), quotation(citation), chip(citation)));
    }
    return make("section", { class: "conflict" },
      make("h3", {}, "Sources differ: ", make("span", { dir: "auto" }, found.about)), sides);
  }

  // The parts of a question that no notice has named as unanswered.
  function unanswered(answer) {
    const noticed = answer.statements.filter((one) => one.kind === "notice");
    const parts = answer.unanswered.filter((part) => !noticed.some((one) => one.text.includes(part)));
    if (answer.status !== "partial" || parts.length === 0) return null;
    const list = make("ul");
    for (const part of parts) list.append(make("li", { dir: "auto" }, part));
    return make("section", { class: "unanswered" }, make("h3", {}, "No answer found for"), list);
  }

  // The cited articles in the order of their first citation, each with its citations.
  function byArticle(citations) {
    const groups = new Map();
    for (const citation of citations) {
      const key = citation.withdrawn ? "withdrawn" : `${citation.article.id} ${citation.article.version}`;
      groups.set(key, [...(groups.get(key) ?? []), citation]);
    }
    return [...groups.values()];
  }

  function numbered(citations) {
    const numbers = make("p", { class: "numbers" });
    for (const citation of citations) numbers.append(chip(citation));
    return numbers;
  }

  // What the answer doesn't quote itself is shown where it is all there is to read, and on paper.
  function cited(citations, quoted, nearest) {
    const [{ article, withdrawn }] = citations;
    if (withdrawn) return make("li", {}, make("p", {}, "Withdrawn; the text is gone."), numbered(citations));
    const path = ownLink(article.link);
    const carried = citations.reduce((one, other) => ((other.also_in ?? []).length > (one.also_in ?? []).length ? other : one));
    const rest = citations.filter((citation) => !quoted.has(citation.id)).map(quotation);
    for (const one of rest) one.classList.toggle("on-paper", !nearest);
    return make("li", { "data-article": `${article.id} ${article.version}` }, facts(article), title(article), alsoIn(carried), ...rest,
      make("div", { class: "foot" }, numbered(citations), make("p", { class: "links" }, path === null ? null : make("a", { class: "read", href: path,
        "aria-label": `Open the article: ${article.title ?? "no title given"}` }, "Open the article"),
      originalLink(article.url))));
  }

  // Whether a notice has the whole quotation in it already.
  function isWhole(part, answer) {
    const cited = answer.citations.find((one) => one.id === part.citation);
    return part.origin === "article" && cited !== undefined && !cited.withdrawn
      && part.text.includes(cited.quote.text);
  }

  function sources(answer) {
    const nearest = answer.status === "abstained";
    const quoted = new Set(answer.statements.flatMap((one) => (one.kind === "quote" ? one.citations
      : one.parts.filter((part) => isWhole(part, answer)).map((part) => part.citation))));
    const list = make("ul", { class: "sources-list" });
    for (const group of byArticle(answer.citations)) list.append(cited(group, quoted, nearest));
    return make("section", { class: "sources" },
      make("h3", {}, nearest ? "The nearest passages" : "Sources"), list);
  }

  function colophon(answer) {
    const by = answer.produced_by;
    const how = !["answered", "partial"].includes(answer.status) ? "Nothing was claimed"
      : by.answerer === "extractive" ? "Answered in the articles’ own words"
      : `Written by ${by.model ?? (by.answerer === "generative" ? "a language model" : by.answerer)} and checked against the articles`;
    const code = answer.diagnostics?.degraded;
    const reduced = code ? `; reduced service: ${DEGRADED[code] ?? code}` : "";
    const total = answer.timings?.total;
    const took = total === undefined ? "" : `; took ${total < 1000 ? `${Math.max(1, Math.round(total))} ms` : `${(total / 1000).toFixed(1)} s`}`;
    return make("p", { class: "colophon" }, `${how}${reduced}${took}.`);
  }

  function dropped(answer) {
    const reasons = Object.entries(answer.diagnostics?.dropped ?? {});
    if (reasons.length === 0) return null;
    const total = reasons.reduce((sum, [, count]) => sum + count, 0);
    const list = make("ul");
    for (const [reason, count] of reasons) list.append(make("li", {}, `${DROPPED[reason] ?? reason}: ${count}`));
    return make("details", { class: "dropped" },
      make("summary", {}, `What the check left out (${total})`),
      make("p", {}, "Proposed for this answer, and not shown as proposed:"), list);
  }

  // An answer that grows: statements as they come, and at the end all that is known only then. What was
  // drawn already stays as it is.
  function growing() {
    const citations = new Map();
    const node = make("div", { class: "answer" });
    let shown = 0;
    let above = null;

    function add(one, fresh) {
      for (const citation of fresh) citations.set(citation.id, citation);
      const heading = one.heading ?? null;
      if (heading !== null && heading !== above) {
        node.append(make("h3", { class: "heading", dir: "auto" }, heading));
      }
      above = heading;
      node.append(statement(one, citations));
      shown += 1;
    }

    function finish(answer) {
      node.dataset.answer = answer.id;
      const head = [];
      if (answer.standalone_question.trim() !== answer.question.trim()) {
        head.push(make("p", { class: "understood" }, "Understood as: ",
          make("span", { dir: "auto" }, answer.standalone_question)));
      }
      if (STATUS[answer.status]) head.push(make("p", { class: "status" }, STATUS[answer.status]));
      node.prepend(...head);
      for (const citation of answer.citations) citations.set(citation.id, citation);
      for (const one of answer.statements.slice(shown)) add(one, []);
      const tail = [
        unanswered(answer),
        ...answer.conflicts.map((found) => conflict(found, citations)),
        answer.citations.length ? sources(answer) : null, colophon(answer), dropped(answer)];
      node.append(...tail.filter((part) => part !== null));
      node.dataset.status = answer.status;
    }

    return { node, add, finish };
  }

  function drawAnswer(answer) {
    const grown = growing();
    grown.finish(answer);
    return grown.node;
  }

  function opening(one, before) {
    return one.heading && one.heading !== before?.heading ? `${one.heading}: ` : "";
  }

  // What a screen reader is told: the words without the numbers.
  function spoken(answer) {
    const count = answer.citations.length;
    const tail = count === 1 ? "One source." : `${count} sources.`;
    const head = STATUS[answer.status] ? `${STATUS[answer.status]}.` : "Answer.";
    return [answer.status === "abstained" ? "" : head,
      ...answer.statements.map((one, at) => opening(one, answer.statements[at - 1]) + one.text),
      count ? tail : ""].filter(Boolean).join(" ");
  }

  return { growing, drawAnswer, spoken };
})());
