import { useLingui } from "@lingui/react/macro";
import type { ChildShown } from "@/api/types.gen";
import { type Fact, Facts } from "@/components/facts";
import { SectionCard } from "@/components/section-card";
import { formatDay } from "@/lib/texts/format";
import { relationLabels } from "./parts/labels";

/** What is there: an empty line about what hardly anybody has only asks questions. */
const present = (facts: Fact[]) => facts.filter(({ value }) => value);

/** What the school has on record: who the child is, how it is reached, who stands for it. */
export function AboutChild({ child }: { child: ChildShown }) {
  const { t, i18n } = useLingui();
  const { basic, contact } = child;
  const { mine } = contact;
  const sex = { male: t`男`, female: t`女`, unspecified: t`未说明` }[basic.sex];
  const guardians = contact.guardians.map(({ name, relation, is_me }) => {
    const words = relationLabels[relation];
    const kin = words ? i18n._(words) : t`亲属`;
    return is_me ? t`${name}（${kin}，我）` : t`${name}（${kin}）`;
  });
  return (
    <SectionCard title={t`登记的信息`}>
      <Facts
        columns={1}
        facts={[
          { label: t`姓名`, value: basic.name },
          ...present([{ label: t`曾用名`, value: basic.former_name }]),
          { label: t`性别`, value: sex },
          { label: t`出生日期`, value: formatDay(basic.birth_on) },
          { label: t`学号`, value: basic.student_number },
          { label: t`入学日期`, value: formatDay(basic.entered_on) },
          ...present([
            { label: t`民族`, value: basic.ethnicity },
            { label: t`国籍`, value: basic.nationality },
            { label: t`出生地`, value: basic.birthplace },
            { label: t`籍贯`, value: basic.native_place },
            { label: t`就读方式`, value: basic.boarding && ({ day: t`走读`, boarding: t`住校` }[basic.boarding] ?? basic.boarding) },
          ]),
          { label: t`孩子的电话`, value: contact.phone },
          { label: t`家庭住址`, value: contact.address },
          { label: t`户籍地址`, value: contact.household_address },
          { label: t`通信地址`, value: contact.mailing_address },
          ...present([{ label: t`上下学方式`, value: contact.commute_by }]),
          { label: t`监护人`, value: guardians.join(t`、`) || "—" },
          { label: t`我的电话`, value: mine.phone },
          { label: t`我的住址`, value: mine.address },
          ...present([
            { label: t`我的工作单位`, value: mine.employer },
            { label: t`我的职业`, value: mine.occupation },
          ]),
        ]}
      />
    </SectionCard>
  );
}
