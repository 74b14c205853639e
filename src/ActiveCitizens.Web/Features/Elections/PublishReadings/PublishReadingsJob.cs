using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Features.Shared.Jobs;
using Quartz;

namespace ActiveCitizens.Web.Features.Elections.PublishReadings;

public sealed class PublishReadingsJob(IServiceProvider services, CityDirectory cities) : CityJob(services, cities)
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    protected override Task RunAsync(IServiceProvider services, IJobExecutionContext context, CancellationToken cancel) =>
        services.GetRequiredService<BoxReader>().PublishAsync(cancel);
}
