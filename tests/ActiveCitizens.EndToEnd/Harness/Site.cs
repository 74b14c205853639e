using System.Collections.Concurrent;
using System.Diagnostics;
using ActiveCitizens.EndToEnd.Harness;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Site))]

namespace ActiveCitizens.EndToEnd.Harness;

/// <summary>The real site with its demonstration data, and a real browser: started once for all tests.</summary>
public sealed class Site : IAsyncLifetime
{
    private static readonly string[] BrowserArguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("active-citizens-e2e-").FullName;
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _signedIn = new(StringComparer.Ordinal);
    private ServedSite? _served;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public string Address => Served.Address;

    /// <summary>A folder of this run for downloads, removed at the end.</summary>
    public string Folder => _folder;

    internal ServedSite Served => _served ?? throw new InvalidOperationException("The site is not started.");

    public static IReadOnlyList<string> Personas { get; } = ["inhabitant", "verified inhabitant", "councillor", "officer", "mayor", "facilitator", "administrator"];

    public async ValueTask InitializeAsync()
    {
        var program = Repository.SiteProgram();
        var chromium = Repository.Chromium();
        var start = new ProcessStartInfo("dotnet", [program]) { WorkingDirectory = Repository.WebFolder };
        start.Environment["ASPNETCORE_URLS"] = $"http://localhost:{ServedSite.FreePort()}";
        start.Environment["Cities__0__Database__ConnectionString"] = $"Data Source={Path.Combine(_folder, "agen.db")}";
        start.Environment["RateLimits__PostsPerMinute"] = "100000";
        start.Environment["RateLimits__SignInPostsPerMinute"] = "100000";
        _served = await ServedSite.StartAsync(start);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = BrowserArguments });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_served is not null)
        {
            await _served.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A visitor's own window: nothing is shared with other visitors.</summary>
    /// <param name="persona">Null for a visitor who is not signed in.</param>
    public async Task<Visitor> VisitAsync(string? persona = null, bool javaScript = true, ColorScheme scheme = ColorScheme.Light, int width = 1280, Geolocation? position = null)
    {
        var context = await (_browser ?? throw new InvalidOperationException("The browser is not started.")).NewContextAsync(new()
        {
            BaseURL = Address,
            StorageState = persona is null ? null : await SignInOnce(persona),
            JavaScriptEnabled = javaScript,
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
            Locale = "fr-FR",
            ViewportSize = new() { Width = width, Height = 900 },
            Geolocation = position,
            Permissions = position is null ? null : ["geolocation"],
            AcceptDownloads = true,
        });
        // A machine that counts votes beside the tests is slow, not wrong.
        context.SetDefaultTimeout(120_000);
        return new Visitor(context, await context.NewPageAsync());
    }

    /// <summary>Follows a persona's link and presses the button that signs in.</summary>
    public async Task SignInAsync(IPage page, string persona)
    {
        await page.GotoAsync(Served.Links[persona]);
        await page.Locator("main form button[type=submit]").ClickAsync();
        await page.WaitForURLAsync("**/account");
    }

    private Task<string> SignInOnce(string persona) => _signedIn.GetOrAdd(persona, _ => new(async () =>
    {
        await using var visitor = await VisitAsync();
        await SignInAsync(visitor.Page, persona);
        return await visitor.Page.Context.StorageStateAsync();
    })).Value;
}

/// <summary>One window, and everything that went wrong in it unseen: script errors, blocked content, missing files.</summary>
public sealed class Visitor : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = new();

    public Visitor(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _complaints.Enqueue($"{page.Url}: console {message.Type}: {message.Text}");
            }
        };
        page.PageError += (_, error) => _complaints.Enqueue($"{page.Url}: uncaught {error}");
        page.Response += (_, response) =>
        {
            if (response.Status >= 400 && !response.Request.IsNavigationRequest)
            {
                _complaints.Enqueue($"{page.Url}: {response.Status} for {response.Url}");
            }
        };
    }

    public IPage Page { get; }

    /// <summary>What the browser's console said since the last call; a violation of the Content-Security-Policy is among it.</summary>
    public List<string> TakeComplaints()
    {
        var taken = new List<string>();
        while (_complaints.TryDequeue(out var complaint))
        {
            taken.Add(complaint);
        }

        return taken;
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
