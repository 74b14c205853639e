using ActiveCitizens.Web.Features.MunicipalCouncil;
using ActiveCitizens.Web.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Tests.MunicipalCouncil;

public sealed class DeliberationRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(39, 30, 5, 35, 0, 0, 0)]
    [InlineData(39, 20, 0, 20, 0, 0, 0)]
    [InlineData(39, 20, 19, 20, 10, 5, 4)]
    [InlineData(40, 21, 0, 0, 0, 21, 0)]
    [InlineData(39, 30, 10, 35, 0, 0, 5, VoteProblem.MoreThanInOffice)]
    [InlineData(45, 10, 12, 22, 0, 0, 0, VoteProblem.MoreProxiesThanPresent, VoteProblem.NoQuorum)]
    [InlineData(39, 19, 5, 24, 0, 0, 0, VoteProblem.NoQuorum)]
    [InlineData(40, 20, 5, 25, 0, 0, 0, VoteProblem.NoQuorum)]
    [InlineData(39, 30, 5, 30, 2, 2, 0, VoteProblem.CountsDoNotAddUp)]
    [InlineData(39, 30, 5, 36, -1, 0, 0, VoteProblem.NegativeNumber)]
    [InlineData(0, 0, 0, 0, 0, 0, 0, VoteProblem.NegativeNumber)]
    [InlineData(2147483647, 2147483647, 2147483647, 2147483647, 2147483647, 2147483647, 2147483647, VoteProblem.MoreThanInOffice, VoteProblem.CountsDoNotAddUp, VoteProblem.CastingVoteMissing)]
    public void Figures_that_contradict_each_other_are_found(int inOffice, int present, int proxies, int votesFor, int against, int abstentions, int nonVoting, params VoteProblem[] problems) =>
        Assert.Equal(problems, new DeliberationVote(inOffice, present, proxies, votesFor, against, abstentions, nonVoting, IsSecretBallot: false, Casting: null).Problems());

    [Theory] // CGCT L2121-20
    [InlineData(18, 17, false, null, true)]
    [InlineData(17, 18, false, null, false)]
    [InlineData(5, 4, false, null, true)]
    [InlineData(0, 0, false, null, false)]
    [InlineData(17, 17, false, CastingVote.For, true)]
    [InlineData(17, 17, false, CastingVote.Against, false)]
    [InlineData(17, 17, false, CastingVote.NotUsed, false)]
    [InlineData(17, 17, true, null, false)]
    public void The_majority_of_votes_cast_decides_and_the_mayor_when_they_are_tied(int votesFor, int against, bool secret, CastingVote? casting, bool adopted)
    {
        var vote = Acts.Unanimous with { For = votesFor, Against = against, Abstentions = 35 - votesFor - against, IsSecretBallot = secret, Casting = casting };
        Assert.Empty(vote.Problems());
        Assert.Equal(adopted, vote.IsAdopted);
        Assert.Equal(adopted, Deliberation.Record(Acts.Content(vote: vote), null, Now).IsAdopted);
    }

    [Fact]
    public void The_mayor_decides_only_a_tied_public_ballot()
    {
        var tied = Acts.Unanimous with { For = 17, Against = 17, Abstentions = 1 };
        Assert.Equal([VoteProblem.CastingVoteMissing], tied.Problems());
        Assert.Equal([VoteProblem.CastingVoteWithoutTie], (tied with { IsSecretBallot = true, Casting = CastingVote.For }).Problems());
        Assert.Equal([VoteProblem.CastingVoteWithoutTie], (Acts.Unanimous with { Casting = CastingVote.For }).Problems());
        Assert.Throws<ArgumentException>(() => Deliberation.Record(Acts.Content(vote: tied), null, Now));
    }

    [Fact]
    public void An_act_can_be_corrected_until_it_is_transmitted_or_posted()
    {
        var act = Deliberation.Record(Acts.Content(text: "Un\r\n\r\nDeux  "), null, Now);
        Assert.Equal("Un\n\nDeux\n", act.Text);
        // printf 'Un\n\nDeux\n' | sha256sum
        Assert.Equal("73d62228fac1a5c5f9dd14e8f46aba9e0b339e55d43618ef324d25185f019aa8", act.TextSha256);
        act.Rewrite(Acts.Content(text: "Trois"));
        Assert.Equal("Trois\n", act.Text);
        Assert.Throws<ArgumentOutOfRangeException>(() => act.Transmit(act.SessionDate.AddDays(-1), "1"));
        Assert.True(act.Transmit(act.SessionDate, " 047-1 "));
        Assert.Equal("047-1", act.TransmissionId);
        Assert.False(act.Transmit(act.SessionDate, "2"));
        Assert.Throws<InvalidOperationException>(() => act.Rewrite(Acts.Content(text: "Quatre")));
        Assert.Null(act.EnforceableOn);
        Assert.True(act.Post(act.SessionDate.AddDays(3), Now));
        Assert.False(act.Post(act.SessionDate.AddDays(4), Now));
        Assert.Equal(act.SessionDate.AddDays(3), act.EnforceableOn);
    }

    [Fact] // CGCT L2121-25
    public void Posting_after_a_week_is_late()
    {
        var act = Deliberation.Record(Acts.Content(day: new DateOnly(2026, 11, 16)), null, Now);
        Assert.False(act.IsLateOn(new DateOnly(2026, 11, 23)));
        Assert.True(act.IsLateOn(new DateOnly(2026, 11, 24)));
        act.Post(new DateOnly(2026, 11, 23), Now);
        Assert.False(act.IsLateOn(new DateOnly(2027, 1, 1)));
    }

    [Theory]
    [InlineData(Database.Sqlite, "votes_for = 1"), InlineData(Database.Postgres, "votes_for = 1")]
    [InlineData(Database.Sqlite, "present = 19, votes_for = 24"), InlineData(Database.Postgres, "present = 19, votes_for = 24")]
    [InlineData(Database.Sqlite, "proxies = 10, votes_for = 40"), InlineData(Database.Postgres, "proxies = 10, votes_for = 40")]
    [InlineData(Database.Sqlite, "casting_vote = 'For'"), InlineData(Database.Postgres, "casting_vote = 'For'")]
    [InlineData(Database.Sqlite, "is_adopted = 0"), InlineData(Database.Postgres, "is_adopted = false")]
    [InlineData(Database.Sqlite, "year = 2025"), InlineData(Database.Postgres, "year = 2025")]
    [InlineData(Database.Sqlite, "transmitted_on = '2026-11-01', transmission_id = 'x'"), InlineData(Database.Postgres, "transmitted_on = '2026-11-01', transmission_id = 'x'")]
    [InlineData(Database.Sqlite, "posted_on = '2026-11-20'"), InlineData(Database.Postgres, "posted_on = '2026-11-20'")]
    public async Task The_database_refuses_what_contradicts_itself(Database database, string change)
    {
        await using var city = TestDatabase.Create(database);
        await using var db = city.Open();
        db.Add(Deliberation.Record(Acts.Content(), null, Now));
        await db.SaveChangesAsync();
        var sql = $"UPDATE deliberations SET {change}";
        var refusal = await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => db.Database.ExecuteSqlRawAsync(sql));
        Assert.Contains("ck_deliberations_", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Database.Sqlite, "UPDATE deliberations SET text = 'autre'"), InlineData(Database.Postgres, "UPDATE deliberations SET text = 'autre'")]
    [InlineData(Database.Sqlite, "UPDATE deliberations SET votes_for = 34, abstentions = 1"), InlineData(Database.Postgres, "UPDATE deliberations SET votes_for = 34, abstentions = 1")]
    [InlineData(Database.Sqlite, "UPDATE deliberations SET published_at = NULL, posted_on = NULL"), InlineData(Database.Postgres, "UPDATE deliberations SET published_at = NULL, posted_on = NULL")]
    [InlineData(Database.Sqlite, "DELETE FROM deliberations"), InlineData(Database.Postgres, "DELETE FROM deliberations")]
    public async Task The_database_keeps_a_posted_act_as_it_is(Database database, string sql)
    {
        await using var city = TestDatabase.Create(database);
        await using var db = city.Open();
        var act = Deliberation.Record(Acts.Content(), null, Now);
        act.Post(act.SessionDate, Now);
        db.Add(act);
        await db.SaveChangesAsync();
        var refusal = await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => db.Database.ExecuteSqlRawAsync(sql));
        Assert.Contains("does not change", refusal.Message, StringComparison.Ordinal);

        // Its transmission may still follow, once.
        Assert.True(act.Transmit(act.SessionDate, "047-1"));
        await db.SaveChangesAsync();
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => db.Database.ExecuteSqlRawAsync("UPDATE deliberations SET transmission_id = '2'"));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task The_database_lets_only_a_posted_and_adopted_act_authorise(Database database)
    {
        await using var city = new CityFactory(database);
        var draft = Acts.Add(city, Acts.Content());
        var lost = Acts.AddPosted(city, Acts.Content(vote: Acts.Lost));
        Assert.Throws<DbUpdateException>(() => Acts.Authorise(city, draft.Id));
        Assert.Throws<DbUpdateException>(() => Acts.Authorise(city, lost.Id));
        Assert.Equal(Acts.Authorise(city, Acts.AddPosted(city).Id).Id, Assert.Single(city.InDb(db => db.Set<SigningAuthorisation>().ToListAsync())).Id);
    }
}
