import type { MessageDescriptor } from "@lingui/core";
import { useLingui } from "@lingui/react/macro";
import {
  ArrowUpRight,
  ClipboardCheck,
  FileCheck2,
  FilePlus2,
  FolderClosed,
  FolderOpen,
  HandHeart,
  type LucideIcon,
  NotebookText,
  Pencil,
  Search,
  UserRoundCog,
} from "lucide-react";
import type { TimelineLine } from "@/api";
import { useKinds } from "@/features/interventions/parts/use-kinds";
import { categoryLabels, outcomeLabels, stepLabels } from "@/features/recognitions/parts/labels";

/** Each entry of the time line as icon and sentence; a kind nobody described here shows as a plain event. */
export function useSentences(): (entry: TimelineLine) => { icon: LucideIcon; title: string } {
  const { t, i18n } = useLingui();
  const { kindName } = useKinds();
  return ({ kind, details }) => {
    const word = (labels: Record<string, MessageDescriptor>, key: unknown) => {
      const label = labels[String(key)];
      return label ? i18n._(label) : "";
    };
    const category = word(categoryLabels, details.category);
    const measure = kindName(String(details.measure ?? ""));
    const number = String(details.number ?? details.version ?? "");
    const staff = String(details.staff ?? "");
    const former = String(details.former ?? "");
    if (kind === "dossier_opened") return { icon: FolderOpen, title: t`建档 ${number}` };
    if (kind === "dossier_closed") return { icon: FolderClosed, title: t`结案 ${number}` };
    if (kind === "case_lead_assigned")
      return { icon: UserRoundCog, title: former ? t`责任人由 ${former} 交接给 ${staff}` : t`${staff} 任帮扶责任人` };
    if (kind === "intervention_recorded") return { icon: HandHeart, title: measure };
    if (kind === "intervention_corrected") return { icon: Pencil, title: t`更正记录：${measure}` };
    if (kind === "intervention_voided") return { icon: Pencil, title: t`作废记录：${measure}` };
    if (kind.startsWith("evidence")) {
      if (kind === "evidence_withdrawn") return { icon: Search, title: t`撤回${category}依据` };
      if (kind === "evidence_changed") return { icon: Search, title: t`更新${category}依据` };
      return { icon: Search, title: t`登记${category}依据` };
    }
    if (kind === "term_checked") return { icon: ClipboardCheck, title: t`${category}学期复核：${word(outcomeLabels, details.outcome)}` };
    if (kind === "recognition_exited") return { icon: ClipboardCheck, title: t`${category}认定退出` };
    if (kind.startsWith("recognition") || kind.startsWith("proposal")) {
      const step = word(stepLabels, details.step);
      const outcome = word(outcomeLabels, details.outcome);
      return { icon: ClipboardCheck, title: step ? t`${category}认定：${step} ${outcome}` : t`${category}认定` };
    }
    if (kind === "plan_drafted") return { icon: FilePlus2, title: t`起草计划第 ${number} 版` };
    if (kind === "plan_returned") return { icon: FilePlus2, title: t`计划第 ${number} 版退回修改` };
    if (kind === "plan_closed") return { icon: FileCheck2, title: t`计划第 ${number} 版结束` };
    if (kind === "plan_discarded") return { icon: FilePlus2, title: t`计划第 ${number} 版草稿作废` };
    if (kind === "plan_approved") return { icon: FileCheck2, title: t`计划第 ${number} 版批准` };
    if (kind === "plan_submitted") return { icon: FilePlus2, title: t`计划第 ${number} 版提交审批` };
    if (kind === "plan_reviewed") return { icon: FileCheck2, title: t`计划评估` };
    if (kind.startsWith("plan")) return { icon: FilePlus2, title: t`计划第 ${number} 版` };
    if (["promoted", "placed", "transferred_in", "transferred_out", "graduated"].includes(kind))
      return { icon: ArrowUpRight, title: t`学籍变动` };
    return { icon: NotebookText, title: t`其他记录` };
  };
}
