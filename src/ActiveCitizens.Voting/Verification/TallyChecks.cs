using ActiveCitizens.Voting.Archives;
using ActiveCitizens.Voting.Decryption;
using ActiveCitizens.Voting.Elections;
using ActiveCitizens.Voting.Json;
using ActiveCitizens.Voting.Proofs;
using ActiveCitizens.Voting.Shuffles;
using ActiveCitizens.Voting.Tallies;
using ActiveCitizens.Voting.Trustees;

namespace ActiveCitizens.Voting.Verification;

/// <summary>Items 5 to 9 of PROTOCOL.md section 15: from the closed box to the result.</summary>
internal sealed class TallyChecks(Election election, TrusteeSet trustees, OutcomeBook book)
{
    private readonly HashSet<int> _shufflers = [];
    private readonly HashSet<int> _decrypters = [];
    private readonly Dictionary<int, PartialDecryption> _decryptions = [];
    private EncryptedTally? _tally;
    private bool _isShuffled;
    private IReadOnlyList<IReadOnlyList<Ciphertext>>? _shuffled;
    private IReadOnlyList<IReadOnlyList<Ciphertext>>? _toDecrypt;

    /// <summary>As the archive states it.</summary>
    public long TotalWeight => _tally?.TotalWeight ?? 0;

    public ElectionResult? Result { get; private set; }

    /// <summary>The largest document from here on.</summary>
    /// <param name="keptBallots">In the box.</param>
    public long MaxBytes(int keptBallots)
    {
        var counted = Math.Max(keptBallots, _tally?.NumTallied ?? 0);
        var lengths = CiphertextLists.Lengths(election, counted);
        var documents = new long[]
        {
            CiphertextLists.MaxBytes(election, lengths),
            Shuffle.MaxBytes(election, counted),
            PartialDecryption.MaxBytes(election, lengths),
            ElectionResult.MaxBytes(election, counted),
        };
        return documents.Max();
    }

    public void CheckTally(EventData.EncryptedTally stated, BallotBox box)
    {
        if (stated.NumTallied > box.Count)
        {
            book.Fail(VerificationCheck.TallyNumbers, "encrypted tally", FormattableString.Invariant($"{stated.NumTallied} ballots tallied of {box.Count} in the box"));
            return;
        }

        if (box.HasFailures || book.HasFailed(VerificationCheck.RankedWeights))
        {
            book.Note("it cannot be recomputed from ballots that failed", VerificationCheck.EncryptedTally, VerificationCheck.TallyNumbers);
        }
        else
        {
            var computed = box.Tally();
            book.Settle(VerificationCheck.EncryptedTally, "encrypted tally", stated.Tally.Content.Span.SequenceEqual(computed.Bytes.Span) ? null : "it is not the tally of the ballots in the box");
            book.Settle(VerificationCheck.TallyNumbers, "encrypted tally", stated.NumTallied == computed.NumTallied && stated.TotalWeight == computed.TotalWeight ? null
                : FormattableString.Invariant($"{stated.NumTallied} ballots of weight {stated.TotalWeight} stated, {computed.NumTallied} of weight {computed.TotalWeight} in the box"));
        }

        _tally = Read(VerificationCheck.EncryptedTally, "encrypted tally", () => EncryptedTally.Read(election, stated.Tally.Content, stated.NumTallied, stated.TotalWeight));
        _toDecrypt = _tally?.Ciphertexts;
        if (!election.HasNonHomomorphicQuestions)
        {
            book.Note("no ranked question", VerificationCheck.ShuffleOwners, VerificationCheck.ShuffleForm, VerificationCheck.ShuffleProofs);
            EndShuffles();
        }
    }

    public void CheckShuffle(EventData.Owned stated, int height)
    {
        var subject = FormattableString.Invariant($"shuffle by trustee {stated.Owner} (event {height + 1})");
        CheckOwner(VerificationCheck.ShuffleOwners, subject, stated.Owner, _shufflers);
        if (_tally is null || _toDecrypt is null)
        {
            return;
        }

        var input = _shuffled ?? Shuffle.Input(election, _tally);
        var shuffle = Read(VerificationCheck.ShuffleForm, subject, () => Shuffle.Read(election, _tally.NumTallied, stated.Payload.Content.Span));
        if (shuffle is null)
        {
            _toDecrypt = null;
            return;
        }

        if (shuffle.FindFailure(election, input) is { } failure)
        {
            book.Fail(VerificationCheck.ShuffleProofs, subject, failure);
        }

        _shuffled = shuffle.Ciphertexts;
        _toDecrypt = _tally.With(election, _shuffled);
    }

    public void EndShuffles()
    {
        _isShuffled = true;
        if (_toDecrypt is not null)
        {
            book.Pass(VerificationCheck.ShuffleOwners, VerificationCheck.ShuffleForm, VerificationCheck.ShuffleProofs);
        }
    }

    public void CheckDecryption(EventData.Owned stated, int height)
    {
        var subject = FormattableString.Invariant($"partial decryption by trustee {stated.Owner} (event {height + 1})");
        if (!CheckOwner(VerificationCheck.DecryptionOwners, subject, stated.Owner, _decrypters) || _toDecrypt is null)
        {
            return;
        }

        var decryption = Read(VerificationCheck.DecryptionForm, subject, () => PartialDecryption.Read(election, _toDecrypt, stated.Payload.Content.Span));
        if (decryption is null)
        {
            return;
        }

        if (decryption.FindFailure(election, _toDecrypt, trustees.Keys[stated.Owner - 1]) is { } failure)
        {
            book.Fail(VerificationCheck.DecryptionProofs, subject, FormattableString.Invariant($"question {failure.Question}, ciphertext {failure.Place}: the proof does not hold"));
        }

        _decryptions.Add(stated.Owner, decryption);
    }

    public void CheckResult(ArchiveMember stated)
    {
        if (_tally is null || _toDecrypt is null)
        {
            return;
        }

        book.Pass(VerificationCheck.DecryptionOwners, VerificationCheck.DecryptionForm, VerificationCheck.DecryptionProofs);
        var missing = Combination.FindMissing(trustees, _decrypters);
        book.Settle(VerificationCheck.EnoughDecryptions, "result", missing is null ? null : $"{missing} is missing");
        Result = Read(VerificationCheck.ResultForm, "result", () => ElectionResult.Read(election, _tally.NumTallied, stated.Content.Span));
        if (Result is null)
        {
            return;
        }

        book.Pass(VerificationCheck.ResultForm);
        if (Combination.FindMissing(trustees, _decryptions.Keys.ToHashSet()) is null)
        {
            var wrong = Result.FindWrongValue(election, trustees, _toDecrypt, _tally.TotalWeight, _decryptions);
            book.Settle(VerificationCheck.ResultValues, "result", wrong is null ? null : FormattableString.Invariant($"question {wrong.Value.Question}, place {wrong.Value.Place}: not what the decryptions give"));
        }
        else
        {
            book.Note("decryptions are missing or unreadable", VerificationCheck.ResultValues);
        }
    }

    public ArchiveContents Describe(ArchiveContents contents, BallotBox box)
    {
        var tally = _tally ?? box.Tally();
        return contents with
        {
            Tally = tally,
            ToShuffle = _tally is null ? null : _shuffled ?? Shuffle.Input(election, tally),
            ToDecrypt = _isShuffled ? _toDecrypt : null,
            Decryptions = _decryptions,
            Result = Result,
        };
    }

    private bool CheckOwner(VerificationCheck check, string subject, int owner, HashSet<int> seen)
    {
        if (owner < 1 || owner > trustees.Keys.Count)
        {
            book.Fail(check, subject, FormattableString.Invariant($"trustees are numbered 1 to {trustees.Keys.Count}"));
            return false;
        }

        if (!seen.Add(owner))
        {
            book.Fail(check, subject, "this trustee has done it already");
            return false;
        }

        return true;
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
            book.Fail(check, subject, e.Message);
            return null;
        }
    }
}
