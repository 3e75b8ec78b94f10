/** Who is signed in and where, as `/auth/token` and `/me` tell it. */
export interface SchoolChoice {
  id: string;
  name: string;
  roles?: string[];
}

export interface TokenAnswer {
  access_token: string;
  expires_in: number;
  must_change_password: boolean;
  must_enrol_second_factor: boolean;
  school: { id: string; name: string } | null;
  schools: SchoolChoice[];
  /** Comes along when a session is renewed. */
  me?: Me | null;
}

export type DataClass =
  | "basic"
  | "contact"
  | "identity"
  | "academic"
  | "economic"
  | "family"
  | "protection"
  | "health"
  | "support_needs"
  | "wellbeing"
  | "clinical"
  | "volunteering"
  | "money";

/** Filled per verb with how far the right reaches ("school", "own", …); null means no right at all. */
export interface ClassRights {
  read?: string | null;
  write?: string | null;
  approve?: string | null;
  nominate?: string | null;
  confirm?: string | null;
}

export interface Me {
  account: { id: string; username: string; display_name: string };
  person: { kind: string; id: string; name: string } | null;
  school: { id: string; name: string; first_grade: number; last_grade: number; primary_years: number };
  roles: { role: string; name: string; scope_kind: string; scope_name: string | null }[];
  rights: Partial<Record<DataClass, ClassRights>>;
  home: string;
  menu: string[];
  is_district_admin?: boolean;
}

export const workspaces = ["staff", "family", "volunteer", "student"] as const;
export type Workspace = (typeof workspaces)[number];

export type SessionStatus = "restoring" | "signed-out" | "choosing-school" | "changing-password" | "enrolling" | "ready" | "expired";

export interface Session {
  status: SessionStatus;
  me: Me | null;
  school: { id: string; name: string } | null;
  schools: SchoolChoice[];
}

/** What the server says when the password was right and a code is asked for. */
export interface SecondStepAsked {
  ticket: string;
  factor: "totp" | "printed";
  mayTrust: boolean;
}
