using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace ActiveCitizens.EndToEnd.Harness;

/// <summary>Casts ballots over HTTP as the booth's page does, with the form token of one visit.</summary>
public sealed partial class VoteClient : IDisposable
{
    private readonly HttpClient _client;
    private readonly string _address;
    private readonly string _token;

    private VoteClient(HttpClient client, string address, string token) => (_client, _address, _token) = (client, address, token);

    /// <exception cref="HttpRequestException">The site does not answer.</exception>
    public static async Task<VoteClient> OpenAsync(string site, string slug, string code)
    {
        var client = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() });
        var address = $"{site}/vote/{slug}/{code}";
        var page = await client.GetStringAsync(address);
        return FormToken().Match(page) is { Success: true } token
            ? new(client, $"{address}/cast", WebUtility.HtmlDecode(token.Groups["token"].Value))
            : throw new InvalidOperationException($"{address} has no form: is voting open?");
    }

    /// <returns>Whether the ballot was acknowledged.</returns>
    /// <exception cref="HttpRequestException">No answer: the ballot may or may not be in the box.</exception>
    public async Task<bool> CastAsync(PreparedElector elector, byte[] ballot)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["number"] = elector.Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["secret"] = elector.Secret,
            ["ballot"] = Encoding.UTF8.GetString(ballot),
            ["__RequestVerificationToken"] = _token,
        });
        using var answer = await _client.PostAsync(_address, form);
        return answer.IsSuccessStatusCode;
    }

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex FormToken();
}
