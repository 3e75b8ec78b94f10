import { Trans, useLingui } from "@lingui/react/macro";
import type { IssuedSecret } from "@/api/types.gen";
import { Dialog } from "@/components/dialog";
import { ApiFormBody } from "@/components/form/api-form-body";
import { CheckInput } from "@/components/form/check-input";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { PlainButton } from "@/components/plain-button";
import { useCreateProgram } from "./queries";
import { type ProgramScope, scopeLabels } from "./scope-labels";

const scopes = Object.keys(scopeLabels) as ProgramScope[];
/** A colon in a field's name would be read as a path by nobody, a dot would. */
const keyOf = (scope: ProgramScope) => scope.replace(":", "_");

interface CreateProgramDialogProps {
  onClose: () => void;
  onCreated: (issued: IssuedSecret) => void;
}

export function CreateProgramDialog({ onClose, onCreated }: CreateProgramDialogProps) {
  const { t, i18n } = useLingui();
  const create = useCreateProgram();
  const form = useApiForm<{ name: string; addresses: string; chosen: Record<string, boolean> }>({
    defaultValues: { name: "", addresses: "", chosen: {} },
    submit: async ({ name, addresses, chosen }) => {
      const body = {
        name,
        scopes: scopes.filter((scope) => chosen[keyOf(scope)]),
        addresses: addresses.split(/[\s,，、;；]+/).filter(Boolean),
      };
      onCreated(await create.mutateAsync({ body }));
    },
    onDone: onClose,
  });
  return (
    <Dialog
      title={t`新建程序账号`}
      size="sm"
      onClose={onClose}
      footer={
        <>
          <PlainButton variant="tertiary" onClick={onClose}>
            <Trans>返回</Trans>
          </PlainButton>
          <SubmitButton control={form.control} form="create-program">
            <Trans>新建程序账号</Trans>
          </SubmitButton>
        </>
      }
    >
      <ApiFormBody form={form} id="create-program">
        <TextInput
          control={form.control}
          name="name"
          label={t`名称`}
          description={t`对方系统的名字，如：教务系统。`}
          isRequired
          autoComplete="off"
        />
        <fieldset className="flex flex-col gap-2">
          <legend className="label label--required mb-1">
            <Trans>允许做什么</Trans>
          </legend>
          {scopes.map((scope) => (
            <CheckInput key={scope} control={form.control} name={`chosen.${keyOf(scope)}`} label={i18n._(scopeLabels[scope])} />
          ))}
        </fieldset>
        <TextInput
          control={form.control}
          name="addresses"
          label={t`允许的来源地址`}
          description={t`可选。IP 地址或网段，用空格隔开，如 10.1.2.0/24。`}
          autoComplete="off"
        />
      </ApiFormBody>
    </Dialog>
  );
}
