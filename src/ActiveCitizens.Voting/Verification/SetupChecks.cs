using ActiveCitizens.Voting.Archives;
using ActiveCitizens.Voting.Credentials;
using ActiveCitizens.Voting.Elections;
using ActiveCitizens.Voting.Json;
using ActiveCitizens.Voting.Trustees;

namespace ActiveCitizens.Voting.Verification;

/// <summary>Item 3 of PROTOCOL.md section 15.</summary>
internal sealed class SetupChecks(OutcomeBook book, EventData.Setup setup)
{
    public Digest ElectionDigest => setup.Election.Hash;

    public Digest CredentialsDigest => setup.Credentials.Hash;

    /// <summary>Null when unreadable, as are the others.</summary>
    public Election? Election { get; private set; }

    public TrusteeSet? Trustees { get; private set; }

    public PublicCredentials? Credentials { get; private set; }

    public void Check(int degreeOfParallelism, CancellationToken cancel)
    {
        Election = Read(VerificationCheck.Election, "election file", () => Election.Read(setup.Election.Content));
        if (Election is not { } election)
        {
            return;
        }

        book.Pass(VerificationCheck.Election);
        Trustees = Read(VerificationCheck.Trustees, "trustees file", () => TrusteeSet.Read(setup.Trustees.Content, election.Group));
        Credentials = Read(VerificationCheck.Credentials, "credential list", () => PublicCredentials.Read(setup.Credentials.Content, election.Group));
        CheckTrustees(election);
        CheckCredentials(election, degreeOfParallelism, cancel);
        if (setup.CredentialsCertificate is null)
        {
            book.Note("there is none", VerificationCheck.CredentialsCertificate);
            book.Pass(VerificationCheck.CredentialsCertificate);
        }
        else
        {
            book.NotImplemented(VerificationCheck.CredentialsCertificate, "there is one, of a form that this program does not know");
        }
    }

    private void CheckTrustees(Election election)
    {
        if (Trustees is not { } trustees)
        {
            return;
        }

        var problem = trustees.FindProblem();
        book.Settle(VerificationCheck.Trustees, "trustees file", problem);
        if (Read(VerificationCheck.Trustees, "trustees file", trustees.PublicKey) is { } key)
        {
            book.Settle(VerificationCheck.PublicKey, "election file", key.Equals(election.PublicKey) ? null : "its key is not the product of the trustees' keys");
        }
    }

    private void CheckCredentials(Election election, int degreeOfParallelism, CancellationToken cancel)
    {
        if (Credentials is not { } credentials)
        {
            return;
        }

        book.Pass(VerificationCheck.Credentials);
        var foreign = credentials.FindForeignKey(election.Group, degreeOfParallelism, cancel);
        book.Settle(VerificationCheck.CredentialKeys, FormattableString.Invariant($"credential {foreign + 1}"), foreign is null ? null : "it is not an element of the group");
        var heavy = election.HasNonHomomorphicQuestions ? Enumerable.Range(0, credentials.Count).FirstOrDefault(i => credentials.Weight(i) != 1, -1) : -1;
        book.Settle(VerificationCheck.RankedWeights, FormattableString.Invariant($"credential {heavy + 1}"), heavy < 0 ? null : FormattableString.Invariant($"its weight is {credentials.Weight(heavy)}"));
    }

    private T? Read<T>(VerificationCheck check, string subject, Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (ProtocolFormatException e)
        {
            if (!book.HasFailed(check))
            {
                book.Fail(check, subject, e.Message);
            }

            return null;
        }
    }
}
