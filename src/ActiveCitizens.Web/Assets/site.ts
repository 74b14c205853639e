import "@digdir/designsystemet-web/ds-error-summary";
import { countCharacters } from "./scripts/counter";
import { copyButtons } from "./scripts/copy";
import { refreshProgress } from "./scripts/progress";
import { showPasswords } from "./scripts/passwords";
import { sendFormsOnce } from "./scripts/submit-once";

countCharacters();
copyButtons();
showPasswords();
refreshProgress();
sendFormsOnce();
