type Value = string | number;
type Texts = Readonly<Record<TextKey, string | ((...values: Value[]) => string)>>;

export type Language = "fr" | "en";

export type TextKey =
  | "title" | "introduction" | "electionTitle" | "electionFile" | "electionRead" | "choicesTitle" | "range" | "blank" | "chosen"
  | "credentialTitle" | "credential" | "credentialHint" | "encrypt" | "resultTitle" | "trackerIs" | "ballot" | "copy" | "copied" | "copyFailed" | "save"
  | "auditTitle" | "auditIntroduction" | "audit" | "auditedTitle" | "auditedIntroduction" | "auditData" | "saveAudit" | "saveBallot"
  | "badElection" | "noElection" | "credentialLength" | "credentialCharacter" | "tooFew" | "tooMany" | "blankWithChoices" | "failed";

const french: Texts = {
  title: "Isoloir hors ligne",
  introduction: "Cette page prépare un bulletin de vote chiffré sans aucune connexion : coupez le réseau si vous voulez vous en assurer. Rien n’en sort que ce que vous copiez ou enregistrez.",
  electionTitle: "1. L’élection",
  electionFile: "Fichier election.json, téléchargé depuis la page publique de l’élection",
  electionRead: (name, fingerprint) => `${name}. Empreinte de l’élection, à comparer avec celle de votre lettre : ${fingerprint}`,
  choicesTitle: "2. Vos choix",
  range: (min, max) => min === max ? `Choisissez exactement ${max}.` : Number(min) === 0 ? `Choisissez-en au plus ${max}.` : `Choisissez-en de ${min} à ${max}.`,
  blank: "Vote blanc",
  chosen: (count, max) => `${count} sur ${max} choisis`,
  credentialTitle: "3. Votre code de vote",
  credential: "Code de la lettre",
  credentialHint: "Avec ou sans le numéro qui le précède, puis 22 lettres et chiffres. Majuscules et minuscules comptent ; tirets et espaces ne comptent pas.",
  encrypt: "Chiffrer le bulletin",
  resultTitle: "4. Votre bulletin chiffré",
  trackerIs: "Numéro de suivi : notez-le avant de déposer le bulletin.",
  ballot: "Bulletin à déposer sur la page de vote de l’élection",
  copy: "Copier",
  copied: "Copié.",
  copyFailed: "Le texte est sélectionné : copiez-le avec le clavier.",
  save: "Enregistrer",
  auditTitle: "Vérifier au lieu de voter",
  auditIntroduction: "Vous pouvez révéler ce qui a chiffré ce bulletin et constater, sur une autre machine, qu’il contient bien vos choix. Ce bulletin n’est alors plus secret : abandonnez-le et chiffrez-en un autre pour voter.",
  audit: "Révéler et abandonner ce bulletin",
  auditedTitle: "Bulletin abandonné : ce qui le chiffrait",
  auditedIntroduction: "Ne déposez jamais ce bulletin. Enregistrez-le avec son secret, puis vérifiez-les sur une autre machine :",
  auditData: "Secret du bulletin abandonné",
  saveAudit: "Enregistrer le secret",
  saveBallot: "Enregistrer le bulletin abandonné",
  badElection: "Ce fichier n’est pas une élection que cette page sait lire. Choisissez le fichier election.json de la page publique.",
  noElection: "Choisissez d’abord le fichier de l’élection.",
  credentialLength: (length) => `Le code de vote a 22 caractères ; celui-ci en a ${length}. Comparez-le avec la lettre.`,
  credentialCharacter: (character, position) => `Le caractère « ${character} », en position ${position}, n’existe pas dans les codes de vote : ni 0, ni O, ni I, ni l. Comparez-le avec la lettre.`,
  tooFew: (question, chosen, min) => `${question} : ${chosen} choisi ; il en faut au moins ${min}.`,
  tooMany: (question, chosen, max) => `${question} : ${chosen} choisis ; il en faut au plus ${max}.`,
  blankWithChoices: (question) => `${question} : un vote blanc ne choisit personne. Décochez « Vote blanc » ou les autres choix.`,
  failed: (detail) => `Le bulletin n’a pas pu être fait. Essayez avec un navigateur plus récent. (${detail})`,
};

const english: Texts = {
  title: "Offline voting booth",
  introduction: "This page prepares an encrypted ballot without any connection: switch the network off if you want to be sure. Nothing leaves it but what you copy or save.",
  electionTitle: "1. The election",
  electionFile: "File election.json, downloaded from the election’s public page",
  electionRead: (name, fingerprint) => `${name}. Fingerprint of the election, to compare with the one in your letter: ${fingerprint}`,
  choicesTitle: "2. Your choices",
  range: (min, max) => min === max ? `Choose exactly ${max}.` : Number(min) === 0 ? `Choose at most ${max}.` : `Choose ${min} to ${max}.`,
  blank: "Blank vote",
  chosen: (count, max) => `${count} of ${max} chosen`,
  credentialTitle: "3. Your voting code",
  credential: "Code in the letter",
  credentialHint: "With or without the number before it, then 22 letters and digits. Capitals and small letters differ; dashes and spaces do not matter.",
  encrypt: "Encrypt the ballot",
  resultTitle: "4. Your encrypted ballot",
  trackerIs: "Tracker: write it down before you cast the ballot.",
  ballot: "Ballot to cast on the election’s voting page",
  copy: "Copy",
  copied: "Copied.",
  copyFailed: "The text is selected: copy it with the keyboard.",
  save: "Save",
  auditTitle: "Check instead of voting",
  auditIntroduction: "You can reveal what encrypted this ballot and see, on another machine, that it holds your choices. The ballot is then no longer secret: discard it, and encrypt another one to vote.",
  audit: "Reveal and discard this ballot",
  auditedTitle: "Discarded ballot: what encrypted it",
  auditedIntroduction: "Never cast this ballot. Save it with its secret, then check them on another machine:",
  auditData: "Secret of the discarded ballot",
  saveAudit: "Save the secret",
  saveBallot: "Save the discarded ballot",
  badElection: "This file is not an election that this page can read. Choose the file election.json of the public page.",
  noElection: "Choose the election’s file first.",
  credentialLength: (length) => `A voting code has 22 characters; this one has ${length}. Compare it with the letter.`,
  credentialCharacter: (character, position) => `The character “${character}”, in position ${position}, never stands in a voting code: nor do 0, O, I and l. Compare it with the letter.`,
  tooFew: (question, chosen, min) => `${question}: ${chosen} chosen; at least ${min} are needed.`,
  tooMany: (question, chosen, max) => `${question}: ${chosen} chosen; at most ${max} are allowed.`,
  blankWithChoices: (question) => `${question}: a blank vote chooses nobody. Untick “Blank vote” or the other choices.`,
  failed: (detail) => `The ballot could not be made. Try a newer browser. (${detail})`,
};

const all: Readonly<Record<Language, Texts>> = { fr: french, en: english };

export function say(language: Language, key: TextKey, values: readonly Value[] = []): string {
  const said = all[language][key];
  return typeof said === "string" ? said : said(...values);
}
