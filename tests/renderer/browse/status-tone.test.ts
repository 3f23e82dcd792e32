import { expect, test } from 'vitest'
import { cellTone } from '../../../renderer/browse/status-tone.ts'

test.each([
  ['Status', 'Running', 'good'],
  ['Status', 'Pending', 'busy'],
  ['Status', 'CrashLoopBackOff', 'bad'],
  ['Status', 'Init:CrashLoopBackOff', 'bad'],
  ['Status', 'Init:0/1', 'busy'],
  ['Status', 'Ready,SchedulingDisabled', 'warn'],
  ['Status', 'Completed', 'quiet'],
  ['Phase', 'Bound', 'good'],
  ['Ready', '1/2', 'warn'],
  ['Ready', '2/2', null],
  ['Status', 'Whatever', null],
  // A name is a name, whatever it says.
  ['Name', 'Running', null],
  ['Status', 3, null],
])('%s %s is %s', (column, cell, tone) => {
  expect(cellTone(column, cell)).toBe(tone)
})
