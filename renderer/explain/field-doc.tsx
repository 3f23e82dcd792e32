import { useTranslation } from 'react-i18next'
import type { FieldSchema } from '../../core/fields/field-schema.ts'
import { fieldAt } from '../../core/fields/open-fields.ts'
import type { IndexPath } from '../../core/path.ts'
import { scrolls } from '../parts/focus.ts'
import { deprecationIn, readDescription } from './description.ts'
import type { ExplainedKind, TextBeside } from './explain-view.tsx'
import { FieldFacts } from './field-facts.tsx'
import { fieldLabel } from './field-list.ts'
import { rulesAt } from './field-rules.ts'
import { RulesInForce } from './field-rules-list.tsx'
import { typeWords } from './field-words.ts'
import type { SchemaSource } from './use-edit-schema.ts'

/** All that the schema says of one field, as a document. */
export function FieldDoc({
  kind,
  source,
  root,
  path,
  field,
  text,
  onShow,
}: {
  readonly kind: ExplainedKind
  readonly source: SchemaSource
  readonly root: FieldSchema
  readonly path: IndexPath
  readonly field: FieldSchema
  readonly text: TextBeside | null
  readonly onShow: (path: IndexPath) => void
}) {
  const { t } = useTranslation('explain')
  const name = path.at(-1)
  const holder = path.length === 0 ? null : fieldAt(root, path.slice(0, -1))
  const isRequired = typeof name === 'string' && holder?.required.includes(name) === true
  const title = path.length === 0 ? kind.kind : typeof name === 'number' ? t('item') : (name ?? '')
  const deprecation = deprecationIn(field.description)
  const rules = rulesAt(root, path)
  return (
    <article
      className="explain-doc"
      aria-label={t('documentation', { field: fieldLabel(path) || kind.kind })}
      {...scrolls}
    >
      <header>
        <h3>{title}</h3>
        <code className="explain-type">{typeWords(field)}</code>
        {isRequired && <span className="explain-mark">{t('required')}</span>}
        {(field.deprecated || deprecation !== null) && (
          <span className="explain-mark" data-tone="warn">
            {t('deprecated')}
          </span>
        )}
        {text !== null && <TextButton path={path} text={text} />}
      </header>
      {(field.deprecated || deprecation !== null) && (
        <p className="explain-warning" lang={deprecation === null ? undefined : 'en'}>
          {deprecation ?? t('deprecatedNote')}
        </p>
      )}
      <Description field={field} item={typeof name === 'number' ? holder : null} />
      <FieldFacts kind={kind} source={source} root={root} path={path} field={field} rules={rules} />
      <RulesInForce rules={rules} onShow={onShow} />
    </article>
  )
}

/** The words of the server's schema; an item without any has those of its list. */
function Description({ field, item }: { readonly field: FieldSchema; readonly item: FieldSchema | null }) {
  const { t } = useTranslation('explain')
  const blocks = readDescription(field.description || item?.description || '')
  if (blocks.length === 0) return <p className="explain-quiet">{t('noDescription')}</p>
  return (
    <div className="explain-words" lang="en">
      {blocks.map((block, index) =>
        block.kind === 'paragraph' ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: a description's blocks have no other names, and do not move.
          <p key={index}>
            <Words text={block.text} />
          </p>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above.
          <ul key={index}>
            {block.items.map((words, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above.
              <li key={place}>
                <Words text={words} />
              </li>
            ))}
          </ul>
        ),
      )}
    </div>
  )
}

/** A line of a description; what stands between backticks is code. */
function Words({ text }: { readonly text: string }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a line have no other names, and do not move.
  return text.split('`').map((piece, index) => (index % 2 === 1 ? <code key={index}>{piece}</code> : piece))
}

/** To the field in the text, or into it. */
function TextButton({ path, text }: { readonly path: IndexPath; readonly text: TextBeside }) {
  const { t } = useTranslation('explain')
  const { insert } = text
  if (path.length === 0 || text.isAt(path)) return null
  const isThere = text.has(path)
  if (!isThere && insert === null) return null
  return (
    <button
      type="button"
      className="button button-small explain-act"
      onClick={() => (isThere ? text.goTo(path, true) : insert?.(path))}
    >
      {t(isThere ? 'goTo' : 'insert')}
    </button>
  )
}
