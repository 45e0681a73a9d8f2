/**
 * Lets a reader walk through a picture of the network with arrow keys, see at a glance whom an actor is named with, and
 * choose actors by kind, passages and name, in the picture and the tables at once. Without script the picture is a set
 * of links, and the tables stand whole.
 *
 * What belongs together is read from the drawing itself: lines begin and end in the middle of their marks, and their
 * groups tell their passages (`data-n`). Marks and rows of the table belong together by their addresses.
 */
(function () {
  "use strict";

  /** @typedef {{element: SVGElement, key: string, x: number, y: number, lines: Line[]}} Node */
  /** @typedef {{element: SVGElement, passages: number, ends: Node[], x: number, y: number}} Line */
  /** @typedef {{svg: SVGElement, view: HTMLElement, nodes: Node[], lines: Line[]}} Picture */
  /** @typedef {{element: HTMLTableRowElement, key: string, name: string, kind: string, passages: number}} Row */

  var SVG = "http://www.w3.org/2000/svg";
  /** More numbers than these would lie over each other. */
  var MAX_NUMBERS = 24;
  var dossier = /** @type {any} */ (window).dossier;

  /** @type {(key: string, values?: Object<string, string | number>) => string} */
  var say = dossier.say;

  /** @param {string} text */
  function fold(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
  }

  /**
   * @param {SVGElement} svg
   * @returns {Picture}
   */
  function read(svg) {
    /** @type {Map<string, Node>} */
    var at = new Map();
    /** @type {Node[]} */
    var nodes = [];
    svg.querySelectorAll("a, .self").forEach(function (element) {
      var mark = element.querySelector("use");
      if (!mark) return;
      var node = {
        element: /** @type {SVGElement} */ (element),
        key: element.getAttribute("href") || "",
        x: Number(mark.getAttribute("x")),
        y: Number(mark.getAttribute("y")),
        lines: []
      };
      nodes.push(node);
      at.set(node.x + " " + node.y, node);
    });
    /** @type {Line[]} */
    var lines = [];
    svg.querySelectorAll("g[data-n] path").forEach(function (element) {
      // "M1 2L3 4", or with a bend "M1 2Q5 6 3 4"
      var numbers = ((element.getAttribute("d") || "").match(/-?\d+/g) || []).map(Number);
      var from = numbers.slice(0, 2);
      var to = numbers.slice(-2);
      var bend = numbers.length > 4 ? numbers.slice(2, 4) : null;
      var one = at.get(from.join(" "));
      var other = at.get(to.join(" "));
      if (!one || !other) return;
      var line = {
        element: /** @type {SVGElement} */ (element),
        passages: Number(/** @type {SVGElement} */ (element.parentNode).dataset.n),
        ends: [one, other],
        // The middle of the line, or of the curve.
        x: bend ? (from[0] + 2 * bend[0] + to[0]) / 4 : (from[0] + to[0]) / 2,
        y: bend ? (from[1] + 2 * bend[1] + to[1]) / 4 : (from[1] + to[1]) / 2
      };
      one.lines.push(line);
      other.lines.push(line);
      lines.push(line);
    });
    // Listeners stand on the frame: one for focus would make the drawing itself a stop of the Tab key.
    var view = /** @type {HTMLElement} */ (svg.parentElement);
    return { svg: svg, view: view, nodes: nodes, lines: lines };
  }

  /** @param {Node} node */
  function isShown(node) {
    return !node.element.classList.contains("out") && !node.element.classList.contains("faint");
  }

  /**
   * Brings out one actor with its lines and those at their other ends; none where `node` is undefined.
   * @param {Picture} picture
   * @param {SVGElement} numbers
   * @param {Node} [node]
   */
  function bringOut(picture, numbers, node) {
    picture.svg.classList.toggle("at", Boolean(node));
    picture.svg.querySelectorAll(".near").forEach(function (element) { element.classList.remove("near"); });
    numbers.replaceChildren();
    if (!node) return;
    node.element.classList.add("near");
    var lines = node.lines.filter((line) => line.ends.every(isShown));
    lines.forEach(function (line) {
      line.element.classList.add("near");
      line.ends.forEach(function (end) { end.element.classList.add("near"); });
      if (lines.length > MAX_NUMBERS) return;
      var number = document.createElementNS(SVG, "text");
      number.textContent = dossier.number(line.passages);
      number.setAttribute("x", String(line.x));
      number.setAttribute("y", String(line.y + 4));
      numbers.append(number);
    });
  }

  /** @param {Picture} picture */
  function bringOutOnDemand(picture) {
    var numbers = /** @type {SVGElement} */ (document.createElementNS(SVG, "g"));
    numbers.setAttribute("class", "numbers");
    numbers.setAttribute("aria-hidden", "true");
    picture.svg.append(numbers);

    /** @param {EventTarget | null} target */
    function nodeAt(target) {
      var element = target instanceof Element ? target.closest("a, .self") : null;
      return picture.nodes.find((node) => node.element === element);
    }
    function focused() {
      return picture.svg.contains(document.activeElement) ? nodeAt(document.activeElement) : undefined;
    }
    picture.view.addEventListener("mouseover", function (event) {
      bringOut(picture, numbers, nodeAt(event.target) || focused());
    });
    picture.view.addEventListener("mouseleave", function () { bringOut(picture, numbers, focused()); });
    picture.view.addEventListener("focusin", function (event) { bringOut(picture, numbers, nodeAt(event.target)); });
    picture.view.addEventListener("focusout", function () { bringOut(picture, numbers); });
  }

  /**
   * One stop for Tab; from there arrow keys go to the nearest mark in their direction.
   * @param {Picture} picture
   * @returns {() => void} to be called when marks come or go
   */
  function walkByArrows(picture) {
    var links = picture.nodes.filter((node) => node.key);
    var hint = document.createElement("p");
    hint.className = "network-keys";
    hint.id = "network-keys";
    hint.textContent = say("network_keys");
    picture.view.after(hint);
    picture.svg.setAttribute("aria-describedby", hint.id);

    /** @param {Node} [stop] */
    function setStop(stop) {
      links.forEach(function (node) { node.element.setAttribute("tabindex", node === stop ? "0" : "-1"); });
    }
    function findStop() {
      var shown = links.filter(isShown);
      var stop = shown.find((node) => node.element.getAttribute("tabindex") === "0");
      setStop(stop || shown[0]);
    }
    setStop(links[0]);

    /**
     * @param {Node} from
     * @param {string} key
     */
    function nextOf(from, key) {
      var shown = links.filter(isShown);
      if (key === "Home") return shown[0];
      if (key === "End") return shown[shown.length - 1];
      var across = key === "ArrowRight" ? 1 : key === "ArrowLeft" ? -1 : 0;
      var down = key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0;
      if (!across && !down) return undefined;
      /** @type {Node | undefined} */
      var best;
      var least = Infinity;
      shown.forEach(function (node) {
        var along = (node.x - from.x) * across + (node.y - from.y) * down;
        var aside = Math.abs((node.x - from.x) * down) + Math.abs((node.y - from.y) * across);
        // Ahead rather than aside; what lies more to the side than ahead is reached by the other keys.
        if (along > 0 && aside <= along * 2 && along + 2 * aside < least) {
          least = along + 2 * aside;
          best = node;
        }
      });
      return best || from;
    }
    picture.view.addEventListener("keydown", function (event) {
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      var from = links.find((node) => node.element === document.activeElement);
      var next = from && nextOf(from, event.key);
      if (!next) return;
      event.preventDefault();
      setStop(next);
      next.element.focus();
    });
    picture.view.addEventListener("focusin", function () {
      setStop(links.find((node) => node.element === document.activeElement) || links[0]);
    });
    return findStop;
  }

  /**
   * Where the picture is wider than the screen, the most named actor stands in the middle at first.
   * @param {Picture} picture
   */
  function scrollToFirst(picture) {
    var view = picture.view;
    if (!picture.nodes.length || view.scrollWidth <= view.clientWidth) return;
    var room = view.getBoundingClientRect();
    var mark = picture.nodes[0].element.getBoundingClientRect();
    view.scrollLeft += mark.left + mark.width / 2 - room.left - room.width / 2;
  }

  /** @returns {Row[]} */
  function readRows() {
    return Array.from(document.querySelectorAll("table.network-actors tbody tr")).map(function (element) {
      var row = /** @type {HTMLTableRowElement} */ (element);
      var link = row.cells[0].querySelector("a");
      return {
        element: row,
        key: (link && link.getAttribute("href")) || "",
        name: fold(row.cells[0].textContent || ""),
        kind: (row.cells[1].textContent || "").trim(),
        passages: Number((row.cells[2].textContent || "").replace(/\D/g, ""))
      };
    });
  }

  /**
   * @param {HTMLFormElement} form
   * @param {Picture[]} pictures
   * @param {() => void} onChange
   */
  function filter(form, pictures, onChange) {
    var rows = readRows();
    var kinds = /** @type {HTMLInputElement[]} */ (Array.from(form.querySelectorAll('[name="kind"]')));
    var least = /** @type {HTMLInputElement} */ (form.elements.namedItem("min"));
    var name = /** @type {HTMLInputElement} */ (form.elements.namedItem("name"));
    var output = /** @type {HTMLOutputElement} */ (form.querySelector("output"));
    var known = new Set(kinds.map((box) => box.value));
    var pairs = /** @type {HTMLTableRowElement[]} */ (Array.from(document.querySelectorAll("table.pairs tbody tr")));

    function readAddress() {
      var asked = new URLSearchParams(location.search);
      var chosen = asked.getAll("kind");
      if (chosen.some((kind) => known.has(kind))) {
        kinds.forEach(function (box) { box.checked = chosen.indexOf(box.value) >= 0; });
      }
      if (Number(asked.get("min")) > 1) least.value = String(Math.floor(Number(asked.get("min"))));
      name.value = asked.get("name") || "";
    }

    /** @param {Set<string>} chosen */
    function writeAddress(chosen) {
      var asked = new URLSearchParams();
      if (chosen.size < kinds.length) chosen.forEach(function (kind) { asked.append("kind", kind); });
      if (Number(least.value) > 1) asked.set("min", least.value);
      if (name.value.trim()) asked.set("name", name.value.trim());
      var query = asked.toString();
      try {
        history.replaceState(history.state, "", location.pathname + (query ? "?" + query : "") + location.hash);
      } catch (_) { /* a browser that keeps addresses of files as they are */ }
    }

    function apply() {
      var chosen = new Set(kinds.filter((box) => box.checked).map((box) => box.value));
      var sought = fold(name.value);
      /** @type {Set<string>} */
      var fitting = new Set();
      /** @type {Set<string>} */
      var found = new Set();
      rows.forEach(function (row) {
        var fits = chosen.has(known.has(row.kind) ? row.kind : "") && row.passages >= Number(least.value);
        var isFound = fits && row.name.indexOf(sought) >= 0;
        if (fits) fitting.add(row.key);
        if (isFound) found.add(row.key);
        row.element.hidden = !isFound;
      });
      pictures.forEach(function (picture) { show(picture, fitting, found, Boolean(sought)); });
      /** @type {Set<string>} */
      var names = new Set();
      rows.forEach(function (row) { if (found.has(row.key)) names.add(row.name); });
      pairs.forEach(function (pair) {
        var both = [fold(pair.cells[0].textContent || ""), fold(pair.cells[1].textContent || "")];
        pair.hidden = sought ? !both.some(names.has, names) : !both.every(names.has, names);
      });
      var isAll = found.size === rows.length;
      output.textContent = isAll ? "" : found.size ? say("network_shown", { n: found.size, all: rows.length }) : say("network_none");
      writeAddress(chosen);
      onChange();
    }

    /**
     * Shows the marks found. While a name is sought the others stay where they are, fainter, those at the other ends
     * of lines less so.
     * @param {Picture} picture
     * @param {Set<string>} fitting
     * @param {Set<string>} found
     * @param {boolean} isSearch
     */
    function show(picture, fitting, found, isSearch) {
      picture.nodes.forEach(function (node) {
        var isFound = found.has(node.key);
        var fits = fitting.has(node.key);
        var isBeside = isSearch && fits && node.lines.some(function (line) {
          return line.ends.some((end) => found.has(end.key));
        });
        var isFaint = isSearch && fits && !isFound && !isBeside;
        node.element.classList.toggle("out", !fits);
        node.element.classList.toggle("beside", !isFound && isBeside);
        node.element.classList.toggle("faint", isFaint);
        if (isFaint) node.element.setAttribute("aria-hidden", "true");
        else node.element.removeAttribute("aria-hidden");
      });
      picture.lines.forEach(function (line) {
        var isOut = !line.ends.every(isShown) || !line.ends.some((end) => found.has(end.key));
        line.element.classList.toggle("out", isOut);
      });
    }

    form.addEventListener("input", apply);
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    // The fields are empty only after the event.
    form.addEventListener("reset", function () { setTimeout(apply); });
    readAddress();
    apply();
  }

  var pictures = Array.from(document.querySelectorAll("svg.net")).map(function (svg) {
    return read(/** @type {SVGElement} */ (svg));
  });
  var changes = pictures.map(function (picture) {
    bringOutOnDemand(picture);
    scrollToFirst(picture);
    return walkByArrows(picture);
  });
  var form = document.querySelector("form.network-filter");
  if (form) {
    filter(/** @type {HTMLFormElement} */ (form), pictures, function () {
      changes.forEach(function (change) { change(); });
    });
  }
})();
