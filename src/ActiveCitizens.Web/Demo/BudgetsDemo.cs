using ActiveCitizens.Web.Features.Budgets;
using ActiveCitizens.Web.Features.Budgets.ImportRound;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Demo;

/// <summary>Two real rounds of the nearest metropolis, through the same import as an administrator's uploads.</summary>
public sealed class BudgetsDemo(CityDbContext db, ImportRoundHandler rounds, TimeProvider clock) : DemoData
{
    private static readonly (string File, string Title, string Rule)[] Rounds =
    [
        ("toulouse-2022.pb", "Toulouse 2022", "city_greedy_skip"),
        ("toulouse-2019.pb", "Toulouse 2019", "city_greedy_skip"),
    ];

    public override async Task LoadAsync(string folder, CancellationToken cancel)
    {
        foreach (var (file, title, rule) in Rounds)
        {
            if (await db.Set<RoundImport>().AnyAsync(import => import.FileName == file && import.State == RoundImportState.Done, cancel))
            {
                continue;
            }

            var now = clock.GetUtcNow();
            var import = new RoundImport
            {
                Id = Guid.CreateVersion7(now),
                FileName = file,
                Title = title,
                Publisher = "Toulouse Métropole (pabulib.org)",
                DecidingRule = rule,
                RequestedById = null,
                RequestedAt = now,
                Content = await File.ReadAllBytesAsync(Path.Combine(folder, "..", "pabulib", file), cancel),
            };
            await rounds.RequestAsync(import, cancel);
            await rounds.RunWaitingAsync(cancel);
            var done = await db.Set<RoundImport>().AsNoTracking().SingleAsync(row => row.Id == import.Id, cancel);
            if (done.RoundId is not { } roundId)
            {
                throw new InvalidDataException($"{file}: {string.Join(' ', done.Problems)}");
            }

            await rounds.PublishAsync(roundId, cancel);
        }
    }
}
