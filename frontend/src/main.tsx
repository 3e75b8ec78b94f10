import "./styles/main.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/app";
import { lastWorkspace, restoreSession } from "./lib/session/sign-in";
import { currentLocale } from "./lib/texts/locale";
import { switchLocale } from "./lib/texts/texts";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");

void restoreSession();
const expected = lastWorkspace();
if (expected) void import("./app/workspaces/workspace-host").then(({ preloadWorkspace }) => preloadWorkspace(expected));
await switchLocale(currentLocale());
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
