import * as z from 'zod'

/** A column's id, as lists sort by it (`label:` and a key is the longest), or one of the signs of a layout. */
const columnId = z.string().min(1).max(330)

/**
 * Columns of a list in their order: the server's by their names, `label:<key>`, `Changed`, `Changed By`, and two signs:
 * `*` stands for the server's usual columns, `**` for those and the wide ones (`kubectl get -o wide`). `Context` and
 * `Namespace` come first by themselves where a list has several; naming them gives them another place.
 */
export type Layout = readonly string[]

/** How the lists of one kind look: `columns` is null for the usual ones; `widths` are in pixels, by column. */
export const listLookSchema = z.object({
  columns: z.array(columnId).max(200).nullable(),
  widths: z.record(columnId, z.number().int().min(24).max(4000)),
})
export type ListLook = z.infer<typeof listLookSchema>

/** A list that was given a name. `address` is one of the app's. */
export const savedViewSchema = z.object({ name: z.string().min(1).max(120), address: z.string().min(1).max(16_000) })
export type SavedView = z.infer<typeof savedViewSchema>
