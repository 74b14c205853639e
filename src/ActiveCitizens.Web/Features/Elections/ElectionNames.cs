using ActiveCitizens.Web.Features.Shared.Languages;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Elections;

/// <summary>States, steps and rules in words that an elector understands, in the language of the request.</summary>
public static class ElectionNames
{
    public static string NameOf(this IStringLocalizer<ElectionsText> text, ElectionState state) => state switch
    {
        ElectionState.Draft => text["Draft"],
        ElectionState.Called => text["Called"],
        ElectionState.Sealed => text["Sealed: the boxes exist"],
        ElectionState.Closed => text["Vote closed"],
        ElectionState.Proclaimed => text["Seats given"],
        ElectionState.Final => text["Ended"],
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "A state without words."),
    };

    public static string KindOf(ElectionState state) => state switch
    {
        ElectionState.Draft => "warning",
        ElectionState.Called => "info",
        ElectionState.Sealed => "success",
        _ => "neutral",
    };

    public static string NameOf(this IStringLocalizer<ElectionsText> text, ElectionStep step) => step switch
    {
        ElectionStep.Called => text["The municipal council calls the election"],
        ElectionStep.RollImported => text["The roll is drawn up"],
        ElectionStep.RollDisplayed => text["Everybody can check whether they are on the roll"],
        ElectionStep.CandidaciesOpened => text["Candidacies open"],
        ElectionStep.CandidaciesClosed => text["Candidacies close"],
        ElectionStep.CandidaciesDecided => text["The office has decided on every candidacy"],
        ElectionStep.OrderDrawn => text["The order on the ballot is drawn by lot"],
        ElectionStep.BoardFormed => text["The election board is formed"],
        ElectionStep.KeysMade => text["The trustees make their keys"],
        ElectionStep.CredentialsMade => text["The electors’ codes are made"],
        ElectionStep.LettersPosted => text["The letters to the electors are posted"],
        ElectionStep.CampaignOpened => text["The campaign opens"],
        ElectionStep.Sealed => text["Roll, candidates, keys and codes are sealed"],
        ElectionStep.VoteOpened => text["The vote opens"],
        ElectionStep.VoteClosed => text["The vote closes"],
        ElectionStep.BoxesClosed => text["The board closes the boxes"],
        ElectionStep.PaperCounted => text["The paper ballots are counted twice"],
        ElectionStep.Decrypted => text["The trustees decrypt the tally"],
        ElectionStep.Proclaimed => text["The seats are proclaimed"],
        ElectionStep.RecordSigned => text["The official record is signed"],
        ElectionStep.AppealEnded => text["The time for appeal ends"],
        ElectionStep.Destroyed => text["What must not be kept is destroyed"],
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, "A step without words."),
    };

    /// <summary>The rules in plain words: a title, and what it means for an elector.</summary>
    public static IReadOnlyList<(string Title, string Words)> Explain(this IStringLocalizer<ElectionsText> text, ElectionRules rules)
    {
        var explained = new List<(string, string)> { (text["How one votes"], text.Explain(rules.Method)) };
        if (rules.HasMajorityBonus)
        {
            explained.Add((text["Majority bonus"], text["The leading list takes half of the seats first; the other half is divided among all lists, it included."]));
        }

        if (rules.ElectsUnopposed)
        {
            explained.Add((text["Without a contest"], text["Where no more stand than can be elected, they are elected without a vote."]));
        }

        explained.AddRange([
            (text["Women and men"], text.Explain(rules.Parity)),
            (text["Between equals"], text.Explain(rules.Ties)),
            (text["Who votes"], text.Explain(rules.Franchise)),
            (text["How an elector is known online"], text.Explain(rules.SecondSecret)),
        ]);
        return explained;
    }

    public static string Explain(this IStringLocalizer<ElectionsText> text, ElectionMethod method) => method switch
    {
        ElectionMethod.IndividualPlurality => text["Persons: you choose as many candidates as there are seats, or fewer. Those with most votes are elected."],
        ElectionMethod.ListHighestAverages => text["Lists, highest averages: you choose one list as it is. Each seat in turn goes to the list that has most votes for each of its seats."],
        ElectionMethod.ListLargestRemainder => text["Lists, largest remainder: you choose one list as it is. Each list takes a seat for each full share of the votes; the seats left go to the largest remainders."],
        ElectionMethod.SingleList => text["A single list: you say yes to it, or vote blank. It is elected if more than half of the votes cast are for it."],
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "A method without words."),
    };

    public static string Explain(this IStringLocalizer<ElectionsText> text, ParityRule parity) => parity switch
    {
        ParityRule.None => text["No rule about the numbers of women and men."],
        ParityRule.Balanced => text["On a list the numbers of women and men differ by one at most."],
        ParityRule.Alternating => text["On a list women and men take turns."],
        _ => throw new ArgumentOutOfRangeException(nameof(parity), parity, "A rule without words."),
    };

    public static string Explain(this IStringLocalizer<ElectionsText> text, TieResolution ties) => ties switch
    {
        TieResolution.OlderCandidate => text["With equal votes the older candidate is elected."],
        TieResolution.PublicLot => text["With equal votes a public lot decides, which anybody can draw again."],
        _ => throw new ArgumentOutOfRangeException(nameof(ties), ties, "A rule without words."),
    };

    public static string Explain(this IStringLocalizer<ElectionsText> text, Franchise franchise) => franchise switch
    {
        Franchise.Electors => text["The electors on the city’s electoral roll, each in the neighbourhood of their polling bureau."],
        Franchise.ResidentsFrom16 => text["The inhabitants from 16 years on, whatever their nationality."],
        _ => throw new ArgumentOutOfRangeException(nameof(franchise), franchise, "A rule without words."),
    };

    public static string Explain(this IStringLocalizer<ElectionsText> text, SecondSecret secret) => secret switch
    {
        SecondSecret.DateOfBirth => text["By the code in the letter and the date of birth."],
        SecondSecret.EmailCode => text["By the code in the letter and a second code sent to the e-mail address on the roll."],
        _ => throw new ArgumentOutOfRangeException(nameof(secret), secret, "A secret without words."),
    };

    /// <summary>What stands in the way of sealing, and what to do about it.</summary>
    public static string Explain(this IStringLocalizer<ElectionsText> text, SealElection.SealProblem problem) => problem switch
    {
        SealElection.SealProblem.StepMissing(var step) => text["Calendar: “{0}” is neither done nor left out.", text.NameOf(step)],
        SealElection.SealProblem.NoTrustees => text["The trustees have not all made their keys."],
        SealElection.SealProblem.BadTrustees(var reason) => text["The trustees’ file is wrong; have the keys made again. For a technician: {0}", reason],
        SealElection.SealProblem.NoElectors(var code) => text["{0}: there is nobody on the roll. Import the roll.", code],
        SealElection.SealProblem.NoCredentials(var code) => text["{0}: the credential authority has not handed in the public list of codes.", code],
        SealElection.SealProblem.CredentialCount(var code, var electors, var credentials) => text["{0}: {1} electors on the roll, but {2} codes. The codes must be made again for the roll as it is now.", code, electors, credentials],
        SealElection.SealProblem.BadCredentials(var code, var reason) => text["{0}: the public list of codes is wrong; have it made again. For a technician: {1}", code, reason],
        SealElection.SealProblem.UndecidedCandidacies(var code, var count) => text.Plural(count, "{1}: {0} candidacy is not decided.|{1}: {0} candidacies are not decided.", code),
        SealElection.SealProblem.OrderNotDrawn(var code) => text["{0}: the order on the ballot is not drawn.", code],
        _ => throw new ArgumentOutOfRangeException(nameof(problem), problem, "A problem without words."),
    };

    public static string NameOf(this IStringLocalizer<ElectionsText> text, RollImportState state) => state switch
    {
        RollImportState.Waiting => text["Waiting to begin"],
        RollImportState.Running => text["Running"],
        RollImportState.Done => text["Done"],
        RollImportState.Refused => text["Refused"],
        RollImportState.Cancelled => text["Cancelled"],
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "A state without words."),
    };

    public static string NameOf(this IStringLocalizer<ElectionsText> text, RollCorrectionKind kind) => kind switch
    {
        RollCorrectionKind.Added => text["Added"],
        RollCorrectionKind.Changed => text["Changed"],
        RollCorrectionKind.Removed => text["Removed"],
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A kind without words."),
    };

    public static string Explain(this IStringLocalizer<ElectionsText> text, RollProblem problem) => problem.Fault switch
    {
        RollFault.NoHeader => text["The file has no first line with the names of the columns."],
        RollFault.ColumnMissing => text["The column “{0}” is missing.", problem.Value],
        RollFault.TooFewColumns => text["The line has {0} fields only.", problem.Value],
        RollFault.UnknownBureau => text["No neighbourhood of this election has the polling bureau “{0}”.", problem.Value],
        RollFault.NameMissing => text["The surname or the first names are missing."],
        RollFault.TooLong => text["A field is too long."],
        RollFault.BadNumber => text["“{0}” is no elector number.", problem.Value],
        RollFault.NumberTwice => text["The elector number stands in line {0} already, for the same bureau.", problem.Value],
        RollFault.NationalNumberTwice => text["The national number stands in line {0} already.", problem.Value],
        RollFault.PersonTwice => text["The same person stands in line {0} already.", problem.Value],
        RollFault.BadDate => text["“{0}” is no date of birth such as 31/12/1980.", problem.Value],
        RollFault.ImpossibleDate => text["{0}: nobody alive was born on that day.", problem.Value],
        RollFault.UnderAge => text["Born on {0}: too young to vote in this election.", problem.Value],
        RollFault.AddressMissing => text["The street, the postcode or the town is missing: no letter could be sent."],
        RollFault.BadEmail => text["The e-mail address is wrong."],
        RollFault.NoElector => text["There is no elector in the file."],
        RollFault.UnknownAddress => text["The address is not among the city’s addresses."],
        RollFault.EmailMissing => text["There is no e-mail address: this elector cannot vote online with the rules chosen."],
        RollFault.NamesakeBornTheSameDay => text["Line {0} has the same names and the same date of birth, with another national number.", problem.Value],
        _ => throw new ArgumentOutOfRangeException(nameof(problem), problem, "A problem without words."),
    };
}
