using ActiveCitizens.Web.Features.Shared.Jobs;
using ActiveCitizens.Web.Persistence;

namespace ActiveCitizens.Web.Features.Shared.Mail;

/// <summary>How this installation sends mail; without <see cref="Host"/> messages are kept for the administrator to read.</summary>
public sealed class MailOptions
{
    public string? Host { get; init; }
    public int Port { get; init; } = 587;
    public string? User { get; init; }
    public string? Password { get; init; }
    public string From { get; init; } = "no-reply@localhost";

    /// <summary>Only for a relay on the same machine: any other is reached with TLS.</summary>
    public bool AllowUnencrypted { get; init; }

    public bool Sends => !string.IsNullOrWhiteSpace(Host);
}

/// <summary>Puts a message beside the change that causes it: the next save writes both or neither.</summary>
public sealed class Outbox(CityDbContext db, TimeProvider clock)
{
    public void Queue(string recipient, string subject, string body) => db.Add(OutboxMessage.Create(recipient, subject, body, clock.GetUtcNow()));
}

public static class MailModule
{
    public static void AddMail(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<MailOptions>().BindConfiguration("Mail");
        builder.Services.AddScoped<Outbox>();
        builder.Services.AddScoped<OutboxSender>();
        builder.Services.AddCityJob<SendOutboxJob>(every: TimeSpan.FromSeconds(10));
    }
}
