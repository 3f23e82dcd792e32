import { useTranslation } from 'react-i18next'
import type { ServedKind } from '../../contract/kinds.ts'
import { usePlace, useRouter } from '../app/router.ts'
import { useApp } from '../app/use-host.ts'
import { placeScope, scopeContexts } from '../browse/scope.ts'
import { useKinds } from '../browse/use-kinds.ts'
import { type Explained, readExplained } from './explain-words.ts'
import type { Entry } from './finding.ts'
import { namesOf } from './use-place-entries.ts'

const mostOffered = 8

/** What `explain deploy.spec.strategy` leads to, as kubectl has it: the documentation of that field; of each kind that may be meant while its name is typed. */
export function useExplainEntries(text: string): readonly Entry[] {
  const { t } = useTranslation('explain')
  const { kinds } = useKinds()
  const { contexts } = useApp()
  const router = useRouter()
  const [context] = scopeContexts(placeScope(usePlace()), contexts)
  if (context === undefined) return []
  const explained = readExplained(text, kinds ?? [], namesOf)
  return explained.slice(0, mostOffered).map(one => entryOf(one))

  function entryOf({ kind, field }: Explained): Entry {
    const { group, version, resource } = kind
    return {
      id: `explain ${group}/${version}/${resource}`,
      section: 'go',
      label: field === '' ? t('page.of', { kind: kind.kind }) : t('page.field', { kind: kind.kind, field }),
      note: fullVersion(kind),
      leads: context?.name ?? '',
      also: [],
      keys: null,
      usual: 0,
      completes: `explain ${resource}.`,
      run: () => {
        if (context !== undefined)
          router.showExplain({ kind: 'explain', of: { context: context.name, group, version, resource }, field })
      },
    }
  }
}

function fullVersion({ group, version }: ServedKind): string {
  return group === '' ? version : `${group}/${version}`
}
