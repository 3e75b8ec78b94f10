import { useHandovers } from "../queries";
import { HandoverNote } from "./handover-note";

/** On a student's page: what was left for the reader about this student, until it is acknowledged; nothing otherwise. */
export function StudentHandovers({ studentId }: { studentId: string }) {
  const { data } = useHandovers(studentId);
  return data?.to_read.map((one) => <HandoverNote key={one.id} handover={one} isOnStudentsPage />);
}
