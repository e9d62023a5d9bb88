import { render } from 'preact';
import { App } from './view/App.tsx';

const page = document.getElementById('page');
if (page) render(<App />, page);
