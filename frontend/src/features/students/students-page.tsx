import { useLingui } from "@lingui/react/macro";
import { getRouteApi } from "@tanstack/react-router";
import { FilterBar } from "@/components/filter/filter-bar";
import { PageHeader } from "@/components/page-header";
import { ExportButton } from "./export-button";
import { StudentsFilters } from "./students-filters";
import { StudentsTable } from "./students-table";
import { useApplied } from "./use-applied";

const route = getRouteApi("/staff/students");

/** Find students: everything asked for stands in the address, so that a link shows the same list and Back brings it back. */
export function StudentsPage() {
  const { t } = useLingui();
  const navigate = route.useNavigate();
  const applied = useApplied();
  return (
    <>
      <PageHeader title={t`学生`} description={t`只列出您有权查看的学生；看不到的内容会注明。`} actions={<ExportButton />} />
      <FilterBar applied={applied} onClear={() => void navigate({ search: {}, replace: true })}>
        <StudentsFilters />
      </FilterBar>
      <StudentsTable />
    </>
  );
}
