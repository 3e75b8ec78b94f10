import { lazy, Suspense } from "react";
import { useSession } from "@/lib/session/session-store";

const SchoolMenu = lazy(() => import("./school-menu").then((m) => ({ default: m.SchoolMenu })));

/** The school's name; a menu only for those who work in more than one. */
export function SchoolSwitch() {
  const { school, schools } = useSession();
  const name = <p className="truncate px-2 font-medium text-sm">{school?.name}</p>;
  return schools.length < 2 ? name : <Suspense fallback={name}>{<SchoolMenu />}</Suspense>;
}
