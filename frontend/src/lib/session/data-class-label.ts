import type { I18n, MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";

const labels: Record<string, MessageDescriptor> = {
  basic: msg`基本信息`,
  contact: msg`联系方式`,
  identity: msg`证件信息`,
  academic: msg`学业`,
  economic: msg`家庭经济`,
  family: msg`家庭情况`,
  protection: msg`未成年人保护`,
  health: msg`健康`,
  support_needs: msg`支持需求`,
  wellbeing: msg`心理关注`,
  clinical: msg`心理辅导记录`,
  volunteering: msg`志愿服务`,
  money: msg`经费`,
};

export function dataClassLabel(name: string, i18n: I18n): string {
  const label = labels[name];
  return label ? i18n._(label) : name;
}
