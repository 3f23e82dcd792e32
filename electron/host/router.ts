import type { implement } from '@orpc/server'
import type { Contract } from '../../contract/contract.ts'

/** The contract's implementation, as oRPC's handlers take it. */
export type Router = ReturnType<ReturnType<typeof implement<Contract>>['router']>
