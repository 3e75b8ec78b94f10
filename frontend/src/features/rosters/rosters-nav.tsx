import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";

const plain = "rounded-md px-2.5 py-1 text-muted text-sm hover:text-foreground";
const current = "rounded-md px-2.5 py-1 text-sm bg-accent-soft text-accent-soft-foreground font-medium";

/** The four pages that belong together. */
export function RostersNav() {
  const { t } = useLingui();
  return (
    <nav aria-label={t`名册`} className="mb-4 flex flex-wrap gap-1" data-print="hide">
      <Link to="/rosters" activeOptions={{ exact: true }} className={plain} activeProps={{ className: current }}>{t`导入`}</Link>
      <Link to="/rosters/whereabouts" className={plain} activeProps={{ className: current }}>{t`去向待核实`}</Link>
      <Link to="/rosters/duplicates" className={plain} activeProps={{ className: current }}>{t`疑似重复`}</Link>
      <Link to="/rosters/mappings" className={plain} activeProps={{ className: current }}>{t`列对应`}</Link>
    </nav>
  );
}
