using System.Runtime.InteropServices;
using ActiveCitizens.Voting.Json;

namespace ActiveCitizens.Voting.Archives;

/// <summary>The end of an archive's chain of events, for whoever keeps the events elsewhere than in a file: PROTOCOL.md section 9. Each method gives the end after one more event; their order is <see cref="EventOrder"/>'s.</summary>
/// <param name="Last">Hash of the last event; null before the setup.</param>
/// <param name="Height">Number of events so far, which is the height of the next one.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ChainHead(Digest? Last, int Height)
{
    /// <param name="election">Hash of the election file, as all of these are of the documents' bytes.</param>
    public ChainHead AfterSetup(Digest election, Digest trustees, Digest credentials) => After(ArchiveEventType.Setup, Digest.Of(EventDocuments.WriteSetup(election, trustees, credentials)));

    public ChainHead AfterBallot(Digest ballot) => After(ArchiveEventType.Ballot, ballot);

    public ChainHead AfterEndBallots() => After(ArchiveEventType.EndBallots, null);

    public ChainHead AfterEncryptedTally(Digest tally, int numTallied, long totalWeight) => After(ArchiveEventType.EncryptedTally, Digest.Of(EventDocuments.WriteTally(numTallied, totalWeight, tally)));

    /// <param name="owner">Trustee number, from 1.</param>
    public ChainHead AfterPartialDecryption(int owner, Digest decryption) => After(ArchiveEventType.PartialDecryption, Digest.Of(EventDocuments.WriteOwned(owner, decryption)));

    public ChainHead AfterResult(Digest result) => After(ArchiveEventType.Result, result);

    internal ChainHead After(ArchiveEventType type, Digest? payload) => new(Digest.Of(EventDocuments.WriteEvent(Last, Height, type, payload)), Height + 1);
}
