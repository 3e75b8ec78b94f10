import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi, Link } from "@tanstack/react-router";
import { GraduationCap, Plus, ShieldCheck, Users } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { AccountRow, FirstPassword } from "@/api/types.gen";
import { FilterBar } from "@/components/filter/filter-bar";
import { FilterMenu } from "@/components/filter/filter-menu";
import { SearchBox } from "@/components/filter/search-box";
import { PageHeader } from "@/components/page-header";
import { EmptyState } from "@/components/states/empty-state";
import type { Column } from "@/components/table/column";
import { DataTable } from "@/components/table/data-table";
import { pagesToTable } from "@/components/table/pages";
import { useSetSearch } from "@/lib/routing/use-search-state";
import { formatDay } from "@/lib/texts/format";
import { AccountStatus } from "./account-status";
import { type PersonKind, useAccounts } from "./queries";
import { isInForce, roleName } from "./role-names";

const CreateAccountDialog = lazy(() => import("./create-account-dialog").then((m) => ({ default: m.CreateAccountDialog })));
const OpenAccountsDialog = lazy(() => import("./open-accounts-dialog").then((m) => ({ default: m.OpenAccountsDialog })));
const OpenStudentAccountsDialog = lazy(() =>
  import("./open-student-accounts-dialog").then((m) => ({ default: m.OpenStudentAccountsDialog })),
);
const FirstPasswordDialog = lazy(() => import("./first-password-dialog").then((m) => ({ default: m.FirstPasswordDialog })));
const route = getRouteApi("/staff/accounts");

export function AccountsPage() {
  const { t, i18n } = useLingui();
  const search = route.useSearch();
  const setSearch = useSetSearch<typeof search>();
  const [open, setOpen] = useState<"one" | "staff" | "students" | null>(null);
  const [created, setCreated] = useState<FirstPassword | null>(null);
  const accounts = useAccounts(search);
  const kinds: Record<PersonKind, string> = { staff: t`教职工`, student: t`学生`, guardian: t`家长` };
  const applied = [
    search.q && { key: "q", label: t`包含“${search.q}”`, onRemove: () => setSearch({ q: undefined }) },
    search.person_kind && {
      key: "person_kind",
      label: kinds[search.person_kind],
      onRemove: () => setSearch({ person_kind: undefined }),
    },
  ].filter((one) => !!one);
  const columns: Column<AccountRow>[] = [
    { id: "name", header: t`姓名`, width: "9rem", cell: (row) => row.display_name },
    { id: "username", header: t`账号名`, width: "11rem", cell: (row) => <span className="font-mono text-xs">{row.username}</span> },
    {
      id: "roles",
      header: t`岗位`,
      cell: (row) =>
        row.person_kind === "staff"
          ? row.roles
              .filter((role) => isInForce(role))
              .map((role) => roleName(role, i18n))
              .join(t`、`) || <span className="text-muted">{t`尚无岗位`}</span>
          : kinds[row.person_kind],
    },
    { id: "status", header: t`状态`, width: "8.5rem", cell: (row) => <AccountStatus account={row} /> },
    { id: "created", header: t`建立日期`, width: "9rem", isDesktopOnly: true, cell: (row) => formatDay(row.created_at) },
  ];
  return (
    <>
      <PageHeader
        title={t`账号`}
        description={t`账号决定谁能登录，岗位决定能看到和办理什么。岗位可以设定起止日期，到期自动失效。`}
        actions={
          <>
            <Link to="/sign-in-settings" className="button button--secondary button--sm">
              <ShieldCheck aria-hidden />
              <Trans>登录与接口</Trans>
            </Link>
            <Button size="sm" variant="secondary" onPress={() => setOpen("staff")}>
              <Users aria-hidden />
              <Trans>为名册教职工开户</Trans>
            </Button>
            <Button size="sm" variant="secondary" onPress={() => setOpen("students")}>
              <GraduationCap aria-hidden />
              <Trans>为学生开户</Trans>
            </Button>
            <Button size="sm" onPress={() => setOpen("one")}>
              <Plus aria-hidden />
              <Trans>新建账号</Trans>
            </Button>
          </>
        }
      />
      <FilterBar applied={applied} onClear={() => setSearch({ q: undefined, person_kind: undefined })}>
        <SearchBox label={t`搜索账号`} placeholder={t`姓名或账号名`} value={search.q} onChange={(q) => setSearch({ q })} />
        <FilterMenu
          label={t`身份`}
          isSingle
          options={Object.entries(kinds).map(([value, label]) => ({ value, label }))}
          value={search.person_kind ? [search.person_kind] : undefined}
          onChange={(value) => setSearch({ person_kind: value?.[0] as PersonKind | undefined })}
        />
      </FilterBar>
      <DataTable
        label={t`账号`}
        columns={columns}
        rowKey={(row) => row.id}
        rowLink={(row) => ({ to: "/accounts/$accountId", params: { accountId: row.id } })}
        empty={<EmptyState title={t`没有符合条件的账号`}>{t`换一个姓名试试，或新建账号。`}</EmptyState>}
        {...pagesToTable(accounts)}
      />
      <Suspense fallback={null}>
        {open === "staff" && <OpenAccountsDialog onClose={() => setOpen(null)} />}
        {open === "students" && <OpenStudentAccountsDialog onClose={() => setOpen(null)} />}
        {open === "one" && <CreateAccountDialog onClose={() => setOpen(null)} onCreated={setCreated} />}
        {created && <FirstPasswordDialog issued={created} onClose={() => setCreated(null)} />}
      </Suspense>
    </>
  );
}
