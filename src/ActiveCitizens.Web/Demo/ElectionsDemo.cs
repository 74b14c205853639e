using System.Text.Json;
using System.Text.Json.Serialization;
using ActiveCitizens.Web.Features.Elections;
using ActiveCitizens.Web.Features.Mandates;
using ActiveCitizens.Web.Features.MunicipalCouncil;
using ActiveCitizens.Web.Features.Neighbourhoods;
using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Demo;

/// <summary>An election that is called, over all neighbourhoods, with a few invented candidates; through the same checks as those of the office.</summary>
public sealed class ElectionsDemo(CityDbContext db, SetUpElectionHandler setUp, NeighbourhoodDirectory neighbourhoods, Deliberations deliberations, City city, TimeProvider clock) : DemoData
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public override async Task LoadAsync(string folder, CancellationToken cancel)
    {
        if (await db.Set<Election>().AnyAsync(cancel))
        {
            return;
        }

        await using var file = File.OpenRead(Path.Combine(folder, "elections.json"));
        var content = await JsonSerializer.DeserializeAsync<Content>(file, Json, cancel) ?? throw new InvalidDataException($"{file.Name} is empty.");
        var act = await deliberations.FindPostedAsync(content.Deliberation, cancel) ?? throw new InvalidDataException($"{file.Name} names deliberation {content.Deliberation}, which is not posted.");
        var mandate = await db.Set<Mandate>().Where(one => one.Year == content.MandateYear).Select(one => (Guid?)one.Id).SingleOrDefaultAsync(cancel) ?? throw new InvalidDataException($"{file.Name} names the mandate of {content.MandateYear}, which is not there.");
        var codes = (await neighbourhoods.MapAsync(cancel)).Neighbourhoods.Select(one => one.Code).ToList();
        if (await setUp.CreateAsync(content.Slug, content.Name, mandate, codes, isRehearsal: false, cancel) != CreateElectionResult.Created)
        {
            // Another node loads the same data.
            return;
        }

        // Counted from today, so that the demonstration never opens in the past.
        var opens = DateOnly.FromDateTime(city.Local(clock.GetUtcNow()).DateTime).AddDays(content.OpensInDays);
        var election = await db.Set<Election>().SingleAsync(one => one.Slug == content.Slug, cancel);
        await setUp.RewriteAsync(election.Id, new ElectionContent(content.Name, content.Rules, At(opens, 9), At(opens.AddDays(content.OpenForDays), 18), content.HelpLine, content.TrusteeThreshold), cancel);
        if (await setUp.CallAsync(election.Id, act.Id, cancel) is not CallElectionResult.Called and var refused)
        {
            throw new InvalidDataException($"The election {content.Slug} of {file.Name} cannot be called: {refused}.");
        }

        await AddCandidatesAsync(election.Id, content.Candidates, cancel);
    }

    private async Task AddCandidatesAsync(Guid electionId, IReadOnlyList<Person> people, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var contests = await db.Set<Contest>().Where(contest => contest.ElectionId == electionId).ToDictionaryAsync(contest => contest.NeighbourhoodCode, contest => contest.Id, StringComparer.Ordinal, cancel);
        foreach (var person in people)
        {
            var candidate = new Candidate
            {
                Id = Guid.CreateVersion7(now), ContestId = contests[person.Neighbourhood], FirstNames = person.FirstNames, LastName = person.LastName, Sex = person.Sex, BornOn = person.BornOn, Email = person.Email, Statement = person.Statement,
            };
            candidate.Submit(now);
            candidate.Accept();
            db.Add(candidate);
        }

        await db.SaveChangesAsync(cancel);
    }

    private DateTimeOffset At(DateOnly day, int hour)
    {
        var local = day.ToDateTime(new TimeOnly(hour, 0));
        return new DateTimeOffset(local, city.TimeZone.GetUtcOffset(local)).ToUniversalTime();
    }

    private sealed record Content(string Slug, string Name, int MandateYear, string Deliberation, int OpensInDays, int OpenForDays, string HelpLine, int? TrusteeThreshold, ElectionRules Rules, IReadOnlyList<Person> Candidates);

    private sealed record Person(string Neighbourhood, string FirstNames, string LastName, Sex Sex, DateOnly BornOn, string Email, string Statement);
}
