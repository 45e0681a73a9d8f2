/**
 * Lets readers choose an issue and an actor on a timeline. The choice stands in the address (`?issue=…&actor=…`).
 * Entries carry numbers in `data-issue` and `data-actor`; the timeline has their slugs and names. An overview of periods loads
 * what they hold from a script of its own, named in `data-entries`. Tells others by the event `timeline:change`.
 */
(function () {
  "use strict";

  /** @typedef {{element: HTMLElement, issue: number[], actor: number[]}} Holder */
  /** @typedef {{element: HTMLElement, own: Holder, passages: Holder[]}} Entry */
  /** @typedef {"issue" | "actor"} Kind */
  /** @typedef {{kind: number, pairs: number[][][]}} Held */
  /** @typedef {{issue: number, actor: number}} Choice  -1 is any, -2 one that nothing here has */

  const ANY = -1;
  const NONE_HERE = -2;
  /** @type {Kind[]} */
  const KINDS = ["issue", "actor"];
  /** @type {{language?: string, strings?: Record<string, any>, timeline?: {filters: Record<string, string[][]>, rows: any[][]}}} */
  const dossier = /** @type {any} */ (window).dossier || {};

  /**
   * @param {string} key
   * @param {Record<string, string | number>} [values]
   */
  function say(key, values) {
    let words = (dossier.strings || {})[key] || "";
    if (typeof words === "object") {
      words = words[new Intl.PluralRules(dossier.language).select(Number(values && values.n))] || words.other;
    }
    return String(words).replace(/\{(\w+)\}/g, function (_, name) { return String((values || {})[name]); });
  }

  /**
   * @param {string} tag
   * @param {string} name
   * @param {string} [words]
   */
  function make(tag, name, words) {
    const element = document.createElement(tag);
    element.className = name;
    if (words) {
      element.textContent = words;
    }
    return element;
  }

  /**
   * @param {HTMLElement} element
   * @param {Kind} kind
   */
  function numbers(element, kind) {
    return (element.dataset[kind] || "").split(" ").filter(Boolean).map(Number);
  }

  /** @param {HTMLElement} element @returns {Holder} */
  function holderOf(element) {
    return { element: element, issue: numbers(element, "issue"), actor: numbers(element, "actor") };
  }

  /**
   * @param {{issue: number[], actor: number[]}} holder
   * @param {Choice} choice
   */
  function fits(holder, choice) {
    return KINDS.every(function (kind) { return choice[kind] === ANY || holder[kind].includes(choice[kind]); });
  }

  /**
   * @param {HTMLElement} root
   * @param {HTMLElement} box
   * @param {Record<string, string[][]>} names
   * @param {(choice: Choice, isCount: boolean) => number} choose  hides what does not fit unless it only counts
   * @param {number} total
   */
  function build(root, box, names, choose, total) {
    const address = new URLSearchParams(location.search);
    /** @type {Partial<Record<Kind, HTMLSelectElement>>} */
    const selects = {};
    const status = make("p", "timeline-status");
    status.setAttribute("role", "status");
    const reset = /** @type {HTMLButtonElement} */ (make("button", "timeline-button timeline-reset", say("timeline_reset")));
    reset.type = "button";

    KINDS.filter(function (kind) { return names[kind]; }).forEach(function (kind) {
      const label = make("label", "timeline-choice");
      const select = document.createElement("select");
      select.append(new Option(say("timeline_any_" + kind), String(ANY)));
      names[kind].forEach(function (name, number) { select.append(new Option(name[1], String(number))); });
      const wanted = address.get(kind);
      if (wanted) {
        const known = names[kind].findIndex(function (name) { return name[0] === wanted; });
        if (known < 0) {
          select.append(new Option(wanted, String(NONE_HERE)));
        }
        select.value = String(known < 0 ? NONE_HERE : known);
      }
      select.addEventListener("change", function () { apply(true); });
      label.append(make("span", "timeline-choice-name", say("timeline_" + kind)), select);
      box.append(label);
      selects[kind] = select;
    });
    box.append(status, reset);
    reset.addEventListener("click", function () {
      Object.values(selects).forEach(function (select) { select.value = String(ANY); });
      apply(true);
      const first = Object.values(selects)[0];
      if (first) {
        first.focus();
      }
    });

    /** @param {Partial<Choice>} [other] @returns {Choice} */
    function choice(other) {
      const chosen = { issue: ANY, actor: ANY };
      KINDS.forEach(function (kind) {
        const select = selects[kind];
        chosen[kind] = select ? Number(select.value) : ANY;
      });
      return Object.assign(chosen, other);
    }

    /** @param {Kind} kind */
    function count(kind) {
      const select = selects[kind];
      Array.from(select ? select.options : []).forEach(function (option) {
        const number = Number(option.value);
        if (number >= 0) {
          const found = choose(choice({ [kind]: number }), true);
          option.text = names[kind][number][1] + " (" + found + ")";
        }
      });
    }

    /** @param {boolean} isByReader */
    function apply(isByReader) {
      const chosen = choice();
      const found = choose(chosen, false);
      const isChosen = chosen.issue !== ANY || chosen.actor !== ANY;
      const all = say("timeline_items", { n: total });
      status.textContent = !isChosen ? all : found ? say("timeline_some", { n: found, items: all }) : say("timeline_none");
      reset.hidden = !isChosen;
      KINDS.forEach(count);
      const query = new URLSearchParams(location.search);
      KINDS.forEach(function (kind) {
        query.delete(kind);
        if (chosen[kind] >= 0) {
          query.set(kind, names[kind][chosen[kind]][0]);
        } else if (chosen[kind] === NONE_HERE && address.get(kind)) {
          query.set(kind, String(address.get(kind)));
        }
      });
      const words = query.toString() ? "?" + query.toString() : "";
      carry(words);
      if (isByReader) {
        try {
          history.replaceState(history.state, "", location.pathname + words + location.hash);
        } catch {
          // A browser that keeps the address of a file as it is: the choice works all the same.
        }
      }
      root.dispatchEvent(new CustomEvent("timeline:change"));
    }

    /** Gives the choice to the pages before and after, and to those of an overview. @param {string} query */
    function carry(query) {
      document.querySelectorAll(".in-time a, .timeline-periods a").forEach(function (link) {
        const target = /** @type {HTMLAnchorElement} */ (link);
        const parts = (target.getAttribute("href") || "").split("#");
        target.setAttribute("href", parts[0].split("?")[0] + query + (parts[1] ? "#" + parts[1] : ""));
      });
    }

    apply(false);
  }

  /** @param {HTMLElement} root @param {HTMLElement} box */
  function filterItems(root, box) {
    /** @type {Record<string, string[][]>} */
    const names = {};
    KINDS.forEach(function (kind) {
      const slugs = root.dataset[kind + "Slugs"];
      if (slugs !== undefined) {
        const words = (root.dataset[kind + "Names"] || "").split("\n");
        names[kind] = slugs.split(" ").filter(Boolean).map(function (slug, number) { return [slug, words[number]]; });
      }
    });
    const entries = Array.from(root.querySelectorAll(".timeline-item")).map(function (item) {
      const element = /** @type {HTMLElement} */ (item);
      const passages = Array.from(element.querySelectorAll(".timeline-passages > li:not(.timeline-more)"));
      return {
        element: element,
        own: holderOf(element),
        passages: passages.map(function (passage) { return holderOf(/** @type {HTMLElement} */ (passage)); }),
      };
    });
    build(root, box, names, function (choice, isCount) {
      const found = entries.filter(function (entry) {
        return fits(entry.own, choice) || entry.passages.some(function (passage) { return fits(passage, choice); });
      });
      if (!isCount) {
        entries.forEach(function (entry) { show(entry, choice, found.includes(entry)); });
        root.querySelectorAll(".timeline-year").forEach(function (year) {
          /** @type {HTMLElement} */ (year).hidden = !year.querySelector(".timeline-item:not([hidden])");
        });
      }
      return found.length;
    }, entries.length);
  }

  /** @param {Entry} entry @param {Choice} choice @param {boolean} isShown */
  function show(entry, choice, isShown) {
    entry.element.hidden = !isShown;
    const isChosen = choice.issue !== ANY || choice.actor !== ANY;
    const fitting = entry.passages.filter(function (passage) { return fits(passage, choice); });
    entry.passages.forEach(function (passage) { passage.element.hidden = !fitting.includes(passage); });
    const fold = /** @type {HTMLElement | null} */ (entry.element.querySelector("details"));
    const summary = fold && fold.querySelector("summary");
    if (fold && summary) {
      const all = summary.dataset.all || summary.textContent || "";
      summary.dataset.all = all;
      summary.textContent = isChosen && fitting.length < entry.passages.length
        ? say("timeline_some", { n: fitting.length, items: all })
        : all;
      fold.hidden = isChosen && !fitting.length;
    }
  }

  /** @param {HTMLElement} root @param {HTMLElement} box */
  function filterPeriods(root, box) {
    const held = dossier.timeline;
    if (!held) {
      return;
    }
    const rows = Array.from(root.querySelectorAll(".timeline-periods > li"));
    const written = rows.map(function (row) { return (row.querySelector(".count") || row).textContent || ""; });
    const years = rows.map(function (row) {
      return (/** @type {HTMLElement} */ (row).dataset.eras || "").split(",").map(function (era) { return era.split(" ")[0]; });
    });
    const total = held.rows.reduce(function (sum, row) { return sum + row.length; }, 0);
    build(root, box, held.filters, function (choice, isCount) {
      let sum = 0;
      held.rows.forEach(function (row, index) {
        let found = 0;
        const counts = years[index].map(function () { return [0, 0, 0]; });
        row.forEach(function (entry) {
          for (let at = 2; at < entry.length; at += 2) {
            if (fits({ issue: entry[at], actor: entry[at + 1] }, choice)) {
              if (entry[1] >= 0) {
                counts[entry[1]][entry[0]] += 1;
              }
              found += 1;
              break;
            }
          }
        });
        sum += found;
        const element = /** @type {HTMLElement} */ (rows[index]);
        if (!isCount && element) {
          element.hidden = !found;
          element.dataset.eras = counts.map(function (three, at) { return years[index][at] + " " + three.join(" "); }).join(",");
          const words = element.querySelector(".count");
          if (words) {
            const all = say("timeline_items", { n: row.length });
            words.textContent = found < row.length ? say("timeline_some", { n: found, items: all }) : written[index];
          }
        }
      });
      return sum;
    }, total);
  }

  document.querySelectorAll(".timeline").forEach(function (found) {
    const root = /** @type {HTMLElement} */ (found);
    const box = /** @type {HTMLElement | null} */ (root.querySelector(".timeline-filter"));
    if (box && root.dataset.entries) {
      const script = document.createElement("script");
      script.src = root.dataset.entries;
      script.addEventListener("load", function () { filterPeriods(root, box); });
      document.head.append(script);
    } else if (box && ("issueSlugs" in root.dataset || "actorSlugs" in root.dataset)) {
      filterItems(root, box);
    }
  });
})();
