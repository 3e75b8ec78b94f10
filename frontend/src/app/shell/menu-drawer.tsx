import { Drawer } from "@heroui/react/drawer";
import { useLingui } from "@lingui/react/macro";
import type { MenuEntry } from "@/lib/routing/menu";
import { MenuLinks } from "./menu-links";

export function MenuDrawer({ entries, onClose }: { entries: MenuEntry[]; onClose: () => void }) {
  const { t } = useLingui();
  return (
    <Drawer.Backdrop isOpen onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Drawer.Content placement="left">
        <Drawer.Dialog className="w-72">
          <Drawer.CloseTrigger />
          <Drawer.Header>
            <Drawer.Heading>{t`菜单`}</Drawer.Heading>
          </Drawer.Header>
          <Drawer.Body>
            <nav aria-label={t`主菜单`}>
              <MenuLinks entries={entries} onFollow={onClose} />
            </nav>
          </Drawer.Body>
        </Drawer.Dialog>
      </Drawer.Content>
    </Drawer.Backdrop>
  );
}
