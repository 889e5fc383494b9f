import './manifest.ts';
import './commands.ts';
import './session.ts';
import './tasks.ts';
