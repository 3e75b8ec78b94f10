import { Trans, useLingui } from "@lingui/react/macro";
import { lazy, Suspense, useState } from "react";
import type { OwnContact } from "@/api/types.gen";
import { notify, notifyError } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { QueryState } from "@/components/states/query-state";
import { ifMatch } from "@/lib/http/if-match";
import { usePageTitle } from "@/lib/routing/page-title";
import { useChangeContact, useOwnContact } from "./queries";

const ConflictDialog = lazy(() => import("@/components/feedback/conflict-dialog").then((m) => ({ default: m.ConflictDialog })));

interface ContactValues {
  phone: string;
  address: string;
}

const toPatch = ({ phone, address }: ContactValues) => ({ ...(phone ? { phone } : {}), address: address || null });

export function ContactPage() {
  const { t } = useLingui();
  const contact = useOwnContact();
  const change = useChangeContact();
  const [mine, setMine] = useState<ContactValues>();
  usePageTitle(t`我的联系方式`);
  const onConflict = (values: ContactValues) => void contact.refetch().then(() => setMine(values));
  const onKeepMine = (values: ContactValues, version: number) =>
    change.mutate(
      { body: toPatch(values), headers: ifMatch(version) },
      { onSuccess: () => [setMine(undefined), notify(t`已保存`)], onError: notifyError },
    );
  return (
    <div className="flex flex-col gap-5">
      <div>
        <h1 className="font-semibold text-2xl leading-9 tracking-tight">
          <Trans>我的联系方式</Trans>
        </h1>
        <p className="mt-1 text-muted">
          <Trans>学校用它联系您。其他监护人在这里看不到您的电话和住址。</Trans>
        </p>
      </div>
      <QueryState query={contact} size="panel">
        {(data) => (
          <>
            <ContactForm key={data.version} contact={data} onConflict={onConflict} />
            <Suspense fallback={null}>
              {mine && (
                <ConflictDialog
                  fields={(["phone", "address"] as const).map((name) => ({
                    name,
                    label: name === "phone" ? t`手机号码` : t`住址`,
                    mine: mine[name] || "—",
                    theirs: data[name] ?? "—",
                    isDifferent: mine[name] !== (data[name] ?? ""),
                  }))}
                  onKeepMine={() => onKeepMine(mine, data.version)}
                  onTakeTheirs={() => setMine(undefined)}
                  onClose={() => setMine(undefined)}
                />
              )}
            </Suspense>
          </>
        )}
      </QueryState>
    </div>
  );
}

function ContactForm({ contact, onConflict }: { contact: OwnContact; onConflict: (values: ContactValues) => void }) {
  const { t } = useLingui();
  const change = useChangeContact();
  const form = useApiForm<ContactValues>({
    defaultValues: { phone: contact.phone ?? "", address: contact.address ?? "" },
    submit: (values) => change.mutateAsync({ body: toPatch(values), headers: ifMatch(contact.version) }),
    onDone: () => notify(t`已保存`),
    onConflict: () => onConflict(form.getValues()),
  });
  return (
    <ApiFormBody
      form={form}
      className="flex flex-col gap-4 rounded-lg bg-surface p-4 shadow-surface"
      actions={
        <SubmitButton control={form.control}>
          <Trans>保存</Trans>
        </SubmitButton>
      }
    >
      <p>
        <span className="text-muted">
          <Trans>姓名</Trans>
        </span>{" "}
        <span className="font-medium">{contact.name}</span>
      </p>
      <TextInput control={form.control} name="phone" label={t`手机号码`} type="tel" inputMode="tel" autoComplete="tel" isRequired />
      <TextInput control={form.control} name="address" label={t`住址`} autoComplete="street-address" maxLength={200} />
    </ApiFormBody>
  );
}
