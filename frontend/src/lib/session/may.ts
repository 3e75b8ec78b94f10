import type { DataClass, Me } from "./session-types";

/** What to offer; what is allowed the server decides, student by student. */
const caseClasses: DataClass[] = ["academic", "economic", "family", "health", "wellbeing", "protection"];

/** Writes plans and records of some class of cases. */
export const mayWriteCases = (me: Me) => caseClasses.some((one) => me.rights[one]?.write);

/** Tells what they saw: writers, those who only nominate, and who says what a child needs of its teachers. */
export const mayTell = (me: Me) =>
  !!me.rights.support_needs?.write || caseClasses.some((one) => me.rights[one]?.write || me.rights[one]?.nominate);

/** Records what was done: writers, who visits families, and subject teachers on their own lessons. */
export const mayRecord = (me: Me) => mayTell(me) || me.roles.some(({ role }) => role === "subject_teacher");
