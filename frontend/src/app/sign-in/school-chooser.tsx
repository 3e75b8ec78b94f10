import { Trans, useLingui } from "@lingui/react/macro";
import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { toProblemError } from "@/lib/http/problem";
import { usePageTitle } from "@/lib/routing/page-title";
import { useSession } from "@/lib/session/session-store";
import { signOut, switchSchool } from "@/lib/session/sign-in";
import { SignInFrame } from "./sign-in-frame";

/** For people who work in several schools; the choice can be changed later in the top bar. */
export function SchoolChooser() {
  const { t } = useLingui();
  const { schools } = useSession();
  const [refusal, setRefusal] = useState<string | null>(null);
  usePageTitle(t`选择学校`);
  return (
    <SignInFrame title={t`选择学校`} lead={t`您在多所学校有岗位，登录后可随时切换。`}>
      <ul className="flex flex-col gap-2">
        {schools.map((school) => (
          <li key={school.id}>
            <button
              type="button"
              className="flex w-full cursor-pointer items-center justify-between gap-3 rounded-lg border border-border px-4 py-3 text-left font-medium hover:border-accent hover:bg-accent-soft"
              onClick={() => switchSchool(school).catch((error: unknown) => setRefusal(toProblemError(error).message))}
            >
              {school.name}
              <ChevronRight aria-hidden className="size-4 text-muted" />
            </button>
          </li>
        ))}
      </ul>
      {schools.length === 0 && (
        <p className="text-muted text-sm">
          <Trans>这个账号还没有任何学校的岗位，请联系学校管理员。</Trans>
        </p>
      )}
      {refusal && (
        <p role="alert" className="mt-3 text-danger text-sm">
          {refusal}
        </p>
      )}
      <p className="mt-4 text-center text-xs">
        <button type="button" className="cursor-pointer rounded px-2 py-1 text-muted hover:text-foreground" onClick={() => void signOut()}>
          <Trans>退出，换一个账号</Trans>
        </button>
      </p>
    </SignInFrame>
  );
}
