import { ToggleButton } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Layer } from '../../contract/review.ts'

const layers: readonly Layer[] = ['mine', 'server', 'any-write']

/** Every layer: the filter's beginning. */
export const allLayers: ReadonlySet<Layer> = new Set(layers)

/** The legend of the layers, each a switch that shows or hides its lines. */
export function LayerFilter({
  chosen,
  onChosen,
}: {
  readonly chosen: ReadonlySet<Layer>
  readonly onChosen: (chosen: ReadonlySet<Layer>) => void
}) {
  const { t } = useTranslation('review')
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend would stand above; the group needs only a name.
    <div className="layer-filter" role="group" aria-label={t('layers.title')}>
      {layers.map(layer => (
        <ToggleButton
          key={layer}
          className="layer-chip"
          data-layer={layer}
          isSelected={chosen.has(layer)}
          onChange={selected =>
            onChosen(new Set(layers.filter(other => (other === layer ? selected : chosen.has(other)))))
          }
        >
          <span className="layer-mark" data-layer={layer} title={t(`layers.explain.${layer}`)}>
            {t(`layers.${layer}`)}
          </span>
        </ToggleButton>
      ))}
    </div>
  )
}
