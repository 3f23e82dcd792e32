import type { Json } from '../json.ts'

/** A JSON type as OpenAPI names it. */
export type FieldType = 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean'

/** A CEL rule of a custom resource's field (`x-kubernetes-validations`). `reason` and `fieldPath` are '' where it names none. */
export type ValidationRule = {
  readonly rule: string
  readonly message: string
  readonly messageExpression: string
  readonly reason: string
  readonly fieldPath: string
}

/** Limits of a value, only those that the schema sets. Lengths are in Unicode code points, `multipleOf` and bounds in the value's unit. */
export type FieldLimits = {
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: boolean
  readonly exclusiveMaximum?: boolean
  readonly multipleOf?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly minItems?: number
  readonly maxItems?: number
  readonly uniqueItems?: boolean
  readonly minProperties?: number
  readonly maxProperties?: number
}

/**
 * What a kind's schema says of one place of its objects. Walk it by `field`, `items` and `values`; null means that the
 * schema says nothing of the place. What it leads to is read when it is asked for, so recursive schemas end.
 */
export type FieldSchema = {
  /** The name of the definition that it is (`io.k8s.api.core.v1.PodSpec`); '' for one without. */
  readonly definition: string
  /** The types that a value may have; empty where the schema does not say. `IntOrString` and `Quantity` have two. */
  readonly types: readonly FieldType[]
  readonly description: string
  /** OpenAPI's `format`: `int32`, `date-time`, `byte`; '' for none. */
  readonly format: string
  /** The only values that it takes; null where there is no such list. */
  readonly enum: readonly Json[] | null
  /** Undefined where it has none. Built-in kinds have `{}` and `""` where nothing is meant. */
  readonly default: Json | undefined
  readonly example: Json | undefined
  readonly nullable: boolean
  readonly deprecated: boolean
  /** An integer or a text, such as a port or a percentage. */
  readonly intOrString: boolean
  /** A quantity (`100m`, `1Gi`): a text or a number. */
  readonly quantity: boolean
  /** Fields that it does not name are kept. */
  readonly preserveUnknown: boolean
  /** It holds a whole object, with apiVersion, kind and metadata. */
  readonly embeddedResource: boolean
  /** An object with named fields: others than these are refused unless `preserveUnknown` or `values()`. */
  readonly struct: boolean
  /** The fields that it must have, in the schema's order. */
  readonly required: readonly string[]
  readonly limits: FieldLimits
  readonly validations: readonly ValidationRule[]
  readonly listType: 'atomic' | 'set' | 'map' | null
  readonly listMapKeys: readonly string[]
  readonly atomicMap: boolean
  /** As `kubectl` patches it: `merge`, `replace`, `retainKeys`; empty where nothing is said. */
  readonly patchStrategies: readonly string[]
  readonly patchMergeKey: string
  /** The names of its fields, in the schema's order. */
  readonly names: () => readonly string[]
  /** One of its named fields. */
  readonly field: (name: string) => FieldSchema | null
  /** A list's items. */
  readonly items: () => FieldSchema | null
  /** The values of a map of any keys (`additionalProperties`). */
  readonly values: () => FieldSchema | null
}
