import { AlertDialog } from "@heroui/react/alert-dialog";
import { Button } from "@heroui/react/button";
import { Trans } from "@lingui/react/macro";
import { type ReactNode, useState } from "react";
import { notifyError } from "./notify";

interface ConfirmDialogProps {
  title: ReactNode;
  children: ReactNode;
  /** What the button says: the act itself, never 确定. */
  action: ReactNode;
  isDangerous?: boolean;
  onConfirm: () => Promise<unknown> | unknown;
  onClose: () => void;
}

/** For what cannot be undone; everything else is done at once, with undo in the toast. */
export function ConfirmDialog({ title, children, action, isDangerous = false, onConfirm, onClose }: ConfirmDialogProps) {
  const [isPending, setPending] = useState(false);
  const confirm = async () => {
    setPending(true);
    try {
      await onConfirm();
      onClose();
    } catch (error) {
      setPending(false);
      notifyError(error);
    }
  };
  return (
    <AlertDialog.Backdrop isOpen onOpenChange={(isOpen) => !isOpen && onClose()}>
      <AlertDialog.Container size="sm">
        <AlertDialog.Dialog>
          <AlertDialog.Header>
            <AlertDialog.Heading>{title}</AlertDialog.Heading>
          </AlertDialog.Header>
          <AlertDialog.Body>{children}</AlertDialog.Body>
          <AlertDialog.Footer>
            <Button variant="tertiary" onPress={onClose}>
              <Trans>返回</Trans>
            </Button>
            <Button variant={isDangerous ? "danger" : "primary"} isPending={isPending} onPress={() => void confirm()}>
              {action}
            </Button>
          </AlertDialog.Footer>
        </AlertDialog.Dialog>
      </AlertDialog.Container>
    </AlertDialog.Backdrop>
  );
}
