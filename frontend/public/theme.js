// Runs before the first paint, so that a dark page never flashes white. A file of its own because the content policy forbids inline scripts.
(function () {
  var screen = matchMedia("(prefers-color-scheme: dark)");
  function apply() {
    var theme = "system";
    try { theme = localStorage.getItem("nuanyang.theme") || "system"; } catch (_) {}
    var dark = theme === "dark" || (theme === "system" && screen.matches);
    document.documentElement.classList.toggle("dark", dark);
    document.documentElement.classList.toggle("light", !dark);
  }
  screen.addEventListener("change", apply);
  apply();
})();
