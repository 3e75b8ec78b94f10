/** The sun over the horizon, as in `public/favicon.svg`; drawn in place, so that no request stands before it. */
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg aria-hidden viewBox="0 0 32 32" width={size} height={size} className="shrink-0">
      <rect width="32" height="32" rx="8" fill="#b3531f" />
      <path
        d="M16 5.5v3M8.6 8.6l2.1 2.1M23.4 8.6l-2.1 2.1M4.5 19h3M24.5 19h3M5 24h22"
        stroke="#fff"
        strokeWidth="2.2"
        strokeLinecap="round"
      />
      <path d="M9.5 22a6.5 6.5 0 0 1 13 0z" fill="#fff" />
    </svg>
  );
}
