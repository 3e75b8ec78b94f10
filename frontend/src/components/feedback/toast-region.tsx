import { Toast } from "@heroui/react/toast";

export function ToastRegion() {
  return <Toast.Provider placement="top" width={380} />;
}
