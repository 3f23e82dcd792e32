import { buildOracle, publishedDocuments } from './build.ts'
import { type Oracle, startOracle } from './process.ts'
import { readSchemas, type Schemas } from './schemas.ts'

export { OracleFailure } from './build.ts'

/** The program, built and running, and the schemas that ours works with. Whoever opens it ends it. Throws OracleFailure. */
export async function openOracle(
  options: { readonly onBuild?: () => void; readonly signal?: AbortSignal } = {},
): Promise<{ readonly oracle: Oracle; readonly schemas: Schemas; readonly end: () => Promise<void> }> {
  const [program, documents] = [await buildOracle(options), await publishedDocuments(options.signal)]
  const schemas = readSchemas(documents)
  const oracle = startOracle(program)
  return { oracle, schemas, end: oracle.end }
}
