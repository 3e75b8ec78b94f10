interface PrintCoverProps {
  school: string;
  title: string;
  /** Lines of the cover: 姓名、班级、学号、建档日期. */
  lines: { label: string; value: string }[];
  /** The contents, in the order of the sections. */
  contents?: { id: string; title: string }[];
  contentsTitle?: string;
}

/** First leaf and contents of a printed file. */
export function PrintCover({ school, title, lines, contents, contentsTitle }: PrintCoverProps) {
  return (
    <>
      <header className="leaf">
        <p>{school}</p>
        <p className="leaf-title">{title}</p>
        <dl>
          {lines.map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </header>
      {contents && contents.length > 0 && (
        <nav className="toc">
          <p>{contentsTitle}</p>
          <ol>
            {contents.map(({ id, title: name }, index) => (
              <li key={id}>
                <a href={`#paper-${id}`}>{`${index + 1}. ${name}`}</a>
              </li>
            ))}
          </ol>
        </nav>
      )}
    </>
  );
}
