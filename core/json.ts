/**
 * A JSON value as the API server sends it. Integers beyond 2^53 are `bigint`, so that no digit is lost;
 * numbers with a fraction or an exponent are `number`. Key order carries no meaning.
 */
export type Json = null | boolean | number | bigint | string | readonly Json[] | JsonObject

/** A JSON object. Absent keys read as `undefined`. */
export type JsonObject = { readonly [key: string]: Json }
