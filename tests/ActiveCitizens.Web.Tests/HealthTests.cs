using System.Net;
using ActiveCitizens.Web.Tests.Harness;

namespace ActiveCitizens.Web.Tests;

public sealed class HealthTests
{
    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_city_whose_database_answers_is_ready(Database database)
    {
        await using var city = new CityFactory(database);
        Assert.Equal(HttpStatusCode.OK, (await city.Anonymous().GetAsync("/health/live")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await city.Anonymous().GetAsync("/health/ready")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await city.SignedIn(Features.Accounts.Role.Administrator).GetAsync("/")).StatusCode);
    }
}
