using System.IO.Compression;
using ActiveCitizens.EndToEnd.Harness;

namespace ActiveCitizens.EndToEnd.Pages;

/// <summary>Pages travel compressed, and the cache gives everybody an encoding they asked for.</summary>
public sealed class CompressionTests(Site site)
{
    [Theory]
    [InlineData("/", null), InlineData("/budgets/toulouse-2022", null), InlineData("/budgets/toulouse-2022/result", null), InlineData("/open-data/neighbourhoods.geojson", null)]
    [InlineData("/", "x=1"), InlineData("/budgets/toulouse-2022", "x=1")]
    public async Task A_page_comes_in_the_encoding_asked_for_also_the_second_time(string path, string? cookie)
    {
        using var client = new HttpClient();
        var plain = await GetAsync(client, path, "identity", cookie);
        Assert.Null(plain.Encoding);
        foreach (var encoding in new[] { "br", "gzip", "identity", "br", "gzip" })
        {
            var answer = await GetAsync(client, path, encoding, cookie);
            Assert.Equal(encoding == "identity" ? null : encoding, answer.Encoding);
            if (answer.Encoding is not null)
            {
                Assert.True(answer.Body.Length * 2 < plain.Body.Length, $"{path} in {encoding}: {answer.Body.Length} of {plain.Body.Length} bytes.");
            }

            Assert.Equal(plain.Text.Length, answer.Text.Length);
        }
    }

    private async Task<Answer> GetAsync(HttpClient client, string path, string encoding, string? cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(site.Address + path));
        request.Headers.AcceptEncoding.ParseAdd(encoding);
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        using var response = await client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return new Answer(response.Content.Headers.ContentEncoding.SingleOrDefault(), await response.Content.ReadAsByteArrayAsync());
    }

    private sealed record Answer(string? Encoding, byte[] Body)
    {
        public string Text
        {
            get
            {
                using var body = new MemoryStream(Body);
                using Stream text = Encoding switch
                {
                    "br" => new BrotliStream(body, CompressionMode.Decompress),
                    "gzip" => new GZipStream(body, CompressionMode.Decompress),
                    _ => body,
                };
                using var reader = new StreamReader(text, System.Text.Encoding.UTF8);
                return reader.ReadToEnd();
            }
        }
    }
}
