/** How a status reads at a glance; null is plain text. */
export type Tone = 'good' | 'busy' | 'warn' | 'bad' | 'quiet'

const tones: Readonly<Record<Tone, readonly string[]>> = {
  good: ['Running', 'Ready', 'Active', 'Bound', 'Available', 'Healthy', 'Approved', 'Issued', 'Synced', 'True'],
  busy: [
    'Pending',
    'ContainerCreating',
    'PodInitializing',
    'Progressing',
    'Terminating',
    'Released',
    'Updating',
    'Reconciling',
    'Normal',
  ],
  warn: ['NotReady', 'SchedulingDisabled', 'Unknown', 'Warning', 'Degraded', 'Suspended', 'OutOfSync', 'Unschedulable'],
  bad: [
    'CrashLoopBackOff',
    'ImagePullBackOff',
    'ErrImagePull',
    'ErrImageNeverPull',
    'InvalidImageName',
    'CreateContainerConfigError',
    'CreateContainerError',
    'RunContainerError',
    'ContainerCannotRun',
    'StartError',
    'OOMKilled',
    'Error',
    'Failed',
    'Evicted',
    'DeadlineExceeded',
    'UnexpectedAdmissionError',
    'NodeLost',
    'Lost',
    'Denied',
  ],
  quiet: ['Completed', 'Succeeded', 'Complete'],
}

const toneOf = new Map<string, Tone>(
  // Object.entries forgets the key type of a closed record.
  Object.entries(tones).flatMap(([tone, words]) => words.map(word => [word, tone as Tone] as const)),
)
const statusColumn = /^(status|phase|state|health|ready|condition|type|reason|sync status|health status)$/i

/** The tone of a cell in a column of the server's table: well-known words, and `1/2` where all should be ready. */
export function cellTone(column: string, cell: string | number | boolean | null): Tone | null {
  if (typeof cell !== 'string' || !statusColumn.test(column)) return null
  const fraction = /^(\d+)\/(\d+)$/.exec(cell)
  if (fraction !== null) return fraction[1] === fraction[2] ? null : 'warn'
  return wordsTone(cell)
}

// `Ready,SchedulingDisabled` (nodes) and `Init:CrashLoopBackOff` (pods) are as bad as their worst part.
function wordsTone(cell: string): Tone | null {
  if (/^Init:\d+\/\d+$/.test(cell)) return 'busy'
  const found = cell.split(/[,:]/).map(word => toneOf.get(word) ?? null)
  return order.find(tone => found.includes(tone)) ?? null
}

const order: readonly Tone[] = ['bad', 'warn', 'busy', 'quiet', 'good']
