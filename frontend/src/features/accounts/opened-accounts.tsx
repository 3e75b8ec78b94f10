import { useLingui } from "@lingui/react/macro";
import { ScrollBox } from "@/components/scroll-box";

export interface OpenedRow {
  name: string;
  /** Beside the name: classes of a teacher, the number of a student. */
  note: string;
  username: string;
  first_password: string;
}

/** New accounts with their one-time passwords, which are shown this once. */
export function OpenedAccounts({ rows, noteHeader }: { rows: OpenedRow[]; noteHeader: string }) {
  const { t } = useLingui();
  return (
    <ScrollBox label={t`新开的账号`} className="mt-2 max-h-80">
      <table className="w-full text-sm" data-sensitive>
        <thead className="text-left text-muted text-xs">
          <tr>
            {[t`姓名`, noteHeader, t`账号名`, t`初始密码`].map((head) => (
              <th key={head} scope="col" className="py-1 pr-3 font-normal">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((one) => (
            <tr key={one.username} className="border-border border-t">
              <th scope="row" className="whitespace-nowrap py-1 pr-3 text-left font-normal">
                {one.name}
              </th>
              <td className="py-1 pr-3">{one.note}</td>
              <td className="py-1 pr-3 font-mono text-xs">{one.username}</td>
              <td className="whitespace-nowrap py-1 font-mono text-xs">{one.first_password}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
