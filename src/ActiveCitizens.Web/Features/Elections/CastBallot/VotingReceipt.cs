using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Features.Shared.Mail;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Elections.CastBallot;

/// <summary>
/// The receipt by e-mail. It bears no exact time: all receipts of a quarter of an hour leave together, so that the outbox does not tell who cast which
/// ballot of the box's public order.
/// </summary>
public sealed class VotingReceipt(City city, TimeProvider clock, IStringLocalizer<ElectionsText> text)
{
    private static readonly TimeSpan Together = TimeSpan.FromMinutes(15);

    /// <param name="publicPage">Where the box can be looked at.</param>
    public OutboxMessage Of(string recipient, string tracker, VotingPlace place, string publicPage)
    {
        var now = clock.GetUtcNow();
        var quarter = new DateTimeOffset(now.Ticks - (now.Ticks % Together.Ticks), TimeSpan.Zero);
        var message = OutboxMessage.Create(recipient, text["Your ballot is in the box – {0}", city.Name],
            $"""
            {text["Hello,"]}

            {text["Your ballot was taken: {0}", $"{place.ElectionName} – {place.Name}"]}

            {text["Its tracker is:"]}

            {tracker}

            {text["Find it among the trackers of the box, now or after the vote:"]}

            {publicPage}

            {text["A tracker does not tell how you voted. If you vote again, another ballot with another tracker counts in its place."]}
            """, quarter);
        message.DueAt = quarter + Together;
        return message;
    }
}
