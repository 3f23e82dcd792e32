import fc from 'fast-check'
import { seed } from './seed.ts'

// fast-check takes a seed as 32 bits with a sign, and names it with what fails.
fc.configureGlobal({ seed: seed | 0 })
