using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Shared.Audit;

/// <summary>An act to be written in the audit log.</summary>
/// <param name="Details">Facts as a flat object; no name, address or secret.</param>
public sealed record AuditEvent(DateTimeOffset At, Guid? ActorId, string Action, string Subject, object Details);

/// <summary>What checking the chain found.</summary>
public abstract record AuditVerdict
{
    private AuditVerdict() { }
    public sealed record Intact(long Entries, string Hash) : AuditVerdict;
    public sealed record Broken(long Sequence, string Reason) : AuditVerdict;
}

/// <summary>Appends to the audit log and checks it: each entry's hash covers the one before.</summary>
public static class AuditChain
{
    /// <summary>The hash before the first entry.</summary>
    public static readonly string Start = new('0', 64);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Hash of an entry: SHA-256 of its fields, each preceded by its length in UTF-8 bytes so that no two entries share a text.</summary>
    public static string HashOf(string previousHash, long sequence, DateTimeOffset at, Guid? actorId, string action, string subject, string details)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var field in (ReadOnlySpan<string>)[previousHash, Text(sequence), Text(at.UtcTicks / TimeSpan.TicksPerMicrosecond), actorId?.ToString("D") ?? "", action, subject, details])
        {
            var bytes = Encoding.UTF8.GetBytes(field);
            hash.AppendData(Encoding.UTF8.GetBytes($"{Text(bytes.Length)}:"));
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    internal static async Task AppendAsync(CityDbContext db, IReadOnlyList<AuditEvent> events, CancellationToken cancel)
    {
        await db.Set<AuditHead>().ExecuteUpdateAsync(set => set.SetProperty(head => head.Sequence, head => head.Sequence), cancel);
        var head = await db.Set<AuditHead>().AsNoTracking().SingleAsync(cancel);
        var (sequence, hash) = (head.Sequence, head.Hash);
        foreach (var audited in events)
        {
            sequence++;
            var details = JsonSerializer.Serialize(audited.Details, Json);
            // PostgreSQL keeps microseconds: what is hashed must be what is kept.
            var at = new DateTimeOffset(audited.At.UtcTicks - audited.At.UtcTicks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
            hash = HashOf(hash, sequence, at, audited.ActorId, audited.Action, audited.Subject, details);
            db.Add(new AuditEntry { Sequence = sequence, At = at, ActorId = audited.ActorId, Action = audited.Action, Subject = audited.Subject, Details = details, Hash = hash });
        }

        await db.Set<AuditHead>().ExecuteUpdateAsync(set => set.SetProperty(row => row.Sequence, sequence).SetProperty(row => row.Hash, hash), cancel);
    }

    /// <summary>Reads the whole log in order and names the first entry that does not fit. O(n) time, constant memory.</summary>
    public static async Task<AuditVerdict> VerifyAsync(CityDbContext db, CancellationToken cancel)
    {
        var (sequence, hash) = (0L, Start);
        await foreach (var entry in db.Set<AuditEntry>().AsNoTracking().OrderBy(entry => entry.Sequence).AsAsyncEnumerable().WithCancellation(cancel))
        {
            sequence++;
            if (entry.Sequence != sequence)
            {
                return new AuditVerdict.Broken(sequence, $"entry {sequence} is missing; the next one kept is {entry.Sequence}");
            }

            hash = HashOf(hash, sequence, entry.At, entry.ActorId, entry.Action, entry.Subject, entry.Details);
            if (entry.Hash != hash)
            {
                return new AuditVerdict.Broken(sequence, "its text does not match its hash, or the entry before it was exchanged");
            }
        }

        var head = await db.Set<AuditHead>().AsNoTracking().SingleAsync(cancel);
        return head.Sequence != sequence || head.Hash != hash
            ? new AuditVerdict.Broken(Math.Min(head.Sequence, sequence) + 1, $"the log ends at entry {sequence}, its head says {head.Sequence}")
            : new AuditVerdict.Intact(sequence, hash);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
