import { useLingui } from "@lingui/react/macro";
import { Dialog } from "react-aria-components/Dialog";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { SignInPage } from "./sign-in-page";

/** The sign-in form over everything that is open: a modal itself, for beneath an open dialog it could not be reached. */
export function ReturningOverlay() {
  const { t } = useLingui();
  return (
    <ModalOverlay isOpen isKeyboardDismissDisabled className="fixed inset-0 z-[200000] overflow-auto bg-background">
      <Modal>
        <Dialog aria-label={t`请重新登录`} className="outline-none">
          <SignInPage isReturning />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
