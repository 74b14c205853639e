using System.Text;
using System.Text.Json;

namespace ActiveCitizens.Web.Features.Elections.MakeKeys;

/// <summary>What a member's browser needs of the key ceremony: who the member is, and the documents of the complete rounds. All of it is public.</summary>
public static class CeremonyWork
{
    /// <summary>As JSON; null while the election has no ceremony.</summary>
    public static string? Of(Election election, BoardMember member, int trustees, IReadOnlyCollection<CeremonyMessage> messages)
    {
        if (election.TrusteeThreshold is not { } needed)
        {
            return null;
        }

        var complete = KeyHandler.RoundOf(messages, trustees) - 1;
        var rounds = Enumerable.Range(1, complete).Select(round => messages.Where(one => one.Round == round).OrderBy(one => one.Author).Select(one => Encoding.UTF8.GetString(one.Content)));
        return JsonSerializer.Serialize(new { size = trustees, needed, member = member.TrusteeNumber, name = member.Name, rounds }, JsonSerializerOptions.Web);
    }
}
