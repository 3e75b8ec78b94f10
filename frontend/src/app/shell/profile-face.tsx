/** The first letter of a name, in a circle. */
export function ProfileFace({ name }: { name: string }) {
  return (
    <span
      aria-hidden
      className="grid size-7 place-items-center rounded-full bg-accent-soft font-semibold text-accent-soft-foreground text-xs"
    >
      {name.slice(0, 1)}
    </span>
  );
}
