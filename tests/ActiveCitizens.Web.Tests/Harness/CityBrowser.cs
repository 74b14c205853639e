using System.Net;
using ActiveCitizens.Web.Features.Accounts;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;

namespace ActiveCitizens.Web.Tests.Harness;

/// <summary>A browser without scripts: it keeps cookies, fills the form a page really shows and posts it. It does not follow redirects.</summary>
public sealed class CityBrowser
{
    private readonly HttpClient _http;

    public CityBrowser(CityFactory city, Account? account = null, Cookie? session = null)
    {
        var cookies = new CookieContainer();
        if (session is not null)
        {
            cookies.Add(session);
        }

        Account = account;
        _http = city.CreateDefaultClient(new Uri("http://localhost/"), new CookieContainerHandler(cookies));
    }

    /// <summary>Who is signed in, if the test signed somebody in.</summary>
    public Account? Account { get; }

    public HttpClient Http => _http;

    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(new Uri(path, UriKind.Relative));

    public async Task<IHtmlDocument> ReadAsync(string path)
    {
        using var response = await GetAsync(path);
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"GET {path} answered {(int)response.StatusCode} {response.Headers.Location}");
        return await ParseAsync(response);
    }

    public static async Task<IHtmlDocument> ParseAsync(HttpResponseMessage response) => new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync());

    /// <summary>The page's main text with white space folded.</summary>
    public static string TextOf(IHtmlDocument page) => string.Join(' ', (page.QuerySelector("main") ?? page.Body!).TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Opens a page, fills its form and posts it as the browser would, hidden fields and form token included.</summary>
    /// <param name="fields">Name (or the last part of it) and value of each field to fill; a field the form lacks fails the test.</param>
    /// <param name="form">CSS selector of the form when the page has several.</param>
    public async Task<HttpResponseMessage> FillAndPostAsync(string path, IReadOnlyDictionary<string, string> fields, string form = "main form[method=post]", IReadOnlyDictionary<string, (string Name, byte[] Content)>? files = null) =>
        await PostAsync(await ReadAsync(path), path, fields, form, files);

    public async Task<HttpResponseMessage> PostAsync(IHtmlDocument page, string path, IReadOnlyDictionary<string, string> fields, string form = "main form[method=post]", IReadOnlyDictionary<string, (string Name, byte[] Content)>? files = null)
    {
        var element = page.QuerySelector(form) as IHtmlFormElement;
        Assert.True(element is not null, $"{path} has no form {form}");
        var values = new List<KeyValuePair<string, string>>();
        var open = new HashSet<string>(fields.Keys, StringComparer.Ordinal);
        foreach (var control in element.Elements.Where(control => control.GetAttribute("name") is { Length: > 0 }))
        {
            var name = control.GetAttribute("name")!;
            var key = fields.Keys.FirstOrDefault(key => name == key || name.EndsWith($".{key}", StringComparison.Ordinal));
            switch (control)
            {
                case IHtmlInputElement { Type: "file" }:
                    break;
                case IHtmlInputElement { Type: "checkbox" or "radio" } box:
                    if (key is not null ? fields[key] == box.Value : box.IsChecked)
                    {
                        values.Add(new(name, box.Value));
                        open.Remove(key ?? "");
                    }

                    break;
                case IHtmlInputElement { Type: "submit" }:
                case IHtmlButtonElement:
                    if (key is not null && fields[key] == control.GetAttribute("value"))
                    {
                        values.Add(new(name, fields[key]));
                        open.Remove(key);
                    }

                    break;
                default:
                    values.Add(new(name, key is not null ? fields[key] : ValueOf(control)));
                    open.Remove(key ?? "");
                    break;
            }
        }

        Assert.True(open.Count == 0, $"{path} has no field {string.Join(", ", open)}");
        var action = element.GetAttribute("action") is { Length: > 0 } target ? target : path;
        HttpContent content;
        if (files is null)
        {
            content = new FormUrlEncodedContent(values);
        }
        else
        {
            var parts = new MultipartFormDataContent();
            foreach (var (name, value) in values)
            {
                parts.Add(new StringContent(value), name);
            }

            foreach (var (name, file) in files)
            {
                var input = element.Elements.OfType<IHtmlInputElement>().Single(input => input.Type == "file" && (input.Name == name || input.Name!.EndsWith($".{name}", StringComparison.Ordinal)));
                parts.Add(new ByteArrayContent(file.Content), input.Name!, file.Name);
            }

            content = parts;
        }

        using (content)
        {
            return await _http.PostAsync(new Uri(action, UriKind.RelativeOrAbsolute), content);
        }
    }

    private static string ValueOf(IElement control) => control switch
    {
        IHtmlInputElement input => input.Value,
        IHtmlTextAreaElement area => area.Value,
        IHtmlSelectElement select => select.Value ?? "",
        _ => "",
    };
}
