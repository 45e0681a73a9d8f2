/**
 * Draws a timeline's list as a picture: an axis with breaks where nothing is dated, a lane for each kind, and marks that
 * show how certain a date is. Entries that would lie upon each other are one mark with their number. The list stays; a
 * mark and its entry light up together. Arrow keys move through all entries, Enter opens.
 */
(function () {
  "use strict";

  /**
   * @typedef {{element: HTMLElement, lane: number, from: number, to: number, at: number, count: number,
   *   years: string, opensBefore: boolean, opensAfter: boolean, isInterval: boolean, isVague: boolean}} Point
   *   `from` and `to` are days since 1970, `to` the day after the last; `at` is where its mark stands.
   *   `years` names those of a point that stands for `count` items of a period.
   * @typedef {{from: number, to: number, count: number, x: number, width: number}} Segment
   * @typedef {{points: Point[], count: number, x: number}} Cluster
   *   `count` is how many items its points stand for, `x` the middle of its mark.
   */

  const LANES = ["document", "statement", "event"];
  const DAY_MS = 86400000;
  const YEAR = 365.2425;
  const MARK = 26; // px between two marks, so that each is a target of 24
  const DIGIT = 0.34; // rem; what a mark of more than two of them grows by
  const BREAK = 40;
  const EDGE = 20;
  const LABEL = 54;
  const LEAST_SEGMENT = 76;
  const MOST_BREAKS = 5;
  const MOST_ZOOM = 64;
  const MOST_WIDTH = 24000;
  const MOST_READ = 8;
  /** @type {[string, number][]} */
  const STEPS = [["day", 1], ["day", 7], ["month", 1], ["month", 3], ["month", 6]];
  const dossier = /** @type {any} */ (window).dossier;
  const language = document.documentElement.lang || dossier.language || undefined;

  /** @type {(key: string, values?: Record<string, string | number>) => string} */
  const say = dossier.say;

  /** @type {Make} */
  const make = dossier.make;

  /** @param {number} day @param {Intl.DateTimeFormatOptions} options */
  function word(day, options) {
    const all = Object.assign({ timeZone: "UTC", calendar: "gregory" }, options);
    return new Intl.DateTimeFormat(language, all).format(new Date(day * DAY_MS));
  }

  /** @param {number} year @param {number} [month] counted from 0 */
  function dayOf(year, month) {
    const date = new Date(0);
    date.setUTCFullYear(year, month || 0, 1);
    return date.getTime() / DAY_MS;
  }

  /** @param {HTMLElement} element @param {string} selector */
  function textOf(element, selector) {
    const found = element.querySelector(selector);
    return found ? (found.textContent || "").trim() : "";
  }

  /* What the list holds */

  /**
   * @param {HTMLElement} element
   * @param {string} days such as 1962-03-14, 1962-03-01/1962-03-31 or /1962-12-31
   * @returns {Point}
   */
  function makePoint(element, days) {
    const ends = days.split("/");
    const first = Date.parse(ends[0]) / DAY_MS;
    const last = Date.parse(ends[ends.length - 1]) / DAY_MS;
    const from = isNaN(first) ? last : first;
    const to = (isNaN(last) ? first : last) + 1;
    const isInterval = element.classList.contains("interval");
    return {
      element: element,
      lane: LANES.findIndex((kind) => element.classList.contains("of-" + kind)),
      from: from,
      to: to,
      at: isInterval && !isNaN(first) ? from + Math.min(0.5, (to - from) / 2) : (from + to) / 2,
      count: 1,
      years: "",
      opensBefore: isNaN(first),
      opensAfter: isNaN(last),
      isInterval: isInterval,
      isVague: element.classList.contains("vague"),
    };
  }

  /** Returns whether a part of a year is meant, such as 1987-02-26/1987-03-03. @param {string} years */
  function isOfDays(years) {
    return /^\d{4}-\d/.test(years);
  }

  /** Returns one point for each item, or for each kind and year of each period. @param {HTMLElement} root @returns {Point[]} */
  function readPoints(root) {
    /** @type {Point[]} */
    const points = [];
    root.querySelectorAll("[data-days]:not([hidden]), [data-eras]:not([hidden])").forEach(function (found) {
      const element = /** @type {HTMLElement} */ (found);
      if (element.dataset.days) {
        points.push(makePoint(element, element.dataset.days));
        return;
      }
      (element.dataset.eras || "").split(",").forEach(function (era) {
        const parts = era.split(" ");
        const ends = parts[0].split("/");
        const last = ends[ends.length - 1] + "-12-31";
        const days = isOfDays(parts[0]) ? parts[0] : (ends[0] ? ends[0] + "-01-01" : "") + "/" + last;
        const point = makePoint(element, days);
        parts.slice(1).forEach(function (count, lane) {
          if (Number(count)) {
            points.push(Object.assign({}, point, { lane: lane, count: Number(count), years: parts[0] }));
          }
        });
      });
    });
    return points.sort((one, other) => one.at - other.at);
  }

  /** @param {Point} point */
  function linkOf(point) {
    const selector = ".timeline-title a, .timeline-place a:last-of-type, :scope > a";
    return /** @type {HTMLAnchorElement | null} */ (point.element.querySelector(selector));
  }

  /** Returns where a point leads: on an overview, to its years on the page of the period. @param {Point} point */
  function addressOf(point) {
    const link = linkOf(point);
    const address = link ? link.href : "";
    if (!point.years || !point.element.closest("[data-entries]")) {
      return address;
    }
    const years = isOfDays(point.years) ? point.years.slice(0, 4) : point.years;
    const ends = years.split("/").map(Number);
    const id = ends.length < 2 ? ends[0] : ends[0] ? "years-" + ends.join("-") : "until-" + ends[1] + "-" + ends[1];
    return address.split("#")[0] + "#y-" + id;
  }

  /** @param {Point} point */
  function dateOf(point) {
    if (isOfDays(point.years)) {
      const first = word(point.from, { dateStyle: "medium" });
      const last = word(point.to - 1, { dateStyle: "medium" });
      return first === last ? first : first + " – " + last;
    }
    return point.years.replace("/", "–") || textOf(point.element, ".timeline-date");
  }

  /** @param {Point} point */
  function wordsOf(point) {
    if (point.years) {
      return say("timeline_n_" + LANES[point.lane] + "s", { n: point.count });
    }
    const who = textOf(point.element, ".timeline-title") || textOf(point.element, ".timeline-speaker")
      || textOf(point.element, ".attribution") || textOf(point.element, ".kind");
    const quote = point.element.querySelector(".timeline-quote");
    const what = quote && quote.firstChild ? (quote.firstChild.textContent || "").trim() : textOf(point.element, ".kind");
    return who + ": " + what;
  }

  /* The scale */

  /**
   * Cuts the time covered where the empty stretches, up to MOST_BREAKS, are twice all the rest. A few dates need no cut.
   * @param {Point[]} points
   * @returns {Segment[]}
   */
  function findSegments(points) {
    /** @type {Segment[]} */
    const islands = [];
    points.slice().sort((one, other) => one.from - other.from).forEach(function (point) {
      const last = islands[islands.length - 1];
      if (last && point.from <= last.to) {
        last.to = Math.max(last.to, point.to);
        last.count += 1;
      } else {
        islands.push({ from: point.from, to: point.to, count: 1, x: 0, width: 0 });
      }
    });
    const span = islands[islands.length - 1].to - islands[0].from;
    const gaps = islands.slice(1).map((island, index) => island.from - islands[index].to);
    const sorted = gaps.slice().sort((one, other) => other - one);
    const places = new Set(points.map((point) => point.from + "/" + point.to)).size;
    let least = Infinity;
    let empty = 0;
    for (let cuts = 1; cuts <= Math.min(MOST_BREAKS, sorted.length) && (cuts + 1) * 2 <= places; cuts += 1) {
      empty += sorted[cuts - 1];
      const rest = span - empty;
      if (empty >= 2 * rest && sorted[cuts - 1] * (cuts + 1) >= rest) {
        least = sorted[cuts - 1];
        break;
      }
    }
    /** @type {Segment[]} */
    const segments = [];
    islands.forEach(function (island, index) {
      if (index && gaps[index - 1] < least) {
        const last = segments[segments.length - 1];
        last.to = island.to;
        last.count += island.count;
      } else {
        segments.push(Object.assign({}, island));
      }
    });
    segments.forEach(function (segment) {
      const margin = Math.max(0.5, (segment.to - segment.from) * 0.02);
      segment.from -= margin;
      segment.to += margin;
    });
    return segments;
  }

  /** Gives each segment its place: half by its length, half by what it holds. @param {Segment[]} segments @param {number} width */
  function layOut(segments, width) {
    const free = Math.max(width - 2 * EDGE - BREAK * (segments.length - 1), LEAST_SEGMENT * segments.length);
    const shared = free - LEAST_SEGMENT * segments.length;
    const days = segments.reduce((sum, one) => sum + one.to - one.from, 0);
    const count = segments.reduce((sum, one) => sum + one.count, 0);
    let x = EDGE;
    segments.forEach(function (segment) {
      segment.x = x;
      segment.width = LEAST_SEGMENT + shared * ((segment.to - segment.from) / days + segment.count / count) / 2;
      x += segment.width + BREAK;
    });
    return x - BREAK + EDGE;
  }

  /** @param {Segment[]} segments @param {number} day */
  function placeOf(segments, day) {
    const segment = segments.find((one) => day <= one.to) || segments[segments.length - 1];
    return segment.x + (day - segment.from) / (segment.to - segment.from) * segment.width;
  }

  /**
   * @param {Segment} segment
   * @returns {{day: number, words: string, above: string}[]}
   */
  function findTicks(segment) {
    const pixels = segment.width / (segment.to - segment.from);
    const lengths = { day: 1, month: 30, year: YEAR };
    const steps = STEPS.slice();
    for (let ten = 1; ten <= 1000; ten *= 10) {
      steps.push(["year", ten], ["year", 2 * ten], ["year", 5 * ten]);
    }
    const step = steps.find(function (one) {
      return lengths[/** @type {"day" | "month" | "year"} */ (one[0])] * one[1] * pixels >= LABEL;
    }) || steps[steps.length - 1];
    const unit = step[0];
    const year = new Date(segment.from * DAY_MS).getUTCFullYear();
    /** @type {number[]} */
    const days = [];
    if (unit === "day") {
      for (let day = Math.ceil(segment.from); day < segment.to; day += step[1]) {
        days.push(day);
      }
    } else {
      const months = unit === "month" ? step[1] : 12 * step[1];
      const start = unit === "month" ? 0 : -12 * (year % step[1]);
      for (let month = start, day = dayOf(year, start); day < segment.to; month += months, day = dayOf(year, month)) {
        if (day >= segment.from) {
          days.push(day);
        }
      }
    }
    if (!days.length) {
      days.push(Math.ceil(segment.from));
    }
    /** @type {Record<string, [Intl.DateTimeFormatOptions, Intl.DateTimeFormatOptions | null]>} */
    const formats = {
      day: [{ day: "numeric" }, { month: "short", year: "numeric" }],
      month: [{ month: "short" }, { year: "numeric" }],
      year: [{ year: "numeric" }, null],
    };
    const format = formats[unit];
    let shown = "";
    return days.map(function (day) {
      const above = format[1] ? word(day, format[1]) : "";
      const isNew = above !== shown;
      shown = above;
      return { day: day, words: word(day, format[0]), above: isNew ? above : "" };
    });
  }

  /** Returns how many rem wide a mark with a number of more than two digits is. @param {number} count */
  function widthOf(count) {
    return (String(count).length + 1) * DIGIT;
  }

  /** Joins points of one lane whose marks would lie upon each other. @param {Point[]} points @param {Segment[]} segments @returns {Cluster[]} */
  function findClusters(points, segments) {
    /** @type {Cluster[]} */
    let clusters = points.map(function (point) { return { points: [point], count: point.count, x: placeOf(segments, point.at) }; });
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    /** Returns the px between the middles of a mark and one like it. @param {Cluster} cluster */
    const roomOf = (cluster) => cluster.count > 99 ? Math.max(MARK, widthOf(cluster.count) * rem + 2) : MARK;
    for (let before = Infinity; clusters.length < before;) {
      before = clusters.length;
      clusters = clusters.reduce(function (/** @type {Cluster[]} */ joined, cluster) {
        const last = joined[joined.length - 1];
        if (last && cluster.x - last.x < (roomOf(last) + roomOf(cluster)) / 2) {
          const places = last.points.length + cluster.points.length;
          last.x = (last.x * last.points.length + cluster.x * cluster.points.length) / places;
          last.count += cluster.count;
          last.points.push.apply(last.points, cluster.points);
        } else {
          joined.push(cluster);
        }
        return joined;
      }, []);
    }
    return clusters;
  }

  /* The picture */

  /** @param {HTMLElement} root @param {HTMLElement} stage */
  function start(root, stage) {
    const lanes = LANES.map((_, lane) => lane).filter(function (lane) {
      return readPoints(root).some((point) => point.lane === lane);
    });
    const scroller = make("div", "timeline-scroll");
    const canvas = make("div", "timeline-canvas");
    canvas.setAttribute("role", "group");
    const readout = make("div", "timeline-readout");
    const tools = make("div", "timeline-tools");
    const key = make("p", "timeline-key");
    const buttons = [["timeline_zoom_out", "−", 0.5], ["timeline_zoom_in", "+", 2], ["timeline_fit", "", 0]].map(function (one) {
      const button = /** @type {HTMLButtonElement} */ (make("button", "timeline-button", String(one[1] || say(String(one[0])))));
      button.type = "button";
      if (one[1]) {
        button.setAttribute("aria-label", say(String(one[0])));
        button.title = say(String(one[0]));
      }
      button.addEventListener("click", function () { zoomBy(Number(one[2])); });
      return button;
    });
    tools.append.apply(tools, [key, /** @type {Node} */ (make("span", "timeline-zoom"))]);
    const zoomBox = /** @type {HTMLElement} */ (tools.lastElementChild);
    zoomBox.append.apply(zoomBox, buttons);
    scroller.append(canvas);
    stage.append(scroller, tools, readout);
    stage.classList.add("is-drawn");

    let zoom = 1;
    let drawnWidth = 0;
    /** @type {Point[]} */
    let points = [];
    /** @type {Map<Point, HTMLElement>} */
    let marks = new Map();
    /** @type {Map<Point, Cluster>} */
    let clusterOf = new Map();
    /** @type {Cluster | null} */
    let pinned = null;
    /** The point that Tab comes to. @type {Point | null} */
    let stop = null;
    let pointer = "mouse";

    function isRtl() {
      return getComputedStyle(stage).direction === "rtl";
    }

    /** @param {number} factor 0 shows the whole */
    function zoomBy(factor) {
      const middle = (Math.abs(scroller.scrollLeft) + scroller.clientWidth / 2) / Math.max(canvas.offsetWidth, 1);
      zoom = factor ? Math.min(Math.max(zoom * factor, 1), MOST_ZOOM) : 1;
      draw();
      const left = middle * canvas.offsetWidth - scroller.clientWidth / 2;
      scroller.scrollLeft = isRtl() ? -left : left;
    }

    function draw() {
      const hadFocus = canvas.contains(document.activeElement);
      const focused = stop && stop.element;
      drawnWidth = scroller.clientWidth;
      points = readPoints(root);
      marks = new Map();
      clusterOf = new Map();
      pinned = null;
      canvas.replaceChildren();
      readout.replaceChildren(make("p", "timeline-read timeline-hint", points.length ? say("timeline_hint") : ""));
      setCurrent([]);
      stop = points.find((point) => point.element === focused) || points[0] || null;
      const items = points.reduce((sum, point) => sum + point.count, 0);
      canvas.setAttribute("aria-label", say("timeline_picture", { items: say("timeline_items", { n: items }) }));
      const segments = points.length ? findSegments(points) : [];
      const width = segments.length ? layOut(segments, Math.min(drawnWidth * zoom, MOST_WIDTH)) : drawnWidth;
      canvas.style.width = Math.max(width, drawnWidth) + "px";
      canvas.append(drawAxis(segments));
      lanes.forEach(function (lane) { canvas.append(drawLane(lane, segments)); });
      points.forEach(function (point) {
        const mark = marks.get(point);
        if (mark) {
          canvas.append(mark);
        }
      });
      buttons[0].disabled = buttons[2].disabled = zoom === 1;
      buttons[1].disabled = zoom >= MOST_ZOOM || drawnWidth * zoom >= MOST_WIDTH;
      drawKey();
      const mark = stop && marks.get(stop);
      if (mark) {
        mark.tabIndex = 0;
        if (hadFocus) {
          mark.focus();
        }
      }
    }

    /** @param {Segment[]} segments */
    function drawAxis(segments) {
      const axis = make("div", "timeline-axis");
      axis.setAttribute("aria-hidden", "true");
      segments.forEach(function (segment, index) {
        const line = make("span", "timeline-line");
        line.style.insetInlineStart = segment.x + "px";
        line.style.width = segment.width + "px";
        axis.append(line);
        findTicks(segment).forEach(function (tick) {
          const x = placeOf([segment], tick.day);
          const mark = make("span", "timeline-tick");
          mark.style.insetInlineStart = x + "px";
          if (x + LABEL - 10 <= segment.x + segment.width + (index + 1 < segments.length ? BREAK / 2 : EDGE)) {
            mark.append(make("span", "timeline-tick-words", tick.words), make("span", "timeline-tick-above", tick.above));
          }
          axis.append(mark);
        });
        const next = segments[index + 1];
        if (next) {
          axis.append(drawBreak(segment, next));
        }
      });
      return axis;
    }

    /** @param {Segment} before @param {Segment} after */
    function drawBreak(before, after) {
      const days = Math.round(after.from - before.to);
      const unit = days >= 2 * YEAR ? "years" : days >= 60 ? "months" : "days";
      const length = { years: YEAR, months: YEAR / 12, days: 1 }[unit];
      const words = say("timeline_" + unit, { n: Math.round(days / length) });
      const gap = make("span", "timeline-break");
      gap.style.insetInlineStart = before.x + before.width + "px";
      gap.style.width = BREAK + "px";
      gap.title = say("timeline_break", { length: words });
      gap.append(make("span", "timeline-break-mark"), make("span", "timeline-break-words", words));
      return gap;
    }

    /** @param {number} lane @param {Segment[]} segments */
    function drawLane(lane, segments) {
      const row = make("div", "timeline-lane");
      row.setAttribute("aria-hidden", "true");
      row.append(make("span", "timeline-lane-name", say("timeline_" + LANES[lane] + "s")));
      const top = lanes.indexOf(lane);
      const own = points.filter((point) => point.lane === lane);
      own.forEach(function (point) {
        const x = placeOf(segments, point.from);
        const width = placeOf(segments, point.to) - x;
        const isDay = !point.isVague && point.to - point.from <= (point.years ? 366 : 1);
        if ((width >= 4 && !isDay) || point.opensBefore || point.opensAfter) {
          const bar = make("span", "timeline-bar" + (point.isInterval ? " interval" : "") + (point.isVague ? " vague" : "")
            + (point.opensBefore ? " opens-before" : "") + (point.opensAfter ? " opens-after" : ""));
          bar.style.insetInlineStart = x - (point.opensBefore ? EDGE : 0) + "px";
          bar.style.width = width + (point.opensBefore ? EDGE : 0) + (point.opensAfter ? EDGE : 0) + "px";
          row.append(bar);
        }
      });
      findClusters(own, segments).forEach(function (cluster) {
        const count = cluster.count;
        cluster.points.forEach(function (point, index) {
          const isVague = cluster.points.every((one) => one.isVague);
          const isWithin = count === 1 && !point.years && !isVague && !point.isInterval && point.to - point.from > 1;
          const mark = make("button", "timeline-mark of-" + LANES[lane] + (isVague ? " vague" : "") + (isWithin ? " within" : "")
            + (count > 1 ? " cluster" : "") + (index ? " behind" : ""));
          if (count > 1 && !index) {
            mark.dataset.count = String(count);
          }
          mark.setAttribute("type", "button");
          // The name begins with what is seen, for those who speak to their computer (WCAG 2.5.3).
          mark.setAttribute("aria-label", (mark.textContent ? mark.textContent + ". " : "") + dateOf(point) + ". " + wordsOf(point));
          mark.tabIndex = -1;
          mark.style.insetInlineStart = cluster.x + "px";
          mark.style.setProperty("--lane", String(top));
          if (count > 99) {
            mark.classList.add("huge");
            mark.style.setProperty("--mark-width", widthOf(count) + "rem");
          } else if (count > 9) {
            mark.classList.add("many");
          }
          marks.set(point, mark);
          clusterOf.set(point, cluster);
        });
      });
      return row;
    }

    function drawKey() {
      key.replaceChildren();
      if (!points.length || points[0].years) {
        return;
      }
      /** @type {[string, string, (point: Point) => boolean][]} */
      const entries = [
        ["day", "timeline-key-dot", (p) => !p.isVague && p.to - p.from === 1],
        ["vague", "timeline-key-dot vague", (p) => p.isVague],
        ["within", "timeline-bar", (p) => !p.isVague && !p.isInterval && p.to - p.from > 1],
        ["interval", "timeline-bar interval", (p) => p.isInterval],
        ["open", "timeline-bar interval opens-after", (p) => p.opensBefore || p.opensAfter],
      ];
      entries.filter((entry) => points.some(entry[2])).forEach(function (entry) {
        const one = make("span", "timeline-key-entry");
        one.append(make("span", entry[1]), " " + say("timeline_key_" + entry[0]));
        key.append(one, " ");
      });
    }

    /** Lights up points in picture and list. @param {Point[]} chosen */
    function setCurrent(chosen) {
      root.querySelectorAll(".is-current").forEach(function (element) { element.classList.remove("is-current"); });
      chosen.forEach(function (point) {
        point.element.classList.add("is-current");
        const cluster = clusterOf.get(point);
        const mark = marks.get(cluster ? cluster.points[0] : point);
        if (mark) {
          mark.classList.add("is-current");
        }
      });
    }

    /** Shows points in words, with links. @param {Point[]} chosen */
    function read(chosen) {
      setCurrent(chosen);
      readout.replaceChildren();
      chosen.slice(0, MOST_READ).forEach(function (point) {
        const line = make("p", "timeline-read");
        const address = addressOf(point);
        const words = make(address ? "a" : "span", "", wordsOf(point));
        if (address) {
          words.setAttribute("href", address);
        }
        line.append(make("span", "date", dateOf(point)), " ", words);
        readout.append(line);
      });
      if (chosen.length > MOST_READ) {
        readout.append(make("p", "timeline-read", "+ " + (chosen.length - MOST_READ)));
      }
      readout.scrollTop = 0;
    }

    /** @param {EventTarget | null} target */
    function pointAt(target) {
      const element = target instanceof Element ? target.closest(".timeline-mark") : null;
      return points.find((point) => marks.get(point) === element) || null;
    }

    /** @param {Point} point */
    function moveTo(point) {
      const before = stop && marks.get(stop);
      if (before) {
        before.tabIndex = -1;
      }
      stop = point;
      const mark = marks.get(point);
      if (mark) {
        mark.tabIndex = 0;
        mark.focus();
      }
    }

    /** @param {Point} point @param {number} by */
    function nearestInLane(point, by) {
      for (let at = lanes.indexOf(point.lane) + by; at >= 0 && at < lanes.length; at += by) {
        const others = points.filter((one) => one.lane === lanes[at]);
        if (others.length) {
          return others.reduce(function (best, one) {
            return Math.abs(one.at - point.at) < Math.abs(best.at - point.at) ? one : best;
          });
        }
      }
      return null;
    }

    canvas.addEventListener("keydown", function (event) {
      const point = pointAt(event.target);
      if (!point || event.altKey || event.ctrlKey || event.metaKey) {
        return;
      }
      const forward = isRtl() ? "ArrowLeft" : "ArrowRight";
      const index = points.indexOf(point);
      /** @type {Record<string, Point | null | undefined>} */
      const ways = {
        Home: points[0],
        End: points[points.length - 1],
        ArrowUp: nearestInLane(point, -1),
        ArrowDown: nearestInLane(point, 1),
        ArrowLeft: points[index + (forward === "ArrowLeft" ? 1 : -1)],
        ArrowRight: points[index + (forward === "ArrowRight" ? 1 : -1)],
      };
      const zooms = /** @type {Record<string, number>} */ ({ "+": 2, "-": 0.5, "0": 0 });
      if (event.key in ways) {
        event.preventDefault();
        const way = ways[event.key];
        if (way) {
          moveTo(way);
        }
      } else if (event.key in zooms) {
        event.preventDefault();
        zoomBy(zooms[event.key]);
      } else if (event.key === "Escape") {
        pinned = null;
      }
    });
    canvas.addEventListener("pointerdown", function (event) { pointer = event.pointerType; });
    canvas.addEventListener("pointerover", function (event) {
      const point = event.pointerType === "mouse" && !pinned && pointAt(event.target);
      const cluster = point && clusterOf.get(point);
      if (cluster) {
        read(cluster.points);
      }
    });
    canvas.addEventListener("focusin", function (event) {
      const point = pointAt(event.target);
      if (point && !(event.target instanceof Element && !event.target.matches(":focus-visible"))) {
        pinned = null;
        read([point]);
      }
    });
    canvas.addEventListener("click", function (event) {
      const point = pointAt(event.target);
      const cluster = point && clusterOf.get(point);
      if (!point || !cluster) {
        pinned = null;
        return;
      }
      const isByKey = event.detail === 0;
      const wasRead = Boolean(readout.querySelector("a")) && point.element.classList.contains("is-current");
      // A mark of several, and a first touch, show what there is; else the passage opens.
      if (!isByKey && (cluster.points.length > 1 || (pointer !== "mouse" && (pinned !== cluster || !wasRead)))) {
        pinned = cluster;
        stop = point;
        read(cluster.points);
        return;
      }
      const address = addressOf(point);
      if (address) {
        location.assign(address);
      }
    });
    root.addEventListener("timeline:change", draw);
    ["pointerover", "focusin"].forEach(function (name) {
      root.addEventListener(name, function (event) {
        const target = event.target instanceof Element ? event.target.closest("[data-days], [data-eras]") : null;
        if (target && !pinned) {
          setCurrent(points.filter((point) => point.element === target));
        }
      });
    });
    new ResizeObserver(function () {
      if (scroller.clientWidth && scroller.clientWidth !== drawnWidth) {
        draw();
      }
    }).observe(scroller);
    draw();
  }

  document.querySelectorAll(".timeline").forEach(function (found) {
    const root = /** @type {HTMLElement} */ (found);
    const stage = /** @type {HTMLElement | null} */ (root.querySelector(".timeline-stage"));
    if (stage) {
      start(root, stage);
    }
  });
})();
