import "./styles/main.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/app";
import { lastWorkspace, restoreSession } from "./lib/session/sign-in";
import { currentLocale } from "./lib/texts/locale";
import { switchLocale } from "./lib/texts/texts";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");

// What will be shown is fetched together with its texts and with the answer who is signed in, not one after the other.
void restoreSession();
const expected = lastWorkspace();
if (expected) void import("./app/workspaces/workspace-host").then(({ preloadWorkspace }) => preloadWorkspace(expected));
else void import("./app/sign-in/sign-in-page");
await switchLocale(currentLocale());
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
