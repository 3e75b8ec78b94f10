import type { DossierFile } from "@/api";

/** Who leads the case now. */
export function leadOf(file: DossierFile) {
  return file.file?.case_leads.find(({ valid_to }) => valid_to === null);
}
