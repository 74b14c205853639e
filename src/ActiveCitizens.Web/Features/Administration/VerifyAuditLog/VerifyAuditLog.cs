using ActiveCitizens.Web.Features.Shared.Audit;
using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Persistence;

namespace ActiveCitizens.Web.Features.Administration.VerifyAuditLog;

/// <summary>The operator's command <c>verify-audit</c>: checks the chain of every city without serving anything.</summary>
public static class VerifyAuditLog
{
    public const string Verb = "verify-audit";

    /// <returns>0 when every chain is intact; 1 when one is broken.</returns>
    public static async Task<int> VerifyAuditAsync(this IServiceProvider services, TextWriter output, CancellationToken cancel)
    {
        var code = 0;
        foreach (var city in services.GetRequiredService<CityDirectory>().All)
        {
            await using var scope = services.CreateCityScope(city);
            switch (await AuditChain.VerifyAsync(scope.ServiceProvider.GetRequiredService<CityDbContext>(), cancel))
            {
                case AuditVerdict.Intact intact:
                    await output.WriteLineAsync($"{city.Id}: intact, {intact.Entries} entries, last fingerprint {intact.Hash}");
                    break;
                case AuditVerdict.Broken broken:
                    await output.WriteLineAsync($"{city.Id}: BROKEN at entry {broken.Sequence}: {broken.Reason}");
                    code = 1;
                    break;
            }
        }

        return code;
    }
}
