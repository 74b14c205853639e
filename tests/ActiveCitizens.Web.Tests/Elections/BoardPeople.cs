using ActiveCitizens.Web.Features.Elections;
using ActiveCitizens.Web.Tests.Harness;

namespace ActiveCitizens.Web.Tests.Elections;

/// <summary>Members of the board, each with a browser in which they are signed in.</summary>
internal static class BoardPeople
{
    public static CityBrowser Member(this SampleElection sample, BoardDuty duty, SampleContest? contest = null, string name = "Andrée Membre")
    {
        var city = sample.City;
        var account = city.AddAccount(name: name);
        city.InDb(async db =>
        {
            db.Add(new BoardMember { Id = Guid.CreateVersion7(city.Clock.GetUtcNow()), ElectionId = sample.Election.Id, Name = name, Email = account.Email!.ToLowerInvariant(), Duty = duty, TrusteeNumber = null, ContestId = contest?.Contest.Id });
            await db.SaveChangesAsync();
        });
        return city.SignedInAs(account);
    }

    public static string Code(this SampleContest contest) => contest.Contest.Path;
}
