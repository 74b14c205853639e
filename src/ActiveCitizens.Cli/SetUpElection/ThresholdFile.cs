using System.Text;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Trustees;

namespace ActiveCitizens.Cli.SetUpElection;

/// <summary>The public file of one threshold set: what stands in the trustees file after "Pedersen" (PROTOCOL.md section 7).</summary>
internal static class ThresholdFile
{
    public static TrusteeSet Read(ReadOnlyMemory<byte> bytes, Group group) =>
        TrusteeSet.Read(Encoding.UTF8.GetBytes($"[[\"Pedersen\",{Encoding.UTF8.GetString(bytes.Span)}]]"), group);
}
