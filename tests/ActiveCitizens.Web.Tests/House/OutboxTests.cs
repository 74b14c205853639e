using System.Net;
using System.Net.Sockets;
using System.Text;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Shared.Mail;
using ActiveCitizens.Web.Persistence;
using ActiveCitizens.Web.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ActiveCitizens.Web.Tests.House;

public sealed class OutboxTests
{
    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_message_goes_out_once_over_smtp_even_with_two_senders_and_its_text_is_dropped(Database database)
    {
        await using var server = new SmtpServer();
        await using var city = Sending(database, server.Port);
        city.InScope(async services =>
        {
            services.GetRequiredService<Outbox>().Queue("suzie@example.org", "Votre lien – été", "Bonjour,\n\nÇa marche.");
            await services.GetRequiredService<CityDbContext>().SaveChangesAsync();
        });

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => city.InScope(services => services.GetRequiredService<OutboxSender>().SendDueAsync(CancellationToken.None)))));

        var mail = Assert.Single(server.Received);
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(mail));
        var mime = await MimeKit.MimeMessage.LoadAsync(stream);
        Assert.Equal("Votre lien – été", mime.Subject);
        Assert.Equal("suzie@example.org", mime.To.Mailboxes.Single().Address);
        Assert.Contains("Ça marche.", mime.TextBody, StringComparison.Ordinal);
        var message = city.InDb(db => db.Set<OutboxMessage>().SingleAsync());
        Assert.NotNull(message.SentAt);
        Assert.Null(message.Body);
    }

    [Fact]
    public async Task While_the_server_is_away_nothing_is_lost_and_the_wait_grows()
    {
        var server = new SmtpServer();
        await using var city = Sending(Database.Sqlite, server.Port);
        await server.DisposeAsync();
        city.InScope(async services =>
        {
            services.GetRequiredService<Outbox>().Queue("suzie@example.org", "Lien", "Bonjour");
            await services.GetRequiredService<CityDbContext>().SaveChangesAsync();
        });
        Send(city);
        var first = city.InDb(db => db.Set<OutboxMessage>().SingleAsync());
        Assert.Equal((1, (DateTimeOffset?)null, "Bonjour"), (first.Attempts, first.SentAt, first.Body));
        Send(city);
        Assert.Equal(1, city.InDb(db => db.Set<OutboxMessage>().SingleAsync()).Attempts);
        city.Clock.Advance(TimeSpan.FromMinutes(2));
        Send(city);
        Assert.Equal(2, city.InDb(db => db.Set<OutboxMessage>().SingleAsync()).Attempts);
    }

    [Fact]
    public async Task Without_a_mail_server_the_administrator_reads_the_messages()
    {
        await using var city = new CityFactory(Database.Sqlite);
        await city.Anonymous().FillAndPostAsync("/account/sign-in", new Dictionary<string, string> { ["Email"] = "suzie@example.org" }, "form:not([data-passkey])[method=post]");
        var page = CityBrowser.TextOf(await city.SignedIn(Role.Administrator).ReadAsync("/administration/messages"));
        Assert.Contains("suzie@example.org", page, StringComparison.Ordinal);
        Assert.Contains("/account/sign-in/link?token=", page, StringComparison.Ordinal);
    }

    private static void Send(CityFactory city) => city.InScope(services => services.GetRequiredService<OutboxSender>().SendDueAsync(CancellationToken.None));

    private static CityFactory Sending(Database database, int port) => new(database, settings: new()
    {
        ["Mail:Host"] = "127.0.0.1",
        ["Mail:Port"] = port.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["Mail:From"] = "no-reply@agen.example",
        ["Mail:AllowUnencrypted"] = "true",
    });

    /// <summary>A mail server as small as RFC 5321 allows: it answers, and keeps what it accepted.</summary>
    private sealed class SmtpServer : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly List<string> _received = [];
        private readonly Task _serving;

        public SmtpServer()
        {
            _listener.Start();
            _serving = ServeAsync();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public IReadOnlyList<string> Received
        {
            get
            {
                lock (_received)
                {
                    return [.. _received];
                }
            }
        }

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await _serving;
        }

        private async Task ServeAsync()
        {
            var clients = new List<Task>();
            try
            {
                while (true)
                {
                    clients.Add(TalkAsync(await _listener.AcceptTcpClientAsync()));
                }
            }
            catch (SocketException)
            {
                await Task.WhenAll(clients);
            }
        }

        private async Task TalkAsync(TcpClient client)
        {
            using var _ = client;
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.UTF8);
            await using var writer = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync("220 test");
            while (await reader.ReadLineAsync() is { } line)
            {
                if (line.StartsWith("DATA", StringComparison.OrdinalIgnoreCase))
                {
                    await writer.WriteLineAsync("354 go on");
                    var mail = new StringBuilder();
                    while (await reader.ReadLineAsync() is { } text && text != ".")
                    {
                        mail.Append(text).Append("\r\n");
                    }

                    lock (_received)
                    {
                        _received.Add(mail.ToString());
                    }
                }

                await writer.WriteLineAsync(line.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase) ? "221 bye" : "250 8BITMIME");
            }
        }
    }
}
