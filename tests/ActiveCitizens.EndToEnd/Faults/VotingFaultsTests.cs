using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using ActiveCitizens.EndToEnd.Harness;
using ActiveCitizens.Voting.Json;
using ActiveCitizens.Voting.Verification;
using ActiveCitizens.Web.Features.Elections;
using ActiveCitizens.Web.Features.Elections.DownloadArchive;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ActiveCitizens.EndToEnd.Faults;

/// <summary>What was acknowledged is in the box, once, whatever happens to the machine.</summary>
public sealed class VotingFaultsTests(ITestOutputHelper output)
{
    private const int Kills = 20;
    private const int Voters = 6;

    [Fact]
    public async Task Killed_twenty_times_while_people_vote_the_site_loses_no_acknowledged_ballot_and_doubles_none()
    {
        await using var database = await FaultyDatabase.SqliteAsync(Directory.CreateTempSubdirectory("active-citizens-faults-").FullName);
        await VoteThroughAsync(database, Kills, (site, _) =>
        {
            site.Kill();
            return Task.CompletedTask;
        }, startsAgain: true);
    }

    [Fact]
    public async Task A_database_that_crashes_and_starts_again_loses_no_acknowledged_ballot()
    {
        await using var database = await FaultyDatabase.PostgresAsync();
        var restart = Environment.GetEnvironmentVariable("ACTIVE_CITIZENS_TEST_POSTGRES_RESTART") ?? throw new InvalidOperationException("No PostgreSQL for the tests: run ./test, or tests/with-postgres COMMAND.");
        await VoteThroughAsync(database, 3, async (_, _) =>
        {
            using var crash = Process.Start(new ProcessStartInfo(restart) { UseShellExecute = false })!;
            await crash.WaitForExitAsync();
            Assert.Equal(0, crash.ExitCode);
        }, startsAgain: false);
    }

    [Fact]
    public async Task On_a_full_disk_ballots_are_refused_and_those_in_the_box_stay()
    {
        var folder = Directory.CreateTempSubdirectory("active-citizens-full-").FullName;
        var mounted = await RunAsync("mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", folder);
        Assert.SkipUnless(mounted == 0, "NOT AT HAND: a small disk to fill, which takes the right to mount one.");
        try
        {
            await using var database = await FaultyDatabase.SqliteAsync(folder);
            var contest = database.Election.Contests[0];
            using var site = await database.StartAsync();
            using var client = await VoteClient.OpenAsync(site.Address, database.Election.Slug, contest.Code);
            var acknowledged = new List<string>();
            var refused = 0;
            foreach (var elector in contest.Electors)
            {
                var ballot = contest.BallotOf(elector, 1, 2);
                if (await client.CastAsync(elector, ballot))
                {
                    acknowledged.Add(Digest.Of(ballot).Hex);
                }
                else if (++refused == 3)
                {
                    break;
                }
            }

            output.WriteLine($"{acknowledged.Count} ballots fitted.");
            Assert.Equal(3, refused);
            site.Kill();
            await database.CheckAsync(acknowledged, []);
        }
        finally
        {
            await RunAsync("umount", "-l", folder);
        }
    }

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <summary>Several people vote without a pause while something breaks again and again; whoever gets no answer sends the same ballot again later.</summary>
    private async Task VoteThroughAsync(FaultyDatabase database, int times, Func<SiteProcess, int, Task> breakIt, bool startsAgain)
    {
        var contest = database.Election.Contests[0];
        var acknowledged = new ConcurrentBag<string>();
        var sent = new ConcurrentBag<string>();
        var next = -1;
        var site = await database.StartAsync();
        try
        {
            for (var time = 0; time < times; time++)
            {
                using var stop = new CancellationTokenSource();
                var voters = Enumerable.Range(0, Voters).Select(_ => VoteAsync(site, database.Election.Slug, contest, () => Interlocked.Increment(ref next), acknowledged, sent, stop.Token)).ToList();
                await Task.Delay(TimeSpan.FromMilliseconds(900 + (137 * time % 700)));
                await breakIt(site, time);
                await stop.CancelAsync();
                await Task.WhenAll(voters);
                if (startsAgain)
                {
                    site.Dispose();
                    site = await database.StartAsync();
                }
            }
        }
        finally
        {
            site.Dispose();
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{acknowledged.Count} of {sent.Count} ballots were acknowledged."));
        Assert.True(acknowledged.Count >= times, "Hardly anybody could vote.");
        await database.CheckAsync(acknowledged, sent);
    }

    private static async Task VoteAsync(SiteProcess site, string slug, PreparedContest contest, Func<int> next, ConcurrentBag<string> acknowledged, ConcurrentBag<string> sent, CancellationToken stop)
    {
        try
        {
            using var client = await VoteClient.OpenAsync(site.Address, slug, contest.Code);
            while (!stop.IsCancellationRequested)
            {
                var elector = contest.Electors[next() % contest.Electors.Count];
                var ballot = contest.BallotOf(elector, elector.Number % 10);
                sent.Add(Digest.Of(ballot).Hex);
                if (await client.CastAsync(elector, ballot))
                {
                    acknowledged.Add(Digest.Of(ballot).Hex);
                }
            }
        }
        catch (HttpRequestException)
        {
            // No answer: the elector does not know, and neither do we.
        }
    }
}

/// <summary>A database with an open election, that a site is started on again and again.</summary>
internal sealed class FaultyDatabase : IAsyncDisposable
{
    private const int Electors = 2_000;
    private readonly string _provider;
    private readonly string _connectionString;
    private readonly Func<CityDbContext> _open;
    private readonly int _port = ServedSite.FreePort();

    private FaultyDatabase(string provider, string connectionString, Func<CityDbContext> open) => (_provider, _connectionString, _open) = (provider, connectionString, open);

    public PreparedElection Election { get; private set; } = null!;

    public static async Task<FaultyDatabase> SqliteAsync(string folder)
    {
        var connectionString = $"Data Source={Path.Combine(folder, "city.db")}";
        return await FillAsync(new("Sqlite", connectionString, () => PreparedElection.OpenSqlite(connectionString)));
    }

    public static async Task<FaultyDatabase> PostgresAsync()
    {
        var server = Environment.GetEnvironmentVariable("ACTIVE_CITIZENS_TEST_POSTGRES") ?? throw new InvalidOperationException("No PostgreSQL for the tests: run ./test, or tests/with-postgres COMMAND.");
        var name = $"faults_{Guid.NewGuid():N}";
        await using (var connection = new NpgsqlConnection($"{server};Database=postgres;Pooling=false"))
        {
            await connection.OpenAsync();
            await using var create = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
            await create.ExecuteNonQueryAsync();
        }

        var connectionString = $"{server};Database={name}";
        return await FillAsync(new("Postgres", connectionString, () => PreparedElection.OpenPostgres(connectionString)));
    }

    public Task<SiteProcess> StartAsync() => SiteProcess.StartAsync(Repository.SiteProgram(), Repository.WebFolder, _provider, _connectionString, _port);

    /// <summary>Every acknowledged ballot is in the box once, nothing else is but what was sent, the archive is sound, and marks and ballots agree.</summary>
    public async Task CheckAsync(IReadOnlyCollection<string> acknowledged, IReadOnlyCollection<string> sent)
    {
        // Connections of before the crash are dead.
        NpgsqlConnection.ClearAllPools();
        await using var db = _open();
        var contest = Election.Contests[0];
        var box = await db.Set<BoxEvent>().AsNoTracking().Where(one => one.ContestId == contest.Id && one.Credential != null).Select(one => one.ContentHash).ToListAsync();
        Assert.Empty(acknowledged.Except(box));
        Assert.Equal(box.Count, box.Distinct().Count());
        if (sent.Count > 0)
        {
            Assert.Empty(box.Except(sent));
        }

        using var archive = new MemoryStream();
        Assert.NotNull(await new ArchiveCopy(db).WriteAsync(contest.Id, archive, CancellationToken.None));
        archive.Position = 0;
        var report = Verifier.Verify(archive);
        Assert.True(report.Verdict != VerificationVerdict.Invalid, report.ToText());
        Assert.Equal(box.Count, report.Facts.BallotCount);
        Assert.Equal(report.Facts.KeptBallotCount, await db.Set<RollMark>().CountAsync());
        Assert.Equal(report.Facts.KeptBallotCount, await db.Set<ElectorCredential>().CountAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (_provider == "Sqlite")
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            var folder = Path.GetDirectoryName(new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(_connectionString).DataSource)!;
            foreach (var file in Directory.EnumerateFiles(folder))
            {
                File.Delete(file);
            }
        }
        else
        {
            NpgsqlConnection.ClearAllPools();
        }

        await Task.CompletedTask;
    }

    private static async Task<FaultyDatabase> FillAsync(FaultyDatabase database)
    {
        await using var db = database._open();
        database.Election = await PreparedElection.MakeAsync(db, contests: 1, Electors, candidates: 12, TimeSpan.FromHours(6));
        return database;
    }
}
