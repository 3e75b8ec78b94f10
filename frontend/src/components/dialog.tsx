import { Modal } from "@heroui/react/modal";
import type { ReactNode } from "react";

interface DialogProps {
  title: ReactNode;
  children: ReactNode;
  footer?: ReactNode;
  onClose: () => void;
  size?: "xs" | "sm" | "md" | "lg" | "cover";
  /** For two columns of text side by side. */
  isWide?: boolean;
  /** False while work is running that must not be left half-way. */
  isDismissable?: boolean;
}

/** A modal that is open for as long as it is rendered: `{isOpen && <Dialog onClose=…>}`. */
export function Dialog({ title, children, footer, onClose, size = "md", isWide, isDismissable = true }: DialogProps) {
  return (
    <Modal.Backdrop
      isOpen
      isDismissable={isDismissable}
      isKeyboardDismissDisabled={!isDismissable}
      onOpenChange={(isOpen) => !isOpen && onClose()}
    >
      <Modal.Container size={size} scroll="inside">
        <Modal.Dialog className={isWide ? "sm:max-w-4xl" : undefined}>
          {isDismissable && <Modal.CloseTrigger />}
          <Modal.Header>
            <Modal.Heading>{title}</Modal.Heading>
          </Modal.Header>
          <Modal.Body>{children}</Modal.Body>
          {footer && <Modal.Footer>{footer}</Modal.Footer>}
        </Modal.Dialog>
      </Modal.Container>
    </Modal.Backdrop>
  );
}
