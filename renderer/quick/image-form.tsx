import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { QuickTotals } from '../../core/quick/totals.ts'
import { takeFocus } from '../parts/focus.ts'
import type { FormProps } from './forms.ts'
import { useAsk } from './use-ask.ts'

/** An image for each container; those that are left as they are stay. */
export function ImageForm({ totals: { containers }, onAsk }: FormProps) {
  const { t } = useTranslation('quick')
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({})
  const images = Object.fromEntries(
    containers.flatMap(({ name, images }) => {
      const image = typed[name]?.trim() ?? ''
      const [only, ...others] = images
      return image === '' || (others.length === 0 && image === only?.value) ? [] : [[name, image]]
    }),
  )
  useAsk(Object.keys(images).length === 0 ? null : { kind: 'image', images }, onAsk)
  return (
    <>
      {containers.map((container, index) => (
        <OneImage
          key={`${container.init} ${container.name}`}
          container={container}
          first={index === 0}
          typed={typed[container.name]}
          onType={image => setTyped(before => ({ ...before, [container.name]: image }))}
        />
      ))}
      <p className="setting-note">{t('image.note')}</p>
    </>
  )
}

function OneImage({
  container: { name, init, images },
  first,
  typed,
  onType,
}: {
  readonly container: QuickTotals['containers'][number]
  readonly first: boolean
  readonly typed: string | undefined
  readonly onType: (image: string) => void
}) {
  const { t } = useTranslation('quick')
  const field = useId()
  const known = useId()
  const [only, ...others] = images
  return (
    <div className="quick-image">
      <label htmlFor={field}>
        <code>{name}</code>
        {init && <span className="quick-mark">{t('image.init')}</span>}
      </label>
      <input
        id={field}
        className="field quick-code"
        list={known}
        spellCheck={false}
        autoComplete="off"
        ref={first ? takeFocus : undefined}
        placeholder={others.length > 0 ? t('image.several', { count: images.length }) : ''}
        value={typed ?? (others.length === 0 ? (only?.value ?? '') : '')}
        onChange={event => onType(event.target.value)}
      />
      <datalist id={known}>
        {images.map(({ value }) => (
          <option key={value} value={value} />
        ))}
      </datalist>
    </div>
  )
}
