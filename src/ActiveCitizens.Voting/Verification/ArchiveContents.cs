using ActiveCitizens.Voting.Credentials;
using ActiveCitizens.Voting.Decryption;
using ActiveCitizens.Voting.Elections;
using ActiveCitizens.Voting.Proofs;
using ActiveCitizens.Voting.Tallies;
using ActiveCitizens.Voting.Trustees;

namespace ActiveCitizens.Voting.Verification;

/// <summary>What a verified archive holds, as far as it goes: what each next step of an election starts from.</summary>
public sealed record ArchiveContents(Election Election, TrusteeSet Trustees, PublicCredentials Credentials)
{
    /// <summary>Recomputed from the box; null before the end of the vote. The next event when there is no tally yet.</summary>
    public EncryptedTally? Tally { get; init; }

    /// <summary>One list per ranked question, as the last shuffle left them: what the next shuffle starts from. Null before the tally, empty without ranked questions.</summary>
    public IReadOnlyList<IReadOnlyList<Ciphertext>>? ToShuffle { get; init; }

    /// <summary>What trustees decrypt; null before the tally, or before the end of the shuffles.</summary>
    public IReadOnlyList<IReadOnlyList<Ciphertext>>? ToDecrypt { get; init; }

    /// <summary>By trustee number.</summary>
    public IReadOnlyDictionary<int, PartialDecryption> Decryptions { get; init; } = new Dictionary<int, PartialDecryption>();

    public ElectionResult? Result { get; init; }
}
