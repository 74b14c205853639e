using System.Diagnostics;
using System.Globalization;
using ActiveCitizens.EndToEnd.Harness;
using ActiveCitizens.Voting.Verification;
using ActiveCitizens.Web.Features.Elections.DownloadArchive;
using ActiveCitizens.Web.Persistence;

namespace ActiveCitizens.Bench;

/// <summary>
/// How many ballots a second does the site take, end to end over HTTP, with every proof checked? The form of a neighbourhood council: fifteen
/// candidates, up to nine choices, blank allowed, 16 ciphertexts. Ballots are made before the clock starts; the site is a process of its own on
/// the same two cores.
/// </summary>
internal static class CastBallots
{
    private const int Connections = 32;
    private const int WarmUp = 300;

    /// <param name="provider">Sqlite or Postgres.</param>
    /// <param name="boxes">Neighbourhoods that vote at once.</param>
    public static async Task<int> MeasureAsync(TextWriter output, string provider, string connectionString, string program, string webFolder, int boxes, int ballots, int port)
    {
        PreparedElection election;
        await using (var db = Open(provider, connectionString))
        {
            election = await PreparedElection.MakeAsync(db, boxes, (ballots + WarmUp + boxes - 1) / boxes, candidates: 15, TimeSpan.FromHours(12));
        }

        var sent = new (PreparedContest Contest, PreparedElector Elector, byte[] Ballot)[ballots + WarmUp];
        Parallel.For(0, sent.Length, i =>
        {
            var contest = election.Contests[i % boxes];
            var elector = contest.Electors[i / boxes];
            sent[i] = (contest, elector, contest.BallotOf(elector, [.. Enumerable.Range(0, 1 + (i % 9)).Select(k => (i + (k * 2)) % 15).Distinct()]));
        });

        using var site = await SiteProcess.StartAsync(program, webFolder, provider, connectionString, port);
        var times = new double[sent.Length];
        await CastAsync(site, election, sent.AsMemory(0, WarmUp), times.AsMemory(0, WarmUp));
        var watch = Stopwatch.StartNew();
        await CastAsync(site, election, sent.AsMemory(WarmUp), times.AsMemory(WarmUp));
        var seconds = watch.Elapsed.TotalSeconds;
        var sorted = times[WarmUp..].Order().ToArray();
        var memory = Process.GetProcessById(site.Id).PeakWorkingSet64 >> 20;
        site.Kill();

        await using (var db = Open(provider, connectionString))
        {
            foreach (var contest in election.Contests)
            {
                using var archive = new MemoryStream();
                await new ArchiveCopy(db).WriteAsync(contest.Id, archive, CancellationToken.None);
                archive.Position = 0;
                var report = Verifier.Verify(archive);
                var expected = sent.Count(one => one.Contest == contest);
                if (report.Verdict == VerificationVerdict.Invalid || report.Facts.BallotCount != expected)
                {
                    await output.WriteLineAsync($"The box of {contest.Code} does not hold what was cast: {report.Facts.BallotCount} of {expected} ballots.\n{report.ToText()}");
                    return 1;
                }
            }
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"| {provider} | {boxes} | {ballots} | {ballots / seconds:F0} | {sorted[sorted.Length / 2]:F0} | {sorted[sorted.Length * 99 / 100]:F0} | {memory} |"));
        return 0;
    }

    private static async Task CastAsync(SiteProcess site, PreparedElection election, ReadOnlyMemory<(PreparedContest Contest, PreparedElector Elector, byte[] Ballot)> sent, Memory<double> times)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
        {
            var clients = new Dictionary<string, VoteClient>(StringComparer.Ordinal);
            for (var i = Interlocked.Increment(ref next); i < sent.Length; i = Interlocked.Increment(ref next))
            {
                var (contest, elector, ballot) = sent.Span[i];
                if (!clients.TryGetValue(contest.Code, out var client))
                {
                    clients[contest.Code] = client = await VoteClient.OpenAsync(site.Address, election.Slug, contest.Code);
                }

                var start = Stopwatch.GetTimestamp();
                if (!await client.CastAsync(elector, ballot))
                {
                    throw new InvalidOperationException($"Ballot {i} was refused.");
                }

                times.Span[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }

            foreach (var client in clients.Values)
            {
                client.Dispose();
            }
        }));
    }

    private static CityDbContext Open(string provider, string connectionString) =>
        provider == "Sqlite" ? PreparedElection.OpenSqlite(connectionString) : PreparedElection.OpenPostgres(connectionString);
}
