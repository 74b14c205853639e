import "@digdir/designsystemet-web/ds-error-summary";
import "@digdir/designsystemet-web/ds-field";
import { copyButtons } from "./scripts/copy";
import { refreshProgress } from "./scripts/progress";
import { showPasswords } from "./scripts/passwords";
import { sendFormsOnce } from "./scripts/submit-once";

copyButtons();
showPasswords();
refreshProgress();
sendFormsOnce();
