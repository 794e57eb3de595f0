"use strict";
(function () {
  const form = document.querySelector("form");
  const items = Array.from(document.querySelectorAll("article"));
  const count = document.querySelector("output");
  const names = ["damage", "confidence", "text"];

  function apply() {
    const wanted = names.map((name) => form.elements[name].value);
    const text = wanted[2].toLowerCase();
    let shown = 0;
    for (const item of items) {
      const fits =
        (!wanted[0] || item.dataset.damage.split("+").includes(wanted[0])) &&
        (!wanted[1] || item.dataset.confidence === wanted[1]) &&
        (!text || item.textContent.toLowerCase().includes(text));
      item.hidden = !fits;
      if (fits) shown += 1;
    }
    count.value = shown + " / " + items.length;
  }

  function remember() {
    const state = new URLSearchParams();
    names.forEach((name) => {
      if (form.elements[name].value) state.set(name, form.elements[name].value);
    });
    history.replaceState(null, "", "#" + state.toString());
  }

  function recall() {
    const state = new URLSearchParams(location.hash.slice(1));
    names.forEach((name) => {
      form.elements[name].value = state.get(name) || "";
    });
    apply();
  }

  form.addEventListener("input", () => {
    apply();
    remember();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", recall);
  document.querySelector("button").addEventListener("click", () => {
    const root = document.documentElement;
    const dark = root.dataset.theme
      ? root.dataset.theme === "dark"
      : window.matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });
  recall();
})();
