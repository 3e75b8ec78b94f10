import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef } from "react";
import { useWatch } from "react-hook-form";
import type { SelfReportForm, SelfReportShown, TopicShown } from "@/api/types.gen";
import { ApiFormBody } from "@/components/form/api-form-body";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { PlainButton } from "@/components/plain-button";
import { AboutStaff } from "./about-staff";
import { ChoiceCards } from "./choice-cards";
import { useTell } from "./queries";
import { ReadersNote } from "./readers-note";
import { emptyTell, type TellValues, toInput } from "./tell-values";

interface TellFormProps {
  form: SelfReportForm;
  topic: TopicShown;
  /** What was written before another topic was chosen. */
  note: string;
  onBack: (note: string) => void;
  onSent: (report: SelfReportShown | null) => void;
}

/** What belongs to the topic and nothing else. Nothing is written down anywhere before it is sent. */
export function TellForm({ form: { teachers, readers_about_staff }, topic, note, onBack, onSent }: TellFormProps) {
  const { t } = useLingui();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const tell = useTell();
  const form = useApiForm<TellValues>({
    defaultValues: { ...emptyTell, note },
    submit: async (values) => onSent((await tell.mutateAsync({ body: toInput(topic.code, values) })).report),
  });
  const { control } = form;
  const [chosen, byWhom] = useWatch({ control, name: ["about", "answers.by_whom"] });
  const isSurely = byWhom === "staff";
  const about = isSurely && chosen === "no" ? "unnamed" : chosen;
  const isAnythingSent = topic.readers.length > 0;

  return (
    <ApiFormBody
      form={form}
      className="flex flex-col gap-6"
      actions={
        <>
          <PlainButton variant="secondary" onClick={() => onBack(form.getValues("note"))}>
            <Trans>换一件事</Trans>
          </PlainButton>
          <SubmitButton control={control}>{isAnythingSent ? t`送给老师` : t`告诉老师`}</SubmitButton>
        </>
      }
    >
      <div>
        <h2 ref={heading} tabIndex={-1} className="font-semibold text-lg outline-none">
          {topic.words}
        </h2>
        <p className="text-muted text-sm">{topic.hint}</p>
      </div>
      {topic.questions.map((question) => (
        <ChoiceCards
          key={question.code}
          control={control}
          name={`answers.${question.code}`}
          label={question.words}
          isRequired={question.is_required}
          layout={question.answers.length > 4 ? "grid" : "row"}
          options={question.answers.map(({ value, words }) => ({ value, label: words }))}
        />
      ))}
      {isAnythingSent && (
        <>
          <TextInput
            control={control}
            name="note"
            label={topic.is_note_required ? t`想说的话` : t`还想说的话（可以不写）`}
            description={t`用自己的话写，写几句都行。`}
            isRequired={topic.is_note_required}
            rows={5}
            maxLength={2000}
            autoComplete="off"
          />
          <AboutStaff control={control} teachers={teachers} about={about} isSurely={isSurely} />
          <ReadersNote readers={about === "no" ? topic.readers : readers_about_staff} about={about} />
        </>
      )}
    </ApiFormBody>
  );
}
