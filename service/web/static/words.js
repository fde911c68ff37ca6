// Words and elements that all scripts of the pages use. Whatever comes from an answer or an article goes in as
// text, never as markup.
"use strict";

const Parley = (() => {
  const MONTHS = ("January February March April May June July August September October November " +
    "December").split(" ");
  // Above an answer. That none was found is said once, by its own notice.
  const STATUS = {
    partial: "Answered in part",
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
    return ours ? `${url.pathname}${url.search}` : null;
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

  // The other outlets that carry the same text, each with our page that marks it there; null where there are none.
  function alsoIn(citation) {
    const others = citation.also_in ?? [];
    if (others.length === 0) return null;
    const told = make("p", { class: "also" }, `${citation.also_in_nearly ? "Nearly the same" : "The same"} text is also in `);
    others.forEach((article, at) => {
      const named = article.outlet ?? article.title ?? "an article of an unknown outlet";
      const path = ownLink(article.link);
      if (at > 0) told.append(at === others.length - 1 && !citation.also_in_more ? " and " : ", ");
      told.append(make(path === null ? "span" : "a", path === null ? { dir: "auto" } : { dir: "auto", href: `${path}#quote` }, named));
    });
    if (citation.also_in_more) told.append(` and ${citation.also_in_more} more`);
    return told;
  }

  function quotation(citation) {
    return make("blockquote", { class: "quotation", dir: "auto" }, citation.quote.text);
  }

  return { make, day, facts, title, alsoIn, quotation, ownLink, originalLink, words: { STATUS, KIND, DROPPED, DEGRADED } };
})();
