// Draws one answer of POST /v1/chat. Whatever comes from an answer or an article goes in as text, never as
// markup; the only links are to our own article pages and, over http(s), to the article's own address.
"use strict";

const Parley = (() => {
  const MONTHS = ("January February March April May June July August September October November " +
    "December").split(" ");
  const STATUS = {
    partial: "Answered in part",
    abstained: "No answer found in the articles searched",
    clarification: "A question back to you",
  };
  const KIND = {
    notice: "In Parley’s own words",
  };
  // Why the check (service/answering/verified/verify.py) left something out; a reason not listed is shown by its code.
  const DROPPED = {
    quote_not_in_article: "Quotations that stand in no article",
    words_differ_from_quote: "Sentences whose words differ from the quotation",
    uncited: "Statements without a quotation",
    empty: "Empty statements",
    lead_in_not_in_article: "Lead-ins that the article does not bear out",
    notice_claims_something: "Notices that claimed something",
    said_not_in_article: "Speakers, places or times that the article does not name",
    quoted_words_disagree: "Statements that quote what the quotation lacks",
    attribution_left_out: "Statements that leave out who said it",
    cut_otherwise: "Statements that say something else than the quotation",
    not_plain_text: "Statements with links, markup or hidden characters",
    quote_beside_the_statement: "Quotations that do not bear their statement out",
    no_such_passage: "Quotations from passages that the model was not shown",
    too_long: "Statements or quotations that are too long",
    beside_the_question: "Quotations that have nothing to do with the question",
    conflict_not_in_quotes: "Conflicts that the quotations do not show",
    premise_not_denied: "Doubts about the question that no quotation bears out",
    repeated: "Repetitions",
    heading_not_in_article: "Headings that claimed something",
    judged_not_borne_out: "Statements that the judge did not find borne out",
    value_not_in_quote: "Statements with a figure or day that their quotations lack",
    name_not_in_quote: "Statements with a name that their quotations lack",
    quoted_words_not_in_quote: "Statements that quote words that nobody said",
    said_by_another: "Statements that leave out or change who said it",
    condition_or_denial_lost: "Statements without a denial or condition of their quotations",
    nothing_like_the_quote: "Statements that have nothing to do with their quotations",
    reads_like_a_notice: "Statements that could be taken for a notice of Parley’s",
    malformed: "Parts of the language model’s answer in another form than asked for",
  };
  // Why no model answered; a code not listed is shown as it is.
  const DEGRADED = {
    model_unreachable: "the language model could not be reached",
    model_timeout: "the language model took too long",
    model_rate_limited: "the language model takes no more questions for now",
    model_overloaded: "the language model is overloaded",
    model_refused: "the language model’s endpoint refused the request",
    model_declined: "the language model’s endpoint declined this request",
    model_cut_off: "the language model broke off",
    model_garbage: "the language model’s answer could not be read",
    model_too_long: "the language model’s answer was too long",
    model_filtered: "the language model’s endpoint withheld the answer",
    model_suspended: "the language model failed too often just now",
    model_unverified: "nothing that the language model said could be verified",
    judge_unavailable: "nobody could judge what the language model said in its own words, so it is told in quotations",
    asker_left: "the answer was called off",
  };
  let made = 0; // numbers the cards, so that each has an id of its own

  function make(tag, attributes, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes ?? {})) node.setAttribute(name, value);
    node.append(...children.filter((child) => child !== null));
    return node;
  }

  function day(published) {
    const found = /^(\d{4})-(\d\d)-(\d\d)/.exec(published);
    return found ? `${Number(found[3])} ${MONTHS[Number(found[2]) - 1]} ${found[1]}` : published;
  }

  // The path of our own page for a quotation, whatever host the link was made for; null for any other.
  function ownLink(link) {
    if (!URL.canParse(link, location.origin)) return null;
    const url = new URL(link, location.origin);
    const ours = /^https?:$/.test(url.protocol) && /^\/articles\/[^/]+$/.test(url.pathname);
    return ours ? `${url.pathname}${url.search}#quote` : null;
  }

  function originalLink(address) {
    if (!address || !/^https?:\/\//i.test(address) || !URL.canParse(address)) return null;
    const url = new URL(address);
    if (url.username || url.password) return null;
    return make("a", { class: "original", href: url.href, rel: "noopener noreferrer nofollow" },
      `Original at ${url.hostname}`);
  }

  function facts(article) {
    const outlet = article.outlet === null
      ? make("span", { class: "missing" }, "unknown outlet") : make("span", { dir: "auto" }, article.outlet);
    const date = article.published === null
      ? make("span", { class: "missing" }, "undated")
      : make("time", { datetime: article.published, title: article.published }, day(article.published));
    return make("p", { class: "facts" }, outlet, date);
  }

  function title(article) {
    return article.title === null
      ? make("p", { class: "title missing" }, "No title given")
      : make("p", { class: "title", dir: "auto" }, article.title);
  }

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

  function quotation(citation) {
    return make("blockquote", { class: "quotation", dir: "auto" }, citation.quote.text);
  }

  function readLink(citation) {
    const path = ownLink(citation.article.link);
    return path === null ? null : make("a", { class: "read", href: path,
      "aria-label": `Read it in the article (source ${citation.id})` }, "Read it in the article");
  }

  function card(citation) {
    const attributes = { class: "card", id: `card-${++made}`, "data-citation": citation.id, role: "group",
      "aria-label": `Source ${citation.id}` };
    if (citation.withdrawn) {
      return make("div", attributes, make("p", {}, "This article has been withdrawn; its text is gone."));
    }
    return make("div", attributes, facts(citation.article), title(citation.article), quotation(citation),
      said(citation.said),
      make("p", { class: "links" }, readLink(citation), originalLink(citation.article.url)));
  }

  // A numbered button and the card that it opens in `place`; one card of a place is open at a time.
  function chip(citation, place) {
    const shown = card(citation);
    shown.hidden = true;
    const where = citation.withdrawn ? "withdrawn" : citation.article.outlet ?? "unknown outlet";
    const button = make("button", { type: "button", class: "chip", "data-citation": citation.id,
      "aria-expanded": "false", "aria-controls": shown.id,
      "aria-label": `Source ${citation.id}, ${where}` }, `[${citation.id}]`);
    const set = (open) => {
      button.setAttribute("aria-expanded", String(open));
      shown.hidden = !open;
    };
    button.addEventListener("click", () => {
      const opening = shown.hidden;
      for (const other of place.querySelectorAll('.chip[aria-expanded="true"]')) {
        if (other !== button) other.click();
      }
      set(opening);
    });
    const closeOnEscape = (event) => {
      if (event.key !== "Escape" || shown.hidden) return;
      event.stopPropagation();
      set(false);
      button.focus();
    };
    button.addEventListener("keydown", closeOnEscape);
    shown.addEventListener("keydown", closeOnEscape);
    place.append(shown);
    return button;
  }

  function statement(said, citations) {
    const words = make("p", { class: "words" });
    const place = make("div", { class: "statement", id: `statement-${++made}`, "data-kind": said.kind });
    const label = KIND[said.kind];
    if (label) place.append(make("p", { class: "label" }, label));
    else if (said.kind === "quote") words.append(make("span", { class: "unseen" }, "Quotation: "));
    place.append(words);
    const waiting = new Set(said.citations);
    const add = (number) => {
      if (waiting.delete(number) && citations.has(number)) words.append(" ", chip(citations.get(number), place));
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
      const side = make("div", { class: "side" }, facts(citation.article), quotation(citation));
      side.append(chip(citation, side));
      side.append(side.querySelector(".card"));
      sides.append(side);
    }
    return make("section", { class: "conflict" },
      make("h3", {}, "Sources differ: ", make("span", { dir: "auto" }, found.about)), sides);
  }

  function unanswered(parts) {
    const list = make("ul");
    for (const part of parts) list.append(make("li", { dir: "auto" }, part));
    return make("section", { class: "unanswered" }, make("h3", {}, "No answer found for"), list);
  }

  // Where no answer was found, the nearest passages are what there is to read: shown whole.
  function sources(answer) {
    const nearest = answer.status === "abstained";
    const quoted = new Set(answer.statements.flatMap((one) => (one.kind === "quote" ? one.citations : [])));
    const list = make("ol", { class: "sources-list" });
    for (const citation of answer.citations) {
      const item = make("li", { value: citation.id, "data-citation": citation.id });
      if (citation.withdrawn) item.append("Withdrawn");
      else {
        const whole = nearest && !quoted.has(citation.id);
        item.append(facts(citation.article), title(citation.article));
        if (whole) item.append(quotation(citation));
        item.append(make("p", { class: "links" }, readLink(citation)));
      }
      list.append(item);
    }
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
    const took = total === undefined ? "" : `; took ${(total / 1000).toFixed(1)} s`;
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
        answer.unanswered.length && answer.status === "partial" ? unanswered(answer.unanswered) : null,
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
    return [STATUS[answer.status] ? `${STATUS[answer.status]}.` : "Answer.",
      ...answer.statements.map((one, at) => opening(one, answer.statements[at - 1]) + one.text),
      count ? tail : ""].join(" ");
  }

  return { make, growing, drawAnswer, spoken };
})();
