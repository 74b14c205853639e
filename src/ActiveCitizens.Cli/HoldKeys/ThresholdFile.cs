using System.Text;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Trustees;

namespace ActiveCitizens.Cli.HoldKeys;

/// <summary>The public file of one threshold set: what stands in the trustees file after "Pedersen" (PROTOCOL.md section 7). The reference tool calls it threshold.json.</summary>
internal static class ThresholdFile
{
    private static readonly byte[] Before = Encoding.ASCII.GetBytes("[[\"Pedersen\",");
    private static readonly byte[] After = Encoding.ASCII.GetBytes("]]");

    public static Trustee Read(ReadOnlyMemory<byte> bytes, Group group) =>
        TrusteeSet.Read((byte[])[.. Before, .. bytes.Span, .. After], group).Entries is [var entry] ? entry : throw new BadInputException("A threshold file holds more than one threshold set; expected one.");

    public static byte[] Write(Group group, Trustee.Pedersen set) => TrusteeSet.Of(group, set).Bytes[Before.Length..^After.Length].ToArray();
}
