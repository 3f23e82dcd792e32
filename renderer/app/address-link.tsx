import type { AnchorHTMLAttributes, MouseEvent } from 'react'
import { type Address, formatAddress } from '../../contract/address.ts'
import { useRouter } from './router.ts'

/** A link to one of the app's addresses. A plain click stays in this page; with Ctrl, Cmd or Shift the browser does as ever. */
export function AddressLink({
  to,
  onClick,
  ...rest
}: Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> & { readonly to: Address }) {
  const router = useRouter()
  function follow(event: MouseEvent<HTMLAnchorElement>): void {
    onClick?.(event)
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    if (to.kind === 'list') router.showList(to)
    else if (to.kind === 'history') router.showHistory(to)
    else if (to.kind === 'search') router.showSearch(to)
    else if (to.kind === 'new') router.showNew(to)
    else if (to.kind === 'compare') router.showCompare(to)
    else if (to.kind === 'explain') router.showExplain(to)
    else if (to.kind === 'start') router.goTo('/')
    else router.showEdit(to)
  }
  return <a {...rest} href={formatAddress(to)} onClick={follow} />
}
