/**
 * Lets the theme's search run from a folder opened with file://, where browsers refuse workers: the worker's script runs
 * in a hidden frame instead. Does nothing on the web.
 */
(function () {
  "use strict";
  if (location.protocol !== "file:") return;

  /**
   * @param {Window} scope
   * @param {string} url
   * @returns {Promise<void>}
   */
  function load(scope, url) {
    return new Promise(function (resolve, reject) {
      var script = scope.document.createElement("script");
      script.src = url;
      script.onload = function () { resolve(); };
      script.onerror = function () { reject(new Error("cannot load " + url)); };
      scope.document.body.append(script);
    });
  }

  class FrameWorker extends EventTarget {
    /** @param {string | URL} url */
    constructor(url) {
      super();
      var worker = this;
      this.frame = document.createElement("iframe");
      this.frame.hidden = true;
      this.frame.title = "Search";
      /** @type {Promise<Window>} */
      this.ready = new Promise(function (resolve) {
        worker.frame.addEventListener("load", function () {
          var scope = /** @type {any} */ (worker.frame.contentWindow);
          scope.importScripts = function () {
            // One after the other: each may need the one before it.
            return Array.from(arguments).reduce(function (before, one) {
              return before.then(function () { return load(scope, one); });
            }, Promise.resolve());
          };
          scope.postMessage = function (/** @type {unknown} */ data) {
            worker.dispatchEvent(new MessageEvent("message", { data: data }));
          };
          load(scope, new URL(url, document.baseURI).href).then(function () { resolve(scope); });
        }, { once: true });
      });
      document.body.append(this.frame);
    }

    /** @param {unknown} data */
    postMessage(data) {
      this.ready.then(function (scope) {
        scope.dispatchEvent(new MessageEvent("message", { data: data }));
      });
    }

    terminate() {
      this.frame.remove();
    }
  }

  // The theme's worker looks for this name to find its stemmers from inside a frame.
  Object.assign(window, { Worker: FrameWorker, IFrameWorker: FrameWorker });
})();
