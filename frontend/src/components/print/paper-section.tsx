import type { ReactNode } from "react";

/** A numbered part of a printed file; `id` is what the contents lead to. */
export function PaperSection({ id, number, title, children }: { id: string; number: number; title: string; children: ReactNode }) {
  return (
    <section>
      <h2 id={`paper-${id}`}>{`${number}. ${title}`}</h2>
      {children}
    </section>
  );
}
