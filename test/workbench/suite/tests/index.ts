import './manifest.ts';
import './commands.ts';
import './language.ts';
import './session.ts';
import './tasks.ts';
import './languageFiles.ts';
