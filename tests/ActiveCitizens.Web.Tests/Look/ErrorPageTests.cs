using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace ActiveCitizens.Web.Tests.Look;

public sealed class ErrorPageTests : IClassFixture<LookSite>
{
    private readonly HttpClient _client;

    public ErrorPageTests(LookSite site) => _client = site.WithWebHostBuilder(builder => builder.ConfigureServices(services =>
        services.AddSingleton<IStartupFilter>(new Trouble()))).CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    [Theory]
    [InlineData("/nowhere", HttpStatusCode.NotFound, "Page introuvable")]
    [InlineData("/en/nowhere", HttpStatusCode.NotFound, "Page not found")]
    [InlineData("/trouble/403", HttpStatusCode.Forbidden, "Vous ne pouvez pas voir cette page")]
    [InlineData("/trouble/429", HttpStatusCode.TooManyRequests, "Trop de demandes")]
    [InlineData("/trouble/413", HttpStatusCode.RequestEntityTooLarge, "Ce fichier est trop volumineux")]
    [InlineData("/trouble/503", HttpStatusCode.ServiceUnavailable, "Le service est interrompu un moment")]
    [InlineData("/trouble/500", HttpStatusCode.InternalServerError, "Désolé, le service rencontre un problème")]
    [InlineData("/en/trouble/500", HttpStatusCode.InternalServerError, "Sorry, there is a problem with the service")]
    public async Task An_error_keeps_its_status_and_says_what_it_is(string address, HttpStatusCode status, string title)
    {
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post })
        {
            using var response = await SendAsync(method, address);
            Assert.Equal(status, response.StatusCode);
            var page = new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync());
            Assert.Equal(title, page.QuerySelector("h1")!.TextContent);
            Assert.Equal(method == HttpMethod.Post, page.QuerySelector(".notice") is not null);
            Assert.DoesNotContain("Exception", page.Body!.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_failure_gives_a_reference_to_quote()
    {
        using var response = await SendAsync(HttpMethod.Get, "/trouble/500");
        Assert.Matches("^[0-9A-Za-z:]{8,}$", new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync()).QuerySelector("main code")!.TextContent);
    }

    [Theory]
    [InlineData("/errors/404")]
    [InlineData("/errors/500")]
    [InlineData("/en/errors/403")]
    public async Task An_error_page_opened_directly_is_not_found(string address)
    {
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post })
        {
            using var response = await SendAsync(method, address);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            Assert.Contains(address.StartsWith("/en", StringComparison.Ordinal) ? "Page not found" : "Page introuvable", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_form_without_its_protection_has_expired_and_saves_nothing()
    {
        using var response = await SendAsync(HttpMethod.Post, "/design/form-errors");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var page = new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync());
        Assert.Equal("Ce formulaire a expiré", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("Rien de ce que vous avez envoyé n’a été enregistré", page.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("/design/form-errors", page.QuerySelector("main .ds-button")!.GetAttribute("href"));
    }

    [Theory]
    [InlineData("/api/nowhere", HttpStatusCode.NotFound)]
    [InlineData("/api/trouble/500", HttpStatusCode.InternalServerError)]
    [InlineData("/open311/v2/trouble/403", HttpStatusCode.Forbidden)]
    public async Task Programs_get_problem_details(string address, HttpStatusCode status)
    {
        using var response = await SendAsync(HttpMethod.Get, address);
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.NotEqual("", problem.GetProperty("reference").GetString());
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string address) =>
        _client.SendAsync(new HttpRequestMessage(method, new Uri(address, UriKind.Relative)));

    /// <summary>Answers <c>…/trouble/{status}</c> with that status, and 500 with an exception, at the end of the site's own pipeline.</summary>
    private sealed class Trouble : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            next(app);
            app.Use(static (HttpContext context, RequestDelegate rest) =>
            {
                var path = context.Request.Path.Value ?? "";
                if (context.GetEndpoint() is not null || !path.Contains("/trouble/", StringComparison.Ordinal))
                {
                    return rest(context);
                }

                var status = int.Parse(path[(path.LastIndexOf('/') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
                context.Response.StatusCode = status == 500 ? throw new InvalidOperationException("The test wants trouble.") : status;
                return Task.CompletedTask;
            });
        };
    }
}
