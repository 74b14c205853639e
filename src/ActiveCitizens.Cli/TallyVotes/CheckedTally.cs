using ActiveCitizens.Cli.Archives;
using ActiveCitizens.Cli.VerifyElection;
using ActiveCitizens.Voting.Archives;
using ActiveCitizens.Voting.Json;
using ActiveCitizens.Voting.Proofs;
using ActiveCitizens.Voting.Shuffles;
using ActiveCitizens.Voting.Tallies;
using ActiveCitizens.Voting.Verification;

namespace ActiveCitizens.Cli.TallyVotes;

/// <summary>An archive with its tally, after everything in it was verified: what a trustee needs before using a key.</summary>
/// <param name="Archive">What stands in the archive.</param>
/// <param name="Tally">The encrypted tally, recomputed from the box by the verifier.</param>
/// <param name="Ranked">The lists of the ranked questions: the last shuffle's output, or the tally's.</param>
internal sealed record CheckedTally(ElectionArchive Archive, EncryptedTally Tally, IReadOnlyList<IReadOnlyList<Ciphertext>> Ranked)
{
    /// <summary>What is to be decrypted.</summary>
    public IReadOnlyList<IReadOnlyList<Ciphertext>> Ciphertexts => Tally.With(Archive.Election, Ranked);

    /// <summary>Reads and verifies an archive.</summary>
    /// <param name="todo">What to say when the archive ends with another event than <paramref name="expected"/>.</param>
    /// <exception cref="BadInputException">Some check failed, or the archive is not as far as expected.</exception>
    public static CheckedTally Read(FileInfo path, Screen screen, string todo, ArchiveEventType[] expected, CancellationToken cancel)
    {
        var archive = ElectionArchive.Read(path, cancel).Require(todo, expected);
        var report = VerifyCommand.Verify(path, new(), screen, cancel);
        if (report.Outcomes.FirstOrDefault(o => o.Status is VerificationStatus.Failed or VerificationStatus.NotImplemented) is { } bad)
        {
            throw new BadInputException($"{path.Name} is not to be trusted: check {bad.Check.Id} ({bad.Check.Title}) {(bad.Status == VerificationStatus.Failed ? "failed" : "cannot be made by this program")}. Run \"activecitizens verify {path.Name}\".");
        }

        try
        {
            var data = archive.Tally!;
            var tally = EncryptedTally.Read(archive.Election, data.Tally.Content, data.NumTallied, data.TotalWeight);
            var ranked = archive.Shuffles.Count == 0 ? Shuffle.Input(archive.Election, tally) : Shuffle.Read(archive.Election, data.NumTallied, archive.Shuffles[^1].Document.Span).Ciphertexts;
            return new(archive, tally, ranked);
        }
        catch (ProtocolFormatException e)
        {
            throw new BadInputException($"{path.Name}: {e.Message}", e);
        }
    }
}
