import { Trans, useLingui } from "@lingui/react/macro";
import { useWatch } from "react-hook-form";
import type { RequestAnswerInput, RequestShown } from "@/api";
import { notify } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { RadioInput } from "@/components/form/radio-input";
import { SelectInput } from "@/components/form/select-input";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { SectionCard } from "@/components/section-card";
import { groundLabels } from "@/features/family-requests/parts/request-labels";
import { ifMatch } from "@/lib/http/if-match";
import { useDataRequestMutations } from "./queries";

interface AnswerValues {
  outcome: RequestAnswerInput["outcome"];
  ground: NonNullable<RequestAnswerInput["ground"]> | null;
  reason: string;
}

/** The possible answers of this request; a refusal with its ground and reason. */
export function AnswerForm({ request }: { request: RequestShown }) {
  const { t, i18n } = useLingui();
  const { answer } = useDataRequestMutations();
  const isErasure = request.kind === "erase";
  const form = useApiForm<AnswerValues>({
    defaultValues: { outcome: request.outcomes[0], ground: null, reason: "" },
    submit: ({ outcome, ground, reason }) =>
      answer.mutateAsync({
        path: { data_request_id: request.id },
        body: { outcome, ground: outcome === "fulfilled" ? null : ground, reason: reason || null },
        headers: ifMatch(request.version),
      }),
    onDone: () => notify(isErasure ? t`已提交批准` : t`已答复`),
  });
  const { control } = form;
  const outcome = useWatch({ control, name: "outcome" });
  const isCorrected = request.kind === "correct" && request.wanted !== null;
  const words = {
    fulfilled: isErasure ? t`同意删除` : isCorrected ? t`同意，写入学生资料` : t`已办理`,
    partly: t`部分同意`,
    refused: t`不同意`,
  };
  return (
    <SectionCard title={t`答复家长`} description={isErasure ? t`删除须由另一人批准，批准后才会执行并答复家长。` : t`提交后家长立即看到。`}>
      <ApiFormBody
        form={form}
        actions={<SubmitButton control={control}>{isErasure ? <Trans>提交批准</Trans> : <Trans>答复</Trans>}</SubmitButton>}
      >
        <RadioInput
          control={control}
          name="outcome"
          label={t`结果`}
          options={request.outcomes.map((value) => ({ value, label: words[value] }))}
        />
        {outcome !== "fulfilled" && (
          <SelectInput
            control={control}
            name="ground"
            label={t`依据`}
            isRequired
            options={Object.entries(groundLabels).map(([value, label]) => ({ value, label: i18n._(label) }))}
          />
        )}
        <TextInput
          control={control}
          name="reason"
          label={outcome === "fulfilled" ? t`说明（可以不写）` : t`理由`}
          description={t`家长会读到，请用平实的话写。`}
          isRequired={outcome !== "fulfilled"}
          rows={3}
          maxLength={2000}
        />
      </ApiFormBody>
    </SectionCard>
  );
}
