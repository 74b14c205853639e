using System.Globalization;
using System.Security.Cryptography;
using ActiveCitizens.Web.Features.Shared.Audit;
using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Features.Shared.Languages;
using ActiveCitizens.Web.Features.Shared.Operations;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace ActiveCitizens.Web.Features.Elections.KeepRoll;

/// <summary>An elector as an officer types one in.</summary>
public sealed record ElectorContent(Guid ContestId, string LastName, string? UsualName, string FirstNames, Sex? Sex, DateOnly BornOn, string? BirthPlace, string? Nationality, string? NationalNumber, string AddressLines, string PostCode, string Town, string? Email);

public enum CorrectRollResult { Corrected, RollSealed, UnderAge, AlreadyOnRoll, Unknown }

public enum InventElectorsResult { Invented, NotARehearsal, RollSealed }

/// <summary>Corrects the roll until it is sealed, each time with a reason; fills it with invented people in a rehearsal; answers who asks about himself.</summary>
public sealed class RollHandler(CityDbContext db, ElectionCalendar calendar, CurrentActor actor, AuditTrail audit, City city, PublicPages pages, TimeProvider clock)
{
    public const int MaxInvented = 2_000;

    private const int BatchSize = 30;
    private static readonly string[] Surnames = ["Abadie", "Barrière", "Cazaux", "Delmas", "Escande", "Faure", "Garrigue", "Lacombe", "Marty", "Nadal", "Périé", "Rigal", "Soulié", "Tournié", "Vidal"];
    private static readonly string[] GivenNames = ["Alix", "Camille", "Claude", "Dominique", "Gwenaëlle", "Inès", "Jean", "Louise", "Malik", "Noé", "Odile", "Paul", "Rose", "Samir", "Yvonne"];

    /// <summary>Names without accents and capitals, for searches.</summary>
    public static string SearchTextOf(string lastName, string? usualName, string firstNames) => Folding.Fold(usualName is null ? $"{lastName} {firstNames}" : $"{lastName} {usualName} {firstNames}");

    public Task<CorrectRollResult> AddAsync(Guid electionId, ElectorContent content, string reason, CancellationToken cancel) => SaveAsync(electionId, null, content, reason, cancel);

    public Task<CorrectRollResult> ChangeAsync(Guid electionId, Guid electorId, ElectorContent content, string reason, CancellationToken cancel) => SaveAsync(electionId, electorId, content, reason, cancel);

    public async Task<CorrectRollResult> RemoveAsync(Guid electionId, Guid electorId, string reason, CancellationToken cancel)
    {
        // One correction at a time, and none while the election is sealed.
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.LockRowAsync<Election>(electionId, cancel);
        if (await OpenElectionAsync(electionId, cancel) is null)
        {
            return CorrectRollResult.RollSealed;
        }

        if (await db.Set<Elector>().SingleOrDefaultAsync(one => one.Id == electorId && one.ElectionId == electionId, cancel) is not { } elector)
        {
            return CorrectRollResult.Unknown;
        }

        db.Remove(elector);
        await DropCredentialsAsync(elector.ContestId, cancel);
        Record(RollCorrectionKind.Removed, elector, reason);
        return await SavedAsync(transaction, cancel);
    }

    /// <summary>Replaces the roll of a rehearsal by invented people.</summary>
    /// <param name="perContest">At most <see cref="MaxInvented"/>.</param>
    public async Task<InventElectorsResult> InventAsync(Guid electionId, int perContest, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(perContest, MaxInvented);
        ArgumentOutOfRangeException.ThrowIfLessThan(perContest, 1);
        if (await OpenElectionAsync(electionId, cancel) is not { } election)
        {
            return InventElectorsResult.RollSealed;
        }

        if (!election.IsRehearsal)
        {
            return InventElectorsResult.NotARehearsal;
        }

        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.LockRowAsync<Election>(electionId, cancel);
        await ClearAsync(electionId, cancel);
        foreach (var contest in await db.Set<Contest>().Where(contest => contest.ElectionId == electionId).OrderBy(contest => contest.Number).Select(contest => contest.Id).ToListAsync(cancel))
        {
            foreach (var batch in Enumerable.Range(1, perContest).Select(number => Invented(election, contest, number, now)).Chunk(BatchSize))
            {
                await RollWriter.InsertAsync(db, batch, cancel);
            }
        }

        await calendar.FinishAsync(electionId, ElectionStep.RollImported, cancel);
        audit.Record("roll.invented", $"election:{electionId}", new { perContest });
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        await pages.ChangedAsync(ElectionsModule.CacheTag);
        return InventElectorsResult.Invented;
    }

    /// <summary>The contests in which a person is on the roll: surname (at birth or in use), first name and date of birth must all be right.</summary>
    public async Task<IReadOnlyList<Guid>> FindAsync(Guid electionId, string lastName, string firstName, DateOnly bornOn, CancellationToken cancel)
    {
        var (surname, first) = (Compared(lastName), Compared(firstName));
        var born = await db.Set<Elector>().Where(elector => elector.ElectionId == electionId && elector.BornOn == bornOn)
            .Select(elector => new { elector.LastName, elector.UsualName, elector.FirstNames, elector.ContestId }).ToListAsync(cancel);
        return [.. born.Where(one => (Compared(one.LastName) == surname || (one.UsualName is { } usual && Compared(usual) == surname)) && (Compared(one.FirstNames) == first || Compared(one.FirstNames.Split(' ', ',')[0]) == first))
            .Select(one => one.ContestId).Distinct()];
    }

    /// <summary>Takes the roll away, and the codes made for it; saved or inserted over by the caller in its transaction.</summary>
    internal async Task ClearAsync(Guid electionId, CancellationToken cancel)
    {
        await db.Set<Elector>().Where(elector => elector.ElectionId == electionId).ExecuteDeleteAsync(cancel);
        foreach (var contest in await db.Set<Contest>().Where(contest => contest.ElectionId == electionId && contest.CredentialsDocument != null).ToListAsync(cancel))
        {
            contest.KeepCredentials(null);
        }
    }

    /// <summary>The election while its roll can change; null before it is called and once it is sealed.</summary>
    internal async Task<Election?> OpenElectionAsync(Guid electionId, CancellationToken cancel) =>
        await db.Set<Election>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == electionId && one.State == ElectionState.Called, cancel);

    // "D'Artagnan" and "d artagnan" are one name: letters only.
    private static string Compared(string name) => string.Concat(Folding.Fold(name).Where(char.IsLetter));

    private async Task<CorrectRollResult> SaveAsync(Guid electionId, Guid? electorId, ElectorContent content, string reason, CancellationToken cancel)
    {
        // The number of a new elector follows the last one: one correction at a time, and none while the election is sealed.
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.LockRowAsync<Election>(electionId, cancel);
        if (await OpenElectionAsync(electionId, cancel) is not { } election)
        {
            return CorrectRollResult.RollSealed;
        }

        if (content.BornOn.AddYears(election.Rules.Franchise == Franchise.Electors ? 18 : 16) > DateOnly.FromDateTime(city.Local(election.ClosesAt).DateTime))
        {
            return CorrectRollResult.UnderAge;
        }

        if (!await db.Set<Contest>().AnyAsync(contest => contest.Id == content.ContestId && contest.ElectionId == electionId, cancel))
        {
            return CorrectRollResult.Unknown;
        }

        var kept = electorId is null ? null : await db.Set<Elector>().SingleOrDefaultAsync(one => one.Id == electorId && one.ElectionId == electionId, cancel);
        if (electorId is not null && kept is null)
        {
            return CorrectRollResult.Unknown;
        }

        if ((await db.Set<Elector>().Where(other => other.ElectionId == electionId && other.BornOn == content.BornOn && other.Id != electorId).Select(other => new { other.LastName, other.FirstNames }).ToListAsync(cancel))
            .Exists(other => Compared(other.LastName) == Compared(content.LastName) && Compared(other.FirstNames) == Compared(content.FirstNames)))
        {
            return CorrectRollResult.AlreadyOnRoll;
        }

        var stays = kept?.ContestId == content.ContestId;
        var corrected = new Elector
        {
            Id = electorId ?? Guid.CreateVersion7(clock.GetUtcNow()), ElectionId = electionId, ContestId = content.ContestId,
            Number = stays ? kept!.Number : (await db.Set<Elector>().Where(one => one.ContestId == content.ContestId).MaxAsync(one => (int?)one.Number, cancel) ?? 0) + 1,
            LastName = content.LastName, UsualName = content.UsualName, FirstNames = content.FirstNames, Sex = content.Sex, BornOn = content.BornOn, BirthPlace = content.BirthPlace, Nationality = content.Nationality,
            NationalNumber = content.NationalNumber, AddressLines = content.AddressLines, PostCode = content.PostCode, Town = content.Town, Email = content.Email,
            SearchText = SearchTextOf(content.LastName, content.UsualName, content.FirstNames),
        };
        if (!stays)
        {
            await DropCredentialsAsync(content.ContestId, cancel);
            if (kept is not null)
            {
                await DropCredentialsAsync(kept.ContestId, cancel);
            }
        }

        if (kept is null)
        {
            db.Add(corrected);
        }
        else
        {
            db.Entry(kept).CurrentValues.SetValues(corrected);
        }

        Record(kept is null ? RollCorrectionKind.Added : RollCorrectionKind.Changed, corrected, reason);
        return await SavedAsync(transaction, cancel);
    }

    // A code for each elector, no more and no less: when their number changes, the codes of the bureau are made again.
    private async Task DropCredentialsAsync(Guid contestId, CancellationToken cancel) => (await db.Set<Contest>().SingleAsync(contest => contest.Id == contestId, cancel)).KeepCredentials(null);

    private void Record(RollCorrectionKind kind, Elector elector, string reason)
    {
        var now = clock.GetUtcNow();
        db.Add(new RollCorrection { Id = Guid.CreateVersion7(now), ElectionId = elector.ElectionId, ContestId = elector.ContestId, Kind = kind, Reason = reason.Trim(), ById = actor.AccountId, At = now });
        audit.Record($"roll.{kind.ToString().ToLowerInvariant()}", $"elector:{elector.Id}", new { election = elector.ElectionId, contest = elector.ContestId, elector.Number, reason = reason.Trim() });
    }

    private async Task<CorrectRollResult> SavedAsync(IDbContextTransaction transaction, CancellationToken cancel)
    {
        try
        {
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
        }
        catch (DbUpdateException failure) when (failure.IsDuplicate())
        {
            db.ChangeTracker.Clear();
            return CorrectRollResult.AlreadyOnRoll;
        }

        await pages.ChangedAsync(ElectionsModule.CacheTag);
        return CorrectRollResult.Corrected;
    }

    private Elector Invented(Election election, Guid contest, int number, DateTimeOffset now)
    {
        var (last, first) = (Surnames[RandomNumberGenerator.GetInt32(Surnames.Length)], GivenNames[RandomNumberGenerator.GetInt32(GivenNames.Length)]);
        var house = RandomNumberGenerator.GetInt32(1, 120);
        return new Elector
        {
            Id = Guid.CreateVersion7(now), ElectionId = election.Id, ContestId = contest, Number = number, LastName = last.ToUpperInvariant(), UsualName = null, FirstNames = first, Sex = RandomNumberGenerator.GetInt32(2) == 0 ? Sex.Female : Sex.Male,
            BornOn = DateOnly.FromDateTime(now.UtcDateTime).AddYears(-20).AddDays(-RandomNumberGenerator.GetInt32(70 * 365)), BirthPlace = city.Name, Nationality = "Française", NationalNumber = null,
            AddressLines = string.Create(CultureInfo.InvariantCulture, $"{house} rue de l’Essai"), PostCode = "00000", Town = city.Name,
            Email = election.Rules.SecondSecret == SecondSecret.EmailCode ? string.Create(CultureInfo.InvariantCulture, $"electeur{number}-{contest:N}@example.org") : null, SearchText = SearchTextOf(last, null, first),
        };
    }
}
