import { useLingui } from "@lingui/react/macro";
import { getRouteApi } from "@tanstack/react-router";
import { Lock } from "lucide-react";
import { SectionCard } from "@/components/section-card";
import { useSetSearch } from "@/lib/routing/use-search-state";
import { EntryListing } from "./entry-listing";
import { useStudentRecord } from "./queries";

const route = getRouteApi("/staff/students/$studentId/access");
const choice = "h-7 cursor-pointer rounded-md px-2.5 text-muted text-sm hover:text-foreground";
const chosen = "aria-pressed:bg-accent-soft aria-pressed:font-medium aria-pressed:text-accent-soft-foreground";

/** Who has seen and changed this student's data; for the principal and the counsellor on the case. */
export function RecordCard({ studentId, maySee }: { studentId: string; maySee: boolean }) {
  const { t } = useLingui();
  const { show } = route.useSearch();
  const setSearch = useSetSearch<{ show?: "read" | "write" }>();
  if (!maySee)
    return (
      <SectionCard title={t`谁看过、谁改过`}>
        <p className="flex items-start gap-2 text-muted text-sm">
          <Lock aria-hidden className="mt-1 size-3.5 shrink-0" />
          {t`这份记录由校长和跟进这名学生的心理教师查看。您的每次查看和修改同样会记在其中。`}
        </p>
      </SectionCard>
    );
  const choices = [
    { value: undefined, label: t`全部` },
    { value: "read", label: t`看过` },
    { value: "write", label: t`改过` },
  ] as const;
  const filters = (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a row of the card's head
    <div role="group" aria-label={t`只看`} className="flex gap-1">
      {choices.map(({ value, label }) => (
        <button
          key={label}
          type="button"
          aria-pressed={show === value}
          onClick={() => setSearch({ show: value })}
          className={`${choice} ${chosen}`}
        >
          {label}
        </button>
      ))}
    </div>
  );
  return (
    <SectionCard title={t`谁看过、谁改过`} actions={filters} className="overflow-hidden">
      <Listing studentId={studentId} show={show} />
    </SectionCard>
  );
}

function Listing({ studentId, show }: { studentId: string; show: "read" | "write" | undefined }) {
  const { t } = useLingui();
  const record = useStudentRecord(studentId, show !== undefined);
  return (
    <EntryListing
      query={record}
      level={3}
      className="-mx-4 -mb-4"
      isShown={(entry) => show === undefined || (entry.action === "read") === (show === "read")}
      empty={{
        title: show === "write" ? t`还没有人改过` : show === "read" ? t`还没有人看过受保护的资料` : t`还没有记录`,
        note: t`查看家庭经济、家庭情况、健康、证件等资料，以及任何修改，都会记在这里；只看基本信息和成绩不记。`,
      }}
    />
  );
}
