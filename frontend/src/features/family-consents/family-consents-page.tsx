import { useLingui } from "@lingui/react/macro";
import { FileCheck } from "lucide-react";
import type { FamilyChild } from "@/api";
import { PageHeader } from "@/components/page-header";
import { EmptyState } from "@/components/states/empty-state";
import { QueryState } from "@/components/states/query-state";
import { PurposeCard } from "./purpose-card";
import { useFamilyConsents } from "./queries";

/** What the school asks about one's own children, in plain words, and one's yes or no to it. */
export function FamilyConsentsPage() {
  const { t } = useLingui();
  return (
    <>
      <PageHeader
        title={t`知情同意`}
        description={t`学校开展下面的工作前，要先征得您的同意。同意或不同意都可以随时更改，不影响孩子正常上学。`}
      />
      <QueryState query={useFamilyConsents()}>
        {({ children }) =>
          children.length === 0 ? (
            <EmptyState icon={FileCheck} title={t`现在没有需要您选择的事`}>
              {t`如果您认为这里应该有您的孩子，请联系班主任。`}
            </EmptyState>
          ) : (
            <div className="flex flex-col gap-8">
              {children.map((child) => (
                <Child key={child.student_id} child={child} />
              ))}
            </div>
          )
        }
      </QueryState>
    </>
  );
}

function Child({ child }: { child: FamilyChild }) {
  const { t } = useLingui();
  return (
    <section aria-labelledby={child.student_id} className="flex flex-col gap-3">
      <h2 id={child.student_id} className="font-semibold text-lg">
        {child.name}
        {child.class_name && <span className="ml-2 font-normal text-muted text-sm">{child.class_name}</span>}
      </h2>
      {child.decides_alone && (
        <p className="rounded-lg bg-info-soft px-4 py-3 text-info-soft-foreground text-sm">
          {t`孩子已满十四周岁，按照法律规定由本人决定，学校会告知您。您可以在这里看到孩子的选择；以前的同意，您仍可以撤回。`}
        </p>
      )}
      {child.purposes.map((purpose) => (
        <PurposeCard key={purpose.purpose} child={child} purpose={purpose} />
      ))}
    </section>
  );
}
