using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ActiveCitizens.Web.Tests.Look;

/// <summary>The site as configured, in the environment asked for, with an empty folder of its own for the city's data.</summary>
public sealed class LookSite : WebApplicationFactory<Program>
{
    private readonly string _data = Directory.CreateTempSubdirectory("look-").FullName;

    public string EnvironmentName { get; init; } = Environments.Development;

    /// <summary>The page at an address, whatever its status.</summary>
    public async Task<IHtmlDocument> GetPageAsync(string address)
    {
        using var client = CreateClient(new() { AllowAutoRedirect = false });
        using var response = await client.GetAsync(new Uri(address, UriKind.Relative));
        return new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync());
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(EnvironmentName);
        builder.ConfigureLogging(logging => logging.ClearProviders());
        // No data lies beside the program for a city of this name, so the site starts at once.
        builder.UseSetting("Cities:0:Id", "look");
        builder.UseSetting("Jobs:Enabled", "false");
        builder.UseSetting("Cities:0:Database:ConnectionString", $"Data Source={Path.Combine(_data, "city.db")}");
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && Directory.Exists(_data))
        {
            Directory.Delete(_data, recursive: true);
        }
    }
}

/// <summary>Where the sources lie, for tests that read them.</summary>
public static class Sources
{
    public static string Root { get; } = FindRoot();

    public static string Web => Path.Combine(Root, "src", "ActiveCitizens.Web");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ActiveCitizens.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run inside the repository.");
    }
}
