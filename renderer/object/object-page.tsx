import './object.css'
import './summary.css'
import './relations.css'
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { type ObjectSection, type ObjectState, objectSections } from '../../contract/object.ts'
import { useCommands } from '../app/commands.ts'
import { type ObjectAddress, useRouter } from '../app/router.ts'
import { useStream } from '../app/use-host.ts'
import { scrolls } from '../parts/focus.ts'
import { ProblemText } from '../parts/problem-text.tsx'
import { EventsSection } from './events-section.tsx'
import { ObjectHeader } from './object-header.tsx'
import { ObjectNotices } from './object-notices.tsx'
import { OwnedSection } from './owned-section.tsx'
import { RelatedSection } from './related-section.tsx'
import { SummarySection } from './summary-section.tsx'
import { TimelineSection } from './timeline-section.tsx'
import { WritersSection } from './writers-section.tsx'
import { YamlSection } from './yaml-section.tsx'

/** The page of one object, live for as long as it is on screen. */
export function ObjectPage({ address }: { readonly address: ObjectAddress }) {
  const { t } = useTranslation('object')
  const { target } = address
  const key = JSON.stringify(target)
  const { value: state } = useStream(`object ${key}`, (client, signal) => client.object.watch({ target }, { signal }))
  const section = address.section ?? 'summary'
  return (
    <article className="object-page" aria-label={t('label', { name: target.name })}>
      <ObjectHeader address={address} state={state} />
      <ObjectNotices target={target} state={state} />
      <Sections address={address} section={section}>
        <Section address={address} section={section} state={state} />
      </Sections>
    </article>
  )
}

/** The sections as tabs: by pointer, by arrow keys, and by the digits from anywhere. */
function Sections({
  address,
  section,
  children,
}: {
  readonly address: ObjectAddress
  readonly section: ObjectSection
  readonly children: ReactNode
}) {
  const { t } = useTranslation('object')
  const router = useRouter()
  const list = useRef<HTMLDivElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const byKey = useRef(false)
  const show = (next: ObjectSection) =>
    router.showObject({ ...address, section: next === 'summary' ? null : next }, 'replace')

  useCommands(
    objectSections.map((one, index) => ({
      id: `object.section.${one}`,
      label: t('commands.section', { section: t(`sections.${one}`) }),
      group: t('group'),
      enabled: true,
      run: () => {
        byKey.current = true
        show(one)
      },
      keys: [String(index + 1)],
    })),
  )
  // Who came by a key reads on by keys.
  // Whenever another section is shown.
  useEffect(() => {
    const inside = panel.current?.contains(document.activeElement)
    if (byKey.current && !inside) panel.current?.focus()
    byKey.current = false
  }, [section])

  function press(event: KeyboardEvent): void {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    const next = objectSections[objectSections.indexOf(section) + by]
    if (by === 0 || next === undefined) return
    event.preventDefault()
    show(next)
    list.current?.querySelector<HTMLElement>(`[data-section=${next}]`)?.focus()
  }

  return (
    <>
      <div className="section-tabs" role="tablist" aria-label={t('sectionsLabel')} ref={list} onKeyDown={press}>
        {objectSections.map((one, index) => (
          <button
            key={one}
            type="button"
            role="tab"
            id={`section-tab-${one}`}
            data-section={one}
            aria-selected={one === section}
            aria-controls="section-panel"
            aria-keyshortcuts={String(index + 1)}
            tabIndex={one === section ? 0 : -1}
            onClick={() => show(one)}
          >
            {t(`sections.${one}`)}
          </button>
        ))}
      </div>
      <div
        className="section-panel"
        role="tabpanel"
        id="section-panel"
        data-section={section}
        aria-labelledby={`section-tab-${section}`}
        {...scrolls}
        ref={panel}
      >
        {children}
      </div>
    </>
  )
}

function Section({
  address,
  section,
  state,
}: {
  readonly address: ObjectAddress
  readonly section: ObjectSection
  readonly state: ObjectState | null
}) {
  const { t } = useTranslation('object')
  const { target } = address
  if (state === null || state.summary === null) {
    // An object that cannot be read has its reason in place of every section.
    if (state?.live.kind === 'unreadable') {
      return (
        <div className="section-message" role="alert">
          <ProblemText problem={state.live.problem} />
        </div>
      )
    }
    return (
      <p className="section-message section-waiting" role="status">
        {t(state?.live.kind === 'unknown' ? 'live.unknown' : 'opening')}
      </p>
    )
  }
  const { summary } = state
  switch (section) {
    case 'summary':
      return <SummarySection target={target} state={state} summary={summary} />
    case 'yaml':
      return <YamlSection target={target} />
    case 'events':
      return <EventsSection target={target} />
    case 'timeline':
      return <TimelineSection moments={summary.timeline} />
    case 'owned':
      return <OwnedSection target={target} />
    case 'related':
      return <RelatedSection target={target} />
    case 'writers':
      return <WritersSection target={target} />
  }
}
