import type { JsonObject } from '../json.ts'
import type { Result } from '../problem.ts'
import { setEnv } from './env.ts'
import { setImages } from './images.ts'
import { changeNames } from './names.ts'
import type { QuickEdit, Unfit } from './quick-edit.ts'
import { restoreRevision } from './rollback.ts'
import { cordon, pause, restart, scale, suspend } from './switches.ts'
import { changeTaints } from './taints.ts'

/**
 * The object with the change in it; the very same one where it says that already. Pure, and as kubectl would leave it.
 * `quick-edit-unfit` where it makes no sense for this object.
 */
export function applyQuickEdit(object: JsonObject, edit: QuickEdit): Result<JsonObject, Unfit> {
  switch (edit.kind) {
    case 'image':
      return setImages(object, edit)
    case 'scale':
      return scale(object, edit)
    case 'label':
      return changeNames(object, 'labels', edit)
    case 'annotate':
      return changeNames(object, 'annotations', edit)
    case 'env':
      return setEnv(object, edit)
    case 'restart':
      return restart(object, edit)
    case 'pause':
      return pause(object, edit.on)
    case 'suspend':
      return suspend(object, edit.on)
    case 'cordon':
      return cordon(object, edit.on)
    case 'taint':
      return changeTaints(object, edit)
    case 'restore':
      return restoreRevision(object, edit)
  }
}
