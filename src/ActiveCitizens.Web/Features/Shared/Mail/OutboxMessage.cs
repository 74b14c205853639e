using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ActiveCitizens.Web.Features.Shared.Mail;

/// <summary>
/// A message waiting to be sent, written in the transaction that caused it. Once sent its text is dropped.
/// A sender claims it for a while before it talks to the mail server, so two nodes never send the same one.
/// </summary>
public sealed class OutboxMessage
{
    public const int MaxAttempts = 12;

    public required Guid Id { get; init; }
    public required string Recipient { get; init; }
    public required string Subject { get; init; }
    public string? Body { get; private set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset DueAt { get; set; }
    public int Attempts { get; private set; }
    public string? LastError { get; private set; }
    public DateTimeOffset? SentAt { get; private set; }
    public DateTimeOffset? GivenUpAt { get; private set; }

    public static OutboxMessage Create(string recipient, string subject, string body, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Recipient = recipient,
        Subject = subject,
        Body = body,
        CreatedAt = now,
        DueAt = now,
    };

    public void MarkSent(DateTimeOffset now) => (SentAt, Body, LastError) = (now, null, null);

    /// <summary>Tries again after 1, 2, 4 … minutes, at most six hours apart; after the last attempt an administrator decides.</summary>
    public void MarkFailed(string error, DateTimeOffset now)
    {
        Attempts++;
        LastError = error.Length > 300 ? error[..300] : error;
        DueAt = now + TimeSpan.FromMinutes(Math.Min(Math.Pow(2, Attempts - 1), 360));
        GivenUpAt = Attempts >= MaxAttempts ? now : null;
    }

    public void TryAgain(DateTimeOffset now) => (Attempts, GivenUpAt, DueAt) = (0, null, now);
}

internal sealed class OutboxMessageMapping : IEntityTypeConfiguration<OutboxMessage>
{
    public void Configure(EntityTypeBuilder<OutboxMessage> builder)
    {
        builder.ToTable("outbox_messages");
        builder.Property(message => message.Id).ValueGeneratedNever();
        builder.Property(message => message.Recipient).HasMaxLength(256);
        builder.Property(message => message.Subject).HasMaxLength(200);
        builder.Property(message => message.LastError).HasMaxLength(300);
        builder.HasIndex(message => message.DueAt).HasFilter("sent_at IS NULL AND given_up_at IS NULL");
    }
}
