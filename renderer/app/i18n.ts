import { createInstance, type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import app from '../../assets/messages/en/app.json'
import browse from '../../assets/messages/en/browse.json'
import compare from '../../assets/messages/en/compare.json'
import contexts from '../../assets/messages/en/contexts.json'
import converge from '../../assets/messages/en/converge.json'
import create from '../../assets/messages/en/create.json'
import danger from '../../assets/messages/en/danger.json'
import deletion from '../../assets/messages/en/delete.json'
import dryrun from '../../assets/messages/en/dryrun.json'
import edit from '../../assets/messages/en/edit.json'
import explain from '../../assets/messages/en/explain.json'
import exporting from '../../assets/messages/en/export.json'
import fragment from '../../assets/messages/en/fragment.json'
import guard from '../../assets/messages/en/guard.json'
import history from '../../assets/messages/en/history.json'
import json from '../../assets/messages/en/json.json'
import kinds from '../../assets/messages/en/kinds.json'
import list from '../../assets/messages/en/list.json'
import manifest from '../../assets/messages/en/manifest.json'
import marks from '../../assets/messages/en/marks.json'
import names from '../../assets/messages/en/names.json'
import object from '../../assets/messages/en/object.json'
import owners from '../../assets/messages/en/owners.json'
import palette from '../../assets/messages/en/palette.json'
import problems from '../../assets/messages/en/problems.json'
import quick from '../../assets/messages/en/quick.json'
import recreate from '../../assets/messages/en/recreate.json'
import review from '../../assets/messages/en/review.json'
import schema from '../../assets/messages/en/schema.json'
import search from '../../assets/messages/en/search.json'
import side from '../../assets/messages/en/side.json'
import steps from '../../assets/messages/en/steps.json'
import strategy from '../../assets/messages/en/strategy.json'
import text from '../../assets/messages/en/text.json'
import appZh from '../../assets/messages/zh-CN/app.json'
import browseZh from '../../assets/messages/zh-CN/browse.json'
import compareZh from '../../assets/messages/zh-CN/compare.json'
import contextsZh from '../../assets/messages/zh-CN/contexts.json'
import convergeZh from '../../assets/messages/zh-CN/converge.json'
import createZh from '../../assets/messages/zh-CN/create.json'
import dangerZh from '../../assets/messages/zh-CN/danger.json'
import deletionZh from '../../assets/messages/zh-CN/delete.json'
import dryrunZh from '../../assets/messages/zh-CN/dryrun.json'
import editZh from '../../assets/messages/zh-CN/edit.json'
import explainZh from '../../assets/messages/zh-CN/explain.json'
import exportingZh from '../../assets/messages/zh-CN/export.json'
import fragmentZh from '../../assets/messages/zh-CN/fragment.json'
import guardZh from '../../assets/messages/zh-CN/guard.json'
import historyZh from '../../assets/messages/zh-CN/history.json'
import jsonZh from '../../assets/messages/zh-CN/json.json'
import kindsZh from '../../assets/messages/zh-CN/kinds.json'
import listZh from '../../assets/messages/zh-CN/list.json'
import manifestZh from '../../assets/messages/zh-CN/manifest.json'
import marksZh from '../../assets/messages/zh-CN/marks.json'
import namesZh from '../../assets/messages/zh-CN/names.json'
import objectZh from '../../assets/messages/zh-CN/object.json'
import ownersZh from '../../assets/messages/zh-CN/owners.json'
import paletteZh from '../../assets/messages/zh-CN/palette.json'
import problemsZh from '../../assets/messages/zh-CN/problems.json'
import quickZh from '../../assets/messages/zh-CN/quick.json'
import recreateZh from '../../assets/messages/zh-CN/recreate.json'
import reviewZh from '../../assets/messages/zh-CN/review.json'
import schemaZh from '../../assets/messages/zh-CN/schema.json'
import searchZh from '../../assets/messages/zh-CN/search.json'
import sideZh from '../../assets/messages/zh-CN/side.json'
import stepsZh from '../../assets/messages/zh-CN/steps.json'
import strategyZh from '../../assets/messages/zh-CN/strategy.json'
import textZh from '../../assets/messages/zh-CN/text.json'
import type { Settings } from '../../contract/app.ts'

const en = {
  app,
  browse,
  compare,
  contexts,
  converge,
  create,
  danger,
  delete: deletion,
  dryrun,
  edit,
  export: exporting,
  explain,
  fragment,
  guard,
  history,
  json,
  quick,
  recreate,
  review,
  schema,
  search,
  side,
  steps,
  strategy,
  kinds,
  list,
  manifest,
  marks,
  names,
  object,
  owners,
  palette,
  problems,
  text,
}
const zh = {
  app: appZh,
  browse: browseZh,
  compare: compareZh,
  contexts: contextsZh,
  converge: convergeZh,
  create: createZh,
  danger: dangerZh,
  delete: deletionZh,
  dryrun: dryrunZh,
  edit: editZh,
  export: exportingZh,
  explain: explainZh,
  fragment: fragmentZh,
  guard: guardZh,
  history: historyZh,
  json: jsonZh,
  quick: quickZh,
  recreate: recreateZh,
  review: reviewZh,
  schema: schemaZh,
  search: searchZh,
  side: sideZh,
  steps: stepsZh,
  strategy: strategyZh,
  kinds: kindsZh,
  list: listZh,
  manifest: manifestZh,
  marks: marksZh,
  names: namesZh,
  object: objectZh,
  owners: ownersZh,
  palette: paletteZh,
  problems: problemsZh,
  text: textZh,
}

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app'
    resources: typeof en
  }
}

/** The languages there are catalogues for. */
export type Language = 'en' | 'zh-CN'

/** The language of a setting: `system` takes the first of the browser's languages that there is, else English. */
export function languageOf(setting: Settings['language'], preferred: readonly string[]): Language {
  if (setting !== 'system') return setting
  for (const tag of preferred) {
    const [language] = tag.toLowerCase().split('-')
    if (language === 'zh') return 'zh-CN'
    if (language === 'en') return 'en'
  }
  return 'en'
}

/** The messages in a language; `changeLanguage` switches live. */
export function createMessages(language: Language): i18n {
  const messages = createInstance()
  messages.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { en, 'zh-CN': zh },
    ns: Object.keys(en),
    defaultNS: 'app',
    initAsync: false,
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  })
  return messages
}
