import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { EditionClauseShown } from "@/api";

type Named<K extends string> = Record<K, MessageDescriptor>;

export const partLabels: Named<EditionClauseShown["part"]> = {
  G: msg`目标`,
  C: msg`帮扶对象`,
  A: msg`学业赋能`,
  P: msg`心灵护航`,
  L: msg`生活暖阳`,
  S: msg`社会协同`,
  I: msg`实施步骤`,
  M: msg`保障机制`,
};

export const ownerLabels: Named<EditionClauseShown["owner"]> = {
  principal: msg`领导小组`,
  academic_affairs: msg`教务处`,
  moral_education: msg`德育处`,
  general_affairs: msg`总务处`,
  youth_league: msg`团委`,
};
