using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ActiveCitizens.Web.Features.Elections;

public enum SeatState
{
    /// <summary>Proclaimed; the person has not answered yet.</summary>
    Elected,
    Accepted,
    Refused,

    /// <summary>Accepted, and given up later.</summary>
    Resigned,

    /// <summary>Nobody is left who could take it: a by-election may fill it.</summary>
    Vacant,
}

/// <summary>Who was called to one of the seats of a council. When the person leaves it, the next one gets a row of their own.</summary>
public sealed class Seat
{
    public const int ReasonMaxLength = 400;

    public required Guid Id { get; init; }
    public required Guid ContestId { get; init; }

    /// <summary>From 1 to the seats of the council; the rows of one number follow one another.</summary>
    public required int Number { get; init; }

    /// <summary>The place of this row among those of its number, from 1.</summary>
    public required int Turn { get; init; }

    /// <summary>Null when nobody is left.</summary>
    public required Guid? CandidateId { get; init; }
    public required DateTimeOffset GivenAt { get; init; }
    public SeatState State { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public string? Reason { get; private set; }

    /// <summary>Left by this person; somebody else holds the seat, or nobody.</summary>
    public bool IsLeft => State is SeatState.Refused or SeatState.Resigned;

    public static Seat Give(Guid contestId, int number, int turn, Guid candidateId, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), ContestId = contestId, Number = number, Turn = turn, CandidateId = candidateId, GivenAt = now, State = SeatState.Elected };

    public static Seat LeaveVacant(Guid contestId, int number, int turn, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), ContestId = contestId, Number = number, Turn = turn, CandidateId = null, GivenAt = now, State = SeatState.Vacant };

    public void Accept(DateTimeOffset now)
    {
        Expect(SeatState.Elected);
        (State, DecidedAt) = (SeatState.Accepted, now);
    }

    public void Refuse(string reason, DateTimeOffset now)
    {
        Expect(SeatState.Elected);
        (State, DecidedAt, Reason) = (SeatState.Refused, now, reason.Trim());
    }

    public void Resign(string reason, DateTimeOffset now)
    {
        Expect(SeatState.Accepted);
        (State, DecidedAt, Reason) = (SeatState.Resigned, now, reason.Trim());
    }

    private void Expect(SeatState state)
    {
        if (State != state)
        {
            throw new InvalidOperationException($"Seat {Number} is {State}, not {state}.");
        }
    }
}

internal sealed class SeatMapping : IEntityTypeConfiguration<Seat>
{
    public void Configure(EntityTypeBuilder<Seat> builder)
    {
        builder.ToTable("seats", table =>
        {
            table.HasCheckConstraint("ck_seats_number", "number >= 1 AND turn >= 1");
            table.HasCheckConstraint("ck_seats_vacant", "(state = 'Vacant') = (candidate_id IS NULL)");
            table.HasCheckConstraint("ck_seats_left", "state NOT IN ('Refused', 'Resigned') OR reason IS NOT NULL");
        });
        builder.Property(seat => seat.Id).ValueGeneratedNever();
        builder.Property(seat => seat.State).HasConversion<string>().HasMaxLength(10).IsConcurrencyToken();
        builder.Property(seat => seat.Reason).HasMaxLength(Seat.ReasonMaxLength);
        builder.Ignore(seat => seat.IsLeft);
        builder.HasOne<Contest>().WithMany().HasForeignKey(seat => seat.ContestId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Candidate>().WithMany().HasForeignKey(seat => seat.CandidateId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(seat => new { seat.ContestId, seat.Number, seat.Turn }).IsUnique();
        // One holder at a time, and nobody is called twice.
        builder.HasIndex(seat => new { seat.ContestId, seat.Number }).IsUnique().HasFilter("state NOT IN ('Refused', 'Resigned')").HasDatabaseName("ix_seats_one_holder");
        builder.HasIndex(seat => seat.CandidateId).IsUnique().HasFilter("candidate_id IS NOT NULL").HasDatabaseName("ix_seats_one_call");
    }
}
