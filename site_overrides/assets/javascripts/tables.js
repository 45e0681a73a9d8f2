/**
 * Makes the columns of `table.sortable` sortable by a button in each head. Without script the table keeps its order.
 * A cell is compared by `data-value` or else its text; `data-sort="number"` on the head compares counts: 1,434 is more than 932.
 */
(function () {
  "use strict";

  /** @param {HTMLTableCellElement} cell */
  function valueOf(cell) {
    return (cell.dataset.value || cell.textContent || "").trim();
  }

  /**
   * @param {HTMLTableElement} table
   * @param {number} column
   * @param {boolean} isNumber
   * @param {boolean} isDescending
   */
  function sort(table, column, isNumber, isDescending) {
    var body = table.tBodies[0];
    var collator = new Intl.Collator(document.documentElement.lang || undefined, { numeric: isNumber });
    Array.from(body.rows)
      .map(function (row, index) {
        var value = valueOf(row.cells[column]);
        return { row: row, index: index, value: isNumber ? value.replace(/\D/g, "") : value };
      })
      .sort(function (one, other) {
        var order = collator.compare(one.value, other.value);
        return (isDescending ? -order : order) || one.index - other.index;
      })
      .forEach(function (entry) { body.append(entry.row); });
  }

  /** @param {HTMLTableElement} table */
  function prepare(table) {
    var heads = Array.from(table.tHead ? table.tHead.rows[0].cells : []);
    heads.forEach(function (head, column) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append.apply(button, Array.from(head.childNodes));
      head.append(button);
      var isNumber = head.dataset.sort === "number";
      button.addEventListener("click", function () {
        var was = head.getAttribute("aria-sort");
        var isDescending = was ? was === "ascending" : isNumber;
        heads.forEach(function (other) { other.removeAttribute("aria-sort"); });
        head.setAttribute("aria-sort", isDescending ? "descending" : "ascending");
        sort(table, column, isNumber, isDescending);
      });
    });
  }

  document.querySelectorAll("table.sortable").forEach(function (table) {
    prepare(/** @type {HTMLTableElement} */ (table));
  });
})();
