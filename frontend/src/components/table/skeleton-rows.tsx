const widths = ["w-20", "w-28", "w-16", "w-24"];

export function SkeletonRows({ columns, height, count = 10 }: { columns: number; height: number; count?: number }) {
  return Array.from({ length: count }, (_, row) => (
    <tr key={row} aria-hidden style={{ height }} className="max-sm:flex max-sm:items-center">
      {Array.from({ length: columns }, (_, column) => (
        <td key={column} className="border-separator/70 border-b px-3">
          <div className={`h-3 max-w-full animate-pulse rounded bg-default ${widths[(row + column) % widths.length]}`} />
        </td>
      ))}
    </tr>
  ));
}
