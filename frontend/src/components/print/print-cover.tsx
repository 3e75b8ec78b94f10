interface PrintCoverProps {
  school: string;
  title: string;
  /** Lines of the cover: 姓名、班级、学号、建档日期. */
  lines: { label: string; value: string }[];
  /** The contents, with the heading's id as target. */
  contents?: { id: string; title: string }[];
  contentsTitle?: string;
}

/** First leaf of a printed file: seen on paper only. */
export function PrintCover({ school, title, lines, contents, contentsTitle }: PrintCoverProps) {
  return (
    <div className="hidden print:block">
      <div className="flex min-h-[240mm] flex-col items-center pt-[55mm]">
        <p className="text-lg">{school}</p>
        <p className="mt-4 font-semibold text-3xl tracking-[0.3em]">{title}</p>
        <dl className="mt-[40mm] grid grid-cols-[auto_60mm] gap-x-4 gap-y-4 text-base">
          {lines.map(({ label, value }) => (
            <div key={label} className="contents">
              <dt>{label}</dt>
              <dd className="border-black border-b px-2">{value}</dd>
            </div>
          ))}
        </dl>
      </div>
      {contents && contents.length > 0 && (
        <nav data-print="page">
          <p className="mb-6 text-center font-semibold text-xl tracking-[0.5em]">{contentsTitle}</p>
          <ol className="flex flex-col gap-3 text-base">
            {contents.map(({ id, title: name }, index) => (
              <li key={id}>
                <a href={`#${id}`}>{`${index + 1}. ${name}`}</a>
              </li>
            ))}
          </ol>
        </nav>
      )}
    </div>
  );
}
