import { i18n } from "@lingui/core";
import { I18nProvider as TextsProvider } from "@lingui/react";
import { QueryClientProvider } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { I18nProvider } from "react-aria-components/I18nProvider";
import { FullPageLoading } from "@/components/states/full-page-loading";
import { queryClient } from "@/lib/http/query-client";
import { useConfirming } from "@/lib/session/confirming";
import { useSession } from "@/lib/session/session-store";
import { useLocale } from "./use-locale";

const SignInPage = lazy(() => import("./sign-in/sign-in-page").then((m) => ({ default: m.SignInPage })));
const ActivatePage = lazy(() => import("./sign-in/activate-page").then((m) => ({ default: m.ActivatePage })));
const FirstPasswordPage = lazy(() => import("./sign-in/first-password-page").then((m) => ({ default: m.FirstPasswordPage })));
const StepUpDialog = lazy(() => import("./step-up-dialog").then((m) => ({ default: m.StepUpDialog })));
const EnrolmentPage = lazy(() => import("./second-factor/enrolment-page").then((m) => ({ default: m.EnrolmentPage })));
const ReturningOverlay = lazy(() => import("./sign-in/returning-overlay").then((m) => ({ default: m.ReturningOverlay })));
const SchoolChooser = lazy(() => import("./sign-in/school-chooser").then((m) => ({ default: m.SchoolChooser })));
const WorkspaceHost = lazy(() => import("./workspaces/workspace-host").then((m) => ({ default: m.WorkspaceHost })));

/** The one page for whoever has no account yet. */
const isActivating = window.location.pathname === "/activate";

function Stage() {
  const { status, me, school } = useSession();
  const confirming = useConfirming();
  if (status === "restoring") return <FullPageLoading />;
  if (status === "signed-out") return isActivating ? <ActivatePage /> : <SignInPage />;
  if (status === "choosing-school") return <SchoolChooser />;
  if (status === "changing-password") return <FirstPasswordPage />;
  if (status === "enrolling") return <EnrolmentPage />;
  // An expired session keeps the open page mounted but out of sight, so that a half-written form is still there afterwards.
  return (
    <>
      <div hidden={status === "expired"} inert={status === "expired"}>
        <WorkspaceHost key={`${me?.account.id}/${school?.id}`} />
      </div>
      {status === "ready" && confirming && <StepUpDialog factor={confirming.factor} onSettled={confirming.settle} />}
      {status === "expired" && <ReturningOverlay />}
    </>
  );
}

export function App() {
  const locale = useLocale();
  return (
    <TextsProvider i18n={i18n}>
      <I18nProvider locale={locale === "en" ? "en-US" : "zh-CN"}>
        <QueryClientProvider client={queryClient}>
          <Suspense fallback={<FullPageLoading />}>
            <Stage />
          </Suspense>
        </QueryClientProvider>
      </I18nProvider>
    </TextsProvider>
  );
}
