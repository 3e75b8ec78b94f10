import type { DataClass, Me } from "./session-types";

/** What to offer; what is allowed the server decides, student by student. */
const caseClasses: DataClass[] = ["academic", "economic", "family", "health", "wellbeing", "protection"];

/** Writes plans and records of some class of cases. */
export const mayWriteCases = (me: Me) => caseClasses.some((one) => me.rights[one]?.write);

/** Has a hand in some class of cases: writers, and those who only nominate. */
const takesPart = (me: Me) => caseClasses.some((one) => me.rights[one]?.write || me.rights[one]?.nominate);

/** Tells what they saw: those, and who says what a child needs of its teachers. */
export const mayTell = (me: Me) => takesPart(me) || !!me.rights.support_needs?.write;

/** Records what was done: who has a hand in it, who visits families, and subject teachers on their own lessons. */
export const mayRecord = (me: Me) => takesPart(me) || me.roles.some(({ role }) => role === "subject_teacher");
