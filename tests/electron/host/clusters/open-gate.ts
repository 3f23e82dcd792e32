import type { WriteGate } from '../../../../electron/host/clusters/write-gate.ts'

/** The gate of clusters that nobody guards. */
export const openGate: WriteGate = async () => null
