using ActiveCitizens.Web.Tests.Harness;

namespace ActiveCitizens.EndToEnd.Elections;

/// <summary>The site of a fresh city in this process, listening on a real port: its election is made by the library, as the tests of the pages make it.</summary>
internal sealed class ElectionSite : IAsyncDisposable
{
    private ElectionSite(CityFactory factory) => Factory = factory;

    public CityFactory Factory { get; }

    public string Address { get; private init; } = "";

    public static Task<ElectionSite> StartAsync()
    {
        var factory = new CityFactory(Database.Sqlite);
        factory.UseKestrel(0);
        factory.StartServer();
        return Task.FromResult(new ElectionSite(factory) { Address = factory.ClientOptions.BaseAddress.GetLeftPart(UriPartial.Authority) });
    }

    public ValueTask DisposeAsync() => Factory.DisposeAsync();
}
