using System.Globalization;
using System.Security.Claims;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.MunicipalCouncil;

/// <summary>A deliberation as other areas name it.</summary>
public sealed record DeliberationLink(Guid Id, int Year, int Number, DateOnly SessionDate, string Subject)
{
    public string Reference => $"{Year}-{Number}";
}

/// <summary>How pages and other areas learn of deliberations; drafts are for those who keep the register.</summary>
public sealed class Deliberations(CityDbContext db)
{
    /// <summary>Those anybody may read, the latest session first.</summary>
    public IQueryable<Deliberation> Posted => db.Set<Deliberation>().AsNoTracking().Where(act => act.PublishedAt != null)
        .OrderByDescending(act => act.SessionDate).ThenByDescending(act => act.Number);

    /// <summary>Years with a posted deliberation, the latest first.</summary>
    public async Task<IReadOnlyList<int>> YearsAsync(CancellationToken cancel) =>
        await db.Set<Deliberation>().Where(act => act.PublishedAt != null).Select(act => act.Year).Distinct().OrderByDescending(year => year).ToListAsync(cancel);

    /// <summary>Null when there is none, or none that this reader may see.</summary>
    public async Task<Deliberation?> FindAsync(int year, int number, ClaimsPrincipal reader, CancellationToken cancel) =>
        await db.Set<Deliberation>().AsNoTracking().SingleOrDefaultAsync(act => act.Year == year && act.Number == number, cancel) is { } found && (found.IsPosted || KeepsRegister(reader)) ? found : null;

    /// <summary>The posted deliberation cited as <c>2020-45</c>; null when there is none.</summary>
    public async Task<DeliberationLink?> FindPostedAsync(string reference, CancellationToken cancel) =>
        reference.Split('-') is [var first, var second] && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && int.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? await Links(Posted.Where(act => act.Year == year && act.Number == number)).SingleOrDefaultAsync(cancel)
            : null;

    /// <summary>Whether an act of the city may rest on it: posted and adopted.</summary>
    public Task<bool> BindsAsync(Guid id, CancellationToken cancel) => Posted.AnyAsync(act => act.Id == id && act.IsAdopted, cancel);

    /// <summary>Those an act of the city may rest on, the latest first.</summary>
    public async Task<IReadOnlyList<DeliberationLink>> BindingAsync(CancellationToken cancel) => await Links(Posted.Where(act => act.IsAdopted)).ToListAsync(cancel);

    /// <summary>Posted deliberations by id, as links.</summary>
    public async Task<IReadOnlyDictionary<Guid, DeliberationLink>> LinksAsync(IEnumerable<Guid> ids, CancellationToken cancel)
    {
        var wanted = ids.ToHashSet();
        return await Links(Posted.Where(act => wanted.Contains(act.Id))).ToDictionaryAsync(link => link.Id, cancel);
    }

    public static bool KeepsRegister(ClaimsPrincipal reader) => reader.Holds(Role.Administrator) || reader.Holds(Role.Mayor);

    private static IQueryable<DeliberationLink> Links(IQueryable<Deliberation> acts) =>
        acts.Select(act => new DeliberationLink(act.Id, act.Year, act.Number, act.SessionDate, act.Subject));
}
