import type { ComponentProps } from "react";

interface PlainButtonProps extends ComponentProps<"button"> {
  variant?: "primary" | "secondary" | "tertiary" | "ghost";
  size?: "sm" | "md";
  isIconOnly?: boolean;
  isPending?: boolean;
}

/** HeroUI's look on the browser's own button, for the frame and for forms: what phones load first stays small. */
export function PlainButton({
  variant = "primary",
  size = "md",
  isIconOnly,
  isPending,
  className = "",
  type = "button",
  ...rest
}: PlainButtonProps) {
  const classes = ["button", `button--${variant}`, size === "sm" && "button--sm", isIconOnly && "button--icon-only", className];
  return (
    <button
      type={type}
      className={classes.filter(Boolean).join(" ")}
      aria-disabled={isPending || undefined}
      data-pending={isPending || undefined}
      {...rest}
    />
  );
}
