import './manifest.ts';
import './commands.ts';
import './session.ts';
