// Runs before the first paint, so that a dark page never flashes white. A file of its own because the content policy forbids inline scripts.
(function () {
  var theme = "system";
  try { theme = localStorage.getItem("nuanyang.theme") || "system"; } catch (_) {}
  var dark = theme === "dark" || (theme === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.classList.toggle("dark", dark);
  document.documentElement.classList.toggle("light", !dark);
})();
