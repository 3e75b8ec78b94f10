import { Button } from "@heroui/react/button";
import { Dropdown } from "@heroui/react/dropdown";
import { Label } from "@heroui/react/label";
import { useLingui } from "@lingui/react/macro";
import { ChevronsUpDown } from "lucide-react";
import { notifyError } from "@/components/feedback/notify";
import { useSession } from "@/lib/session/session-store";
import { switchSchool } from "@/lib/session/sign-in";

/** The school's name as a menu of the schools one works in. */
export function SchoolMenu() {
  const { t } = useLingui();
  const { school, schools } = useSession();
  return (
    <Dropdown>
      <Button variant="ghost" size="sm" aria-label={t`切换学校，当前：${school?.name ?? ""}`} className="min-w-0 px-2">
        <span className="truncate">{school?.name}</span>
        <ChevronsUpDown aria-hidden className="text-muted" />
      </Button>
      <Dropdown.Popover placement="bottom start">
        <Dropdown.Menu
          aria-label={t`学校`}
          selectionMode="single"
          selectedKeys={school ? [school.id] : []}
          onAction={(id) => void switchSchool({ id: String(id) }).catch(notifyError)}
        >
          {schools.map(({ id, name }) => (
            <Dropdown.Item key={id} id={id} textValue={name}>
              <Dropdown.ItemIndicator />
              <Label>{name}</Label>
            </Dropdown.Item>
          ))}
        </Dropdown.Menu>
      </Dropdown.Popover>
    </Dropdown>
  );
}
