import { useLingui } from "@lingui/react/macro";
import type { EditionShown } from "@/api";
import { SectionCard } from "@/components/section-card";

/** 背景与意义 and 指导思想, as the school wrote them. */
export function TextsCard({ edition }: { edition: EditionShown }) {
  const { t } = useLingui();
  if (!(edition.background || edition.guiding)) return null;
  return (
    <SectionCard title={t`总则`}>
      <div className="grid gap-4 text-sm leading-6 lg:grid-cols-2">
        {edition.background && (
          <section>
            <h3 className="mb-1 font-medium">{t`背景与意义`}</h3>
            <p className="whitespace-pre-line">{edition.background}</p>
          </section>
        )}
        {edition.guiding && (
          <section>
            <h3 className="mb-1 font-medium">{t`指导思想`}</h3>
            <p className="whitespace-pre-line">{edition.guiding}</p>
          </section>
        )}
      </div>
    </SectionCard>
  );
}
