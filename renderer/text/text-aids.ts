import type { Aid } from '../edit/aids.ts'
import { lazily } from './lazily.ts'
import { softWrap } from './soft-wrap.ts'
import { statusLine } from './status-line.ts'

/** What makes the text of an edit comfortable, as far as the settings want it. */
export const textAids: readonly Aid[] = [
  // Before all that binds keys.
  {
    wanted: ({ editorKeys }) => editorKeys === 'vim',
    extension: place => lazily(async () => (await import('./vim.ts')).vimKeys(place)),
  },
  { wanted: settings => settings.softWrap, extension: softWrap },
  { wanted: () => true, extension: statusLine },
  { wanted: () => true, extension: () => lazily(async () => (await import('./embedded.ts')).embeddedLanguages()) },
  { wanted: () => true, extension: place => lazily(async () => (await import('./words/in-words.ts')).inWords(place)) },
]
