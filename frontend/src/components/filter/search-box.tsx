import { useLingui } from "@lingui/react/macro";
import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";

interface SearchBoxProps {
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  placeholder?: string;
  className?: string;
}

/** Searches while one types, after a short pause; waits for the input method to finish a Chinese word. */
export function SearchBox({ label, value, onChange, placeholder, className = "w-full sm:w-60" }: SearchBoxProps) {
  const { t } = useLingui();
  const [text, setText] = useState(value ?? "");
  const isComposing = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const sent = useRef(value);
  useEffect(() => {
    if (value !== sent.current) setText(value ?? "");
    sent.current = value;
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const send = (next: string, pause: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      sent.current = next.trim() || undefined;
      onChange(sent.current);
    }, pause);
  };

  return (
    <div className={`relative ${className}`}>
      <Search aria-hidden className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted" />
      <input
        type="search"
        aria-label={label}
        placeholder={placeholder ?? t`姓名、拼音或首字母`}
        value={text}
        className="h-8 w-full rounded-md border border-field-border bg-field pr-2 pl-8 text-sm outline-none placeholder:text-field-placeholder focus:border-focus focus:ring-1 focus:ring-focus"
        onCompositionStart={() => {
          isComposing.current = true;
        }}
        onCompositionEnd={(event) => {
          isComposing.current = false;
          send(event.currentTarget.value, 150);
        }}
        onChange={(event) => {
          setText(event.target.value);
          if (!isComposing.current) send(event.target.value, 220);
        }}
        onKeyDown={(event) => event.key === "Enter" && !isComposing.current && send(text, 0)}
      />
    </div>
  );
}
