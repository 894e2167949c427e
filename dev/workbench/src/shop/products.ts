export type Art = 'notebook' | 'pen' | 'ink' | 'pad' | 'tape'

export interface Product {
  readonly id: string
  readonly name: string
  readonly category: string
  readonly line: string
  readonly description: string
  readonly points: readonly string[]
  readonly cents: number
  readonly art: Art
  /** The colour of the product and of its background. */
  readonly tone: 'pine' | 'clay' | 'dusk' | 'moss' | 'brass' | 'ink'
}

/** The products of the shop. */
export const PRODUCTS: readonly Product[] = [
  {
    id: 'linen-journal',
    name: 'Linen journal',
    category: 'Notebooks',
    line: 'A5, 192 pages, lies flat',
    description:
      'Thread-bound in pine green linen. The paper is heavy enough for a wet nib and thin enough for a coat.',
    points: ['192 pages, dotted at 5 mm', '100 g/m² paper from Gmund', 'Two ribbons, one pocket'],
    cents: 2400,
    art: 'notebook',
    tone: 'pine'
  },
  {
    id: 'field-notebook',
    name: 'Field notebook',
    category: 'Notebooks',
    line: 'Pocket size, set of three',
    description: 'Three small notebooks for the back pocket. They are meant to be bent, rained on and finished.',
    points: ['48 pages each, ruled', 'Stapled twice, rounded corners', 'Recycled clay card'],
    cents: 1150,
    art: 'notebook',
    tone: 'clay'
  },
  {
    id: 'fountain-pen',
    name: 'Pine fountain pen',
    category: 'Pens',
    line: 'Steel nib, fine',
    description: 'Turned from one piece of Swiss pine. It starts at once, even after a week in a drawer.',
    points: ['Fine steel nib, exchangeable', 'Cartridges or converter', '18 g with the cap'],
    cents: 6400,
    art: 'pen',
    tone: 'moss'
  },
  {
    id: 'brass-pen',
    name: 'Brass ballpoint',
    category: 'Pens',
    line: 'Solid brass, grows darker',
    description: 'A short, heavy ballpoint that takes on the colour of the hand that carries it.',
    points: ['Solid brass, unlacquered', 'Takes any refill of the G2 format', '9.8 cm closed'],
    cents: 3800,
    art: 'pen',
    tone: 'brass'
  },
  {
    id: 'moss-ink',
    name: 'Moss ink',
    category: 'Inks',
    line: '50 ml, shades to gold',
    description: 'A green that is nearly black in the shade of a broad stroke, and nearly gold at its end.',
    points: ['50 ml in a glass bottle', 'Dries within ten seconds', 'Washes out of a pen, not of paper'],
    cents: 1600,
    art: 'ink',
    tone: 'moss'
  },
  {
    id: 'dusk-ink',
    name: 'Dusk ink',
    category: 'Inks',
    line: '50 ml, the blue after seven',
    description: 'The blue of a window when the lamp is already on. Calm on white paper, deep on cream.',
    points: ['50 ml in a glass bottle', 'Lightfast', 'No shimmer, no sediment'],
    cents: 1600,
    art: 'ink',
    tone: 'dusk'
  },
  {
    id: 'week-pad',
    name: 'Week pad',
    category: 'Desk',
    line: '52 sheets, one a week',
    description: 'Seven columns without dates. Tear off what is done.',
    points: ['52 sheets, A4 across', 'Glued at the head', 'Backed with grey board'],
    cents: 1450,
    art: 'pad',
    tone: 'clay'
  },
  {
    id: 'washi-tape',
    name: 'Washi tape',
    category: 'Desk',
    line: 'Three rolls of ten metres',
    description: 'Rice paper tape in three quiet colours. It comes off again without taking the page along.',
    points: ['15 mm wide, 10 m each', 'Tears by hand', 'Can be written on'],
    cents: 850,
    art: 'tape',
    tone: 'dusk'
  }
]

export const toProduct = (id: string): Product | undefined => PRODUCTS.find((product) => product.id === id)

export const toPrice = (cents: number): string => `€${(cents / 100).toFixed(2)}`
