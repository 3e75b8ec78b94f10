import { Trans, useLingui } from "@lingui/react/macro";
import type { CustodyOrderShown } from "@/api";
import { Dialog } from "@/components/dialog";
import { notify } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { ifMatch } from "@/lib/http/if-match";
import { useLiftOrder } from "./queries";

/** Ends an order, with the reason; it stays readable. */
export function LiftDialog({ order, onClose }: { order: CustodyOrderShown; onClose: () => void }) {
  const { t } = useLingui();
  const lift = useLiftOrder();
  const form = useApiForm<{ reason: string }>({
    defaultValues: { reason: "" },
    submit: (body) => lift.mutateAsync({ path: { order_id: order.id }, headers: ifMatch(order.version), body }),
    onDone: () => {
      notify(t`已解除`);
      onClose();
    },
  });
  return (
    <Dialog
      title={t`解除监护令`}
      onClose={onClose}
      footer={
        <SubmitButton control={form.control} form="lift-order">
          <Trans>解除</Trans>
        </SubmitButton>
      }
    >
      <ApiFormBody form={form} id="lift-order">
        <p className="text-sm">
          <Trans>解除后，如果没有其他监护令，这位家长又能在家长平台上看到孩子，老师也可以联系。</Trans>
        </p>
        <TextInput control={form.control} name="reason" label={t`解除原因`} rows={3} isRequired />
      </ApiFormBody>
    </Dialog>
  );
}
