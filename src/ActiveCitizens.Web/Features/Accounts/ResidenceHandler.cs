using System.Security.Cryptography;
using System.Text;
using ActiveCitizens.Web.Features.Shared.Audit;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Accounts;

public enum RequestLetterResult { Requested, AlreadyWaiting }

public enum RedeemCodeResult { Verified, WrongCode, NoOpenLetter, TooManyAttempts, AlreadyVerified }

public enum VerifyAtDeskResult { Verified, UnknownAccount, OwnAccount }

/// <summary>Proves where people live: at a desk, or by a code in a letter to their address.</summary>
public sealed class ResidenceHandler(CityDbContext db, UserManager<Account> accounts, AuditTrail audit, CurrentActor actor, TimeProvider clock)
{
    /// <summary>Letters and digits that are not mistaken for one another on paper (Crockford's base 32).</summary>
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int CodeLength = 12;

    public async Task<RequestLetterResult> RequestLetterAsync(Guid accountId, string recipient, string address, string neighbourhoodCode, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var letter = new ResidenceLetter { Id = Guid.CreateVersion7(now), AccountId = accountId, RecipientName = recipient.Trim(), Address = address.Trim(), NeighbourhoodCode = neighbourhoodCode, RequestedAt = now };
        db.Add(letter);
        audit.Record("residence.letter-requested", $"account:{accountId}", new { letter = letter.Id, neighbourhood = neighbourhoodCode });
        try
        {
            await db.SaveChangesAsync(cancel);
            return RequestLetterResult.Requested;
        }
        catch (DbUpdateException) when (!cancel.IsCancellationRequested)
        {
            db.ChangeTracker.Clear();
            if (await db.Set<ResidenceLetter>().AnyAsync(open => open.AccountId == accountId && open.ClosedAt == null, cancel))
            {
                return RequestLetterResult.AlreadyWaiting;
            }

            throw;
        }
    }

    public async Task CancelLetterAsync(Guid accountId, CancellationToken cancel)
    {
        foreach (var letter in await db.Set<ResidenceLetter>().Where(letter => letter.AccountId == accountId && letter.ClosedAt == null).ToListAsync(cancel))
        {
            letter.Close(clock.GetUtcNow());
            audit.Record("residence.letter-cancelled", $"account:{accountId}", new { letter = letter.Id });
        }

        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Makes the letter's code. It exists on the paper only: the database keeps a keyed hash.</summary>
    /// <returns>Twelve characters in groups of four, such as <c>7QXM-2R8D-0KZV</c>; null when the letter is no longer open.</returns>
    public async Task<string?> PrintLetterAsync(ResidenceLetter letter, Guid officerId, CancellationToken cancel)
    {
        if (letter.ClosedAt is not null)
        {
            return null;
        }

        var code = RandomNumberGenerator.GetString(Alphabet, CodeLength);
        letter.Print(HashOf(letter.Id, code), officerId, clock.GetUtcNow());
        audit.Record("residence.letter-printed", $"account:{letter.AccountId}", new { letter = letter.Id });
        await db.SaveChangesAsync(cancel);
        return string.Join('-', code.Chunk(4).Select(group => new string(group)));
    }

    public async Task<RedeemCodeResult> RedeemAsync(Guid accountId, string typed, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var letter = await db.Set<ResidenceLetter>().SingleOrDefaultAsync(letter => letter.AccountId == accountId && letter.ClosedAt == null, cancel);
        if (letter?.CodeHash is null || now >= letter.CodeExpiresAt)
        {
            return RedeemCodeResult.NoOpenLetter;
        }

        // Counted in the database before the comparison: a hundred guesses at once are a hundred attempts.
        var counted = await db.Set<ResidenceLetter>().Where(row => row.Id == letter.Id && row.FailedAttempts < ResidenceLetter.MaxAttempts)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.FailedAttempts, row => row.FailedAttempts + 1), cancel);
        if (counted == 0)
        {
            return RedeemCodeResult.TooManyAttempts;
        }

        var hash = HashOf(letter.Id, Normalize(typed));
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(letter.CodeHash)))
        {
            audit.Record("residence.code-refused", $"account:{accountId}", new { letter = letter.Id });
            await db.SaveChangesAsync(cancel);
            return RedeemCodeResult.WrongCode;
        }

        letter.Close(now);
        return await VerifyAsync(accountId, letter.NeighbourhoodCode, ResidenceProof.Letter, officerId: null, now, cancel) ? RedeemCodeResult.Verified : RedeemCodeResult.AlreadyVerified;
    }

    /// <summary>An officer has seen the person and their papers. Nobody verifies themselves.</summary>
    public async Task<VerifyAtDeskResult> VerifyAtDeskAsync(string email, string neighbourhoodCode, Guid officerId, CancellationToken cancel)
    {
        if (await accounts.FindByEmailAsync(email.Trim()) is not { DeletedAt: null } account)
        {
            return VerifyAtDeskResult.UnknownAccount;
        }

        if (account.Id == officerId)
        {
            return VerifyAtDeskResult.OwnAccount;
        }

        // Seen again at a desk, perhaps after a move: the newer proof replaces the older one.
        var now = clock.GetUtcNow();
        foreach (var earlier in await db.Set<ResidenceVerification>().Where(proof => proof.AccountId == account.Id && proof.EndedAt == null).ToListAsync(cancel))
        {
            earlier.End(now);
            audit.Record("residence.ended", $"account:{account.Id}", new { neighbourhood = earlier.NeighbourhoodCode });
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.SaveChangesAsync(cancel);
        await VerifyAsync(account.Id, neighbourhoodCode, ResidenceProof.Desk, officerId, now, cancel);
        await transaction.CommitAsync(cancel);
        return VerifyAtDeskResult.Verified;
    }

    private async Task<bool> VerifyAsync(Guid accountId, string neighbourhoodCode, ResidenceProof proof, Guid? officerId, DateTimeOffset now, CancellationToken cancel)
    {
        db.Add(new ResidenceVerification { Id = Guid.CreateVersion7(now), AccountId = accountId, NeighbourhoodCode = neighbourhoodCode, Proof = proof, VerifiedById = officerId, VerifiedAt = now });
        audit.Record("residence.verified", $"account:{accountId}", new { neighbourhood = neighbourhoodCode, proof = proof.ToString(), officer = officerId, by = actor.AccountId });
        try
        {
            await db.SaveChangesAsync(cancel);
            return true;
        }
        catch (DbUpdateException) when (!cancel.IsCancellationRequested && proof == ResidenceProof.Letter)
        {
            db.ChangeTracker.Clear();
            if (await db.Set<ResidenceVerification>().AnyAsync(row => row.AccountId == accountId && row.EndedAt == null, cancel))
            {
                return false;
            }

            throw;
        }
    }

    private static string Normalize(string typed) => new([.. typed.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)
        .Select(letter => letter switch { 'O' => '0', 'I' or 'L' => '1', _ => letter })]);

    // 60 random bits and five attempts: the letter's id as a key only keeps equal codes from having equal hashes.
    private static string HashOf(Guid letterId, string code) => Convert.ToHexStringLower(HMACSHA256.HashData(letterId.ToByteArray(), Encoding.ASCII.GetBytes(code)));
}
