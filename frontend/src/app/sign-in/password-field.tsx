import { Description } from "@heroui/react/description";
import { FieldError } from "@heroui/react/field-error";
import { Input } from "@heroui/react/input";
import { Label } from "@heroui/react/label";
import { TextField } from "@heroui/react/textfield";
import { useLingui } from "@lingui/react/macro";
import { Eye, EyeOff } from "lucide-react";
import { type ReactNode, useState } from "react";

interface PasswordFieldProps {
  name: string;
  label: ReactNode;
  autoComplete: "current-password" | "new-password";
  description?: ReactNode;
  error?: string;
  minLength?: number;
  autoFocus?: boolean;
}

/** A password one may look at: a first password comes on paper and is typed on a phone. */
export function PasswordField({ label, description, error, ...rest }: PasswordFieldProps) {
  const { t } = useLingui();
  const [isShown, setShown] = useState(false);
  const Icon = isShown ? EyeOff : Eye;
  return (
    <TextField {...rest} type={isShown ? "text" : "password"} isRequired isInvalid={!!error || undefined}>
      <Label>{label}</Label>
      <span className="relative flex">
        <Input className="w-full pr-10" autoCapitalize="none" spellCheck={false} />
        <button
          type="button"
          aria-label={isShown ? t`隐藏所输内容` : t`显示所输内容`}
          onClick={() => setShown(!isShown)}
          className="absolute inset-y-0 right-0 grid w-10 cursor-pointer place-items-center rounded-lg text-muted hover:text-foreground"
        >
          <Icon aria-hidden className="size-4" />
        </button>
      </span>
      {description && <Description>{description}</Description>}
      <FieldError>{error}</FieldError>
    </TextField>
  );
}
