import { useTranslation } from 'react-i18next'
import type { KnownKeeper } from '../../contract/owners.ts'
import { AddressLink } from '../app/address-link.tsx'
import { placeWords } from './keeper-words.ts'

/** Where a keeper has its values from: a link to its object, a release and its chart, a repository and the path in it. */
export function KeeperPlaces({ known }: { readonly known: KnownKeeper }) {
  const { t, i18n } = useTranslation('owners')
  const { object } = known
  return (
    <>
      {object !== null &&
        (object.target !== null && object.state === 'present' ? (
          <AddressLink
            className="text-button owner-place"
            to={{ kind: 'object', section: null, target: object.target }}
          >
            {object.kind} {object.name}
          </AddressLink>
        ) : (
          <span className="owner-place">
            {object.kind} {object.name} {object.state !== 'present' && <small>{t(`place.${object.state}`)}</small>}
          </span>
        ))}
      {placeWords(i18n, known).map(words => (
        <span key={words} className="owner-place">
          {words}
        </span>
      ))}
    </>
  )
}
