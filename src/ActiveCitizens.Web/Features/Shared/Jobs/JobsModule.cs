using ActiveCitizens.Web.Features.Shared.Cities;
using Microsoft.Data.Sqlite;
using Npgsql;
using Quartz;

namespace ActiveCitizens.Web.Features.Shared.Jobs;

/// <summary>A recurring or queued piece of work for one city. The scheduler's name is the city's id.</summary>
[DisallowConcurrentExecution]
public abstract class CityJob(IServiceProvider services, CityDirectory cities) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        await using var scope = services.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentCity>().City = cities.Get(context.Scheduler.SchedulerName);
        await RunAsync(scope.ServiceProvider, context, cancellationToken);
    }

    /// <param name="services">A scope in which the city is chosen.</param>
    protected abstract Task RunAsync(IServiceProvider services, IJobExecutionContext context, CancellationToken cancel);
}

public static class JobsModule
{
    private sealed record Registration(Action<IQuartzBuilder> Schedule);

    /// <summary>Runs a job in every city at a steady interval.</summary>
    public static void AddCityJob<TJob>(this IServiceCollection services, TimeSpan every) where TJob : CityJob =>
        services.AddSingleton(new Registration(quartz => quartz.ScheduleJob<TJob>(trigger => trigger.WithIdentity(typeof(TJob).Name).WithSimpleSchedule(every))));

    /// <summary>
    /// One scheduler per city, its tables in that city's database (made when missing), clustered on PostgreSQL.
    /// Comes after the areas: it reads the jobs they added. <c>Jobs:Enabled=false</c> makes a node that only serves pages.
    /// </summary>
    public static void AddJobs(this WebApplicationBuilder builder)
    {
        if (!builder.Configuration.GetValue("Jobs:Enabled", defaultValue: true))
        {
            return;
        }

        var registrations = builder.Services.Select(service => service.ImplementationInstance).OfType<Registration>().ToList();
        foreach (var city in CityModule.Configured(builder.Configuration))
        {
            builder.Services.AddQuartz(city.Id, quartz =>
            {
                quartz.UsePersistentStore(store =>
                {
                    store.ProvisionSchema();
                    if (city.Database.Provider == DatabaseProvider.Sqlite)
                    {
                        store.UseSqlite(SqliteFactory.Instance, new SqliteConnectionStringBuilder(city.Database.ConnectionString) { DefaultTimeout = 15 }.ToString());
                    }
                    else
                    {
                        store.UsePostgres(NpgsqlFactory.Instance, city.Database.ConnectionString);
                        store.UseClustering();
                    }
                });
                foreach (var registration in registrations)
                {
                    registration.Schedule(quartz);
                }
            });
        }

        builder.Services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
    }
}
