using System.Text.Json;
using System.Text.Json.Serialization;
using ActiveCitizens.Web.Features.Neighbourhoods;
using ActiveCitizens.Web.Features.Neighbourhoods.ImportAddresses;
using ActiveCitizens.Web.Features.Neighbourhoods.ReplaceTerritories;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Demo;

/// <summary>Profile, territories and addresses of the demonstration city, through the same checks as an administrator's uploads.</summary>
public sealed class NeighbourhoodsDemo(CityDbContext db, NeighbourhoodDirectory directory, ReplaceTerritoriesHandler territories, ImportAddressesHandler addresses, TimeProvider clock) : DemoData
{
    private const string Source = "Contour\u202F: IGN Admin Express COG 2018, Licence Ouverte. Limites des quartiers\u202F: illustratives.";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public override async Task LoadAsync(string folder, CancellationToken cancel)
    {
        if (!await db.Set<TerritorialLevel>().AnyAsync(cancel))
        {
            await LoadProfileAsync(Path.Combine(folder, "city.json"), cancel);
        }

        if (!await db.Set<TerritoryVersion>().AnyAsync(cancel))
        {
            await LoadTerritoriesAsync(folder, cancel);
        }

        if (!await db.Set<AddressImport>().AnyAsync(cancel))
        {
            await using var file = File.OpenRead(Path.Combine(folder, "adresses-illustratives.csv"));
            await addresses.RequestAsync(requestedById: null, Path.GetFileName(file.Name), file, cancel);
            await addresses.RunWaitingAsync(cancel);
        }
    }

    private async Task LoadProfileAsync(string path, CancellationToken cancel)
    {
        await using var file = File.OpenRead(path);
        var profile = await JsonSerializer.DeserializeAsync<Profile>(file, Json, cancel) ?? throw new InvalidDataException($"{path} is empty.");
        var now = clock.GetUtcNow();
        Guid? parent = null;
        foreach (var level in profile.Levels)
        {
            var id = Guid.CreateVersion7(now);
            db.Add(new TerritorialLevel { Id = id, Kind = level.Kind, Code = level.Code, Name = level.Name, ParentId = parent });
            parent = id;
        }

        db.AddRange(profile.Figures.Select((figure, index) => new CityFigure
        {
            Id = Guid.CreateVersion7(now),
            Subject = figure.Subject,
            Position = index + 1,
            Number = figure.Number,
            Text = figure.Text,
            Year = figure.Year,
            IsOfficial = figure.IsOfficial,
            Source = figure.Source,
            SourceUrl = figure.SourceUrl,
            Remark = figure.Remark,
        }));
        await db.SaveChangesAsync(cancel);
    }

    private async Task LoadTerritoriesAsync(string folder, CancellationToken cancel)
    {
        var outline = TerritoryFileReader.ReadOutline(await File.ReadAllBytesAsync(Path.Combine(folder, "commune.geojson"), cancel));
        var current = await directory.MapAsync(cancel);
        var (plan, problems) = TerritoryPlan.Make(
            await File.ReadAllBytesAsync(Path.Combine(folder, "quartiers.geojson"), cancel), outline.Items[0], Source, current, appliedById: null, clock.GetUtcNow());
        if (plan is null)
        {
            throw new InvalidDataException($"{folder}/quartiers.geojson: {problems[0]}");
        }

        // Another node may load at the same time: then its version counts, which is the same.
        await territories.ApplyAsync(plan, current, draft: null, cancel);
    }

    private sealed record Profile(IReadOnlyList<Level> Levels, IReadOnlyList<Figure> Figures);

    private sealed record Level(TerritorialLevelKind Kind, string Code, string Name);

    private sealed record Figure(CityFigureSubject Subject, decimal? Number, string? Text, int? Year, bool IsOfficial, string Source, string? SourceUrl, string? Remark);
}
