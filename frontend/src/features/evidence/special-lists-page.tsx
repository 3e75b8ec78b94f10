import { useLingui } from "@lingui/react/macro";
import { useForm } from "react-hook-form";
import { SelectInput } from "@/components/form/select-input";
import { PageHeader } from "@/components/page-header";
import { QueryState } from "@/components/states/query-state";
import { SheetImport } from "@/features/results/parts/sheet-import";
import { ListRowTable } from "./list-row-table";
import { useCatalogue, useEvidenceChanged } from "./queries";

const BY_ROW = "-";

/** Lists that other offices keep: bring one in, then decide about the doubtful rows. */
export function SpecialListsPage() {
  const { t } = useLingui();
  const onApplied = useEvidenceChanged();
  const { control, watch } = useForm<{ kind: string | null }>({ defaultValues: { kind: BY_ROW } });
  const kind = watch("kind");
  return (
    <QueryState query={useCatalogue()}>
      {({ items }) => (
        <>
          <PageHeader
            title={t`特殊群体名单`}
            description={t`低保、特困、脱贫（监测）、孤儿、残疾等名单。按身份证号比对，没有号码的按姓名、班级、出生日期比对；只有姓名相同的不会自动登记。`}
            trail={[{ label: t`认定依据`, to: "/evidence" }]}
          />
          <div className="flex flex-col gap-4">
            <SheetImport
              path="/api/v1/special-lists/import"
              values={kind && kind !== BY_ROW ? { kind } : undefined}
              description={t`每行一人：姓名、身份证号（或班级、出生日期）；可有类别、认定日期、人均收入、残疾等级等列。身份证号列请设为文本。`}
              before={
                <SelectInput
                  control={control}
                  name="kind"
                  label={t`这份名单是`}
                  className="max-w-sm"
                  options={[
                    { value: BY_ROW, label: t`按文件名或“类别”一列识别` },
                    ...items.filter((one) => one.may_import).map(({ code, name }) => ({ value: code, label: name })),
                  ]}
                />
              }
              onApplied={() => void onApplied()}
            />
            <ListRowTable />
          </div>
        </>
      )}
    </QueryState>
  );
}
