using System.Text.Json;
using System.Text.Json.Serialization;
using ActiveCitizens.Web.Features.Mandates;
using ActiveCitizens.Web.Features.MunicipalCouncil;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Demo;

/// <summary>The city's mandates and the deliberations they rest on, through the same checks as those of the register's keepers.</summary>
public sealed class MandatesDemo(CityDbContext db, RegisterHandler register, SigningAuthorisationHandler signing, MandateHandler mandates, Deliberations deliberations) : DemoData
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public override async Task LoadAsync(string folder, CancellationToken cancel)
    {
        await using var file = File.OpenRead(Path.Combine(folder, "mandates.json"));
        var content = await JsonSerializer.DeserializeAsync<Content>(file, Json, cancel) ?? throw new InvalidDataException($"{file.Name} is empty.");
        foreach (var act in content.Deliberations)
        {
            await LoadAsync(act, cancel);
        }

        foreach (var given in content.SigningAuthorisations)
        {
            await signing.GiveAsync(await IdOfAsync(given.Deliberation, cancel), given.Subject, given.OfficialName, given.OfficialFunction, accountId: null, given.From, given.Until, cancel);
        }

        foreach (var mandate in content.Mandates.OrderBy(mandate => mandate.StartsOn))
        {
            if (!await db.Set<Mandate>().AnyAsync(known => known.Year == mandate.StartsOn.Year, cancel))
            {
                await LoadAsync(mandate, content.Competences, cancel);
            }
        }
    }

    private async Task LoadAsync(Act act, CancellationToken cancel)
    {
        if (await db.Set<Deliberation>().AnyAsync(known => known.Year == act.SessionDate.Year && known.Number == act.Number, cancel))
        {
            return;
        }

        var vote = new DeliberationVote(act.Vote.InOffice, act.Vote.Present, act.Vote.Proxies, act.Vote.VotesFor, act.Vote.VotesAgainst, act.Vote.Abstentions, act.Vote.NonVoting, IsSecretBallot: false, Casting: null);
        switch (await register.RecordAsync(new DeliberationContent(act.Number, act.SessionDate, act.Subject, act.Rapporteur, act.Text, vote, AmendsId: null, act.IllustrativeRemark), cancel))
        {
            case RecordDeliberationResult.Recorded(var id):
                await register.TransmitAsync(id, act.TransmittedOn, act.TransmissionId, cancel);
                await register.PostAsync(id, act.PostedOn, cancel);
                break;
            case RecordDeliberationResult.NumberTaken:
                // Another node loads the same data.
                break;
            case var refused:
                throw new InvalidDataException($"Deliberation {act.SessionDate.Year}-{act.Number}: {refused}");
        }
    }

    private async Task LoadAsync(Period period, IReadOnlyList<Subject> subjects, CancellationToken cancel)
    {
        var content = new MandateContent(
            period.StartsOn, Mandate.UsualEnd(period.StartsOn), period.SeatsPerCouncil, period.EnvelopePerCouncilEuros * 100, period.EnvelopeRemark, period.Summary, period.Powers, period.Limits, period.IllustrativeRemark);
        switch (await mandates.PrepareAsync(content, cancel))
        {
            case PrepareMandateResult.Prepared(var id):
                await FillAsync(id, period, subjects, cancel);
                break;
            case PrepareMandateResult.Overlaps or PrepareMandateResult.YearTaken:
                // Another node loads the same data, or an administrator was first.
                break;
            case var refused:
                throw new InvalidDataException($"Mandate of {period.StartsOn.Year}: {refused}");
        }
    }

    // Competences and delegations come before the opening: those of a mandate that is over no longer change.
    private async Task FillAsync(Guid id, Period period, IReadOnlyList<Subject> subjects, CancellationToken cancel)
    {
        var mandate = await db.Set<Mandate>().AsNoTracking().SingleAsync(known => known.Id == id, cancel);
        foreach (var subject in subjects.Where(subject => subject.FromMandate == mandate.Year))
        {
            await mandates.AddCompetenceAsync(mandate, subject.Name, subject.Description, cancel);
        }

        foreach (var (name, parts) in period.Delegations)
        {
            var code = Competence.CodeOf(name);
            var competence = await db.Set<Competence>().AsNoTracking().SingleAsync(known => known.Code == code, cancel);
            await mandates.SetDelegationsAsync(mandate, competence, parts.SelectMany(part => part.Value.Select(actor => (part.Key, actor))).ToHashSet(), cancel);
        }

        if (period.OpenedBy is { } opening)
        {
            await mandates.OpenAsync(id, await IdOfAsync(opening, cancel), period.IsRenewal, cancel);
        }

        if (period is { ClosedBy: { } closing, ClosedOn: { } day })
        {
            await mandates.CloseAsync(id, await IdOfAsync(closing, cancel), day, cancel);
        }
    }

    private async Task<Guid> IdOfAsync(string reference, CancellationToken cancel) =>
        (await deliberations.FindPostedAsync(reference, cancel) ?? throw new InvalidDataException($"mandates.json names deliberation {reference}, which it does not hold.")).Id;

    private sealed record Content(IReadOnlyList<Act> Deliberations, IReadOnlyList<Given> SigningAuthorisations, IReadOnlyList<Subject> Competences, IReadOnlyList<Period> Mandates);

    private sealed record Act(int Number, DateOnly SessionDate, string Subject, string? Rapporteur, string Text, Figures Vote, DateOnly TransmittedOn, string TransmissionId, DateOnly PostedOn, string? IllustrativeRemark);

    private sealed record Figures(int InOffice, int Present, int Proxies, int VotesFor, int VotesAgainst, int Abstentions, int NonVoting);

    private sealed record Given(string Deliberation, SigningSubject Subject, string OfficialName, string OfficialFunction, DateOnly From, DateOnly? Until);

    private sealed record Subject(string Name, string Description, int FromMandate);

    private sealed record Period(
        DateOnly StartsOn, int SeatsPerCouncil, long EnvelopePerCouncilEuros, string? EnvelopeRemark, string Summary, string Powers, string Limits, string? IllustrativeRemark,
        string? OpenedBy, bool IsRenewal, string? ClosedBy, DateOnly? ClosedOn, Dictionary<string, Dictionary<DelegationPart, List<DelegationActor>>> Delegations);
}
