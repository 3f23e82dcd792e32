/** The app's mark, drawn: two sockets and a cable. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" />
      <path d="M12 10h4c5 0 3 12 4 12" />
      <circle cx="9" cy="10" r="3" />
      <circle cx="23" cy="22" r="3" />
    </svg>
  )
}
