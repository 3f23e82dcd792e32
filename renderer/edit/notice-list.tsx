/** Some lines of a notice under a title; nothing is drawn when there are none. `english` when they are the server's words. */
export function NoticeList({
  title,
  items,
  english = false,
}: {
  readonly title: string
  readonly items: readonly string[]
  readonly english?: boolean
}) {
  if (items.length === 0) return null
  return (
    <>
      <p>{title}</p>
      <ul {...(english ? { lang: 'en' } : {})}>
        {items.map(item => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </>
  )
}
