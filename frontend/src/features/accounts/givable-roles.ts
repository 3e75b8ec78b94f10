/** The roles an administrator hands out, in the order of the school's own list; most class posts come along with the roster. */
export const givableRoles = [
  "principal",
  "vice_principal",
  "academic_affairs",
  "moral_education",
  "counsellor",
  "crisis_duty",
  "general_affairs",
  "aid_officer",
  "youth_league",
  "registrar",
  "grade_head",
  "homeroom_teacher",
  "subject_teacher",
  "tutor",
  "special_educator",
  "school_nurse",
  "admin",
];

export function scopeKindOf(role: string | null): "school" | "grade" | "class" {
  if (role === "grade_head") return "grade";
  return role === "homeroom_teacher" || role === "subject_teacher" || role === "tutor" ? "class" : "school";
}
