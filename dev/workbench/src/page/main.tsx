import { render } from 'preact'
import './style.css'
import { App } from './app'
import { listen } from './live'

const root = document.getElementById('app')
if (root) render(<App />, root)
listen()
