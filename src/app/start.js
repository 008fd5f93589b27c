// Says in plain words why Lifeline can't start here. Old JavaScript on purpose: it has to run where boot.js doesn't.
(function () {
  "use strict";
  // An empty module whose one function uses a v128: valid only where wasm SIMD is.
  var simd = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11];
  var reason = "";
  if (location.protocol === "file:") {
    reason = "Lifeline was opened from disk. Browsers don't let a page from disk load its own program. Put the folder on any web server (for example: python3 -m http.server) and open that address.";
  } else if (!("noModule" in document.createElement("script"))) {
    reason = "This browser is too old for Lifeline: it has no JavaScript modules. Any current Chrome, Edge, Firefox or Safari works.";
  } else if (typeof WebAssembly !== "object") {
    reason = "WebAssembly is missing or turned off in this browser, and Lifeline is made of it. A security setting or an administrator may have turned it off.";
  } else if (!WebAssembly.validate(new Uint8Array(simd))) {
    reason = "This browser or machine has no WebAssembly SIMD, which Lifeline needs. Any Chrome or Edge since 91, Firefox since 89 or Safari since 16.4 has it.";
  } else if (typeof Worker !== "function") {
    reason = "This browser allows no workers here, and Lifeline reads its files in one.";
  }
  if (!reason) return;
  document.documentElement.setAttribute("data-refused", "");
  document.getElementById("start-state").textContent = reason;
})();
