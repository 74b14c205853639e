using ActiveCitizens.Web.Features.Neighbourhoods;

namespace ActiveCitizens.Web.Tests.Neighbourhoods;

public sealed class CouncilLawTests
{
    private static readonly CouncilThresholds Today = CouncilLaw.On(new DateOnly(2026, 11, 23))!;

    [Theory] // A5, CGCT L2143-1 and L2143-2.
    [InlineData(35_000, CouncilDuty.Voluntary)]
    [InlineData(33_012, CouncilDuty.Voluntary)]
    [InlineData(80_000, CouncilDuty.Mandatory)]
    [InlineData(79_999, CouncilDuty.Voluntary)]
    [InlineData(20_000, CouncilDuty.Voluntary)]
    [InlineData(19_999, CouncilDuty.ConsultativeCommittees)]
    [InlineData(0, CouncilDuty.ConsultativeCommittees)]
    public void The_duty_follows_from_the_population(int population, CouncilDuty duty) => Assert.Equal(duty, Today.DutyOf(population));

    [Fact]
    public void Small_municipalities_have_another_article()
    {
        Assert.Equal("CGCT L2143-1", Today.ArticleFor(35_000));
        Assert.Equal("CGCT L2143-2", Today.ArticleFor(19_999));
    }

    [Fact]
    public void Before_the_law_of_2002_nothing_is_in_force() => Assert.Null(CouncilLaw.On(new DateOnly(2002, 2, 26)));

    [Fact]
    public void Thresholds_are_listed_from_the_oldest() => Assert.Equal(CouncilLaw.History.OrderBy(law => law.InForceFrom), CouncilLaw.History);

    [Theory] // A4: 961 inhabitants warn; so does one more than 1 500; unknown does not.
    [InlineData(961, true)]
    [InlineData(999, true)]
    [InlineData(1_000, false)]
    [InlineData(1_500, false)]
    [InlineData(1_501, true)]
    [InlineData(null, false)]
    public void A_territory_outside_1000_to_1500_is_unusual(int? population, bool unusual) => Assert.Equal(unusual, TerritorySize.IsUnusual(population));
}
