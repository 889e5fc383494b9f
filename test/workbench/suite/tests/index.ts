import './manifest.ts';
import './session.ts';
