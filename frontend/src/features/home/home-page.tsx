import { useLingui } from "@lingui/react/macro";
import { PageHeader } from "@/components/page-header";
import { postsOf } from "@/lib/session/posts";
import { useMe } from "@/lib/session/session-store";
import { formatDay, today } from "@/lib/texts/format";
import { CensusCard } from "./census-card";
import { DepartmentCard } from "./department-card";
import { greetingAt } from "./greeting";
import { LedCases } from "./led-cases";
import { MyWeek } from "./my-week";
import { RecognisedCard } from "./recognised-card";
import { TaskList } from "./task-list";
import { WeekCard } from "./week-card";

/** The first page: what waits for me, then how things stand, each part only for whom it concerns. */
export function HomePage() {
  const { t, i18n } = useLingui();
  const me = useMe();
  const { account, menu } = me;
  const name = account.display_name;
  const greeting = i18n._(greetingAt(new Date().getHours()));
  const posts = postsOf(me, i18n, t`、`);
  return (
    <>
      <PageHeader
        title={t`${name}，${greeting}`}
        tabTitle={t`首页`}
        description={[formatDay(today()), posts.slice(0, 3).join(t`；`)].filter(Boolean).join(" · ")}
      />
      <div className="grid items-start gap-4 xl:grid-cols-[3fr_2fr]">
        <div className="flex flex-col gap-4">
          <MyWeek />
          <TaskList />
          <LedCases />
        </div>
        <div className="flex flex-col gap-4">
          {menu.includes("compliance") && <DepartmentCard />}
          {menu.includes("interventions") && <WeekCard />}
          {menu.includes("recognitions") && <RecognisedCard />}
          {menu.includes("evidence") && <CensusCard />}
        </div>
      </div>
    </>
  );
}
