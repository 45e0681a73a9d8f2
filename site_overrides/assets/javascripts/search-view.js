/**
 * The search that a reader sees: one component for the box in the header (some results, one link each) and for the full
 * page (facets, sorting, all results with their passages, all of it in the address).
 */
(function () {
  "use strict";

  const dossier = /** @type {any} */ (window).dossier;
  const { fold } = /** @type {SearchWords} */ (dossier.searchWords);
  /** @param {string} key @param {Record<string, string | number>} [values] @returns {string} */
  const say = (key, values) => dossier.say(`search_${key}`, values);
  const root = new URL("../../", /** @type {HTMLScriptElement} */ (document.currentScript).src);
  const shownInBox = 6;
  const shownAtOnce = 20;
  const shownPassages = 3;
  const shownValues = 8;
  // More values than these get a field of their own to look for one.
  const manyValues = 16;
  const waitMs = 160;
  const slowMs = 250;
  const facets = ["page", "kind", "actor", "issue", "year", "publisher"];
  const sorts = ["relevance", "newest", "oldest"];
  const nearestNames = 5;
  // Of 1: how many pairs of letters two names share (Dice's coefficient).
  const leastLikeness = 0.34;

  /** @type {Make} */
  const make = dossier.make;

  /** @param {string} className @param {string} words @param {() => void} press */
  function button(className, words, press) {
    const element = make("button", className, words);
    element.type = "button";
    element.addEventListener("click", press);
    return element;
  }

  /** Returns a page's address, at a passage and with the words to mark there. @param {Hit} hit @param {string} id */
  function addressOf(hit, id) {
    const address = new URL(hit.address, root);
    for (const mark of hit.marks) address.searchParams.append("mark", mark);
    address.hash = id;
    return address.href;
  }

  /**
   * Returns words that run in a direction of their own, whatever stands beside them.
   * @param {string} className @param {string} words
   */
  const apart = (className, words) => make("bdi", className, words);

  /** @param {Passage} passage */
  function snippet(passage) {
    const words = make("span", "search-words");
    words.dir = "auto";
    if (passage.isCut[0]) words.append("… ");
    /** @type {HTMLElement | undefined} */
    let mark;
    for (const word of passage.words) {
      // What is marked are letters, not the signs around them.
      const [, start, letters, end] = /^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/su.exec(word.words) ?? ["", "", word.words, ""];
      if (!word.isHit || start) mark = undefined;
      if (mark) mark.append(word.before + letters);
      else words.append(word.before + start);
      if (!mark && word.isHit) words.append((mark = make("mark", "", letters)));
      else if (!mark) words.append(letters);
      if (end) {
        mark = undefined;
        words.append(end);
      }
    }
    if (passage.isCut[1]) words.append(" …");
    return words;
  }

  /** @param {Hit} hit */
  function facts(hit) {
    const parts = [say(`page_${hit.kind}`), ...hit.facts];
    return make("span", "search-facts", ...parts.flatMap((part, at) => (at ? [" · ", apart("", part)] : [apart("", part)])));
  }

  /** One link: the box has room for the best passage alone. @param {Hit} hit */
  function shortResult(hit) {
    const best = hit.passages[0];
    const link = make("a", "search-link", apart("search-title", hit.title), " ", facts(hit));
    if (best) link.append(" ", snippet(best));
    link.href = addressOf(hit, best?.id ?? "");
    return make("li", "search-result", link);
  }

  /** @param {Hit} hit */
  function fullResult(hit) {
    const link = make("a", "search-link search-title", apart("", hit.title));
    link.href = addressOf(hit, hit.passages[0]?.id ?? "");
    const passages = make("ul", "search-passages");
    const add = (/** @type {Passage[]} */ some) => {
      for (const passage of some) {
        const place = make("a", "search-link search-passage");
        if (passage.label) place.append(apart("search-place", passage.label), " ");
        place.append(snippet(passage));
        place.href = addressOf(hit, passage.id);
        passages.append(make("li", "", place));
      }
    };
    add(hit.passages.slice(0, shownPassages));
    const result = make("li", "search-result", make("p", "search-head", link, " ", facts(hit)), passages);
    const more = hit.passages.slice(shownPassages);
    if (more.length) {
      const rest = button("search-more", say("places", { n: more.length }), () => {
        const at = passages.children.length;
        add(more);
        rest.remove();
        /** @type {HTMLElement} */ (passages.children[at].firstChild).focus();
      });
      result.append(rest);
    }
    return result;
  }

  /** @param {string} words */
  function pairs(words) {
    const letters = ` ${fold(words)} `;
    return new Set(Array.from(letters).slice(1).map((letter, at) => letters[at] + letter));
  }

  /** @param {Set<string>} one @param {Set<string>} other */
  function likeness(one, other) {
    return (2 * [...one].filter((pair) => other.has(pair)).length) / (one.size + other.size || 1);
  }

  /**
   * Returns the pages and names that are most like what was typed, whole or by one of their words.
   * @param {string} typed @returns {Promise<{key: string, name: string, score: number}[]>}
   */
  async function nearest(typed) {
    if (!dossier.names) await dossier.runScript(new URL("dossier/names.js", root).href);
    const asked = pairs(typed);
    const scored = dossier.names.map((/** @type {string[]} */ [key, ...names]) => {
      const spellings = names.flatMap((name) => [name, ...name.split(/[\s-]+/)]);
      return { key, name: names[0], score: Math.max(...spellings.map((name) => likeness(asked, pairs(name)))) };
    });
    scored.sort((/** @type {{score: number}} */ one, /** @type {{score: number}} */ other) => other.score - one.score);
    return scored.slice(0, nearestNames).filter((/** @type {{score: number}} */ one) => one.score >= leastLikeness);
  }

  /** `actor=ron-wyden` stands for the value `Ron Wyden #ron-wyden`. @param {string} value */
  const short = (value) => value.slice(value.lastIndexOf(" #") + 1).replace(/^#/, "");

  /** @param {string} facet @param {string} value */
  function nameOf(facet, value) {
    if (facet === "page") return say(`page_${value}`);
    return /^(?:actor|issue|publisher)$/.test(facet) ? value.slice(0, value.lastIndexOf(" #")) : value;
  }

  /** @param {HTMLFormElement} form */
  dossier.mountSearch = (form) => {
    const isPage = form.dataset.search === "page";
    const field = /** @type {HTMLInputElement} */ (form.querySelector("input[type=search]"));
    const status = make("p", "search-status");
    status.setAttribute("role", "status");
    status.dir = "auto";
    const help = make("div", "search-help");
    const list = make("ol", "search-results");
    const more = button("search-more search-next", "", async () => {
      const hits = (await answer?.hits(shown, shown + shownAtOnce)) ?? [];
      const added = hits.map(fullResult);
      list.append(...added);
      shown += hits.length;
      showMore();
      added[0]?.querySelector("a")?.focus();
    });
    more.hidden = true;
    const all = make("a", "search-link");
    const panel = make("div", isPage ? "search-found" : "search-panel", status, help, list);
    const choices = make("div", "search-choices");
    /** @type {Asked} */
    let asked = { query: "", chosen: {}, sort: "relevance" };
    /** @type {Answer | undefined} */
    let answer;
    /** @type {string[]} The facets to count: those of many values only once the reader has opened them. */
    let wanted = [];
    let run = 0;
    let timer = 0;
    let shown = 0;

    const sorting = make("select", "");
    for (const sort of sorts) sorting.append(new Option(say(`by_${sort}`), sort));

    if (isPage) {
      panel.prepend(make("div", "search-bar", status, make("p", "search-sort", make("label", "", `${say("sort")} `, sorting))));
      panel.append(more);
      const filters = make("details", "search-filters", make("summary", "", say("filters")), choices);
      filters.open = matchMedia("(min-width: 60em)").matches;
      form.after(make("div", "search-page", filters, panel));
    } else {
      panel.prepend(make("div", "search-bar", status, make("p", "search-keys", say("keys"))));
      panel.append(make("p", "search-all", all));
      panel.hidden = true;
      form.append(panel);
    }

    /** What is in the address: the query, each chosen value, and the order. */
    function readAddress() {
      const given = new URLSearchParams(location.search);
      const sort = given.get("sort") ?? "";
      field.value = given.get("q") ?? "";
      asked = { query: field.value, chosen: {}, sort: sorts.includes(sort) ? sort : "relevance" };
      for (const facet of facets) if (given.has(facet)) asked.chosen[facet] = given.getAll(facet);
      sorting.value = asked.sort;
    }

    /** @param {boolean} isStep Whether the way back leads to the search before. */
    function writeAddress(isStep) {
      const address = new URL(location.href);
      address.search = "";
      if (asked.query) address.searchParams.set("q", asked.query);
      for (const [facet, values] of Object.entries(asked.chosen)) for (const value of values) address.searchParams.append(facet, short(value));
      if (asked.sort !== "relevance") address.searchParams.set("sort", asked.sort);
      if (address.href !== location.href) history[isStep ? "pushState" : "replaceState"](null, "", address);
    }

    /** Chosen values come from the address by their short form; the index knows the whole. @param {SearchIndex} index */
    async function completeChosen(index) {
      if (!Object.values(asked.chosen).flat().length) return;
      const known = await index.load(Object.keys(asked.chosen));
      for (const [facet, values] of Object.entries(asked.chosen)) {
        const wholes = known.flatMap((counts) => Object.keys(counts[facet] ?? {}));
        asked.chosen[facet] = values.map((value) => wholes.find((whole) => whole === value || short(whole) === value) ?? value);
      }
    }

    /** @param {string} words */
    function tell(words) {
      if (status.textContent !== words) status.textContent = words;
    }

    function empty() {
      help.replaceChildren();
      list.replaceChildren();
      choices.replaceChildren();
      more.hidden = true;
      all.hidden = true;
    }

    async function search() {
      const mine = (run += 1);
      const isOver = () => mine !== run;
      clearTimeout(timer);
      if (!dossier.isSearchable(asked.query)) {
        empty();
        tell("");
        panel.hidden = !isPage;
        return;
      }
      panel.hidden = false;
      const slow = setTimeout(() => isOver() || tell(say("loading")), slowMs);
      try {
        const index = await dossier.openSearchIndex();
        await completeChosen(index);
        if (isPage) wanted = facets.filter((facet) => asked.chosen[facet] || !index.late.includes(facet));
        const found = await dossier.askSearch(index, asked, { facets: wanted, isOver });
        if (found && !isOver()) await showAnswer(found, isOver);
      } catch (fault) {
        if (isOver()) return;
        empty();
        tell(say("failed"));
        console.error(fault);
      } finally {
        clearTimeout(slow);
      }
    }

    /** @param {Answer} found @param {() => boolean} isOver */
    async function showAnswer(found, isOver) {
      const hits = await found.hits(0, isPage ? shownAtOnce : shownInBox);
      const names = found.unchosen ? [] : await nearest(asked.query).catch(() => []);
      if (isOver()) return;
      answer = found;
      const focused = document.activeElement;
      const at = linksOf().indexOf(/** @type {HTMLElement} */ (focused));
      empty();
      shown = hits.length;
      list.append(...hits.map(isPage ? fullResult : shortResult));
      // Whoever went to a result before the answer to the last letter came stays at that place.
      if (at >= 0) (linksOf()[at] ?? field).focus();
      showMore();
      const words = say(found.isLeast ? "so_far" : "results", { n: found.count });
      tell([found.count || found.isLeast ? words : whyNothing(found), ...found.unasked.map((word) => say("unasked", { word }))].join(" · "));
      if (isPage && found.isLeast) help.append(button("search-more", say("further"), search));
      if (isPage) showChoices(found.counts, focused);
      if (!isPage && found.count) {
        const address = new URL(form.action);
        address.search = String(new URLSearchParams({ q: asked.query }));
        all.href = address.href;
        all.textContent = found.isLeast ? words : say("all", { n: found.count });
        all.hidden = false;
      }
      if (names.length) {
        const offers = names.map(({ key, name }) => {
          const link = make("a", "search-link", name);
          link.href = new URL(encodeURI(key) + (form.dataset.folders ? "/" : ".html"), root).href;
          return make("li", "", link);
        });
        help.append(make("p", "", say("nearest")), make("ul", "search-names", ...offers));
      }
    }

    /** @param {Answer} found */
    function whyNothing({ why, unchosen }) {
      if (unchosen) return say("not_chosen");
      const { missing: word, quoted: words } = why;
      return `${say("nothing")} ${word ? say("missing", { word }) : words ? say("no_phrase", { words }) : say("not_together")}`;
    }

    function showMore() {
      const left = (answer?.count ?? 0) - shown;
      more.hidden = !isPage || left <= 0;
      more.textContent = say("more", { n: left });
    }

    /** A facet that takes long to read. @param {string} facet */
    function lateFacet(facet) {
      const open = button("search-more", say("open"), async () => {
        asked.chosen[facet] = [];
        await search();
        /** @type {HTMLElement | null} */ (choices.querySelector(`[name=${facet}]`))?.focus();
      });
      return make("fieldset", "search-facet", make("legend", "", say(`facet_${facet}`)), open);
    }

    /** @param {Counts} counts @param {Element | null} focused */
    function showChoices(counts, focused) {
      const key = focused instanceof HTMLInputElement && choices.dataset.facet ? focused.name + focused.value : "";
      for (const facet of facets) {
        const chosen = asked.chosen[facet] ?? [];
        const values = Object.entries(counts[facet] ?? {}).filter(([value, n]) => n > 0 || chosen.includes(value));
        for (const value of chosen) if (!values.some(([known]) => known === value)) values.push([value, 0]);
        if (counts.page && !wanted.includes(facet)) choices.append(lateFacet(facet));
        else if (values.length > 1 || chosen.length) choices.append(facetOf(facet, values, chosen));
      }
      choices.dataset.facet = "true";
      const isChosen = Object.values(asked.chosen).some((values) => values.length);
      if (isChosen) {
        choices.prepend(button("search-clear", say("clear"), () => {
          asked.chosen = {};
          writeAddress(true);
          search().then(() => field.focus());
        }));
      }
      if (key) for (const input of choices.querySelectorAll("input")) if (input.name + input.value === key) input.focus();
    }

    /** @param {string} facet @param {[string, number][]} values @param {string[]} chosen */
    function facetOf(facet, values, chosen) {
      const compare = new Intl.Collator(dossier.language, { numeric: true }).compare;
      values.sort(([one, n], [other, m]) => (facet === "year" ? compare(other, one) : m - n || compare(one, other)));
      const rank = (/** @type {[string, number]} */ [value]) => (chosen.includes(value) ? 0 : 1);
      values.sort((one, other) => rank(one) - rank(other));
      const rows = make("ul", "search-values");
      const group = make("fieldset", "search-facet", make("legend", "", say(`facet_${facet}`)));
      const every = button("search-more", say("show_all", { n: values.length }), () => {
        limit = values.length;
        draw();
        /** @type {HTMLElement | null} */ (rows.children[shownValues]?.querySelector("input"))?.focus();
      });
      let limit = shownValues;
      let narrow = "";
      const draw = () => {
        const fitting = values.filter(([value]) => fold(nameOf(facet, value)).includes(narrow));
        rows.replaceChildren(...fitting.slice(0, narrow ? manyValues : limit).map(([value, n]) => valueOf(facet, value, n, chosen.includes(value))));
        every.hidden = Boolean(narrow) || values.length <= limit;
      };
      if (values.length > manyValues) {
        const finder = make("input", "search-narrow");
        finder.type = "search";
        finder.placeholder = say("narrow", { facet: say(`facet_${facet}`) });
        finder.setAttribute("aria-label", finder.placeholder);
        finder.addEventListener("input", () => {
          narrow = fold(finder.value);
          draw();
        });
        group.append(finder);
      }
      draw();
      group.append(rows, every);
      return group;
    }

    /** @param {string} facet @param {string} value @param {number} n @param {boolean} isChosen */
    function valueOf(facet, value, n, isChosen) {
      const box = make("input", "");
      box.type = "checkbox";
      box.name = facet;
      box.value = value;
      box.checked = isChosen;
      box.addEventListener("change", () => {
        const others = (asked.chosen[facet] ?? []).filter((other) => other !== value);
        asked.chosen[facet] = box.checked ? [...others, value] : others;
        writeAddress(true);
        search();
      });
      return make("li", "", make("label", "", box, apart("search-value", nameOf(facet, value)), make("span", "search-count", dossier.number(n))));
    }

    field.addEventListener("input", () => {
      asked.query = field.value;
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (isPage) writeAddress(false);
        search();
      }, waitMs);
    });
    form.addEventListener("submit", (event) => {
      if (!isPage) return;
      event.preventDefault();
      asked.query = field.value;
      writeAddress(true);
      search();
    });
    sorting.addEventListener("change", () => {
      asked.sort = sorting.value;
      writeAddress(true);
      search();
    });

    /** @param {KeyboardEvent} event */
    function onKey(event) {
      if (event.key === "Escape" && !isPage && !panel.hidden) {
        event.preventDefault();
        run += 1;
        panel.hidden = true;
        field.focus();
        form.dispatchEvent(new Event("search-close"));
      } else if (event.key === "Escape" && !isPage) {
        form.dispatchEvent(new Event("search-close"));
      } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        move(event);
      }
    }

    /** @returns {HTMLElement[]} */
    function linksOf() {
      const every = Array.from(panel.querySelectorAll("a.search-link"));
      return /** @type {HTMLElement[]} */ (every.filter((link) => link.getClientRects().length > 0));
    }

    /** Arrow keys go from the field to the first result, from one to the next, and back. @param {KeyboardEvent} event */
    function move(event) {
      if (document.activeElement === field && list.children.length) panel.hidden = false;
      const links = linksOf();
      const at = links.indexOf(/** @type {HTMLElement} */ (document.activeElement));
      if (document.activeElement !== field && at < 0) return;
      const next = event.key === "ArrowDown" ? links[at + 1] : at > 0 ? links[at - 1] : field;
      event.preventDefault();
      next?.focus();
    }
    form.addEventListener("keydown", onKey);
    if (isPage) panel.addEventListener("keydown", onKey);
    else {
      form.addEventListener("focusout", (event) => {
        const next = /** @type {Node | null} */ (event.relatedTarget);
        if (next && !form.contains(next)) panel.hidden = true;
      });
      document.addEventListener("pointerdown", (event) => {
        if (!form.contains(/** @type {Node} */ (event.target))) panel.hidden = true;
      });
      field.addEventListener("focus", () => {
        if (field.value && list.children.length) panel.hidden = false;
      });
    }

    empty();
    if (isPage) {
      addEventListener("popstate", () => {
        readAddress();
        search();
      });
      readAddress();
      search();
    } else if (field.value) {
      asked.query = field.value;
      search();
    }
  };
})();
