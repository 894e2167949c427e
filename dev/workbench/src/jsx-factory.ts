/** What the build makes of JSX (`scripts/build.mjs`). */
export { Fragment, h } from 'preact'
