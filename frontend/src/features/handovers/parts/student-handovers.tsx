import { useHandovers } from "../queries";
import { HandoverNote } from "./handover-note";

/** On a student's page: what was left for the reader about this student, until it is acknowledged; nothing otherwise. */
export function StudentHandovers({ studentId }: { studentId: string }) {
  const { data } = useHandovers(studentId);
  if (!data?.to_read.length) return null;
  return (
    <div className="mb-4 flex flex-col gap-4 print:hidden">
      {data.to_read.map((one) => (
        <HandoverNote key={one.id} handover={one} isOnStudentsPage />
      ))}
    </div>
  );
}
