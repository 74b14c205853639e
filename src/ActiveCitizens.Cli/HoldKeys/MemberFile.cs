using System.Text.Json;
using ActiveCitizens.Cli.Secrets;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Trustees.Ceremony;

namespace ActiveCitizens.Cli.HoldKeys;

/// <summary>What a member of a threshold set keeps between the steps of the key ceremony: the seed, and which set it is for.</summary>
internal sealed record MemberFile(string Seed, string Group, int Size, int Threshold, int Member, string Name)
{
    /// <summary>What a sealed file of this kind says it holds.</summary>
    public const string What = "seed of a threshold member";

    public CeremonySetting Setting => new(Voting.Groups.Group.Find(Group)!, Size, Threshold);

    public CeremonyMember Ceremony => new(Setting, Member, ThresholdSeed.Read(Seed)!);

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <exception cref="BadInputException">The file cannot be opened, or is something else.</exception>
    public static MemberFile Read(Func<FileInfo, string, byte[]> open, FileInfo path)
    {
        try
        {
            if (JsonSerializer.Deserialize<MemberFile>(open(path, What)) is { } file
                && ThresholdSeed.Read(file.Seed ?? "") is not null && file.Name is not null && Voting.Groups.Group.Find(file.Group ?? "") is not null
                && file.Size is > 0 and <= ThresholdCommand.MaxMembers && file.Threshold > 0 && file.Threshold <= file.Size && file.Member > 0 && file.Member <= file.Size)
            {
                return file;
            }
        }
        catch (JsonException e)
        {
            throw new BadInputException($"{path.Name} is not what trustee threshold start wrote.", e);
        }

        throw new BadInputException($"{path.Name} is not what trustee threshold start wrote.");
    }
}
