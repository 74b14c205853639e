using ActiveCitizens.Web.Demo;
using ActiveCitizens.Web.Features.Budgets.ImportRound;
using ActiveCitizens.Web.Features.Budgets.ShowNeeded;
using ActiveCitizens.Web.Features.Shared.Jobs;
using ActiveCitizens.Web.Features.Shared.Layout;

namespace ActiveCitizens.Web.Features.Budgets;

public static class BudgetsModule
{
    /// <summary>Tag of cached pages that show rounds.</summary>
    public const string CacheTag = "budgets";

    private static readonly TimeSpan WaitingEvery = TimeSpan.FromSeconds(3);

    public static void AddBudgets(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<RoundsInMemory>();
        builder.Services.AddScoped<BudgetRounds>();
        builder.Services.AddScoped<ImportRoundHandler>();
        builder.Services.AddScoped<FindNeededHandler>();
        builder.Services.AddCityJob<ImportRoundJob>(WaitingEvery);
        builder.Services.AddCityJob<FindNeededJob>(WaitingEvery);
        builder.Services.AddNavigation<BudgetsText>("Participatory budgets", "/budgets", "piggy-bank", order: 20);
        builder.Services.AddDemoData<BudgetsDemo>();
    }
}
