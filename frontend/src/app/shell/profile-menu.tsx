import { Button } from "@heroui/react/button";
import { Dropdown } from "@heroui/react/dropdown";
import { Header } from "@heroui/react/header";
import { Label } from "@heroui/react/label";
import { Separator } from "@heroui/react/separator";
import { Trans, useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { KeyRound, LogOut } from "lucide-react";
import { setTheme, type Theme, useTheme } from "@/lib/preferences/theme";
import { postsOf } from "@/lib/session/posts";
import { useMe, workspaceOf } from "@/lib/session/session-store";
import { signOut } from "@/lib/session/sign-in";
import type { Locale } from "@/lib/texts/locale";
import { switchLocale } from "@/lib/texts/texts";
import { ownAccountPath } from "../account/routes";
import { useLocale } from "../use-locale";
import { ProfileFace } from "./profile-face";

interface ProfileMenuProps {
  /** It was pressed before its code was there. */
  isOpenAtFirst: boolean;
  isFocusedAtFirst: boolean;
}

export function ProfileMenu({ isOpenAtFirst, isFocusedAtFirst }: ProfileMenuProps) {
  const { t, i18n } = useLingui();
  const me = useMe();
  const { account } = me;
  const navigate = useNavigate();
  const theme = useTheme();
  const locale = useLocale();
  const name = account.display_name;
  const posts = postsOf(me, i18n, t`、`);
  const onAction = (key: string) => {
    if (key === "account") void navigate({ to: ownAccountPath[workspaceOf(me)] });
    if (key === "sign-out") void signOut();
  };
  return (
    <Dropdown defaultOpen={isOpenAtFirst}>
      <Button isIconOnly variant="ghost" size="sm" aria-label={t`我的账号：${name}`} autoFocus={isFocusedAtFirst} className="rounded-full">
        <ProfileFace name={name} />
      </Button>
      <Dropdown.Popover placement="bottom end" className="min-w-60">
        <div className="px-4 pt-3 pb-2">
          <p className="font-semibold">{name}</p>
          <p className="text-muted text-xs">{posts.join(" · ") || account.username}</p>
        </div>
        <Dropdown.Menu aria-label={t`我的账号`} onAction={(key) => onAction(String(key))}>
          <Dropdown.Section
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[theme]}
            onSelectionChange={(keys) => setTheme([...keys][0] as Theme)}
          >
            <Header>
              <Trans>外观</Trans>
            </Header>
            {themes(t`浅色`, t`深色`, t`跟随系统`).map(({ id, label }) => (
              <Dropdown.Item key={id} id={id} textValue={label}>
                <Dropdown.ItemIndicator />
                <Label>{label}</Label>
              </Dropdown.Item>
            ))}
          </Dropdown.Section>
          <Separator />
          <Dropdown.Section
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[locale]}
            onSelectionChange={(keys) => void switchLocale([...keys][0] as Locale)}
          >
            <Header>
              <Trans>语言</Trans>
            </Header>
            {[
              { id: "zh-CN", label: "简体中文" },
              { id: "en", label: "English" },
            ].map(({ id, label }) => (
              <Dropdown.Item key={id} id={id} textValue={label}>
                <Dropdown.ItemIndicator />
                <Label lang={id}>{label}</Label>
              </Dropdown.Item>
            ))}
          </Dropdown.Section>
          <Separator />
          <Dropdown.Item id="account" textValue={t`账号安全`}>
            <KeyRound aria-hidden className="size-4 text-muted" />
            <Label>{t`账号安全`}</Label>
          </Dropdown.Item>
          <Dropdown.Item id="sign-out" textValue={t`退出登录`}>
            <LogOut aria-hidden className="size-4 text-muted" />
            <Label>{t`退出登录`}</Label>
          </Dropdown.Item>
        </Dropdown.Menu>
      </Dropdown.Popover>
    </Dropdown>
  );
}

function themes(light: string, dark: string, system: string): { id: Theme; label: string }[] {
  return [
    { id: "light", label: light },
    { id: "dark", label: dark },
    { id: "system", label: system },
  ];
}
