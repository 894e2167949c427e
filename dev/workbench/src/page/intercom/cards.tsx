import type { ShownAttribute } from '../../contract'
import { toValueText } from '../shown/value-text'

/** The attributes of a person or a company. */
export function AttributesCard({ attributes }: { readonly attributes: readonly ShownAttribute[] }) {
  return (
    <section class="card">
      <h3>Attributes</h3>
      <dl class="pairs">
        {attributes.map(({ name, value, custom }) => (
          <div key={`${String(custom)} ${name}`}>
            <dt>
              {name} {custom && <span class="badge">custom</span>}
            </dt>
            <dd>{toValueText(value)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

export function Tags({ tags }: { readonly tags: readonly string[] }) {
  return (
    <>
      <h3>Tags</h3>
      {tags.length === 0 && <p class="quiet">No tags.</p>}
      <p>
        {tags.map((tag) => (
          <span key={tag} class="badge">
            {tag}
          </span>
        ))}
      </p>
    </>
  )
}
