export * from './library.ts'
export * from './library-json-patch.ts'
