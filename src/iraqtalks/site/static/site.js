// What every page does: opens the tables and queries under the figures for printing.
"use strict";
window.addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("figure details")) details.open = true;
});
