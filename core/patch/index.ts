export { serverGround } from './field-set.ts'
export * from './library.ts'
export * from './library-apply.ts'
export * from './library-json-patch.ts'
