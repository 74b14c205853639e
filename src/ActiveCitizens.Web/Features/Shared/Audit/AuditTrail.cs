using System.Security.Claims;
using ActiveCitizens.Web.Persistence;

namespace ActiveCitizens.Web.Features.Shared.Audit;

/// <summary>Who acts in this scope: the signed-in account, or nobody when the system itself acts.</summary>
public sealed class CurrentActor(IHttpContextAccessor http)
{
    public Guid? AccountId => Guid.TryParse(http.HttpContext?.User.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;
}

/// <summary>Says what is done, for the log; <see cref="CityDbContext.SaveChangesAsync(bool, CancellationToken)"/> writes it with the act.</summary>
public sealed class AuditTrail(CityDbContext db, CurrentActor actor, TimeProvider clock)
{
    public void Record(string action, string subject, object details) =>
        db.Audit(new AuditEvent(clock.GetUtcNow(), actor.AccountId, action, subject, details));

    /// <summary>For an act by which somebody becomes the actor, such as signing in.</summary>
    public void RecordAs(Guid accountId, string action, string subject, object details) =>
        db.Audit(new AuditEvent(clock.GetUtcNow(), accountId, action, subject, details));
}
