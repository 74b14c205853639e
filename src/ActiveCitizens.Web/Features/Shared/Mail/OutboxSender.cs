using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Features.Shared.Jobs;
using ActiveCitizens.Web.Persistence;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MimeKit;
using Quartz;

namespace ActiveCitizens.Web.Features.Shared.Mail;

/// <summary>Sends what is due, oldest first.</summary>
public sealed class OutboxSender(CityDbContext db, City city, IOptions<MailOptions> options, TimeProvider clock, ILogger<OutboxSender> log)
{
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(5);

    /// <returns>The number of messages the mail server accepted.</returns>
    public async Task<int> SendDueAsync(CancellationToken cancel)
    {
        if (!options.Value.Sends)
        {
            return 0;
        }

        var now = clock.GetUtcNow();
        var due = await db.Set<OutboxMessage>().Where(message => message.SentAt == null && message.GivenUpAt == null && message.DueAt <= now)
            .OrderBy(message => message.DueAt).Take(100).ToListAsync(cancel);
        if (due.Count == 0)
        {
            return 0;
        }

        using var smtp = new SmtpClient();
        var sent = 0;
        foreach (var message in due)
        {
            var claimed = await db.Set<OutboxMessage>().Where(row => row.Id == message.Id && row.SentAt == null && row.DueAt <= now)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.DueAt, now + Claim), cancel);
            if (claimed == 0)
            {
                continue;
            }

            await db.Entry(message).ReloadAsync(cancel);
            try
            {
                await ConnectAsync(smtp, cancel);
                await smtp.SendAsync(Compose(message), cancel);
                message.MarkSent(clock.GetUtcNow());
                sent++;
            }
            catch (Exception failure) when (failure is SmtpCommandException or SmtpProtocolException or AuthenticationException or System.IO.IOException or System.Net.Sockets.SocketException or SslHandshakeException)
            {
                message.MarkFailed(failure.Message, clock.GetUtcNow());
                log.LogWarning("Message {Message} was not sent (attempt {Attempt}): {Reason}", message.Id, message.Attempts, failure.Message);
            }

            await db.SaveChangesAsync(CancellationToken.None);
        }

        if (smtp.IsConnected)
        {
            await smtp.DisconnectAsync(quit: true, cancel);
        }

        return sent;
    }

    private async Task ConnectAsync(SmtpClient smtp, CancellationToken cancel)
    {
        if (smtp.IsConnected)
        {
            return;
        }

        var mail = options.Value;
        var security = mail.AllowUnencrypted ? SecureSocketOptions.StartTlsWhenAvailable : mail.Port == 465 ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTls;
        await smtp.ConnectAsync(mail.Host!, mail.Port, security, cancel);
        if (!string.IsNullOrEmpty(mail.User))
        {
            await smtp.AuthenticateAsync(mail.User, mail.Password ?? "", cancel);
        }
    }

    private MimeMessage Compose(OutboxMessage message)
    {
        var from = MailboxAddress.Parse(options.Value.From);
        var mime = new MimeMessage { Subject = message.Subject, Date = message.CreatedAt, Body = new TextPart("plain") { Text = message.Body ?? "" } };
        mime.From.Add(new MailboxAddress(city.Name, from.Address));
        mime.To.Add(MailboxAddress.Parse(message.Recipient));
        // The same id at every attempt: a server that took a message just before the line broke can drop the second copy.
        mime.MessageId = $"{message.Id:N}@{from.Domain}";
        mime.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return mime;
    }
}

public sealed class SendOutboxJob(IServiceProvider services, CityDirectory cities) : CityJob(services, cities)
{
    protected override Task RunAsync(IServiceProvider services, IJobExecutionContext context, CancellationToken cancel) =>
        services.GetRequiredService<OutboxSender>().SendDueAsync(cancel);
}
