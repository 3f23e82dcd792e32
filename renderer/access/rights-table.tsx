import { useTranslation } from 'react-i18next'
import { type Right, type RightsRow, rightVerbs } from './rights.ts'

/** How many rows are drawn; the rest is found by typing. */
const drawn = 300

/** Resources against verbs. A text filters by resource, group and allowed verb. */
export function RightsTable({
  rows,
  filter,
  onlyGranted,
}: {
  readonly rows: readonly RightsRow[]
  readonly filter: string
  readonly onlyGranted: boolean
}) {
  const { t } = useTranslation('contexts')
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
  const found = rows.filter(
    row => words.every(word => matches(row, word)) && (!onlyGranted || row.rights.some(isGiven)),
  )
  const more = found.length - drawn
  return (
    <div className="rights-scroll">
      <table className="rights-table">
        <caption className="visually-hidden">{t('access.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('access.resource')}</th>
            {rightVerbs.map(verb => (
              <th key={verb} scope="col" title={verb}>
                <span>{verb === 'deletecollection' ? 'delete all' : verb}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {found.slice(0, drawn).map(row => (
            <tr key={row.key}>
              <th scope="row">
                {row.resource}
                {row.group !== '' && <span className="rights-group">.{row.group}</span>}
              </th>
              {row.rights.map((right, at) => (
                <RightCell key={rightVerbs[at]} right={right} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {found.length === 0 && <p className="side-note">{t(onlyGranted ? 'access.nothing' : 'access.noneFound')}</p>}
      {more > 0 && <p className="side-note">{t('access.more', { count: more })}</p>}
    </div>
  )
}

function RightCell({ right }: { readonly right: Right | null }) {
  const { t } = useTranslation('contexts')
  if (right === null) return <td />
  const names = right.kind === 'some' ? right.names.slice(0, 20) : []
  const said = right.kind === 'some' ? t('access.some', { names }) : t(`access.${right.kind}`)
  return (
    <td data-right={right.kind} title={said}>
      <span aria-hidden="true">{right.kind === 'yes' ? '✓' : right.kind === 'some' ? '◐' : '–'}</span>
      <span className="visually-hidden">{said}</span>
    </td>
  )
}

function isGiven(right: Right | null): boolean {
  return right !== null && right.kind !== 'no'
}

function matches({ resource, group, rights }: RightsRow, word: string): boolean {
  return (
    `${resource}.${group}`.includes(word) || rightVerbs.some((verb, at) => verb === word && isGiven(rights[at] ?? null))
  )
}
