import type { ComponentChildren } from 'preact'
import type { Art, Product } from './products'

/** A drawing of the product. Its colours come from the style sheet. */
export const ProductArt = ({ product: { art, tone } }: { readonly product: Product }) => (
  <span class={`art tone-${tone}`} aria-hidden="true">
    <svg viewBox="0 0 200 160">{DRAWINGS[art]}</svg>
  </span>
)

const DRAWINGS: Record<Art, ComponentChildren> = {
  notebook: (
    <g transform="rotate(-8 100 80)">
      <rect class="shade" x="64" y="26" width="84" height="116" rx="6" />
      <rect class="paper" x="62" y="22" width="82" height="114" rx="4" />
      <rect class="main" x="56" y="20" width="84" height="116" rx="6" />
      <rect class="dark" x="56" y="20" width="14" height="116" rx="6" />
      <rect class="paper" x="86" y="42" width="40" height="22" rx="2" />
      <path class="line" d="M92 50h28M92 56h18" />
      <path class="accent" d="M122 136v14l-4-4-4 4v-14z" />
    </g>
  ),
  pen: (
    <g transform="rotate(-38 100 80)">
      <rect class="shade" x="24" y="80" width="150" height="16" rx="8" />
      <rect class="main" x="56" y="70" width="112" height="18" rx="9" />
      <rect class="dark" x="104" y="70" width="6" height="18" />
      <rect class="accent" x="118" y="66" width="46" height="4" rx="2" />
      <path class="accent" d="M56 71 24 79l32 8z" />
      <path class="line" d="M26 79h22" />
    </g>
  ),
  ink: (
    <g>
      <ellipse class="shade" cx="104" cy="136" rx="54" ry="7" />
      <path class="glass" d="M62 66q0-8 8-8h60q8 0 8 8v60q0 8-8 8H70q-8 0-8-8z" />
      <path class="main" d="M66 84q17-7 34 0t34 0v40q0 6-6 6H72q-6 0-6-6z" />
      <rect class="dark" x="76" y="30" width="48" height="26" rx="4" />
      <rect class="accent" x="80" y="54" width="40" height="6" />
      <rect class="paper" x="80" y="94" width="40" height="24" rx="2" />
      <path class="line" d="M86 102h28M86 109h18" />
    </g>
  ),
  pad: (
    <g transform="rotate(5 100 80)">
      <rect class="shade" x="34" y="42" width="138" height="92" rx="3" />
      <rect class="paper" x="30" y="36" width="138" height="92" rx="3" />
      <rect class="main" x="30" y="32" width="138" height="18" rx="3" />
      <path class="line" d="M50 56v66M70 56v66M90 56v66M110 56v66M130 56v66M150 56v66" />
      <path class="stroke" d="M54 68h10M74 68h12M74 76h8M114 68h10M114 76h12M114 84h7" />
    </g>
  ),
  tape: (
    <g>
      <ellipse class="shade" cx="104" cy="130" rx="66" ry="8" />
      <g transform="translate(66 92)">
        <circle class="main" r="34" />
        <circle class="hole" r="16" />
      </g>
      <g transform="translate(136 96)">
        <circle class="accent" r="30" />
        <circle class="hole" r="14" />
      </g>
      <g transform="translate(104 54)">
        <circle class="dark" r="30" />
        <circle class="hole" r="14" />
      </g>
    </g>
  )
}
