import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { SectionCard } from "@/components/section-card";
import { formatDay, formatNumber } from "@/lib/texts/format";
import { useWeek } from "./queries";

/** The Monday of this week, as a school day. */
export function mondayOf(day: Date): string {
  const monday = new Date(day.getFullYear(), day.getMonth(), day.getDate() - ((day.getDay() + 6) % 7));
  return `${monday.getFullYear()}-${String(monday.getMonth() + 1).padStart(2, "0")}-${String(monday.getDate()).padStart(2, "0")}`;
}

/** This week's records; each number opens the list of exactly these. */
export function WeekCard() {
  const { t } = useLingui();
  const monday = mondayOf(new Date());
  const since = formatDay(monday);
  const { data } = useWeek(monday);
  if (!data) return null;
  const figures = [
    { label: t`我做的`, value: data.mine, search: { held_from: monday, mine: true } },
    { label: t`全部`, value: data.all, search: { held_from: monday } },
  ];
  return (
    <SectionCard title={t`本周帮扶记录`} description={t`${since} 起`}>
      <dl className="grid grid-cols-2 gap-4">
        {figures.map(({ label, value, search }) => (
          <div key={label} className="flex flex-col-reverse">
            <dt className="text-muted text-xs">{label}</dt>
            <dd className="tnum font-semibold text-2xl">
              <Link to="/interventions" search={search} aria-label={`${label} ${formatNumber(value)}`} className="rounded hover:text-link">
                {formatNumber(value)}
              </Link>
            </dd>
          </div>
        ))}
      </dl>
    </SectionCard>
  );
}
