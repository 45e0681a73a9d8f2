/**
 * Lets readers choose what a timeline or a ledger shows: by issue and actor, by speaker, year and more. The choice stands in the
 * address (`?issue=…&actor=…`). Entries carry numbers in `data-issue`, `data-actor` …; the list has their slugs and names, and `data-kinds`. An
 * overview of periods loads what they hold from a script of its own, named in `data-entries`. Tells others by `timeline:change`.
 */
(function () {
  "use strict";

  /** @typedef {Record<string, number[]>} Holder  the numbers that an entry has of each kind */
  /** @typedef {Record<string, number>} Choice  -1 is any, -2 one that nothing here has */
  /** @typedef {Record<string, string[][]>} Names  slug and name of each number, by kind */

  const ANY = -1;
  const NONE_HERE = -2;
  /** @type {{say: (key: string, values?: Record<string, string | number>) => string, number: (count: number) => string, make: Make,
   *   runScript: (address: string) => Promise<void>, timeline?: {filters: Names, rows: any[][]}}} */
  const dossier = /** @type {any} */ (window).dossier;

  const { say, make } = dossier;

  /** @param {Element} element */
  function dataOf(element) {
    return /** @type {HTMLElement} */ (element).dataset;
  }

  /** @param {Element} element @param {boolean} isShown */
  function show(element, isShown) {
    /** @type {HTMLElement} */ (element).hidden = !isShown;
  }

  /**
   * @param {Holder} holder
   * @param {Choice} choice
   */
  function fits(holder, choice) {
    return Object.entries(choice).every(([kind, number]) => number === ANY || holder[kind].includes(number));
  }

  /** @param {Choice} choice */
  function isChosen(choice) {
    return Object.values(choice).some((number) => number !== ANY);
  }

  /**
   * @param {HTMLElement} root
   * @param {Element} box
   * @param {Names} names
   * @param {(choice: Choice, isCount: boolean) => number} choose  hides what does not fit unless it only counts
   * @param {number} total
   */
  function build(root, box, names, choose, total) {
    const address = new URLSearchParams(location.search);
    const kinds = Object.keys(names);
    const list = root.classList[0];
    const status = make("p", "timeline-status");
    status.setAttribute("role", "status");
    const reset = /** @type {HTMLButtonElement} */ (make("button", "timeline-button timeline-reset", say("timeline_reset")));
    reset.type = "button";

    const selects = kinds.map(function (kind) {
      const label = make("label", "timeline-choice");
      const select = document.createElement("select");
      select.append(new Option(say("filter_any_" + kind), String(ANY)));
      names[kind].forEach(function (name, number) { select.append(new Option(name[1], String(number))); });
      const wanted = address.get(kind);
      if (wanted) {
        const known = names[kind].findIndex((name) => name[0] === wanted);
        if (known < 0) {
          select.append(new Option(wanted, String(NONE_HERE)));
        }
        select.value = String(known < 0 ? NONE_HERE : known);
      }
      select.addEventListener("change", function () { apply(true); });
      label.append(make("span", "timeline-choice-name", say("filter_" + kind)), select);
      box.append(label);
      return select;
    });
    box.append(status, reset);
    reset.addEventListener("click", function () {
      selects.forEach(function (select) { select.value = String(ANY); });
      apply(true);
      selects[0].focus();
    });

    /** @param {boolean} isByReader */
    function apply(isByReader) {
      /** @type {Choice} */
      const chosen = {};
      kinds.forEach(function (kind, at) { chosen[kind] = Number(selects[at].value); });
      const found = choose(chosen, false);
      const all = say(list + "_items", { n: total });
      status.textContent = !isChosen(chosen) ? all : found ? say("timeline_some", { n: found, items: all }) : say(list + "_none");
      show(reset, isChosen(chosen));
      const query = new URLSearchParams(location.search);
      kinds.forEach(function (kind, at) {
        names[kind].forEach(function (name, number) {
          const count = choose(Object.assign({}, chosen, { [kind]: number }), true);
          selects[at].options[number + 1].text = name[1] + " (" + dossier.number(count) + ")";
        });
        query.delete(kind);
        if (chosen[kind] !== ANY) {
          query.set(kind, chosen[kind] < 0 ? String(address.get(kind)) : names[kind][chosen[kind]][0]);
        }
      });
      const words = query.toString() && "?" + query;
      if (list === "timeline") {
        carry(words);
      }
      if (isByReader) {
        try {
          history.replaceState(history.state, "", location.pathname + words + location.hash);
        } catch {
          // A browser that keeps the address of a file as it is: the choice works all the same.
        }
      }
      root.dispatchEvent(new CustomEvent("timeline:change"));
    }

    apply(false);
  }

  /** Gives the choice to the pages before and after, and to those of an overview. @param {string} query */
  function carry(query) {
    document.querySelectorAll(".in-time a, .timeline-periods a").forEach(function (link) {
      const parts = (link.getAttribute("href") || "").split("#");
      link.setAttribute("href", parts[0].split("?")[0] + query + (parts[1] ? "#" + parts[1] : ""));
    });
  }

  /** @param {HTMLElement} root @param {Element} box */
  function filterItems(root, box) {
    /** @type {Names} */
    const names = {};
    (root.dataset.kinds || "").split(" ").forEach(function (kind) {
      const words = (root.dataset[kind + "Names"] || "").split("\n");
      const slugs = (root.dataset[kind + "Slugs"] || "").split(" ");
      names[kind] = slugs.map((slug, number) => [slug, words[number]]);
    });

    /** @param {Element} element */
    function read(element) {
      /** @type {Holder} */
      const holder = {};
      Object.keys(names).forEach(function (kind) {
        holder[kind] = (dataOf(element)[kind] || "").split(" ").filter(Boolean).map(Number);
      });
      return { element: element, holder: holder };
    }

    const entries = Array.from(root.querySelectorAll(".timeline-item, .statement")).map(function (item) {
      return { own: read(item), passages: Array.from(item.querySelectorAll(".timeline-passages > li:not(.timeline-more)"), read) };
    });
    build(root, box, names, function (choice, isCount) {
      let found = 0;
      entries.forEach(function (entry) {
        const fitting = entry.passages.filter((passage) => fits(passage.holder, choice));
        const isFound = fits(entry.own.holder, choice) || fitting.length > 0;
        found += Number(isFound);
        if (isCount) {
          return;
        }
        show(entry.own.element, isFound);
        entry.passages.forEach(function (passage) { show(passage.element, fitting.includes(passage)); });
        const summary = entry.own.element.querySelector("summary");
        if (summary && entry.passages.length) {
          const all = summary.dataset.all || summary.textContent || "";
          summary.dataset.all = all;
          summary.textContent = fitting.length < entry.passages.length
            ? say("timeline_some", { n: fitting.length, items: all })
            : all;
          show(/** @type {Element} */ (summary.parentElement), fitting.length > 0);
        }
      });
      root.querySelectorAll(".timeline-year").forEach(function (year) {
        show(year, Boolean(year.querySelector(".timeline-item:not([hidden])")));
      });
      return found;
    }, entries.length);
  }

  /** @param {HTMLElement} root @param {Element} box */
  function filterPeriods(root, box) {
    const held = dossier.timeline;
    if (!held) {
      return;
    }
    const rows = Array.from(root.querySelectorAll(".timeline-periods > li"));
    const written = rows.map((row) => (row.querySelector(".count") || row).textContent || "");
    const years = rows.map(function (row) {
      return (dataOf(row).eras || "").split(",").map((era) => era.split(" ")[0]);
    });
    const total = held.rows.reduce((sum, row) => sum + row.length, 0);
    build(root, box, held.filters, function (choice, isCount) {
      let sum = 0;
      held.rows.forEach(function (row, index) {
        let found = 0;
        const counts = years[index].map(() => [0, 0, 0]);
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
        const element = rows[index];
        if (!isCount && element) {
          show(element, found > 0);
          dataOf(element).eras = counts.map((three, at) => years[index][at] + " " + three.join(" ")).join(",");
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

  document.querySelectorAll(".timeline, .ledger").forEach(function (found) {
    const root = /** @type {HTMLElement} */ (found);
    const box = root.querySelector(".timeline-filter");
    if (box && root.dataset.entries) {
      dossier.runScript(root.dataset.entries).then(function () { filterPeriods(root, box); });
    } else if (box) {
      filterItems(root, box);
    }
  });
})();
