import type { Aid, AidPlace } from '../edit/aids.ts'
import { lazily } from './lazily.ts'
import { softWrap } from './soft-wrap.ts'
import { statusLine } from './status-line.ts'

/** What the aids of typing know of the page around an editor, of an edit or of new objects. */
export type TextPlace = Pick<AidPlace, 'messages' | 'settings' | 'run'>

/** Vim's keys, wrapping and the status line, for an editor of any language. */
export const keyAids: readonly Aid<TextPlace>[] = [
  // Before all that binds keys.
  {
    wanted: ({ editorKeys }) => editorKeys === 'vim',
    extension: place => lazily(async () => (await import('./vim.ts')).vimKeys(place)),
  },
  { wanted: settings => settings.softWrap, extension: softWrap },
  { wanted: () => true, extension: statusLine },
]

/** What makes typing comfortable in any editor of YAML, as far as the settings want it. */
export const typingAids: readonly Aid<TextPlace>[] = [
  ...keyAids,
  { wanted: () => true, extension: () => lazily(async () => (await import('./embedded.ts')).embeddedLanguages()) },
]

/** The same, and what needs to know the object. */
export const textAids: readonly Aid[] = [
  ...typingAids,
  { wanted: () => true, extension: place => lazily(async () => (await import('./words/in-words.ts')).inWords(place)) },
]
