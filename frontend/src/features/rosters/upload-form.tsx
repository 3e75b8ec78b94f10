import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useForm } from "react-hook-form";
import type { RosterImportShown } from "@/api/types.gen";
import { notifyError } from "@/components/feedback/notify";
import { CheckInput } from "@/components/form/check-input";
import { FileDrop } from "@/components/form/file-drop";
import { RadioInput } from "@/components/form/radio-input";
import { SelectInput } from "@/components/form/select-input";
import { SectionCard } from "@/components/section-card";
import { upload } from "@/lib/http/upload";
import { useMe } from "@/lib/session/session-store";
import { today } from "@/lib/texts/format";
import { useImportChanged, useMappings } from "./queries";

interface Choices {
  covers: string;
  year: string | null;
  mapping: string | null;
  isDistrict: boolean;
  createsSchools: boolean;
  comparesAll: boolean;
}

/** From July on people speak of the school year that is coming. */
function yearBegun(day: string): number {
  return Number(day.slice(0, 4)) - (Number(day.slice(5, 7)) >= 7 ? 0 : 1);
}

/** Choose a file; sending it starts the check, nothing else. */
export function UploadForm() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const changed = useImportChanged();
  const mappings = useMappings();
  const [files, setFiles] = useState<File[]>([]);
  const [progress, setProgress] = useState<number | null>(null);
  const begun = yearBegun(today());
  const me = useMe();
  const form = useForm<Choices>({
    defaultValues: { covers: "school", year: String(begun), mapping: null, isDistrict: false, createsSchools: false, comparesAll: false },
  });
  const isSheet = files[0] !== undefined && !files[0].name.toLowerCase().endsWith(".zip");
  const isPackage = me.is_district_admin && files[0] !== undefined && !isSheet;
  const isDistrict = form.watch("isDistrict");
  const years = [begun + 1, begun, begun - 1].map((year) => ({ value: String(year), label: t`${year}–${year + 1} 学年` }));
  const saved = (mappings.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }));

  const send = form.handleSubmit(async (choices) => {
    setProgress(0);
    const mapping = mappings.data?.items.find((one) => one.id === choices.mapping)?.mapping;
    const values: Record<string, string> = { covers: choices.covers };
    if (choices.comparesAll) values.compare_all = "true";
    if (isSheet && choices.year) values.year_starts = choices.year;
    if (isPackage && choices.isDistrict) values.district = "true";
    if (isPackage && choices.isDistrict && choices.createsSchools) values.create_schools = "true";
    if (isSheet && mapping) values.mapping = JSON.stringify(mapping);
    try {
      const made = await upload<RosterImportShown>({ path: "/api/v1/roster-imports", files, values, onProgress: setProgress });
      await changed();
      await navigate({ to: "/rosters/$importId", params: { importId: made.id } });
    } catch (error) {
      setProgress(null);
      notifyError(error);
    }
  });

  return (
    <SectionCard title={t`导入名册`} description={t`先检查，不改动任何数据；看过结果再应用，要么全部导入，要么一条也不导入。`}>
      <form onSubmit={(event) => void send(event)} className="flex flex-col gap-4">
        <FileDrop
          label={t`把文件拖到这里`}
          description={t`OneRoster 1.1 / 1.2 数据包（.zip），或学籍表（.xlsx，或 UTF-8、GBK 编码的 .csv）。身份证号等敏感内容加密保存，文件应用后即删除。`}
          accept={[".zip", ".xlsx", ".csv"]}
          maxBytes={100 * 1024 * 1024}
          files={files}
          onFiles={setFiles}
          progress={progress}
        />
        <RadioInput
          control={form.control}
          name="covers"
          label={t`文件的范围`}
          orientation="vertical"
          options={[
            { value: "school", label: t`全校名册`, note: t`文件里没有的在读学生按离开处理：毕业年级毕业，其余列入“去向待核实”。` },
            { value: "rows", label: t`只是部分学生`, note: t`只新增和更新文件里的学生，不动其他人。` },
          ]}
        />
        {files.length > 0 && (
          <CheckInput
            control={form.control}
            name="comparesAll"
            label={t`逐行比对`}
            description={t`与上次应用的文件完全相同时，也逐行比对一遍。`}
          />
        )}
        {isPackage && (
          <div className="flex flex-col gap-2">
            <CheckInput
              control={form.control}
              name="isDistrict"
              label={t`区县数据包，含多所学校`}
              description={t`各校分别比对；在校际间转学的学生，原校转出、新校转入。`}
            />
            {isDistrict && <CheckInput control={form.control} name="createsSchools" label={t`建立系统里还没有的学校`} className="ms-7" />}
          </div>
        )}
        {isSheet && (
          <div className="grid gap-4 sm:grid-cols-2">
            <SelectInput control={form.control} name="year" label={t`学籍表所属学年`} options={years} />
            {saved.length > 0 && (
              <SelectInput
                control={form.control}
                name="mapping"
                label={t`列对应`}
                placeholder={t`按标准列名`}
                options={saved}
                description={t`表头与标准学籍表不同的，先在“列对应”里设好。`}
              />
            )}
          </div>
        )}
        <div>
          <Button type="submit" isDisabled={files.length === 0 || progress !== null}>
            <Trans>上传并检查</Trans>
          </Button>
        </div>
      </form>
    </SectionCard>
  );
}
