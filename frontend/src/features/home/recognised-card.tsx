import { useLingui } from "@lingui/react/macro";
import { useQueries } from "@tanstack/react-query";
import { recognitionsList } from "@/api/sdk.gen";
import { BarChart } from "@/components/chart/bar-chart";
import { SectionCard } from "@/components/section-card";
import { useSeenCategories } from "@/features/recognitions/parts/use-seen-categories";

const colors = { C1: "var(--daily-life)", C2: "var(--academic)", C3: "var(--psychological)", C4: "var(--social)" };

/** How many are recognised in each category that this person may see; each number opens its list. */
export function RecognisedCard() {
  const { t } = useLingui();
  const labels = { C1: t`家庭经济`, C2: t`学业`, C3: t`身心`, C4: t`情感` };
  const categories = useSeenCategories();
  const counts = useQueries({
    queries: categories.map((category) => ({
      queryKey: ["home-recognised", category],
      queryFn: async ({ signal }: { signal: AbortSignal }) =>
        (await recognitionsList({ query: { state: "recognised", category, count: true, limit: 1 }, signal })).data.count ?? 0,
    })),
  });
  const isPartial = categories.length < Object.keys(labels).length;
  const isKnown = counts.every(({ data }) => data !== undefined);
  if (!isKnown || counts.every(({ data }) => data === 0)) return null;
  return (
    <SectionCard
      title={t`已认定的学生`}
      description={isPartial ? t`您能查看的类别；同一学生可属于几类。` : t`按类别；同一学生可属于几类。`}
    >
      <div data-sensitive>
        <BarChart
          title={t`已认定的学生，按类别`}
          isTitleHidden
          bars={categories.map((category, index) => ({
            id: category,
            label: labels[category],
            value: counts[index]?.data ?? 0,
            color: colors[category],
            link: { to: "/recognitions", search: { state: "recognised", category } },
          }))}
        />
      </div>
    </SectionCard>
  );
}
