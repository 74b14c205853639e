using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Features.Shared.Jobs;
using Quartz;

namespace ActiveCitizens.Web.Features.Elections.CheckBoxes;

public sealed class CheckBoxesJob(IServiceProvider services, CityDirectory cities) : CityJob(services, cities)
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    protected override Task RunAsync(IServiceProvider services, IJobExecutionContext context, CancellationToken cancel) =>
        services.GetRequiredService<BoxChecker>().CheckAsync(cancel);
}
