using System.Text.RegularExpressions;
using ActiveCitizens.Web.Features.Shared.Mail;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Tests.Harness;

public static partial class Mailbox
{
    /// <summary>The newest message kept for an address.</summary>
    public static OutboxMessage LastMessageTo(this CityFactory city, string address) =>
        city.InDb(db => db.Set<OutboxMessage>().AsNoTracking().Where(message => message.Recipient == address).OrderByDescending(message => message.Id).FirstAsync());

    /// <summary>The path of the first link in a message.</summary>
    public static string LinkIn(OutboxMessage message) => new Uri(Link().Match(message.Body!).Value).PathAndQuery;

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Link();
}
